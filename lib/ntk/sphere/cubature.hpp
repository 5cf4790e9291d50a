// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

namespace ntk {

/// Points x_j and weights q_j > 0 with sum 1 such that sum_j q_j g(x_j) is the mean of g over S^{d-1} (uniform
/// probability measure) for every polynomial g of degree at most `degree`.
struct SphereCubature {
    Eigen::MatrixXd points;   ///< d x count, unit columns
    Eigen::VectorXd weights;  ///< count
    int degree = 0;

    int dim() const { return static_cast<int>(points.rows()); }
    Eigen::Index size() const { return points.cols(); }
};

/// The number of points that sphere_cubature takes, (D+1) L^{d-2} with L = ceil((D+1)/2); a whole number below 2^53,
/// +infinity beyond the range. Throws std::domain_error for dim < 2 or degree < 0.
double cubature_point_count(int dim, int degree);

/// What sphere_cubature makes at most unless told otherwise.
constexpr double most_cubature_points = 1 << 20;

/// The product rule of degree D = degree >= 0 on S^{d-1}, d = dim >= 2, by recursion on the dimension:
///     d = 2: D + 1 equal steps on the circle;
///     d > 2: x = (sqrt(1-t^2) y, t), t from the Gauss rule with L nodes of the weight (1-t^2)^{(d-3)/2}
///            (Gauss–Legendre for d = 3), y from the rule of degree D on S^{d-2}; the weights are multiplied.
/// Exact to degree D and not to D + 1 (numerics.md, "Cubature on the sphere"). The points come layer by layer, the last
/// coordinate increasing. Odd D: with x the rule has -x, to the last bit. Error of a mean by rounding: about
/// 1e-16 D max |g|, as points and weights are accurate to a few units in the last place. The count grows like
/// D^{d-1}: this is a rule for small d. Cost O(L^2) per dimension and d per point.
/// Throws std::domain_error for dim < 2 or degree < 0, ResourceError with the count if it is above most_points.
SphereCubature sphere_cubature(int dim, int degree, double most_points = most_cubature_points);

}  // namespace ntk
