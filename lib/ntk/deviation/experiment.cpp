// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/experiment.hpp"

#include "ntk/spectrum/radial_kernel_series.hpp"
#include "ntk/spectrum/ridge_route.hpp"
#include "ntk/spectrum/trace.hpp"
#include "ntk/sphere/points.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

namespace ntk::deviation {
namespace {

bool covers_from_zero(const std::vector<int>& degrees) {
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        if (degrees[i] != static_cast<int>(i)) return false;
    }
    return !degrees.empty();
}

std::vector<Eigenvalue> eigenvalues_of(const Kernel& kernel, const std::optional<RadialLaw>& weights, int dim,
                                       const std::vector<int>& degrees, long digits) {
    return weights ? ridge_eigenvalues(kernel.spec(), *weights, dim, degrees, digits)
                   : certified_eigenvalues(kernel, dim, degrees, digits);
}

/// Where there is one route: nothing to compare.
std::vector<RouteComparison> without_comparison(const std::vector<Eigenvalue>& eigenvalues) {
    std::vector<RouteComparison> comparisons;
    for (const Eigenvalue& eigenvalue : eigenvalues) {
        const RouteValue value{to_string(eigenvalue.route), true, eigenvalue.enclosure};
        comparisons.push_back({eigenvalue.degree, {value}, Ball(64), Ball(64), true});
    }
    return comparisons;
}

/// kappa in double: on the diagonal and at any t in [-1,1].
struct KernelInDouble {
    double at_one;
    std::function<double(double)> at;
};

/// The kernel must outlive the result.
KernelInDouble kernel_in_double(const Kernel& kernel, const std::optional<RadialLaw>& weights, int dim) {
    if (!weights) return {kernel.at(1.0), [&kernel](double t) { return kernel.at(t); }};
    // What is left out is small against the rounding of the sums over degrees.
    constexpr double tolerance = 1e-16;
    const RadialKernelSeries radial(kernel.spec(), *weights, dim, tolerance);
    return {radial.at_one(), [radial](double t) { return radial.at(t); }};
}

/// The doubles nearest to the certified eigenvalues, with half a unit in the last place as error.
std::vector<Measured> probe_eigenvalues(const Kernel& kernel, const std::optional<RadialLaw>& weights, int dim,
                                        const std::vector<ZonalProbe>& probes) {
    std::vector<int> degrees;
    for (const ZonalProbe& probe : probes) degrees.push_back(probe.degree);
    std::vector<Measured> result;
    constexpr long digits = 20;
    for (const Eigenvalue& eigenvalue : eigenvalues_of(kernel, weights, dim, degrees, digits)) {
        const double value = eigenvalue.enclosure.midpoint();
        result.push_back({value, std::abs(value) * std::numeric_limits<double>::epsilon()});
    }
    return result;
}

Eigen::MatrixXd kernel_gram(const KernelInDouble& kernel, const Eigen::MatrixXd& points) {
    const Eigen::MatrixXd cosines = points.transpose() * points;
    const double n = static_cast<double>(points.cols());
    return cosines.unaryExpr([&](double t) { return kernel.at(std::clamp(t, -1.0, 1.0)) / n; });
}

std::string in_short(double value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

}  // namespace

SpectrumResult compute_spectrum(const Kernel& kernel, int dim, const std::vector<int>& degrees, long digits,
                                const std::optional<RadialLaw>& weights) {
    std::vector<Eigenvalue> eigenvalues = eigenvalues_of(kernel, weights, dim, degrees, digits);
    SpectrumResult result{
        degrees,
        digits,
        eigenvalues,
        weights ? without_comparison(eigenvalues) : compare_routes(kernel, dim, degrees, digits),
        weights ? ridge_kernel_at_one(kernel.spec(), *weights, dim, digits + 2) : kernel.at_one(4 * digits + 64),
        trace_sum(eigenvalues),
        std::nullopt};
    if (!weights && covers_from_zero(degrees)) result.tail_bound = trace_tail_bound(kernel, dim, result.eigenvalues);
    return result;
}

TrajectoryResult compute_trajectory(const Kernel& kernel, const TrajectorySetup& setup,
                                    const std::shared_ptr<ThreadPool>& pool, const StageProgress& progress) {
    const Eigen::MatrixXd points =
        uniform_points(setup.shape.dim, setup.samples, RandomStream(setup.seed, "sample points"));
    const Network network(setup.shape, kernel.spec().activation, points, pool);
    const Eigen::VectorXd start = draw_parameters(setup.shape, setup.law, setup.seed, *pool);
    const Eigen::VectorXd labels = setup.target.at(points);
    const std::vector<Measured> eigenvalues =
        probe_eigenvalues(kernel, setup.law.weights, setup.shape.dim, setup.probes);
    const KernelInDouble kappa = kernel_in_double(kernel, setup.law.weights, setup.shape.dim);
    std::vector<double> mu;
    for (const Measured& eigenvalue : eigenvalues) mu.push_back(eigenvalue.value);

    // No eigenvalue of G^inf exceeds its trace kappa(1).
    TimeGrid grid = TimeGrid::for_rate(setup.time, kappa.at_one, setup.output_times);
    FlowOptions options{setup.tolerance, grid.times(), {}};
    const auto stage = [&](const std::string& name, double share) {
        if (progress) progress(name, share);
    };
    options.progress = [&](double time, long) { stage("gradient flow at the tolerance", time / setup.time); };
    const Trajectory loose = integrate_gradient_flow(network, start, labels, options);
    options.tolerance /= 100;
    options.progress = [&](double time, long) { stage("gradient flow at a hundredth of it", time / setup.time); };
    const Trajectory tight = integrate_gradient_flow(network, start, labels, options);
    const auto observing = [&](const std::string& name) {
        return [&stage, &grid, name](std::size_t done) {
            stage(name, static_cast<double>(done) / static_cast<double>(grid.times().size()));
        };
    };
    Observables of_loose =
        observe(network, loose, labels, setup.target, setup.probes, mu, observing("observables of the first run"));
    Observables of_tight =
        observe(network, tight, labels, setup.target, setup.probes, mu, observing("observables of the second run"));
    const double apart = (of_loose.residual - of_tight.residual).cwiseAbs().maxCoeff();
    return {std::move(grid),
            setup.probes,
            eigenvalues,
            std::move(of_loose),
            std::move(of_tight),
            kernel_gram(kappa, points),
            setup.tolerance,
            setup.target.norm(),
            setup.law.antisymmetric,
            {{"integrator", tight.integrator},
             {"tolerances", in_short(loose.tolerance) + " and " + in_short(tight.tolerance)},
             {"steps", std::to_string(loose.steps) + " and " + std::to_string(tight.steps)},
             {"evaluations", std::to_string(loose.evaluations) + " and " + std::to_string(tight.evaluations)},
             {"largest difference of a residual (error estimate)", in_short(apart)}}};
}

}  // namespace ntk::deviation
