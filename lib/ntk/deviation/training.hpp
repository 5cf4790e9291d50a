// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/given_trajectory.hpp"
#include "ntk/flow/population_sample.hpp"
#include "ntk/kernel/kernel.hpp"
#include "ntk/network/network.hpp"
#include "ntk/sphere/zonal.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace ntk::deviation {

enum class TrainingMethod { gradient_flow, gradient_descent };

/// What a trajectory is made from.
struct TrajectorySetup {
    NetworkShape shape;  ///< shape.width means nothing with infinite_width
    InitialLaw law;
    std::uint64_t seed;
    int samples;         ///< n; means nothing with population
    ZonalTarget target;  ///< f*; without probes the target is known on the sample alone, by `labels`
    std::vector<ZonalProbe> probes;
    double time;
    double tolerance;
    std::vector<double> output_times;
    Integrator integrator = Integrator::automatic;
    std::optional<GivenTrajectory> given = {};  ///< a network that was trained elsewhere

    bool infinite_width = false;                 ///< m = infinity: the kernel does not move
    bool population = false;                     ///< n = infinity: the sample is a cubature rule
    double noise = 0;                            ///< standard deviation of the label noise
    std::optional<Eigen::MatrixXd> points = {};  ///< own sample, d x n unit columns; nothing: drawn from the seed
    std::optional<Eigen::VectorXd> labels = {};  ///< own labels; nothing: values of the target
    TrainingMethod method = TrainingMethod::gradient_flow;
    double step = 0;              ///< of gradient descent
    Eigen::Index batch_size = 0;  ///< of gradient descent; 0 for the whole sample

    bool target_is_known() const { return !target.probes.empty(); }
};

/// The points of the sample: those that are given, the own ones, or uniform ones (stream "sample points").
Eigen::MatrixXd sample_points(const TrajectorySetup& setup);
/// Their labels: those that are given, or else the own ones or the values of the target, plus `noise` times standard
/// normal numbers (stream "label noise", number j for point j).
Eigen::VectorXd sample_labels(const TrajectorySetup& setup, const Eigen::MatrixXd& points);
/// The state that is given, or theta_0 by draw_parameters.
Eigen::VectorXd training_start(const TrajectorySetup& setup, ThreadPool& pool);
/// Every entry one unit in the last place up or down (stream "rounding"): a second run of gradient descent from there
/// shows what rounding does.
Eigen::VectorXd moved_by_rounding(const Eigen::VectorXd& theta, std::uint64_t seed);

/// A finite network, its start and the labels of a sample.
struct TrainingProblem {
    Network network;
    Eigen::VectorXd start;
    Eigen::VectorXd labels;
    Eigen::VectorXd weights;         ///< q_j of the sample, adding up to 1: 1/n, or those of a cubature rule
    bool drawn_from_sphere = false;  ///< the points are independent and uniform on the sphere
    bool cubature = false;           ///< n = infinity: the points are those of a rule
};
TrainingProblem make_training_problem(const ActivationPtr& activation, const TrajectorySetup& setup,
                                      const std::shared_ptr<ThreadPool>& pool);
/// n = infinity: the sample is the cubature rule.
TrainingProblem make_training_problem(const ActivationPtr& activation, const TrajectorySetup& setup,
                                      const PopulationSample& sample, const std::shared_ptr<ThreadPool>& pool);

/// kappa of the infinitely wide network in double: on the diagonal and at any t in [-1,1].
struct KernelInDouble {
    double at_one;
    std::function<double(double)> at;
};
/// The kernel must outlive the result. Without weights those of the kernel, else RadialKernelSeries.
KernelInDouble kernel_in_double(const Kernel& kernel, const std::optional<RadialLaw>& weights, int dim);

/// Q^{1/2} [K^inf(x_i, x_j)] Q^{1/2}; without weights G^inf = (1/n) [K^inf(x_i, x_j)].
Eigen::MatrixXd infinite_width_gram(const KernelInDouble& kernel, const Eigen::MatrixXd& points,
                                    const Eigen::VectorXd& weights);
Eigen::MatrixXd infinite_width_gram(const KernelInDouble& kernel, const Eigen::MatrixXd& points);

}  // namespace ntk::deviation
