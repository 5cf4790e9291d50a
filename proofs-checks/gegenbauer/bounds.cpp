// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/gegenbauer/formulas.hpp"
#include "proofs-checks/gegenbauer/obligations.hpp"

namespace ntk::proofs {

/// Sonine's function E = P^2 + (1-t^2) P'^2/n, n = k(k+d-2), does not decrease on [0,1], and E(1) = P(1)^2 = 1. So P^2
/// <= E <= 1 on [0,1], and by parity on [-1,0]. P_0 = 1.
Obligation gegenbauer_bound() {
    return {"gegenbauer-bound",
            "The absolute value of P_k is at most 1 on [-1,1].",
            "|P_k(t)| <= 1 for -1 <= t <= 1",
            "Conventions",
            {{"bound", Change::constant, "1 replaced by 1/2"},
             {"sign", Change::sign, "P² + (1-t²) P'²/n replaced by P² - (1-t²) P'²/n"},
             {"dimension", Change::hypothesis, "d ≥ 2 dropped: d ≥ 3/2"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(1));
                const Polynomial d =
                    proof.given("d", variant.pick("dimension", real_at_least(Rational(3, 2)), integer_at_least(2)));
                const Polynomial t = proof.given("t", between(0, 1));
                proof.nonnegative("the case k = 2, t = 0, which needs d >= 2: P_2(0) = -1/(d-1)",
                                  RationalFunction(1) - pow(RationalFunction(Polynomial(1), d - 1), 2));
                const LegendreSymbols at(proof, t, k, d);
                const Polynomial n = laplace_eigenvalue(k, d);
                const RationalFunction rest = RationalFunction((Polynomial(1) - t * t) * at.dp * at.dp, n);
                const RationalFunction energy = at.p * at.p + variant.pick("sign", Rational(-1), Rational(1)) * rest;
                proof.identity("n E' = 2(d-2) t P'²", n * at.by_t(energy), 2 * (d - 2) * t * at.dp * at.dp);
                proof.sum_of_squares("n E' >= 0", 2 * (d - 2) * t * at.dp * at.dp, {{2 * (d - 2) * t, at.dp}});
                proof.sum_of_squares("n (E - P²) >= 0", (Polynomial(1) - t * t) * at.dp * at.dp,
                                     {{Polynomial(1) - t * t, at.dp}});
                proof.positive("n > 0", n);
                proof.identity("E(1) = P(1)²", energy.substitute({{"t", 1}}), at.p * at.p);
                proof.number("P(1)² is the square of the bound", 1, variant.pick("bound", Rational(1, 4), Rational(1)));
                proof.uses("gegenbauer-equation");
                proof.uses("gegenbauer-at-one");
                proof.uses("gegenbauer-parity");
                proof.uses("mean-value-theorem");
            }};
}

/// P_{k,d}' = P_{k,d}'(1) P_{k-1,d+2}, and |P_{k-1,d+2}| <= 1.
Obligation gegenbauer_derivative_bound() {
    return {"gegenbauer-derivative-bound",
            "The derivative of P_k on [-1,1] is largest at 1, so P_k moves by at most P_k'(1) times the distance.",
            "|P_k'(t)| <= P_k'(1) = k(k+d-2)/(d-1) for -1 <= t <= 1",
            "numerics.md, Certified eigenvalues",
            {{"constant", Change::constant, "k(k+d-2)/(d-1) replaced by k(k+d-2)/d"},
             {"exponent", Change::exponent, "k(k+d-2)/(d-1) replaced by k"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(1));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const Polynomial other = proof.function("|P_{k-1,d+2}|", between(0, 1), {"k", "d"});
                const Polynomial n = laplace_eigenvalue(k, d);
                RationalFunction bound(n, d - Polynomial(variant.pick("constant", 0L, 1L)));
                if (variant.is("exponent")) bound = k;
                const RationalFunction size = RationalFunction(n, d - 1) * other;
                proof.nonnegative("bound - |P_k'| >= 0", bound - size);
                proof.uses("gegenbauer-derivative");
                proof.uses("gegenbauer-bound");
                proof.uses("mean-value-theorem");
            }};
}

}  // namespace ntk::proofs
