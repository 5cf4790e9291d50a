// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/bound_lines.hpp"

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

const StartQuantities& start_of(const TrajectoryResult& run) {
    if (!run.start) throw std::logic_error("bound_lines: nothing is known of the start");
    return *run.start;
}

const Bootstrap& bootstrap_of(const TrajectoryResult& run) {
    const StartQuantities& start = start_of(run);
    if (!start.bootstrap) throw std::logic_error("bound_lines: the bootstrap does not apply");
    return *start.bootstrap;
}

/// x y where an x = 0 wins over an infinite y.
double product(double x, double y) { return x == 0 ? 0 : x * y; }

/// What U4 and its relatives are made of at one time.
struct Ingredients {
    double movement;
    double remainder;
    double gap;  ///< >= ||h_s - h_0||_q
};

Ingredients ingredients(const TrajectoryResult& run, std::size_t probe, const std::vector<DriftForm>& forms,
                        double time) {
    const StartQuantities& start = start_of(run);
    const ProbeStart& of_probe = start.probes[probe];
    const Reach reach = reach_before_training(start.residual_norm, time);
    Ingredients result{reach.movement, infinity, infinity};
    for (const DriftForm form : forms) {
        if (!start.bounds.applies(form).holds) continue;
        const DriftAndRemainder bound = start.bounds.bound(form, reach);
        result.remainder = std::min(result.remainder, bound.remainder);
        result.gap = std::min(result.gap, of_probe.mean_of_absolute * bound.drift);
        if (form != DriftForm::hessian) continue;
        const double moved = product(reach.movement, start.bounds.hessian_norm(reach.residual_integral));
        result.gap = std::min(result.gap, kernel_gap_drift(moved, of_probe.coefficient_gradient,
                                                           of_probe.mean_of_absolute, start.bounds.kernel_diagonal()));
    }
    return result;
}

/// The bracket of U4, and ||h_0|| with what it can grow to, as linear forms of the random terms.
struct RandomValues {
    Measured sampling, gradient_gap, kernel_gap;
};

RandomValues at_the_start(const ProbeStart& start) { return {start.sampling, start.gradient_gap, start.kernel_gap}; }

Measured line_at(double mu, double time, double beta, const ProbeStart& probe, const RandomValues& random,
                 const Ingredients& moved, BoundMutation mutation) {
    if (time == 0) return {0, 0};
    const double damping = damping_factor(mu, time), learned = mu * damping;
    const double factor = mutation == BoundMutation::squared_factor ? damping * damping : damping;
    const double twice = probe.mean_of_absolute + probe.sample_mean_of_absolute;
    const double value = learned * (random.sampling.value + moved.movement * random.gradient_gap.value +
                                    product(twice, moved.remainder)) +
                         factor * beta * (random.kernel_gap.value + moved.gap);
    const double error = learned * (random.sampling.error + moved.movement * random.gradient_gap.error) +
                         factor * beta * random.kernel_gap.error;
    return {rounded_up(value, roundings), error};
}

