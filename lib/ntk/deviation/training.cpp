// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/training.hpp"

#include "ntk/flow/kernel_flow.hpp"
#include "ntk/numeric/random.hpp"
#include "ntk/spectrum/radial_kernel_series.hpp"
#include "ntk/sphere/points.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace ntk::deviation {

Eigen::MatrixXd sample_points(const TrajectorySetup& setup) {
    if (setup.given && setup.given->points) return *setup.given->points;
    if (setup.points) return *setup.points;
    return uniform_points(setup.shape.dim, setup.samples, RandomStream(setup.seed, "sample points"));
}

Eigen::VectorXd sample_labels(const TrajectorySetup& setup, const Eigen::MatrixXd& points) {
    if (setup.given && setup.given->labels) return *setup.given->labels;
    if (!setup.labels && !setup.target_is_known()) {
        throw std::domain_error("sample_labels: neither labels nor a target");
    }
    Eigen::VectorXd labels = setup.labels ? *setup.labels : setup.target.at(points);
    if (setup.noise == 0) return labels;
    const RandomStream noise(setup.seed, "label noise");
    for (Eigen::Index j = 0; j < labels.size(); ++j) {
        labels(j) += setup.noise * noise.normal(static_cast<std::uint64_t>(j));
    }
    return labels;
}

Eigen::VectorXd training_start(const TrajectorySetup& setup, ThreadPool& pool) {
    return setup.given ? setup.given->parameters.front() : draw_parameters(setup.shape, setup.law, setup.seed, pool);
}

Eigen::VectorXd moved_by_rounding(const Eigen::VectorXd& theta, std::uint64_t seed) {
    const RandomStream signs(seed, "rounding");
    Eigen::VectorXd moved = theta;
    for (Eigen::Index i = 0; i < theta.size(); ++i) {
        const double direction = signs.rademacher(static_cast<std::uint64_t>(i));
        moved(i) = std::nextafter(theta(i), direction * std::numeric_limits<double>::infinity());
    }
    return moved;
}

TrainingProblem make_training_problem(const ActivationPtr& activation, const TrajectorySetup& setup,
                                      const std::shared_ptr<ThreadPool>& pool) {
    if (setup.infinite_width || setup.population) {
        throw std::domain_error("make_training_problem: expected a finite network and a finite sample");
    }
    const Eigen::MatrixXd points = sample_points(setup);
    const auto n = points.cols();
    return {Network(setup.shape, activation, points, pool), training_start(setup, *pool), sample_labels(setup, points),
            Eigen::VectorXd::Constant(n, 1 / static_cast<double>(n)),
            !(setup.given && setup.given->points) && !setup.points};
}

TrainingProblem make_training_problem(const ActivationPtr& activation, const TrajectorySetup& setup,
                                      const PopulationSample& sample, const std::shared_ptr<ThreadPool>& pool) {
    return {Network(setup.shape, activation, sample.rule.points, pool),
            training_start(setup, *pool),
            sample.labels,
            sample.rule.weights,
            false,
            true};
}

KernelInDouble kernel_in_double(const Kernel& kernel, const std::optional<RadialLaw>& weights, int dim) {
    if (!weights) return {kernel.at(1.0), [&kernel](double t) { return kernel.at(t); }};
    // What is left out is small against the rounding of the sums over degrees.
    constexpr double tolerance = 1e-16;
    const RadialKernelSeries radial(kernel.spec(), *weights, dim, tolerance);
    return {radial.at_one(), [radial](double t) { return radial.at(t); }};
}

Eigen::MatrixXd infinite_width_gram(const KernelInDouble& kernel, const Eigen::MatrixXd& points) {
    const Eigen::VectorXd equal = Eigen::VectorXd::Constant(points.cols(), 1 / static_cast<double>(points.cols()));
    return infinite_width_gram(kernel, points, equal);
}

Eigen::MatrixXd infinite_width_gram(const KernelInDouble& kernel, const Eigen::MatrixXd& points,
                                    const Eigen::VectorXd& weights) {
    return zonal_gram_matrix(kernel.at, points, weights);
}

}  // namespace ntk::deviation
