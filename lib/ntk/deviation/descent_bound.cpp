// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/descent_bound.hpp"

#include "ntk/flow/kernel_flow.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ntk::deviation {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Roundings in one of the formulas here.
constexpr double roundings = 100;

}  // namespace

DescentReach descent_reach(const StartQuantities& start, double step, long steps) {
    const double time = step * static_cast<double>(steps), beta = start.residual_norm;
    const double at_start = start.linearised ? start.linearised->gradient_norm() : std::sqrt(start.kernel_bound);
    const double hessian = start.bounds.hessian_norm(rounded_up(beta * time, 4));
    const double gradient = rounded_up(at_start + product_of_bounds(beta * std::sqrt(time), hessian), roundings);
    const double smoothness = rounded_up(gradient * gradient + beta * hessian, roundings);
    DescentReach result{smoothness, gradient, hessian, {infinity, infinity, infinity}};
    const double room = 2 - rounded_up(step * smoothness, 4);
    if (!(room >= 1)) return result;
    result.reach.residual_integral = rounded_up(beta * time, roundings);
    result.reach.movement = rounded_up(beta * std::sqrt(time / room), roundings);
    result.reach.weighted_movement = rounded_up(2.0 / 3 * beta * beta * time * std::sqrt(time / room), roundings);
    return result;
}

ledger::Measured bound_before_descent(const StartQuantities& start, std::size_t probe, double mu, double step,
                                      long steps, long damping_steps) {
    if (steps == 0) return {0, 0};
    const DescentReach known = descent_reach(start, step, steps);
    if (!std::isfinite(known.reach.movement)) return {infinity, 0};
    const ProbeStart& of_probe = start.probes[probe];
    const DriftAndRemainder moved = start.bounds.smallest(known.reach);
    const double damping = descent_damping_factor(mu, step, damping_steps), learned = mu * damping;
    const double beta = start.residual_norm, movement = known.reach.movement;
    const double twice = of_probe.mean_of_absolute + of_probe.sample_mean_of_absolute;
    const double gap = std::min(of_probe.mean_of_absolute * moved.drift,
                                kernel_gap_drift(known.hessian_norm * movement, of_probe.coefficient_gradient,
                                                 of_probe.mean_of_absolute, start.bounds.kernel_diagonal()));
    // |e^C_j| <= E|phi| H |Delta_j|^2/2 and |Delta_j| <= eta ||r_j||_q ||M_j||.
    const double longest = beta * known.gradient_norm;
    const double rho = of_probe.mean_of_absolute * known.hessian_norm * step * longest * longest / 2;
    const double value = learned * (of_probe.sampling.value + movement * of_probe.gradient_gap.value +
                                    product_of_bounds(twice, moved.remainder)) +
                         damping * (beta * (of_probe.kernel_gap.value + gap) + rho);
    const double error = learned * (of_probe.sampling.error + movement * of_probe.gradient_gap.error) +
                         damping * beta * of_probe.kernel_gap.error;
    if (std::isinf(value)) return {infinity, 0};
    return {rounded_up(value, roundings), error};
}

}  // namespace ntk::deviation
