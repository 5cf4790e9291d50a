// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ridge/power_ridge.hpp"
#include "ntk/ridge/ridge_function.hpp"

#include <vector>

namespace ntk {

/// Certified ridge coefficients of one neuron x -> g(r <w^,x> + b) on S^{d-1} (theory.md, "Ridge route"):
///     Lambda_k(r,b) = c_d int g(rt+b) P_k(t) (1-t^2)^{(d-3)/2} dt,
/// one enclosure per degree with at least `digits` + 1 certified significant digits, however small the coefficient, and
/// exactly zero where it vanishes: r = 0 and k >= 1; b = 0 and a parity of g that k does not share; degrees above that
/// of a polynomial; zeros of the closed form of a power with a kink.
/// Method: polynomials and powers with a kink in closed form (power_ridge.hpp); everything else by the certified
/// quadrature of funk_hecke_balls with the precision that the smallest coefficient needs, applied to sigma' in
/// dimension d + 2 where sigma is nearly constant (Lambda_{k,d} = (r/d) Lambda'_{k-1,d+2}). Cost of the quadrature:
/// about (bits + K) / rho evaluations of g for the largest degree K, where rho is proportional to 1/r for large r. d =
/// dim >= 2, degrees >= 0, radius >= 0, digits >= 1, else std::domain_error. Throws Unreachable, naming degree and
/// digits reached, where g is not analytic around the real axis, or a coefficient is below the precision tried last.
std::vector<Ball> ridge_coefficients(const RidgeFunction& g, int dim, const RidgePoint& at,
                                     const std::vector<int>& degrees, long digits);

}  // namespace ntk
