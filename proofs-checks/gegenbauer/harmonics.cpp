// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/gegenbauer/formulas.hpp"
#include "proofs-checks/gegenbauer/obligations.hpp"

namespace ntk::proofs {

/// binom(k+d-1,d-1) monomials of degree k in d variables; harmonics of degree k are a complement of |x|^2 times all of
/// degree k-2.
Obligation harmonic_dimension() {
    return {"harmonic-dimension",
            "The dimension of the space of spherical harmonics of degree k is N(d,k).",
            "N(d,k) = binom(k+d-1,d-1) - binom(k+d-3,d-1) = (2k+d-2)/k binom(k+d-3,k-1)",
            "Conventions",
            {{"constant", Change::constant, "2k+d-2 replaced by 2k+d"},
             {"sign", Change::sign, "the difference replaced by the sum"},
             {"formula", Change::formula, "degree k-2 replaced by k-1 in the second binomial coefficient"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(1));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const auto monomials = [&](const Polynomial& degree) {
                    return GammaTerm::gamma(degree + d) * GammaTerm::gamma(degree + 1, -1) * GammaTerm::gamma(d, -1);
                };
                const GammaTerm all = monomials(k);
                const RationalFunction part = quotient(monomials(k - Polynomial(variant.pick("formula", 1L, 2L))), all);
                GammaTerm claim = multiplicity(k, d);
                if (variant.is("constant")) claim *= RationalFunction(2 * k + d, 2 * k + d - 2);
                proof.identity("difference of binomial coefficients, divided by the first",
                               RationalFunction(1) - variant.pick("sign", Rational(-1), Rational(1)) * part,
                               quotient(claim, all));
                proof.uses("harmonic-decomposition");
            }};
}

/// b_k = binom(k+d-2,k) are the coefficients of B = (1-z)^{-(d-1)}: (1-z) B' = (d-1) B, b_0 = 1. Those of (1+z) B are
/// b_k + b_{k-1}.
Obligation harmonic_generating_function() {
    return {"harmonic-generating-function",
            "The numbers N(d,k) have the generating function (1+z)/(1-z)^{d-1}.",
            "sum_k N(d,k) z^k = (1+z)/(1-z)^{d-1}",
            "Conventions",
            {{"exponent", Change::exponent, "(1-z)^{d-1} replaced by (1-z)^d"},
             {"sign", Change::sign, "1+z replaced by 1-z"},
             {"constant", Change::constant, "N(d,k) replaced by 2 N(d,k)"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(1));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const auto binomial = [&](const Polynomial& i) {
                    return GammaTerm::gamma(i + d - 1) * GammaTerm::gamma(i + 1, -1) * GammaTerm::gamma(d - 1, -1);
                };
                const GammaTerm b = binomial(k);
                const Polynomial power = d - Polynomial(variant.pick("exponent", 0L, 1L));
                proof.identity("coefficient of z^k in (1-z) B' = (d-1) B",
                               RationalFunction(k + 1) * b.ratio("k", 1) - RationalFunction(k), power);
                proof.gamma_identity("b_0 = 1", binomial(0), 1L);
                const RationalFunction before = quotient(binomial(k - 1), b);
                proof.identity("b_k + b_{k-1} = N(d,k), divided by b_k",
                               RationalFunction(1) + variant.pick("sign", Rational(-1), Rational(1)) * before,
                               RationalFunction(variant.pick("constant", 2L, 1L)) * quotient(multiplicity(k, d), b));
                proof.gamma_identity("b_0 = N(d,0)", binomial(0), multiplicity(0, d));
                proof.uses("harmonic-dimension");
            }};
}

}  // namespace ntk::proofs
