// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/formulas.hpp"
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {

Obligation relu_two_steps() {
    return {"relu-two-steps",
            "The ratio of two eigenvalues of neighbouring even degrees of ReLU without biases.",
            "mu_{k+2}/mu_k = ((k-1)/(k+d+1))^2 ((k+2)(k+d)+d+1)/(k(k+d-2)+d+1)",
            "Closed forms",
            {{"constant", Change::constant, "k+d+1 replaced by k+d"},
             {"exponent", Change::exponent, "the square replaced by a first power"},
             {"formula", Change::formula, "(k+2)(k+d) replaced by (k+2)(k+d-2)"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(0));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const RationalFunction fraction(k - 1, k + d + Polynomial(variant.pick("constant", 0L, 1L)));
                const Polynomial next = (k + 2) * (k + d - Polynomial(variant.pick("formula", 2L, 0L))) + d + 1;
                proof.identity("ratio", relu_eigenvalue(k, d).ratio("k", 2),
                               pow(fraction, variant.pick("exponent", 1, 2)) *
                                   RationalFunction(next, laplace_eigenvalue(k, d) + d + 1));
                proof.uses("relu-even-eigenvalues");
            }};
}

/// The ratios lie strictly between 0 and 1, from k = 0 and for all k >= 2; mu_0 > 0 as all its factors are.
Obligation relu_monotone() {
    return {"relu-monotone",
            "Eigenvalues of even degree of ReLU without biases are positive and decrease strictly.",
            "0 < mu_{k+2} < mu_k for even k >= 0",
            "Closed forms",
            {{"factor", Change::constant, "mu_{k+2} < mu_k replaced by mu_{k+2} < mu_k/2"},
             {"sign", Change::sign, "claims that they increase"},
             {"parity", Change::hypothesis, "even k dropped: all k >= 1"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(variant.pick("parity", 1L, 2L)));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const RationalFunction ratio = relu_eigenvalue(k, d).ratio("k", 2);
                const RationalFunction factor = variant.pick("factor", Rational(1, 2), Rational(1));
                const RationalFunction gap = variant.pick("sign", ratio - factor, factor - ratio);
                proof.positive("mu_{k+2}/mu_k > 0", ratio);
                proof.positive("mu_{k+2}/mu_k < 1", gap);
                proof.positive("mu_2/mu_0 > 0", ratio.substitute({{"k", 0}}));
                proof.positive("mu_2/mu_0 < 1", gap.substitute({{"k", 0}}));
                const RationalFunction start =
                    quotient(relu_eigenvalue(0, d), GammaTerm::gamma(d * Rational(1, 2), 2) * GammaTerm::pi_power(-2) *
                                                        GammaTerm::gamma((d + 1) * Rational(1, 2), -2));
                proof.positive("mu_0 > 0", start);
                proof.uses("relu-two-steps");
                proof.uses("relu-even-eigenvalues");
            }};
}

/// (lambda_k^{(0)})^2 is added: nothing for even k >= 2, and for odd k the ratio is (k/(k+d))^2. At k = 1 the sum is
/// larger than lambda_1^2 by 1/(2d).
Obligation relu_zero_bias_monotone() {
    return {
        "relu-zero-bias-monotone",
        "With trained hidden biases that start at zero, ReLU has positive eigenvalues that decrease strictly within "
        "each parity.",
        "mu_k > 0, mu_{k+2} < mu_k, with (lambda_k^{(0)})^2 added to mu_k",
        "Closed forms",
        {{"factor", Change::constant, "mu_{k+2} < mu_k replaced by mu_{k+2} < mu_k/2"},
         {"sign", Change::sign, "claims that they increase"},
         {"dimension", Change::hypothesis, "d >= 2 dropped: d >= 0"}},
        [](Proof& proof, const Variant& variant) {
            const Polynomial k = proof.given("k", integer_at_least(1));
            const Polynomial d = proof.given("d", integer_at_least(variant.pick("dimension", 0L, 2L)));
            const GammaTerm added = half_moment(k, 0, d) * half_moment(k, 0, d);
            const RationalFunction ratio = quotient(half_moment(k + 2, 0, d) * half_moment(k + 2, 0, d), added);
            const RationalFunction factor = variant.pick("factor", Rational(1, 2), Rational(1));
            proof.positive("the ratio for odd k is > 0", ratio);
            proof.positive("the ratio for odd k is < 1", variant.pick("sign", ratio - factor, factor - ratio));
            proof.positive(
                "lambda_1^{(0)} > 0",
                quotient(half_moment(1, 0, d), GammaTerm::gamma(d * Rational(1, 2)) * GammaTerm::pi_power(-1) *
                                                   GammaTerm::gamma((d + 1) * Rational(1, 2), -1)));
            proof.identity("1/(2d) at k = 1 remains",
                           RationalFunction(d) * quotient(half_moment(1, 1, d), 1L) * RationalFunction(2), 1);
            proof.uses("half-moment-zeros");
            proof.uses("relu-odd-eigenvalues");
            proof.uses("relu-monotone");
        }};
}

}  // namespace ntk::proofs
