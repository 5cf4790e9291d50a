// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/quadrature.hpp"

#include <Eigen/Core>

#include <cmath>

/// Points and weights on spheres, by products of one-dimensional rules in spherical coordinates.
namespace ntk::test {

struct Cubature {
    Eigen::MatrixXd points;
    Eigen::VectorXd weights;
};

/// Equal steps on the circle.
inline Cubature circle_cubature(int count) {
    Cubature made{Eigen::MatrixXd(2, count), Eigen::VectorXd::Constant(count, 1.0 / count)};
    for (int j = 0; j < count; ++j)
        made.points.col(j) << std::cos(2 * M_PI * j / count), std::sin(2 * M_PI * j / count);
    return made;
}

/// From S^{d-2} to S^{d-1}: x = (sqrt(1-t^2) y, t) with the Gauss rule of the weight (1-t^2)^{(d-3)/2} in t.
inline Cubature suspended(const Cubature& lower, int dim, int count) {
    const QuadratureRule rule = gauss_gegenbauer(dim, count);
    const Eigen::Index each = lower.points.cols();
    Cubature made{Eigen::MatrixXd(dim, count * each), Eigen::VectorXd(count * each)};
    for (Eigen::Index i = 0; i < count; ++i) {
        const double t = rule.nodes[static_cast<std::size_t>(i)];
        made.points.block(0, i * each, dim - 1, each) = std::sqrt(1 - t * t) * lower.points;
        made.points.block(dim - 1, i * each, 1, each).setConstant(t);
        made.weights.segment(i * each, each) = rule.weights[static_cast<std::size_t>(i)] * lower.weights;
    }
    return made;
}

/// Exact to degree 2 count - 1.
inline Cubature sphere_cubature(int count) { return suspended(circle_cubature(2 * count), 3, count); }
inline Cubature sphere_cubature_5(int count) {
    return suspended(suspended(sphere_cubature(count), 4, count), 5, count);
}

}  // namespace ntk::test
