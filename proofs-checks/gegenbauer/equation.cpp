// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/gegenbauer/formulas.hpp"
#include "proofs-checks/gegenbauer/obligations.hpp"

namespace ntk::proofs {

/// The left side applied to x^j, x = (1-t)/2, is A(j) x^j + B(j) x^{j-1}: the coefficient of x^j of the whole is
/// A(j) a(j) + B(j+1) a(j+1), divided by a(j), j <= k. (For k = 0 the equation is 0 = 0.)
Obligation gegenbauer_equation() {
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

}  // namespace ntk::proofs
