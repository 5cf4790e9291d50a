// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/descent_experiment.hpp"

#include "ntk/deviation/experiment.hpp"
#include "ntk/flow/gradient_descent.hpp"
#include "ntk/flow/time_units.hpp"
#include "ntk/network/population.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/message_number.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace ntk::deviation {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();
/// Steps whose states are kept at a time.
constexpr long steps_together = 64;
/// Nodes along a step for the remainder on the sample.
constexpr int remainder_nodes = 3;

void require(bool condition, const std::string& what) {
    if (!condition) throw std::domain_error("compute_descent: " + what);
}

void require_valid(const TrajectorySetup& setup) {
    require(setup.method == TrainingMethod::gradient_descent && setup.step > 0, "expected gradient descent, step > 0");
    require(!setup.infinite_width && !setup.population && !setup.given,
            "expected a finite network that is trained here on a finite sample");
}

void resize(DescentSteps& steps, Eigen::Index samples, Eigen::Index probes, Eigen::Index count) {
    steps.remainder = steps.noise = Eigen::MatrixXd::Zero(samples, count);
    steps.probe_remainder = steps.probe_noise = Eigen::MatrixXd::Zero(probes, count);
    steps.residual_error = steps.product_error = steps.remainder_error = steps.probe_remainder_error =
        Eigen::VectorXd::Zero(count);
}

/// One run, some steps at a time.
class DescentRunner {
public:
    DescentRunner(const TrainingProblem& problem, const ObservationFrame& frame, const TrajectorySetup& setup,
                  long steps)
        : problem_(problem), frame_(frame), setup_(setup), steps_(steps), observer_(problem.network, frame) {
        resize(made_, problem.labels.size(), static_cast<Eigen::Index>(frame.probes.size()), steps);
    }

    DescentObservation run(Eigen::VectorXd theta, const std::function<void(double)>& progress) {
        observer_.add(theta);
        for (long first = 0; first < steps_; first += steps_together) {
            const std::vector<Eigen::VectorXd> states = portion(theta, first, std::min(first + steps_together, steps_));
            for (std::size_t i = 1; i < states.size(); ++i) observer_.add(states[i]);
            see_probes(states, first);
            theta = states.back();
            if (progress) progress(static_cast<double>(std::min(first + steps_together, steps_)) / steps_double());
        }
        return {observer_.take(), std::move(made_)};
    }

private:
    double steps_double() const { return static_cast<double>(steps_); }

    /// theta_first, ..., theta_last.
    std::vector<Eigen::VectorXd> portion(const Eigen::VectorXd& theta, long first, long last) {
        DescentOptions options;
        options.step = setup_.step;
        options.batch_size = setup_.batch_size;
        options.seed = setup_.seed;
        options.first_step = first;
        options.check_stability = false;
        options.remainder_nodes = problem_.network.activation().kinks().empty() ? remainder_nodes : 0;
        for (long j = first; j <= last; ++j) options.record_steps.push_back(j);
        options.observe = [&](const DescentStep& step) {
            made_.remainder.col(step.index) = step.remainder;
            made_.noise.col(step.index) = step.noise;
            made_.residual_error(step.index) = step.residual_error;
            made_.product_error(step.index) = step.product_error;
            made_.remainder_error(step.index) = step.remainder_error;
        };
        return gradient_descent(problem_.network, theta, problem_.labels, options).parameters;
    }

    void see_probes(const std::vector<Eigen::VectorXd>& states, long first) {
        const NetworkShape& shape = problem_.network.shape();
        const Activation& activation = problem_.network.activation();
        problem_.network.pool().parallel_for(static_cast<int>(states.size()) - 1, [&](int i) {
            const auto at = static_cast<std::size_t>(i);
            const Eigen::VectorXd &theta = states[at], &next = states[at + 1];
            const ProbeRemainders found = probe_remainders(shape, activation, theta, next, frame_.probes);
            made_.probe_remainder.col(first + i) = found.value;
            made_.probe_remainder_error(first + i) = found.error;
            if (setup_.batch_size > 0) made_.probe_noise.col(first + i) = probe_noise(theta, next);
        });
    }

    Eigen::VectorXd probe_noise(const Eigen::VectorXd& theta, const Eigen::VectorXd& next) const {
        const Network alone = problem_.network.on_one_thread();
        const Eigen::VectorXd velocity = alone.velocity(theta, problem_.labels);
        const Eigen::MatrixXd gradient =
            population_coefficients(alone.shape(), alone.activation(), theta, frame_.probes).gradient;
        return gradient.transpose() * (next - theta - setup_.step * velocity);
    }

    const TrainingProblem& problem_;
    const ObservationFrame& frame_;
    const TrajectorySetup& setup_;
    long steps_;
    Observer observer_;
    DescentSteps made_;
};

}  // namespace

