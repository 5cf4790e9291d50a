// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/funk_hecke.hpp"

#include "ntk/sphere/ellipse.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

/// Bounds of errors are computed as balls of this precision; only their upper ends count.
constexpr long bound_bits = 64;

/// The rule folded by parity: nodes theta_i and pi - theta_i share t_i = |cos theta_i| >= 0 because P_k(-t) = (-1)^k
/// P_k(t).
struct FoldedRule {
    FixedPointColumn nodes;         ///< t_i
    FixedPointColumn even_weights;  ///< v(t_i) + v(-t_i), v = c_d (pi/2) w_i kappa sin^{d-2}
    FixedPointColumn odd_weights;   ///< v(t_i) - v(-t_i)
    Ball weight_sum;                ///< bounds sum_i |even| and sum_i |odd|
    Ball weight_error;              ///< bounds the sum of the errors of the weights
    Ball node_error;                ///< bounds the largest error of a t_i
};

Ball upper_end(const Ball& x) {
    Ball result(bound_bits);
    arb_get_mag(arb_radref(result.get()), x.get());
    arf_set_mag(arb_midref(result.get()), arb_radref(result.get()));
    mag_zero(arb_radref(result.get()));
    return result;
}

Ball radius_of(const Ball& x) {
    Ball result(bound_bits);
    arf_set_mag(arb_midref(result.get()), arb_radref(x.get()));
    return result;
}

Ball unit_in_last_place(long limbs) {
    Ball result(1, bound_bits);
    arb_mul_2exp_si(result.get(), result.get(), -64 * limbs);
    return result;
}

/// c_d (pi/2) w kappa(cos theta) sin^{d-2}(theta) at theta = (pi/2)(1+z).
Ball weighted_kernel(const AngleFunction& kernel, int dim, const Ball& z, const Ball& weight, const Ball& scale) {
    const Ball theta = Ball::pi(z.bits()) * (z + 1) / 2;
    return scale * weight * kernel.at_angle(theta) * pow(sin(theta), static_cast<unsigned>(dim - 2));
}

FoldedRule make_rule(const AngleFunction& kernel, int dim, long nodes, long limbs) {
    const long bits = 64 * limbs + 32;
    const auto half = static_cast<std::size_t>(nodes / 2);
    FoldedRule rule{FixedPointColumn(half, limbs),
                    FixedPointColumn(half, limbs),
                    FixedPointColumn(half, limbs),
                    Ball(bound_bits),
                    Ball(bound_bits),
                    Ball(bound_bits)};
    const Ball scale = zonal_density_constant(dim, bits) * Ball::pi(bits) / 2;
    const Ball unit = unit_in_last_place(limbs);
    Ball z(bits), weight(bits);
    for (std::size_t i = 0; i < half; ++i) {
        // The positive half of the roots, the largest first; theta(z) > pi/2, so cos theta(-z) = sin(pi z/2) >= 0.
        arb_hypgeom_legendre_p_ui_root(z.get(), weight.get(), static_cast<ulong>(nodes), i, bits);
        const Ball at_positive_t = weighted_kernel(kernel, dim, -z, weight, scale);
        const Ball at_negative_t = weighted_kernel(kernel, dim, z, weight, scale);
        const Ball t = sin(Ball::pi(bits) * z / 2);
        const Ball even = at_positive_t + at_negative_t;
        const Ball odd = at_positive_t - at_negative_t;
        rule.nodes.set(i, t);
        rule.even_weights.set(i, even);
        rule.odd_weights.set(i, odd);
        rule.weight_sum += upper_end(at_positive_t) + upper_end(at_negative_t) + 2 * unit;
        rule.weight_error += radius_of(even) + radius_of(odd) + 2 * unit;
        const Ball error = radius_of(t) + unit;
        if (!error.certainly_at_most(rule.node_error)) rule.node_error = upper_end(error);
    }
    return rule;
}

/// |P_k(t) - P_k(t')| <= P_k'(1) |t - t'| with P_k'(1) = k(k+d-2)/(d-1).
Ball slope_bound(int dim, int degree) {
    return Ball(Rational(Integer(degree) * (degree + dim - 2), dim - 1), bound_bits);
}

