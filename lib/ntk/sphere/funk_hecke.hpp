// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/sphere/angle_function.hpp"
#include "ntk/sphere/ellipse.hpp"
#include "ntk/sphere/fixed_point.hpp"

#include <vector>

namespace ntk {

/// Certified Funk–Hecke eigenvalues of a kernel that is analytic in the angle:
///     mu_k = c_d int_0^pi kappa(cos theta) P_k(cos theta) sin^{d-2} theta dtheta.
/// d = dim >= 2, degrees >= 0 in any order (else std::domain_error).
/// Returns one enclosure per degree: remainder of the rule, error of nodes and weights, rounding of the recurrence and
/// of the sums are all inside the radius (numerics.md, "Certified eigenvalues"), which is at most 2^{-bits} for a
/// kernel that is largest at angle 0, as every positive definite one is, and larger by the ratio of the two otherwise. The radius is absolute: small eigenvalues need more bits. Method: one Gauss–Legendre rule in theta
/// shared by all degrees; kappa once per node; the recurrence in fixed point; the number of nodes from best_ellipse.
/// Cost: with N nodes (about K plus a multiple of bits), K the largest degree: N evaluations of kappa, K N
/// multiplications of `bits` bits. Throws Unreachable where no ellipse can be certified. `step` is the recurrence of
/// the polynomials; anything but gegenbauer_step is for tests that break it on purpose.
std::vector<Ball> funk_hecke_balls(const AngleFunction& kernel, int dim, const std::vector<int>& degrees, long bits,
                                   FixedPointRecurrence::Step step = gegenbauer_step);

/// The same with an ellipse of the caller's, certified for this function.
std::vector<Ball> funk_hecke_balls(const AngleFunction& kernel, int dim, const std::vector<int>& degrees, long bits,
                                   const Ellipse& ellipse, FixedPointRecurrence::Step step = gegenbauer_step);

}  // namespace ntk