std::vector<Measured> line(const TrajectoryResult& run, std::size_t probe, const RandomValues& random,
                           const std::vector<DriftForm>& forms, BoundMutation mutation) {
    const StartQuantities& start = start_of(run);
    std::vector<Measured> result;
    for (const double time : run.grid.breakpoints()) {
        result.push_back(line_at(run.eigenvalues[probe].value, time, start.residual_norm, start.probes[probe], random,
                                 ingredients(run, probe, forms, time), mutation));
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

}  // namespace

double bootstrap_gap(const StartQuantities& start, std::size_t probe, std::size_t node) {
    const ProbeStart& of_probe = start.probes[probe];
    const Bootstrap& known = *start.bootstrap;
    return std::min({of_probe.mean_of_absolute * known.drift[node],
                     kernel_gap_drift(known.hessian_movement[node], of_probe.coefficient_gradient,
                                      of_probe.mean_of_absolute, start.bounds.kernel_diagonal()),
                     known.gradients[node].kernel_gap(known.moving_gradient_norm, of_probe.coefficient_gradient)});
}

std::vector<Measured> line_before_training(const TrajectoryResult& run, std::size_t probe,
                                           const std::vector<DriftForm>& forms, BoundMutation mutation) {
    return line(run, probe, at_the_start(start_of(run).probes[probe]), forms, mutation);
}

std::vector<Measured> bootstrap_line(const TrajectoryResult& run, std::size_t probe, BoundMutation mutation) {
    const StartQuantities& start = start_of(run);
    const Bootstrap& known = bootstrap_of(run);
    const ProbeStart& of_probe = start.probes[probe];
    const double start_gap = mutation == BoundMutation::no_start_gap ? 0 : of_probe.kernel_gap.value;
    const double mu = run.eigenvalues[probe].value;
    const double twice = of_probe.mean_of_absolute + of_probe.sample_mean_of_absolute;
    std::vector<Measured> result = {{0, 0}};
    double value = 0, error = 0;
    for (std::size_t node = 1; node < known.time.size(); ++node) {
        const double h = known.time[node] - known.time[node - 1], y = known.residual_norm[node - 1];
        const double moved = known.movement[node];
        const double remainder = known.remainder[node];
        const double gap = bootstrap_gap(start, probe, node);
        // On the step: y of its left end, the others of its right end, and the damping integrated.
        const double factor = damping_factor(mu, h), decay = std::exp(-mu * h);
        const double sampling =
            of_probe.sampling.value + moved * of_probe.gradient_gap.value + product(twice, remainder);
        value = rounded_up(decay * value + factor * (mu * sampling + product(y, start_gap + gap)), 20);
        error = decay * error + factor * (mu * (of_probe.sampling.error + moved * of_probe.gradient_gap.error) +
                                          y * of_probe.kernel_gap.error);
        if (node % known.parts == 0) result.push_back({value, error});
    }
    return result;
}

std::vector<Measured> linear_split_line(const TrajectoryResult& run, std::size_t probe, BoundMutation mutation) {
    const StartQuantities& start = start_of(run);
    const Bootstrap& known = bootstrap_of(run);
    if (!start.linearised) throw std::logic_error("linear_split_line: there is no linearised flow");
    const LinearisedFlow& flow = *start.linearised;
    const ProbeStart& of_probe = start.probes[probe];
    const double mu = run.eigenvalues[probe].value;
    const ResponseTable response(flow, of_probe.along, known.time[1], known.time.back());
    std::vector<double> direct(known.time.size(), 0), turned(known.time.size(), 0);
    for (std::size_t node = 1; node < known.time.size(); ++node) {
        const double spent = product(known.residual_norm[node - 1], known.time[node] - known.time[node - 1]);
        direct[node] = product(spent, bootstrap_gap(start, probe, node));
        turned[node] = product(spent, known.gram_drift[node]);
    }
    std::vector<Measured> result = {{0, 0}};
    double before = 0;
    for (std::size_t i = 1; i < run.grid.breakpoints().size(); ++i) {
        const double time = run.grid.breakpoints()[i];
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
            correction += product(turned[node], response.at_most(time - known.time[node - 1]));
        }
        const double apart = mutation == BoundMutation::no_linear_part
                                 ? 0
                                 : std::abs(linear - std::exp(-mu * time) * of_probe.coefficient);
        const double value = apart + before + correction;
        const double rounding = (static_cast<double>(flow.residual.size()) + roundings) *
                                std::numeric_limits<double>::epsilon() * (size + std::abs(of_probe.coefficient));
        const double of_gram = time * time * flow.gram_error / 2 * of_probe.along.norm() * flow.residual.norm();
        // The error of c(0) and of grad C_0 . grad f_0, which enters once per unit of time.
        const double of_population =
            of_probe.sampling.error + damping_factor(0, time) * start.residual_norm * of_probe.kernel_gap.error;
        result.push_back(
            {rounded_up(value, static_cast<double>(known.place(i)) + roundings), rounding + of_gram + of_population});
    }
    return result;
}

RandomTerms random_terms(const Experiment& experiment, std::size_t probe, double delta) {
    const TrajectoryResult& run = *experiment.trajectory;
    const StartQuantities& start = start_of(run);
    const StartDesign& design = start.design;
    const ProbeStart& of_probe = start.probes[probe];
    const NetworkShape& shape = run.problem->network.shape();
    const ActivationConstants constants = run.problem->network.activation().constants();
    const auto n = static_cast<double>(run.problem->labels.size());
    const double mu = run.eigenvalues[probe].value;
    const bool constant = run.probes[probe].degree == 0;
    RandomTerms result{{0, "n = infinity"}, {0, "n = infinity"}, {}};
    if (!design.population) {
        SamplingTerm term{n,
                          of_probe.largest,
                          design.target_bound,
                          of_probe.target_second_moment,
                          of_probe.target_second_moment,
                          of_probe.coefficient};
        if (!run.starts_at_zero) {
            // Over the draw of the start E[f_0^2] = E[a^2] E[sigma^2], and f_0 has mean 0 as the signs of a are free.
            const double spread = std::sqrt(gaussian_envelope(design.law, shape));
            const double size = std::min(constants.c_infinity, constants.c0 + constants.L1 * spread);
            term.largest_residual += start.bounds.output_bound();
            term.second_moment = term.largest_residual * term.largest_residual;
            term.mean_second_moment += design.law.output_weight_variance * size * size;
        }
        result.sampling = sampling_bound(term, delta);
        result.gradient_gap =
            gradient_gap_bound({n, of_probe.largest, start.kernel_bound, design.kernel_at_one, mu}, delta);
    }
    const double without_bias = mu - (constant && shape.output_bias ? 1 : 0);
    result.kernel_gap = kernel_gap_bound(
        {constants, design.law, shape, without_bias + run.eigenvalues[probe].error, of_probe.mean_of_absolute}, delta);
    return result;
}

std::vector<Measured> line_with_probability(const Experiment& experiment, std::size_t probe, double delta,
                                            BoundMutation mutation) {
    const TrajectoryResult& run = *experiment.trajectory;
    RandomValues values{{0, 0}, {0, 0}, {0, 0}};
    if (mutation != BoundMutation::no_random_terms) {
        const RandomTerms terms = random_terms(experiment, probe, delta);
        values = {{terms.sampling.value, 0}, {terms.gradient_gap.value, 0}, {terms.kernel_gap.value, 0}};
    }
    const std::vector<DriftForm> forms(drift_forms.begin(), drift_forms.end());
    return line(run, probe, values, forms, mutation);
}

}  // namespace ntk::deviation
