// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/planned_draw.hpp"

#include "ntk/deviation/experiment.hpp"
#include "ntk/numeric/damping.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace ntk::deviation {

struct PlannedDraw::Candidate {
    BoundTerms terms;
    std::string line;
};

PlannedDraw::PlannedDraw(const Kernel& kernel, const TrajectorySetup& setup, const PlanQuestion& question,
                         std::shared_ptr<ThreadPool> pool)
    : kernel_(kernel),
      setup_(setup),
      question_(question),
      pool_(std::move(pool)),
      kernel_at_one_(kernel_in_double(kernel, setup.law.weights, setup.shape.dim).at_one),
      eigenvalues_(probe_eigenvalues(kernel, setup.law.weights, setup.shape.dim, setup.probes)),
      breakpoints_(TimeGrid::for_rate(question.time, kernel_at_one_, {}).breakpoints()) {}

TrainingProblem PlannedDraw::problem_at(double width, double samples) const {
    TrajectorySetup setup = setup_;
    setup.shape.width = static_cast<int>(width);
    setup.infinite_width = false;
    setup.population = std::isinf(samples);
    const ActivationPtr& activation = kernel_.spec().activation;
    if (!setup.population) {
        setup.samples = static_cast<int>(samples);
        return make_training_problem(activation, setup, pool_);
    }
    // A plan needs no more: an error of the velocity changes the terms by about as much, relative to beta.
    constexpr double relative_error = 1e-7;
    PopulationOptions options;
    options.velocity_error = relative_error * setup.target.norm();
    const PopulationProblem problem{setup.shape, activation, setup.target, pool_};
    const PopulationSample sample = population_sample(problem, {training_start(setup, *pool_)}, options);
    return make_training_problem(activation, setup, sample, pool_);
}

/// The smallest bound of those that the question allows and that can be made here.
PlannedDraw::Candidate PlannedDraw::best_at(const StartQuantities& start, std::size_t probe) const {
    const double mu = eigenvalues_[probe].value;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    Candidate best;
    best.terms.drift.value = infinity;
    best.line = "none applies";
    const auto consider = [&](const BoundTerms& terms, const std::string& line) {
        const Measured bound = terms.sum(), known = best.terms.sum();
        if (bound.value + bound.error < known.value + known.error) best = {terms, line};
    };
    const bool all = question_.bound == PlannedBound::best;
    if (question_.bound != PlannedBound::linear_split) {
        const std::string line = all ? "U4" : "U4 (" + to_string(question_.bound) + ")";
        // The last breakpoint is the time of the question.
        const std::size_t last = start.drift.size() - 1;
        consider(terms_before_training(start, probe, last, forms_of(question_.bound), mu), line);
    }
    if (all && start.bootstrap) consider(bootstrap_terms(start, probe, mu).back(), "U4-bootstrap");
    if ((all || question_.bound == PlannedBound::linear_split) && start.bootstrap && start.linearised) {
        consider(linear_split_terms(start, probe, mu).back(), "linear split");
    }
    return best;
}

PlanPoint PlannedDraw::at(double width, double samples) const {
    const TrainingProblem problem = problem_at(width, samples);
    const bool with_gram = question_.bound == PlannedBound::best || question_.bound == PlannedBound::linear_split;
    const auto points = static_cast<double>(problem.labels.size());
    const StartEffort effort{with_gram && points * points * width <= most_gram_work, with_gram};
    const StartQuantities start = start_quantities(problem, setup_, eigenvalues_, kernel_at_one_, breakpoints_, effort);
    PlanPoint point{width, samples, {}};
    for (std::size_t i = 0; i < setup_.probes.size(); ++i) {
        const double mu = eigenvalues_[i].value, coefficient = start.probes[i].coefficient;
        Candidate best = best_at(start, i);
        point.probes.push_back({setup_.probes[i], eigenvalues_[i], coefficient,
                                mu * damping_factor(mu, question_.time) * std::abs(coefficient), best.terms,
                                best.line});
    }
    return point;
}

}  // namespace ntk::deviation
