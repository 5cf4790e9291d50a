// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/gegenbauer/formulas.hpp"
#include "proofs-checks/gegenbauer/obligations.hpp"

namespace ntk::proofs {

/// The left side applied to x^j, x = (1-t)/2, is A(j) x^j + B(j) x^{j-1}: the coefficient of x^j of the whole is
/// A(j) a(j) + B(j+1) a(j+1), divided by a(j), j <= k. (For k = 0 the equation is 0 = 0.)
Obligation gegenbauer_differential_equation() {
    return {
        "gegenbauer-equation",
        "The differential equation of the Gegenbauer polynomials, from their hypergeometric series.",
        "(1-t^2) P_k'' - (d-1) t P_k' + k(k+d-2) P_k = 0",
        "Conventions",
        {{"constant", Change::constant, "d-1 replaced by d"},
         {"eigenvalue", Change::formula, "k(k+d-2) replaced by k(k+d-1)"},
         {"sign", Change::sign, "- (d-1) t P_k' replaced by + (d-1) t P_k'"}},
        [](Proof& proof, const Variant& variant) {
            const Polynomial k = proof.given("k", integer_at_least(1));
            const Polynomial d = proof.given("d", integer_at_least(2));
            const Polynomial j = proof.given("j", integer_at_least(0));
            const RationalFunction x = proof.given("x", between(0, 1));
            const RationalFunction y = proof.function("x^j", any_real(), {"x", "j"});
            const RationalFunction half = Rational(-1, 2);
            const Derivation by_t({{"x", half}, {"x^j", half * j * y / x}});
            const RationalFunction t = RationalFunction(1) - RationalFunction(2) * x;
            const Polynomial n = variant.pick("eigenvalue", k * (k + d - 1), laplace_eigenvalue(k, d));
            const RationalFunction damping = variant.pick("sign", Rational(-1), Rational(1)) *
                                             RationalFunction(d - variant.pick("constant", 0L, 1L));
            const RationalFunction left = (RationalFunction(1) - t * t) * by_t(by_t(y)) - damping * t * by_t(y) + n * y;
            // left = (A + B/x) x^j with A and B free of x.
            const RationalFunction both = left / y * x;
            const RationalFunction b = both.substitute({{"x", 0}});
            const RationalFunction a = both.derivative("x");
            proof.identity("left side of x^j is (A + B/x) x^j", left, (a + b / x) * y);
            proof.identity("coefficient of x^j", a + b.shift("j", 1) * series_coefficient(k, d, j).ratio("j", 1), 0);
            proof.positive("the denominators of a(j+1)/a(j) do not vanish",
                           series_coefficient(k, d, j).ratio("j", 1).denominator());
        }};
}

/// Coefficients of x^j: d/dt x^{j+1} = -(j+1)/2 x^j.
Obligation gegenbauer_derivative() {
    return {"gegenbauer-derivative",
            "The derivative of a Gegenbauer polynomial is one of the next but one dimension.",
            "P_{k,d}' = k(k+d-2)/(d-1) P_{k-1,d+2}",
            "Conventions",
            {{"constant", Change::constant, "d-1 replaced by d"},
             {"formula", Change::formula, "P_{k-1,d+2} replaced by P_{k-1,d}"},
             {"sign", Change::sign, "the other sign"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(1));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const Polynomial j = proof.given("j", integer_at_least(0));
                const RationalFunction factor(
                    variant.pick("sign", Rational(-1), Rational(1)) * laplace_eigenvalue(k, d),
                    d - Polynomial(variant.pick("constant", 0L, 1L)));
                proof.gamma_identity(
                    "coefficient of x^j",
                    GammaTerm(RationalFunction((j + 1) * Rational(-1, 2))) * series_coefficient(k, d, j + 1),
                    GammaTerm(factor) * series_coefficient(k - 1, d + variant.pick("formula", 0L, 2L), j));
                proof.positive("d - 1 > 0", d - 1);
            }};
}

/// Induction from k-1 and k to k+1: the derivative of the recurrence, times 1-t^2, with the claim for k and, in its
/// second form, for k-1. The second form is the first with the recurrence: k P_{k-1} = (2k+d-2) t P_k - (k+d-2)
/// P_{k+1}. For k = 0 the claim is 0 = 0, for k = 1 it is 1 - t^2 = 1 - t t.
Obligation gegenbauer_structure() {
    return {"gegenbauer-structure",
            "Three forms of (1-t²) P_k' by neighbouring polynomials, by induction over the recurrence.",
            "(1-t^2) P_k' = k (P_{k-1} - t P_k) = (k+d-2)(t P_k - P_{k+1}) = k(k+d-2)/(2k+d-2) (P_{k-1} - P_{k+1})",
            "Conventions",
            {{"constant", Change::constant, "k replaced by k+1 in the first form"},
             {"sign", Change::sign, "P_{k-1} - P_{k+1} replaced by P_{k-1} + P_{k+1} in the third form"},
             {"formula", Change::formula, "t P_k replaced by P_k in the first form"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction k = proof.given("k", integer_at_least(1));
                const RationalFunction d = proof.given("d", integer_at_least(2));
                const RationalFunction t = proof.given("t", any_real());
                const RationalFunction p = proof.function("P_k", any_real(), {"t"});
                const RationalFunction o = proof.function("P_{k-1}", any_real(), {"t"});
                const RationalFunction one = 1;
                const RationalFunction two = 2;
                const RationalFunction next = ((two * k + d - two) * t * p - k * o) / (k + d - two);
                const RationalFunction shift = variant.pick("constant", 1L, 0L);
                const RationalFunction t_or_one = variant.is("formula") ? one : t;
                const RationalFunction first = (k + shift) * (o - t_or_one * p);
                const RationalFunction before = (k + d - RationalFunction(3)) * (t * o - p);
                const RationalFunction derivative_of_next =
                    ((two * k + d - two) * ((one - t * t) * p + t * first) - k * before) / (k + d - two);
                proof.identity("first and second form", first, (k + d - two) * (t * p - next));
                proof.identity("first and third form", first,
                               k * (k + d - two) / (two * k + d - two) * (o - variant.pick("sign", -one, one) * next));
                proof.identity("the first form for k+1", derivative_of_next, (k + one + shift) * (p - t_or_one * next));
                proof.positive("k+d-2 > 0", k + d - two);
                proof.uses("gegenbauer-recurrence");
            }};
}

}  // namespace ntk::proofs