/// Everything by which the computed sum can differ from the integral.
Ball error_bound(const FoldedRule& rule, const Ellipse& ellipse, const Ball& scale, int dim, int degree, long nodes) {
    const Ball rounding = Ball::from_double(FixedPointRecurrence::rounding_units(degree), bound_bits) *
                          unit_in_last_place(rule.nodes.limbs());
    const Ball polynomial_error = rounding + rule.node_error * slope_bound(dim, degree);
    Ball remainder(1, bound_bits);
    const auto exponent = static_cast<long>(std::ceil(log2_remainder(ellipse, degree, nodes)));
    arb_mul_2exp_si(remainder.get(), remainder.get(), exponent);
    return rule.weight_sum * polynomial_error + rule.weight_error + upper_end(scale) * remainder;
}

int checked_max_degree(int dim, const std::vector<int>& degrees) {
    if (dim < 2) throw std::domain_error("funk_hecke_balls: dim = " + std::to_string(dim) + ": must be >= 2");
    const auto [least, largest] = std::minmax_element(degrees.begin(), degrees.end());
    if (*least < 0) throw std::domain_error("funk_hecke_balls: degree = " + std::to_string(*least) + ": must be >= 0");
    return *largest;
}

/// The remainder that, times c_d, is below 2^{-bits-2}.
long remainder_bits_for(int dim, long bits) {
    return bits + 2 + std::max(0L, zonal_density_constant(dim, bound_bits).magnitude_exponent());
}

/// The least number of bits beyond `bits` with which the errors of nodes, weights and recurrence are below (3/4)
/// 2^{-bits}: the remainder has the last quarter. It is a choice of cost: error_bound() counts what really happened.
/// In units in the last place these errors are sum |v_i| (2 k(k+1) + P_k'(1)) + nodes, and sum |v_i| is at most |kappa|
/// at angle 0 for a kernel that is largest there (the weights of the rule without kappa add up to 1).
long guard_bits(const AngleFunction& kernel, int dim, int max_degree, long nodes) {
    const double at_zero = abs(kernel.at_angle(Ball(bound_bits))).magnitude_upper();
    const double weight_sum = std::isfinite(at_zero) ? at_zero : 1;
    const double polynomial_units = FixedPointRecurrence::rounding_units(max_degree) +
                                    upper_end(slope_bound(dim, max_degree)).magnitude_upper();
    const double units = (weight_sum * polynomial_units + static_cast<double>(nodes)) * (1 + 1e-6);
    return std::max(0L, static_cast<long>(std::ceil(std::log2(units / 0.75))));
}

}  // namespace

std::vector<Ball> funk_hecke_balls(const AngleFunction& kernel, int dim, const std::vector<int>& degrees, long bits,
                                   FixedPointRecurrence::Step step) {
    if (degrees.empty()) return {};
    const int max_degree = checked_max_degree(dim, degrees);
    const Ellipse ellipse = best_ellipse(kernel, dim, max_degree, remainder_bits_for(dim, bits));
    return funk_hecke_balls(kernel, dim, degrees, bits, ellipse, step);
}

std::vector<Ball> funk_hecke_balls(const AngleFunction& kernel, int dim, const std::vector<int>& degrees, long bits,
                                   const Ellipse& ellipse, FixedPointRecurrence::Step step) {
    if (degrees.empty()) return {};
    const int max_degree = checked_max_degree(dim, degrees);
    const Ball scale = zonal_density_constant(dim, bound_bits);
    const long remainder_bits = remainder_bits_for(dim, bits);
    const long nodes = nodes_needed(ellipse, max_degree, remainder_bits);
    const long limbs = (bits + guard_bits(kernel, dim, max_degree, nodes) + 63) / 64;
    const FoldedRule rule = make_rule(kernel, dim, nodes, limbs);

    std::map<int, Ball> by_degree;
    for (const int degree : degrees) by_degree.emplace(degree, Ball(bits));
    FixedPointRecurrence recurrence(rule.nodes, dim, step);
    for (auto& [degree, value] : by_degree) {
        while (recurrence.degree() < degree) recurrence.advance();
        const FixedPointColumn& weights = degree % 2 == 0 ? rule.even_weights : rule.odd_weights;
        value = exact_dot_product(weights, recurrence.values(), 64 * limbs);
        const Ball error = error_bound(rule, ellipse, scale, dim, degree, nodes);
        arb_add_error(value.get(), error.get());
    }
    std::vector<Ball> values;
    values.reserve(degrees.size());
    for (const int degree : degrees) values.push_back(by_degree.at(degree));
    return values;
}

}  // namespace ntk
