// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/bound_lines.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ntk::deviation {
namespace {

const StartQuantities& start_of(const TrajectoryResult& run) {
    if (!run.start) throw std::logic_error("bound_lines: nothing is known of the start");
    return *run.start;
}

std::vector<Measured> sums(const std::vector<BoundTerms>& terms) {
    std::vector<Measured> result;
    for (const BoundTerms& one : terms) result.push_back(one.sum());
    return result;
}

}  // namespace

std::vector<Measured> line_before_training(const TrajectoryResult& run, std::size_t probe,
                                           const std::vector<DriftForm>& forms, BoundMutation mutation) {
    const double mu = run.eigenvalues[probe].value;
    std::vector<Measured> result;
    for (std::size_t i = 0; i < run.grid.breakpoints().size(); ++i) {
        result.push_back(terms_before_training(start_of(run), probe, i, forms, mu, mutation).sum());
    }
    return result;
}

std::vector<Measured> bootstrap_line(const TrajectoryResult& run, std::size_t probe, BoundMutation mutation) {
    return sums(bootstrap_terms(start_of(run), probe, run.eigenvalues[probe].value, mutation));
}

std::vector<Measured> linear_split_line(const TrajectoryResult& run, std::size_t probe, BoundMutation mutation) {
    return sums(linear_split_terms(start_of(run), probe, run.eigenvalues[probe].value, mutation));
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
    const StartQuantities& start = start_of(run);
    const ProbeStart& of_probe = start.probes[probe];
    RandomValues values{{0, 0}, {0, 0}, {0, 0}};
    if (mutation != BoundMutation::no_random_terms) {
        const RandomTerms terms = random_terms(experiment, probe, delta);
        values = {{terms.sampling.value, 0}, {terms.gradient_gap.value, 0}, {terms.kernel_gap.value, 0}};
    }
    const std::vector<DriftForm> forms(drift_forms.begin(), drift_forms.end());
    const ProbeSizes sizes{of_probe.mean_of_absolute, of_probe.sample_mean_of_absolute, of_probe.coefficient_gradient};
    std::vector<Measured> result;
    const double mu = run.eigenvalues[probe].value;
    for (const DriftBeforeTraining& known : start.drift) {
        result.push_back(terms_before_training(known, forms, sizes, values, mu, mutation).sum());
    }
    return result;
}

}  // namespace ntk::deviation
