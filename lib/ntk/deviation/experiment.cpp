// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/experiment.hpp"

#include "ntk/spectrum/ridge_route.hpp"
#include "ntk/spectrum/trace.hpp"

#include <cmath>
#include <limits>

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

}  // namespace ntk::deviation
