// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/gegenbauer/formulas.hpp"

namespace ntk::proofs {
namespace {

/// P'' = ((d-1) t P' - k(k+d-2) P)/(1-t^2).
RationalFunction second_derivative(const Polynomial& t, const Polynomial& k, const Polynomial& d, const Polynomial& p,
                                   const Polynomial& dp) {
    return RationalFunction((d - 1) * t * dp - laplace_eigenvalue(k, d) * p, Polynomial(1) - t * t);
}

}  // namespace

GammaTerm series_coefficient(const Polynomial& k, const Polynomial& d, const Polynomial& j) {
    const Polynomial half = (d - 1) * Polynomial(Rational(1, 2));
    return GammaTerm::power(-1, j) * GammaTerm::gamma(k + 1) * GammaTerm::gamma(k - j + 1, -1) *
           GammaTerm::gamma(k + d - 2 + j) * GammaTerm::gamma(k + d - 2, -1) * GammaTerm::gamma(half) *
           GammaTerm::gamma(half + j, -1) * GammaTerm::gamma(j + 1, -1);
}

GammaTerm sphere_constant(const Polynomial& d) {
    return GammaTerm::gamma(d * Rational(1, 2)) * GammaTerm::pi_power(-1) *
           GammaTerm::gamma((d - 1) * Rational(1, 2), -1);
}

GammaTerm sphere_moment(const Polynomial& n, const Polynomial& d) {
    return GammaTerm::gamma(n + Rational(1, 2)) * GammaTerm::gamma(d * Rational(1, 2)) * GammaTerm::pi_power(-1) *
           GammaTerm::gamma(n + d * Rational(1, 2), -1);
}

GammaTerm multiplicity(const Polynomial& k, const Polynomial& d) {
    return GammaTerm(RationalFunction(2 * k + d - 2)) * GammaTerm::gamma(k + d - 2) * GammaTerm::gamma(k + 1, -1) *
           GammaTerm::gamma(d - 1, -1);
}

Polynomial laplace_eigenvalue(const Polynomial& k, const Polynomial& d) { return k * (k + d - 2); }

RationalFunction quotient(const GammaTerm& x, const GammaTerm& y) {
    const std::optional<RationalFunction> result = (x / y).rational();
    if (!result) throw std::logic_error("quotient: " + to_string(x) + " over " + to_string(y) + " is not rational");
    return *result;
}

LegendreSymbols::LegendreSymbols(Proof& proof, const Polynomial& t, const Polynomial& k, const Polynomial& d)
    : by_t({{"t", 1}, {"P", dp}, {"P'", second_derivative(t, k, d, p, dp)}}) {
    proof.function("P", any_real(), {"t", "k", "d"});
    proof.function("P'", any_real(), {"t", "k", "d"});
}

LegendreSymbols::LegendreSymbols(Proof& proof, const Polynomial& t, const Polynomial& k, const Polynomial& l,
                                 const Polynomial& d)
    : by_t({{"t", 1},
            {"P", dp},
            {"P'", second_derivative(t, k, d, p, dp)},
            {"R", dr},
            {"R'", second_derivative(t, l, d, r, dr)}}) {
    for (const char* name : {"P", "P'", "R", "R'"}) proof.function(name, any_real(), {"t", "d"});
}

}  // namespace ntk::proofs
