// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/proof.hpp"

/// Formulas that several obligations are about, with k, d, j as symbols or forms in symbols.
namespace ntk::proofs {

/// P_k(t) = P_{k,d}(t) = sum_j a(k,d,j) x^j, x = (1-t)/2: the hypergeometric polynomial F(-k, k+d-2; (d-1)/2; x), the
/// definition of the Gegenbauer polynomials here (NIST Digital Library of Mathematical Functions, 18.5.9, divided by
/// its value at 1). This is a(k,d,j) = (-k)_j (k+d-2)_j / ((d-1)/2)_j / j!.
GammaTerm series_coefficient(const Polynomial& k, const Polynomial& d, const Polynomial& j);

/// c_d = Gamma(d/2)/(sqrt(pi) Gamma((d-1)/2)).
GammaTerm sphere_constant(const Polynomial& d);

/// The mean of t^{2n} over the sphere, Gamma(n+1/2) Gamma(d/2)/(sqrt(pi) Gamma(n+d/2)).
GammaTerm sphere_moment(const Polynomial& n, const Polynomial& d);

/// N(d,k) = (2k+d-2) Gamma(k+d-2)/(k! Gamma(d-1)).
GammaTerm multiplicity(const Polynomial& k, const Polynomial& d);

/// n = k(k+d-2), the eigenvalue of the Laplacian.
Polynomial laplace_eigenvalue(const Polynomial& k, const Polynomial& d);

/// x/y as a rational function; std::logic_error if it is none.
RationalFunction quotient(const GammaTerm& x, const GammaTerm& y);

/// P_k, P_k', P_l, P_l' as functions of t with symbols "P", "P'", "R", "R'" and d/dt by Legendre's equation.
class LegendreSymbols {
public:
    /// Declares P and P'; the degree is k.
    LegendreSymbols(Proof& proof, const Polynomial& t, const Polynomial& k, const Polynomial& d);
    /// Declares R and R' as well, of degree l.
    LegendreSymbols(Proof& proof, const Polynomial& t, const Polynomial& k, const Polynomial& l, const Polynomial& d);

    Polynomial p = Polynomial::symbol("P");
    Polynomial dp = Polynomial::symbol("P'");
    Polynomial r = Polynomial::symbol("R");
    Polynomial dr = Polynomial::symbol("R'");
    Derivation by_t;
};

}  // namespace ntk::proofs
