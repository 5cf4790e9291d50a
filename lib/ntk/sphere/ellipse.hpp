// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/sphere/angle_function.hpp"

#include <optional>

namespace ntk {

/// The remainder of an N-point Gauss–Legendre rule in the angle theta = (pi/2)(1+z), z in [-1,1], for the integrand
///     g_k(theta) = kappa(cos theta) sin^{d-2}(theta) P_k(cos theta),
/// from one Bernstein ellipse |z-1| + |z+1| = rho + 1/rho inside which kappa(cos theta) is analytic:
///     |int_0^pi g_k - Q_N g_k| <= (pi/2) (64/15) M e^{k (pi/4)(rho-1/rho)} rho^{-2N} / (1 - rho^{-2}),   N >= 2,
/// with M >= |kappa(cos theta) sin^{d-2} theta| on the ellipse and |P_k(cos theta)| <= e^{k |Im theta|} (Laplace
/// integral); derivation in numerics.md, "The remainder".
struct Ellipse {
    double rho;           ///< > 1
    double log2_maximum;  ///< an upper bound of log2 M
};

/// An ellipse that needs nearly the fewest nodes for degrees up to `max_degree` and a remainder of at most 2^{-bits}.
/// Analyticity in the closed interior is certified by covering it with complex balls on which the kernel is finite.
/// Throws Unreachable if no ellipse could be certified (a kernel that is not analytic in the angle on [0, pi]).
Ellipse best_ellipse(const AngleFunction& kernel, int dim, int max_degree, long bits);

/// The ellipse of this rho > 1 with a certified maximum; empty if analyticity inside or the maximum could not be
/// certified.
std::optional<Ellipse> certified_ellipse(const AngleFunction& kernel, int dim, double rho);

/// An upper bound of log2 of the remainder bound above for `nodes` >= 2 nodes and degree k.
double log2_remainder(const Ellipse& ellipse, int degree, long nodes);

/// The smallest even number of nodes >= 2 with log2_remainder <= -bits.
long nodes_needed(const Ellipse& ellipse, int degree, long bits);

}  // namespace ntk
