// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/start_quantities.hpp"

#include "ntk/deviation/target_bounds.hpp"
#include "ntk/network/gram_spectrum.hpp"
#include "ntk/network/population.hpp"
#include "ntk/sphere/harmonics.hpp"
#include "ntk/sphere/zonal_mean.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ntk::deviation {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// G_0, its eigenvectors, and the root of the weights.
struct Decomposition {
    Eigen::MatrixXd vectors;
    Eigen::ArrayXd roots;
    LinearisedFlow flow;
    double moving_gradient_norm;  ///< >= ||M_0|| without the output bias

    Eigen::VectorXd coordinates(const Eigen::VectorXd& values) const {
        return vectors.transpose() * (roots * values.array()).matrix();
    }
};

Decomposition decompose(const TrainingProblem& problem, const Eigen::VectorXd& residual) {
    const auto n = static_cast<double>(problem.labels.size());
    Decomposition result;
    result.roots = problem.weights.array().sqrt();
    // gram_matrix has 1/n where the weights are to stand.
    const Eigen::VectorXd scale = (result.roots * std::sqrt(n)).matrix();
    const Eigen::MatrixXd gram = scale.asDiagonal() * problem.network.gram_matrix(problem.start) * scale.asDiagonal();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram);
    result.vectors = solver.eigenvectors();
    result.flow.eigenvalues = solver.eigenvalues().cwiseMax(0);
    // Entries to 1e-15 of their terms, and a backward error of the solver of a few units per dimension.
    result.flow.gram_error = 8 * n * epsilon * result.flow.eigenvalues.maxCoeff();
    result.flow.residual = result.coordinates(residual);
    result.moving_gradient_norm = result.flow.gradient_norm();
    if (problem.network.shape().output_bias) {
        // The output bias adds sqrt(q_i q_j).
        const SpectrumEnds moving = spectrum_ends(gram - result.roots.matrix() * result.roots.matrix().transpose());
        result.moving_gradient_norm =
            rounded_up(std::sqrt(std::max(0.0, moving.largest) + moving.error_estimate + result.flow.gram_error), 8);
    }
    return result;
}

double without_output_bias(const NetworkShape& shape, const Eigen::VectorXd& gradient) {
    return gradient.head(shape.parameter_count() - (shape.output_bias ? 1 : 0)).norm();
}

StartDesign design_of(const TrainingProblem& problem, const TrajectorySetup& setup, double kernel_at_one) {
    StartDesign design;
    design.law = setup.law;
    design.start_is_drawn = !setup.given;
    design.sample_is_drawn = problem.drawn_from_sphere;
    design.population = setup.population;
    design.exact_labels = setup.noise == 0 && !setup.labels && !(setup.given && setup.given->labels);
    design.kernel_at_one = kernel_at_one;
    design.target_bound = target_bound(setup.target);
    return design;
}

}  // namespace

StartQuantities start_quantities(const TrainingProblem& problem, const TrajectorySetup& setup,
                                 const std::vector<ledger::Measured>& eigenvalues, double kernel_at_one,
                                 const std::vector<double>& breakpoints, const StartEffort& effort) {
    const std::vector<ZonalProbe>& probes = setup.probes;
    const Network& network = problem.network;
    const NetworkShape& shape = network.shape();
    const auto n = static_cast<double>(problem.labels.size()), p = static_cast<double>(shape.parameter_count());
    const Eigen::VectorXd residual = network.values(problem.start) - problem.labels;
    const double radius = rounded_up(shape.hidden_bias ? std::sqrt(2.0) : 1, 8);
    DriftBounds bounds(network.activation().constants(), NeuronSizes::of(shape, problem.start), radius);
    const double beta = rounded_up(std::sqrt(residual.cwiseAbs2().dot(problem.weights)), n + 8);
    const double largest_kernel = rounded_up(bounds.kernel_diagonal() + (shape.output_bias ? 1 : 0), 1);
    StartQuantities result{design_of(problem, setup, kernel_at_one),
                           std::move(bounds),
                           beta,
                           largest_kernel,
                           {},
                           {},
                           std::nullopt,
                           std::nullopt,
                           std::nullopt};
    std::optional<Decomposition> parts;
    if (effort.linearised && problem.labels.size() <= most_linearised_points) parts = decompose(problem, residual);

    const PopulationCoefficients population =
        population_coefficients(shape, network.activation(), problem.start, probes);
    const Eigen::MatrixXd projections = network.jacobian_products(problem.start, population.gradient);
    const double kernel_size = std::sqrt(largest_kernel);
    for (std::size_t i = 0; i < probes.size(); ++i) {
        const auto at = static_cast<Eigen::Index>(i);
        const Eigen::VectorXd gradient = population.gradient.col(at);
        const Eigen::VectorXd values = probes[i].at(network.points());
        const Eigen::VectorXd weighted = values.cwiseProduct(problem.weights);
        const double size = std::sqrt(multiplicity_double(shape.dim, probes[i].degree));
        // Rounding of sums over neurons and points, besides the error of the ridge coefficients.
        const double of_gradient = population.error_estimate * (1 + gradient.norm()) + 1e-14 * size * kernel_size;
        ProbeStart start;
        start.coefficient = population.value(at) - setup.target.inner_product(probes[i]);
        start.sampling = {std::abs(start.coefficient - weighted.dot(residual)),
                          population.error_estimate + 1e-14 * size * (1 + residual.cwiseAbs().maxCoeff())};
        const Eigen::VectorXd of_sample = network.transposed_jacobian_product(problem.start, weighted);
        start.gradient_gap = {(gradient - of_sample).norm(), of_gradient};
        const double mu = eigenvalues[i].value;
        const Eigen::VectorXd gap = mu * values - projections.col(at);
        start.kernel_gap = {std::sqrt(gap.cwiseAbs2().dot(problem.weights)),
                            of_gradient * kernel_size + eigenvalues[i].error * size + 1e-15 * mu * size};
        start.coefficient_gradient = rounded_up(without_output_bias(shape, gradient) + of_gradient, p);
        start.largest = rounded_up(size, 4);
        start.mean_of_absolute = zonal_mean_of_absolute(shape.dim, probes[i].degree);
        start.sample_mean_of_absolute =
            rounded_up(values.cwiseAbs().dot(problem.weights), n + 16 + probes[i].degree * probes[i].degree);
        start.target_second_moment = target_second_moment(probes[i], setup.target, result.design.target_bound);
        if (parts) start.along = parts->coordinates(projections.col(at));
        result.probes.push_back(std::move(start));
    }
    const std::vector<DriftForm> all_forms(drift_forms.begin(), drift_forms.end());
    for (const double time : breakpoints) {
        result.drift.push_back(drift_before_training(result.bounds, all_forms, beta, time));
    }
    if (parts) result.linearised = parts->flow;
    if (effort.bootstrap && result.bounds.applies(DriftForm::basic).holds) {
        result.sampled.emplace(network, problem.start, problem.weights);
        BootstrapOptions options;
        options.sampled = &*result.sampled;
        // ||M_0||^2 is at most the mean of K_0(x,x) over the sample.
        options.moving_gradient_norm =
            parts ? parts->moving_gradient_norm : rounded_up(std::sqrt(result.bounds.kernel_diagonal()), 2);
        result.bootstrap = march(result.bounds, result.linearised, beta, largest_kernel, breakpoints, options);
    }
    return result;
}

}  // namespace ntk::deviation
