// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

namespace ntk {

/// A quadrature rule: integral of f ~ sum_i weights[i] f(nodes[i]); nodes increase.
struct QuadratureRule {
    std::vector<double> nodes;
    std::vector<double> weights;
};

/// Gauss–Legendre rule with `count` >= 1 nodes on [-1,1]; weights sum to 2; exact for polynomials of degree < 2 count.
/// Nodes and weights are the doubles nearest to their true values (Arb). Cost O(count) evaluations at O(1) each.
QuadratureRule gauss_legendre(int count);

/// Gauss–Gegenbauer rule with `count` >= 1 nodes for the probability weight c_d (1-t^2)^{(d-3)/2} on [-1,1], d = dim >=
/// 2; weights sum to 1; exact for polynomials of degree < 2 count. Nodes accurate to an ulp or two, weights to about
/// 1e-15 relative (Golub–Welsch start, Newton in long double, Christoffel weights). Cost O(count^2). Throws
/// std::domain_error for dim < 2 or count < 1.
QuadratureRule gauss_gegenbauer(int dim, int count);

/// The 15 nodes of the Gauss–Kronrod pair on [-1,1]; `gauss_weights` are those of the embedded 7-node Gauss rule (0 at
/// the other nodes).
struct KronrodRule {
    std::array<double, 15> nodes;
    std::array<double, 15> weights;
    std::array<double, 15> gauss_weights;
};

/// The (G7, K15) pair; K15 is exact for polynomials of degree <= 22.
const KronrodRule& kronrod_15();

}  // namespace ntk
