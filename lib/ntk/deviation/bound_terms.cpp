// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/bound_terms.hpp"

#include "ntk/numeric/damping.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace ntk::deviation {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Roundings in one entry of a line besides its sums.
constexpr double roundings = 100;

const Bootstrap& bootstrap_of(const StartQuantities& start) {
    if (!start.bootstrap) throw std::logic_error("bound_terms: the bootstrap does not apply");
    return *start.bootstrap;
}

/// What U4 and its relatives are made of at one time.
struct Ingredients {
    double remainder;
    double gap;  ///< >= ||h_s - h_0||_q
};

Ingredients ingredients(const DriftBeforeTraining& known, const std::vector<DriftForm>& forms,
                        const ProbeSizes& probe) {
    Ingredients result{infinity, infinity};
    for (const DriftForm form : forms) {
        result.remainder = std::min(result.remainder, known.of(form).remainder);
        result.gap = std::min(result.gap, probe.mean_of_absolute * known.of(form).drift);
        if (form != DriftForm::hessian) continue;
        result.gap = std::min(result.gap, kernel_gap_drift(known.hessian_movement, probe.coefficient_gradient,
                                                           probe.mean_of_absolute, known.kernel_diagonal));
    }
    return result;
}

/// ||A(w) g_0||_q, A(w) = int_0^w e^{-G_0 v} dv, from above for all w up to a time: it grows with w and is concave from
/// 0, so a table with steps of one percent is at most one percent above it.
class ResponseTable {
public:
    ResponseTable(const LinearisedFlow& flow, const Eigen::VectorXd& along, double first, double last) : first_(first) {
        for (double w = first;; w *= ratio) {
            double sum = 0;
            for (Eigen::Index i = 0; i < along.size(); ++i) {
                const double term = damping_factor(flow.eigenvalues(i), w) * along(i);
                sum += term * term;
            }
            // An error E of G_0 changes A(w) by at most w^2 ||E||/2.
            const double change = w * w * flow.gram_error / 2 * along.norm();
            bounds_.push_back(rounded_up(std::sqrt(sum) + change, static_cast<double>(along.size()) + 20));
            if (w >= last) break;
        }
    }
    double at_most(double w) const {
        // One entry further than rounding could need.
        const double steps = std::log(w / first_) / std::log(ratio);
        const auto index = static_cast<std::size_t>(std::max(std::floor(steps) + 2, 0.0));
        return bounds_[std::min(index, bounds_.size() - 1)];
    }

private:
    static constexpr double ratio = 1.01;
    double first_;
    std::vector<double> bounds_;
};

/// A term of a damped integral after one more step of it: decay times the old value and factor times the new integrand.
Measured advanced(const Measured& before, double decay, double factor, double value, double error) {
    return {rounded_up(decay * before.value + factor * value, 20), decay * before.error + factor * error};
}

}  // namespace

std::vector<std::pair<std::string, Measured>> BoundTerms::named() const {
    return {
        {"sampling at the start", sampling}, {"P Z", gradient_gap}, {"remainder", remainder}, {"||h_0||", start_gap},
        {"linearised network", linearised},  {"drift", drift}};
}

Measured BoundTerms::sum() const {
    Measured total{0, 0};
    for (const auto& [name, term] : named()) total = {total.value + term.value, total.error + term.error};
    return {rounded_up(total.value, 10), total.error};
}

BoundTerms terms_before_training(const DriftBeforeTraining& known, const std::vector<DriftForm>& forms,
                                 const ProbeSizes& probe, const RandomValues& random, double mu,
                                 BoundMutation mutation) {
    BoundTerms terms;
    if (known.time == 0) return terms;
    const Ingredients moved = ingredients(known, forms, probe);
    const double damping = damping_factor(mu, known.time), learned = mu * damping;
    const double factor = mutation == BoundMutation::squared_factor ? damping * damping : damping;
    const double twice = probe.mean_of_absolute + probe.sample_mean_of_absolute, beta = known.residual_norm;
    const auto times = [](double scale, const Measured& value) {
        return Measured{rounded_up(product_of_bounds(scale, value.value), roundings), scale * value.error};
    };
    terms.sampling = times(learned, random.sampling);
    terms.gradient_gap = times(learned * known.movement, random.gradient_gap);
    terms.remainder = times(learned * twice, {moved.remainder, 0});
    terms.start_gap = times(factor * beta, random.kernel_gap);
    terms.drift = times(factor * beta, {moved.gap, 0});
    return terms;
}

BoundTerms terms_before_training(const StartQuantities& start, std::size_t probe, std::size_t breakpoint,
                                 const std::vector<DriftForm>& forms, double mu, BoundMutation mutation) {
    const ProbeStart& of_probe = start.probes[probe];
    const ProbeSizes sizes{of_probe.mean_of_absolute, of_probe.sample_mean_of_absolute, of_probe.coefficient_gradient};
    const RandomValues measured{of_probe.sampling, of_probe.gradient_gap, of_probe.kernel_gap};
    return terms_before_training(start.drift[breakpoint], forms, sizes, measured, mu, mutation);
}

