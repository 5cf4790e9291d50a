// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/real.hpp"

#include <functional>
#include <vector>

namespace ntk {

/// A value with an estimate of its error: the difference of two approximations, not a bound.
struct EstimatedValue {
    Real value;
    Real estimate;
};

/// Funk–Hecke eigenvalues by a route that shares neither kappa, nor P_k, nor nodes, nor the number type with
/// funk_hecke_balls: MPFR numbers, kappa as a function of t, P_k as the normalised Gegenbauer (d = 2: Chebyshev)
/// polynomial of Boost.Math, and the trapezoidal rule after theta = pi y/(1+y), y = e^{pi sinh x}, which removes every
/// endpoint singularity (Takahasi and Mori 1974). The step is halved until two successive values agree to `digits`
/// digits of every eigenvalue, or to the rounding of the working precision, which is digits + 15 + extra_digits decimal
/// digits of the integral of |kappa|: extra_digits must cover log10(kappa(1)/mu_k) of the smallest eigenvalue wanted.
/// `kappa` must be finite on [-1,1]. Throws std::domain_error for dim < 2 or a negative degree, Unreachable without
/// convergence. Uses Real: one thread at a time.
std::vector<EstimatedValue> quadrature_eigenvalues(const std::function<Real(const Real&)>& kappa, int dim,
                                                   const std::vector<int>& degrees, long digits, long extra_digits);

/// The working precision in decimal digits that quadrature_eigenvalues uses.
long quadrature_digits(long digits, long extra_digits);

/// P_{k,d}(t) by Boost.Math: C_k^{((d-2)/2)}(t) / C_k^{((d-2)/2)}(1), Chebyshev T_k for d = 2.
Real boost_gegenbauer_p(int dim, int degree, const Real& t);

}  // namespace ntk
