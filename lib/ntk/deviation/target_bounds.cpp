// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/target_bounds.hpp"

#include "ntk/deviation/drift_bounds.hpp"
#include "ntk/sphere/cubature.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>

namespace ntk::deviation {

double target_bound(const ZonalTarget& target) {
    double sum = 0;
    for (std::size_t i = 0; i < target.probes.size(); ++i) {
        const ZonalProbe& probe = target.probes[i];
        sum += std::abs(target.amplitudes[i]) * std::sqrt(multiplicity_double(probe.dim(), probe.degree));
    }
    return rounded_up(sum, static_cast<double>(target.probes.size()) + 8);
}

double target_second_moment(const ZonalProbe& probe, const ZonalTarget& target, double largest) {
    int degree = probe.degree;
    for (const ZonalProbe& part : target.probes) degree = std::max(degree, probe.degree + part.degree);
    constexpr double most_points = 20000;
    const double norm = target.norm(), largest_probe = multiplicity_double(probe.dim(), probe.degree);
    double bound = std::min(largest * largest, rounded_up(largest_probe * norm * norm, 100));
    if (cubature_point_count(probe.dim(), 2 * degree) <= most_points) {
        const SphereCubature rule = sphere_cubature(probe.dim(), 2 * degree, most_points);
        const Eigen::ArrayXd product = probe.at(rule.points).array() * target.at(rule.points).array();
        // The error of the rule is about 1e-16 times its degree and the largest value (cubature.hpp).
        const double rounding = 1e-15 * (degree + 1) * largest_probe * largest * largest;
        bound = std::min(bound, (product.square() * rule.weights.array()).sum() + rounding);
    }
    return bound;
}

}  // namespace ntk::deviation