double bootstrap_gap(const StartQuantities& start, std::size_t probe, std::size_t node) {
    const ProbeStart& of_probe = start.probes[probe];
    const Bootstrap& known = *start.bootstrap;
    return std::min({of_probe.mean_of_absolute * known.drift[node],
                     kernel_gap_drift(known.hessian_movement[node], of_probe.coefficient_gradient,
                                      of_probe.mean_of_absolute, start.bounds.kernel_diagonal()),
                     known.gradients[node].kernel_gap(known.moving_gradient_norm, of_probe.coefficient_gradient)});
}

std::vector<BoundTerms> bootstrap_terms(const StartQuantities& start, std::size_t probe, double mu,
                                        BoundMutation mutation) {
    const Bootstrap& known = bootstrap_of(start);
    const ProbeStart& of_probe = start.probes[probe];
    const double start_gap = mutation == BoundMutation::no_start_gap ? 0 : of_probe.kernel_gap.value;
    const double twice = of_probe.mean_of_absolute + of_probe.sample_mean_of_absolute;
    std::vector<BoundTerms> result(1);
    BoundTerms now;
    for (std::size_t node = 1; node < known.time.size(); ++node) {
        const double h = known.time[node] - known.time[node - 1], y = known.residual_norm[node - 1];
        const double moved = known.movement[node], gap = bootstrap_gap(start, probe, node);
        // On the step: y of its left end, the others of its right end, and the damping integrated.
        const double factor = damping_factor(mu, h), decay = std::exp(-mu * h);
        const auto add = [&](Measured& term, double value, double error) {
            term = advanced(term, decay, factor, value, error);
        };
        const Measured &sampling = of_probe.sampling, &gradient_gap = of_probe.gradient_gap;
        add(now.sampling, mu * sampling.value, mu * sampling.error);
        add(now.gradient_gap, mu * moved * gradient_gap.value, mu * moved * gradient_gap.error);
        add(now.remainder, product_of_bounds(mu * twice, known.remainder[node]), 0);
        add(now.start_gap, y * start_gap, y * of_probe.kernel_gap.error);
        add(now.drift, product_of_bounds(y, gap), 0);
        if (node % known.parts == 0) result.push_back(now);
    }
    return result;
}

std::vector<BoundTerms> linear_split_terms(const StartQuantities& start, std::size_t probe, double mu,
                                           BoundMutation mutation) {
    const Bootstrap& known = bootstrap_of(start);
    if (!start.linearised) throw std::logic_error("linear_split_terms: there is no linearised flow");
    const LinearisedFlow& flow = *start.linearised;
    const ProbeStart& of_probe = start.probes[probe];
    const ResponseTable response(flow, of_probe.along, known.time[1], known.time.back());
    std::vector<double> direct(known.time.size(), 0), turned(known.time.size(), 0);
    for (std::size_t node = 1; node < known.time.size(); ++node) {
        const double spent = product_of_bounds(known.residual_norm[node - 1], known.time[node] - known.time[node - 1]);
        direct[node] = product_of_bounds(spent, bootstrap_gap(start, probe, node));
        turned[node] = product_of_bounds(spent, known.gram_drift[node]);
    }
    std::vector<BoundTerms> result(1);
    double before = 0;
    for (std::size_t i = 1; known.place(i) < known.time.size(); ++i) {
        const double time = known.time[known.place(i)];
        double learned = 0, size = 0;
        for (Eigen::Index k = 0; k < flow.residual.size(); ++k) {
            const double term = of_probe.along(k) * damping_factor(flow.eigenvalues(k), time) * flow.residual(k);
            learned += term;
            size += std::abs(term);
        }
        const double linear = of_probe.coefficient - learned;
        double correction = 0;
        for (std::size_t node = known.place(i - 1) + 1; node <= known.place(i); ++node) before += direct[node];
        for (std::size_t node = 1; node <= known.place(i); ++node) {
            correction += product_of_bounds(turned[node], response.at_most(time - known.time[node - 1]));
        }
        const double apart = mutation == BoundMutation::no_linear_part
                                 ? 0
                                 : std::abs(linear - std::exp(-mu * time) * of_probe.coefficient);
        const double rounding = (static_cast<double>(flow.residual.size()) + roundings) *
                                std::numeric_limits<double>::epsilon() * (size + std::abs(of_probe.coefficient));
        const double of_gram = time * time * flow.gram_error / 2 * of_probe.along.norm() * flow.residual.norm();
        // The error of c(0) and of grad C_0 . grad f_0, which enters once per unit of time.
        const double of_population = of_probe.sampling.error + time * start.residual_norm * of_probe.kernel_gap.error;
        BoundTerms terms;
        terms.linearised = {rounded_up(apart, roundings), rounding + of_gram + of_population};
        terms.drift = {rounded_up(before + correction, static_cast<double>(known.place(i)) + roundings), 0};
        result.push_back(terms);
    }
    return result;
}

}  // namespace ntk::deviation
