// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/gegenbauer/formulas.hpp"
#include "proofs-checks/gegenbauer/obligations.hpp"

namespace ntk::proofs {

/// Coefficients of x^j, x = (1-t)/2, t = 1 - 2x. All are divided by a(k+1,j), of which each is a polynomial multiple
/// for j <= k+1; beyond, all vanish. At j = 0 all coefficients are 1.
Obligation gegenbauer_recurrence() {
    return {"gegenbauer-recurrence",
            "The three-term recurrence of the Gegenbauer polynomials, from their hypergeometric series.",
            "(k+d-2) P_{k+1} = (2k+d-2) t P_k - k P_{k-1}, P_0 = 1, P_1 = t",
            "Conventions",
            {{"constant", Change::constant, "2k+d-2 replaced by 2k+d-1"},
             {"sign", Change::sign, "- k P_{k-1} replaced by + k P_{k-1}"},
             {"formula", Change::formula, "P_{k-1} replaced by P_k in the last term"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(1));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const Polynomial j = proof.given("j", integer_at_least(1));
                const GammaTerm top = series_coefficient(k + 1, d, j);
                const RationalFunction same = quotient(series_coefficient(k, d, j), top);
                const RationalFunction before = quotient(series_coefficient(k, d, j - 1), top);
                const RationalFunction last =
                    variant.is("formula") ? same : quotient(series_coefficient(k - 1, d, j), top);
                const RationalFunction middle = 2 * k + d - variant.pick("constant", 1L, 2L);
                const RationalFunction factor = variant.pick("sign", -k, k);
                proof.identity("coefficient of x^j, j >= 1", k + d - 2,
                               middle * (same - RationalFunction(2) * before) - factor * last);
                proof.identity("coefficient of x^0", k + d - 2, middle - factor);
                for (const RationalFunction& f : {same, before, last})
                    proof.positive("the denominators do not vanish", f.denominator());
                const RationalFunction first = series_coefficient(1, d, 1).factor();
                proof.identity("P_1 = 1 + a(1,1) (1-t)/2 = t", first, -2);
                proof.gamma_identity("P_0 = P_1(1) = 1", series_coefficient(0, d, 0), series_coefficient(1, d, 0));
            }};
}

/// P_k(1) = a(k,0), P_k'(1) = -a(k,1)/2.
Obligation gegenbauer_at_one() {
    return {"gegenbauer-at-one",
            "P_k is 1 at 1, and its derivative there is k(k+d-2)/(d-1).",
            "P_k(1) = 1, P_k'(1) = k(k+d-2)/(d-1)",
            "Conventions",
            {{"constant", Change::constant, "d-1 replaced by d"},
             {"value", Change::constant, "P_k(1) = 2"},
             {"sign", Change::sign, "P_k'(1) with the other sign"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(0));
                const Polynomial d = proof.given("d", integer_at_least(2));
                proof.gamma_identity("P_k(1) = 1", series_coefficient(k, d, 0), variant.pick("value", 2L, 1L));
                const GammaTerm slope = GammaTerm(RationalFunction(Rational(-1, 2))) * series_coefficient(k, d, 1);
                const Polynomial n = laplace_eigenvalue(k, d);
                proof.gamma_identity(
                    "P_k'(1)", slope,
                    RationalFunction(variant.pick("sign", -n, n), d - Polynomial(variant.pick("constant", 0L, 1L))));
                proof.positive("d - 1 > 0", d - 1);
            }};
}

/// With s = (-1)^k, P = P_k(t), O = P_{k-1}(t) and the claim for k and k-1, the recurrence at -t gives it for k+1.
Obligation gegenbauer_parity() {
    return {"gegenbauer-parity",
            "P_k is even for even k and odd for odd k, by induction over the recurrence.",
            "P_k(-t) = (-1)^k P_k(t)",
            "Conventions",
            {{"sign", Change::sign, "claims P_k(-t) = P_k(t) for all k"},
             {"recurrence", Change::formula, "t P_k replaced by (t+1) P_k in the recurrence"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(1));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const Polynomial t = proof.given("t", any_real());
                const Polynomial p = proof.function("P_k(t)", any_real(), {"t"});
                const Polynomial o = proof.function("P_{k-1}(t)", any_real(), {"t"});
                const Polynomial s = proof.function("(-1)^k", any_real(), {"k"});
                const auto next = [&](const Polynomial& at, const Polynomial& y, const Polynomial& z) {
                    const Polynomial factor = at + variant.pick("recurrence", Polynomial(1), Polynomial());
                    return RationalFunction((2 * k + d - 2) * factor * y - k * z, k + d - 2);
                };
                const Polynomial flip = variant.pick("sign", Polynomial(1), Polynomial(-1));
                proof.identity("P_{k+1}(-t) = (-1)^{k+1} P_{k+1}(t)", next(-t, s * p, flip * s * o),
                               flip * s * next(t, p, o));
                proof.positive("k+d-2 > 0", k + d - 2);
                proof.identity("P_1(-t) = -P_1(t)", -t, flip * t);
                proof.uses("gegenbauer-recurrence");
            }};
}

}  // namespace ntk::proofs
