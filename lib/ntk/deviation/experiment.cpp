// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/experiment.hpp"

#include "ntk/spectrum/ridge_route.hpp"
#include "ntk/spectrum/trace.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>

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

/// Times that must be breakpoints of the grid.
std::vector<double> marked_times(const TrajectorySetup& setup) {
    std::vector<double> times = setup.output_times;
    if (setup.given) times.insert(times.end(), setup.given->times.begin(), setup.given->times.end());
    return times;
}

std::string in_short(double value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

/// The texts of all items: "a and b", "a, b and c".
template <class Item, class Text>
std::string joined(const std::vector<Item>& items, const Text& text) {
    std::string result;
    for (std::size_t i = 0; i < items.size(); ++i) {
        result += (i == 0 ? "" : i + 1 < items.size() ? ", " : " and ") + text(items[i]);
    }
    return result;
}

/// The largest distance of a residual of the first run from each of the others.
std::vector<double> distances(const std::vector<Observables>& runs) {
    std::vector<double> result;
    for (std::size_t i = 1; i < runs.size(); ++i) {
        result.push_back((runs.front().residual - runs[i].residual).cwiseAbs().maxCoeff());
    }
    return result;
}

}  // namespace

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
    if (setup.method != TrainingMethod::gradient_flow || !setup.target_is_known()) {
        throw std::domain_error("compute_trajectory: expected gradient flow with a known target");
    }
    const auto problem =
        std::make_shared<const TrainingProblem>(make_training_problem(kernel.spec().activation, setup, pool));
    const Network& network = problem->network;
    const Eigen::VectorXd &start = problem->start, &labels = problem->labels;
    const bool through_states = setup.given && setup.given->times.size() > 1;
    const double end = through_states ? setup.given->times.back() : setup.time;
    const std::vector<Measured> eigenvalues =
        probe_eigenvalues(kernel, setup.law.weights, setup.shape.dim, setup.probes);
    const KernelInDouble kappa = kernel_in_double(kernel, setup.law.weights, setup.shape.dim);
    std::vector<double> mu;
    for (const Measured& eigenvalue : eigenvalues) mu.push_back(eigenvalue.value);

    // No eigenvalue of G^inf exceeds its trace kappa(1).
    TimeGrid grid = TimeGrid::for_rate(end, kappa.at_one, marked_times(setup));
    std::vector<Trajectory> runs;  // the one whose values are used comes first
    std::vector<Observables> observed;
    const ObservationFrame frame{start, labels, problem->weights, setup.target, setup.probes, mu, ObservationDepth::kernels};
    const auto add_run = [&](double tolerance, const std::string& name, const auto& integrate) {
        Observer observer(network, frame);
        FlowOptions options{tolerance, grid.times(), {}, setup.integrator};
        // Where the tolerance would let both runs pass in the same steps, their distance would say nothing.
        options.longest_step = end / (tolerance < setup.tolerance ? 4 : 2);
        options.observe = [&](double, const Eigen::VectorXd& theta) { observer.add(theta); };
        if (progress) options.progress = [&](double time, long) { progress(name, time / end); };
        runs.push_back(integrate(options));
        require_complete(runs.back());
        observed.push_back(observer.take());
    };
    const auto flow = [&](const FlowOptions& options) {
        return integrate_gradient_flow(network, start, labels, options);
    };
    const double tight = tight_part * setup.tolerance;
    if (through_states) {
        add_run(tight, "path through the given states",
                [&](const FlowOptions& options) { return follow(*setup.given, network, labels, options); });
    }
    add_run(tight, "gradient flow at a thirtieth of the tolerance", flow);
    add_run(setup.tolerance, "gradient flow at the tolerance", flow);
    std::vector<std::pair<std::string, std::string>> facts;
    if (setup.given) facts = setup.given->facts;
    facts.insert(facts.end(),
                 {{"integrator", runs.front().integrator},
                  {"tolerances", joined(runs, [](const Trajectory& run) { return in_short(run.tolerance); })},
                  {"steps", joined(runs, [](const Trajectory& run) { return std::to_string(run.steps); })},
                  {"evaluations", joined(runs, [](const Trajectory& run) { return std::to_string(run.evaluations); })},
                  {"distances of a residual from the other runs (error estimate: their sum)",
                   joined(distances(observed), [](double x) { return in_short(x); })}});
    Observables seen = std::move(observed.front());
    observed.erase(observed.begin());
    const bool starts_at_zero = setup.law.antisymmetric && !setup.given;
    return {problem,
            std::move(grid),
            setup.probes,
            eigenvalues,
            std::move(seen),
            std::move(observed),
            infinite_width_gram(kappa, network.points()),
            setup.tolerance,
            setup.target.norm(),
            starts_at_zero,
            std::move(facts)};
}

}  // namespace ntk::deviation
