// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/observables.hpp"

#include "ntk/network/population.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

namespace ntk::deviation {
namespace {

/// Values of the probes on the sample, n x probes.
Eigen::MatrixXd probe_values(const std::vector<ZonalProbe>& probes, const Eigen::MatrixXd& points) {
    Eigen::MatrixXd values(points.cols(), static_cast<Eigen::Index>(probes.size()));
    for (std::size_t i = 0; i < probes.size(); ++i) values.col(static_cast<Eigen::Index>(i)) = probes[i].at(points);
    return values;
}

}  // namespace

Observables observe(const Network& network, const Trajectory& trajectory, const Eigen::VectorXd& labels,
                    const ZonalTarget& target, const std::vector<ZonalProbe>& probes,
                    const std::vector<double>& eigenvalues, const std::function<void(std::size_t)>& progress) {
    const auto times = static_cast<Eigen::Index>(trajectory.times.size());
    const auto count = static_cast<Eigen::Index>(probes.size());
    const Eigen::Index n = network.sample_count();
    const double samples = static_cast<double>(n);
    const Eigen::MatrixXd phi = probe_values(probes, network.points());
    const Eigen::Map<const Eigen::VectorXd> mu(eigenvalues.data(), count);
    Eigen::VectorXd of_target(count);
    for (Eigen::Index i = 0; i < count; ++i) of_target(i) = target.inner_product(probes[static_cast<std::size_t>(i)]);

    Observables seen{Eigen::MatrixXd(n, times),     Eigen::MatrixXd(n, times),
                     Eigen::MatrixXd(count, times), Eigen::MatrixXd(count, times),
                     Eigen::MatrixXd(count, times), Eigen::MatrixXd(count, times),
                     Eigen::VectorXd(times),        0};
    // Parallel over states, each on one thread: the results do not depend on the number of threads.
    std::mutex mutex;
    std::size_t done = 0;
    network.pool().parallel_for(static_cast<int>(times), [&](int state) {
        const Network alone = network.on_one_thread();
        const Eigen::Index s = state;
        const Eigen::VectorXd& theta = trajectory.parameters[static_cast<std::size_t>(s)];
        const Eigen::VectorXd r = alone.values(theta) - labels;
        const PopulationCoefficients population =
            population_coefficients(alone.shape(), alone.activation(), theta, probes);
        // One pass for grad C . grad f of every probe and for J (J^T r / n).
        Eigen::MatrixXd directions(theta.size(), count + 1);
        directions.leftCols(count) = population.gradient;
        directions.col(count) = alone.transposed_jacobian_product(theta, r / samples);
        const Eigen::MatrixXd along = alone.jacobian_products(theta, directions);
        const Eigen::VectorXd c = population.value - of_target;
        seen.residual.col(s) = r;
        seen.gram_residual.col(s) = along.col(count);
        seen.coefficient.col(s) = c;
        seen.deviation.col(s) = mu.cwiseProduct(c) - along.leftCols(count).transpose() * r / samples;
        seen.sampling.col(s) = c - phi.transpose() * r / samples;
        const Eigen::MatrixXd h = phi * mu.asDiagonal() - along.leftCols(count);
        seen.kernel_gap.col(s) = (h.colwise().squaredNorm() / samples).cwiseSqrt().transpose();
        seen.residual_norm(s) = r.norm() / std::sqrt(samples);
        const std::lock_guard lock(mutex);
        seen.coefficient_error = std::max(seen.coefficient_error, population.error_estimate);
        if (progress) progress(++done);
    });
    return seen;
}

}  // namespace ntk::deviation