ProbeRemainders probe_remainders(const NetworkShape& shape, const Activation& activation, const Eigen::VectorXd& theta,
                                 const Eigen::VectorXd& next, const std::vector<ZonalProbe>& probes) {
    if (probes.empty()) return {{}, 0};
    const Eigen::VectorXd change = next - theta;
    const PopulationCoefficients here = population_coefficients(shape, activation, theta, probes);
    const Eigen::VectorXd slope = here.gradient.transpose() * change;
    const double rounding = 8 * epsilon * slope.cwiseAbs().maxCoeff();
    if (!activation.kinks().empty()) {
        const PopulationCoefficients there = population_values(shape, activation, next, probes);
        return {there.value - here.value - slope, 2 * here.error_estimate + rounding};
    }
    // g(s) = grad C(theta + s Delta) . Delta, so that e^C = int_0^1 (g(s) - g(0)) ds. The Gauss rule with two nodes
    // errs by -g''''/4320, Simpson's by g''''/2880: their distance is more than the error of either.
    const auto g = [&](double s) -> Eigen::VectorXd {
        const Eigen::VectorXd between = theta + s * change;
        return population_coefficients(shape, activation, between, probes).gradient.transpose() * change - slope;
    };
    const double node = 1 / std::sqrt(12.0);
    const Eigen::VectorXd gauss = (g(0.5 - node) + g(0.5 + node)) / 2;
    const Eigen::VectorXd simpson = (4 * g(0.5) + g(1)) / 6;
    return {gauss, (gauss - simpson).cwiseAbs().maxCoeff() + rounding +
                       here.error_estimate * change.norm() / std::sqrt(static_cast<double>(shape.width))};
}

DescentResult compute_descent(const Kernel& kernel, const TrajectorySetup& setup,
                              const std::shared_ptr<ThreadPool>& pool,
                              const std::function<void(const std::string& stage, double fraction)>& progress) {
    require_valid(setup);
    const auto problem =
        std::make_shared<const TrainingProblem>(make_training_problem(kernel.spec().activation, setup, pool));
    const long steps = std::max(steps_to_reach(setup.time, setup.step), 1L);
    const double entries = static_cast<double>(steps) * static_cast<double>(problem->labels.size());
    if (entries > most_descent_entries) {
        throw ResourceError("compute_descent: " + std::to_string(steps) + " steps with " +
                            std::to_string(problem->labels.size()) + " residuals each are more than " +
                            message_number(most_descent_entries) + " numbers: take fewer steps or points");
    }
    ObservationFrame frame;
    frame.start = problem->start;
    frame.labels = problem->labels;
    frame.weights = problem->weights;
    if (setup.target_is_known()) frame.target = setup.target;
    frame.probes = setup.probes;
    frame.depth = ObservationDepth::kernels;
    const std::vector<Measured> eigenvalues =
        probe_eigenvalues(kernel, setup.law.weights, setup.shape.dim, setup.probes);
    for (const Measured& eigenvalue : eigenvalues) frame.eigenvalues.push_back(eigenvalue.value);
    const auto make = [&](const Eigen::VectorXd& start, const std::string& stage) {
        return DescentRunner(*problem, frame, setup, steps).run(start, [&](double share) {
            if (progress) progress(stage, share);
        });
    };
    DescentResult result{problem,
                         setup.step,
                         steps,
                         setup.probes,
                         eigenvalues,
                         make(problem->start, "gradient descent"),
                         make(moved_by_rounding(problem->start, setup.seed), "gradient descent, second run"),
                         {},
                         setup.target_is_known() ? setup.target.norm() : 0,
                         setup.law.antisymmetric,
                         setup.target_is_known(),
                         {}};
    if (problem->labels.size() <= most_eigenvector_points) {
        const KernelInDouble kappa = kernel_in_double(kernel, setup.law.weights, setup.shape.dim);
        result.kernel_gram = infinite_width_gram(kappa, problem->network.points(), problem->weights);
    }
    result.mini_batches = setup.batch_size > 0;
    if (setup.target_is_known() && kernel.spec().activation->kinks().empty()) {
        result.start = std::make_shared<const StartQuantities>(start_quantities(
            *problem, setup, eigenvalues, kernel_in_double(kernel, setup.law.weights, setup.shape.dim).at_one,
            {0, setup.step * static_cast<double>(steps)}));
    }
    const DescentStability stability = descent_stability(problem->network, problem->start, setup.step);
    result.facts = {{"integrator", "gradient descent, step " + message_number(setup.step)},
                    {"steps", std::to_string(steps)},
                    {"limit of stability at the start", message_number(stability.largest_step)}};
    if (setup.batch_size > 0) result.facts.emplace_back("mini-batches", std::to_string(setup.batch_size) + " points");
    return result;
}

}  // namespace ntk::deviation
