// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/sphere/angle_function.hpp"

namespace ntk {

/// An enclosure, of radius about 2^{-bits}, of the Poisson integral of f = sum_k N(d,k) f_k P_k on S^{d-1} at its pole,
///     sum_k N(d,k) f_k r^k = c_d int_0^pi f p_r sin^{d-2},
///     p_r = sum_k N(d,k) r^k P_k = (1 - r^2) / (1 - 2 r cos(theta) + r^2)^{d/2},
/// for an f that is analytic in the angle around [0, pi]. Throws std::domain_error unless dim >= 2 and 0 < r < 1,
/// Unreachable if no ellipse of analyticity was found. Cost: about bits d / log(1/r) evaluations of f.
Ball poisson_integral(const AngleFunction& f, int dim, const Rational& r, long bits);

}  // namespace ntk
