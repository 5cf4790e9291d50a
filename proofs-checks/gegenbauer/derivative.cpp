// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/gegenbauer/formulas.hpp"
#include "proofs-checks/gegenbauer/obligations.hpp"

namespace ntk::proofs {

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
