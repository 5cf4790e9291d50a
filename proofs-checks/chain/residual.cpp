// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/chain/obligations.hpp"

namespace ntk::proofs {

/// In the eigenbasis, one more direction with e_i = e^{-lambda_i u} <= e = e^{-lambda_k u}, as lambda_i >= lambda_k:
/// with x = e^{-(lambda_i - lambda_k) u} in [0, 1], e_i = e x.
Obligation projected_exponential() {
    return {
        "projected-exponential",
        "On the span of the eigenvectors with eigenvalue at least lambda_k, e^{-Gu} shrinks norms by e^{-lambda_k u} "
        "at least (by induction over the directions); hence O1.",
        "S <= e^2 Q implies S + (e_i c)^2 <= e^2 (Q + c^2), e_i = e^{-lambda_i u} <= e = e^{-lambda_k u}",
        "Overparameterised regime",
        {{"constant", Change::constant, "Q + c² replaced by Q + c²/2"},
         {"hypothesis", Change::hypothesis, "an eigenvalue below lambda_k: e_i up to 2 e"},
         {"exponent", Change::exponent, "e² replaced by e³"}},
        [](Proof& proof, const Variant& variant) {
            const Polynomial e = proof.given("e^{-lambda_k u}", between(0, 1));
            const Polynomial x = proof.given("e_i/e", variant.pick("hypothesis", between(0, 2), between(0, 1)));
            const Polynomial c = proof.given("c", any_real());
            const Polynomial square = proof.given("c²", real_at_least(0));
            const Polynomial s = proof.given("S", real_at_least(0));
            const Polynomial slack = proof.given("e² Q - S", real_at_least(0));
            const Polynomial factor = variant.pick("constant", Rational(1, 2), Rational(1));
            proof.at_most("induction step", s + e * e * x * x * square,
                          s + slack + factor * pow(e, variant.pick("exponent", 3, 2)) * square);
            proof.sum_of_squares("squares are not negative", c * c, {{Polynomial(1), c}});
            proof.uses("damped-identity-on-sample");
            proof.uses("damped-supremum");
            proof.uses("spectral-theorem");
            proof.uses("norm-inequalities");
        }};
}

/// |D1| <= int e^{-lambda(t-s)} eps beta e^{-lambda s/2} ds = (2 eps beta/lambda)(h - h^2), h = e^{-lambda t/2}; and |
/// |r| - |l| | <= |r - l|.
Obligation residual_under_convergence() {
    return {
        "residual-under-convergence",
        "If the residual decays at half the rate and the Gram matrix stays within eps of its limit, the residual "
        "stays within (2 beta eps/lambda)(e^{-lambda t/2} - e^{-lambda t}) of its damped start (O3).",
        "eps beta int_0^t e^{-lambda(t-s)} e^{-lambda s/2} ds = (2 beta eps/lambda)(h - h^2) <= beta eps/(2 lambda)",
        "Overparameterised regime",
        {{"constant", Change::constant, "beta eps/(2 lambda) replaced by beta eps/(3 lambda)"},
         {"exponent", Change::exponent, "h - h² replaced by h - h³"},
         {"hypothesis", Change::hypothesis, "the residual does not decay: its norm bounded by beta only"}},
        [](Proof& proof, const Variant& variant) {
            const Polynomial lambda = proof.given("lambda", positive());
            proof.given("t", real_at_least(0));
            const Polynomial h = proof.function("h", between(0, 1), {"lambda", "t"});
            const Polynomial beta = proof.given("beta", real_at_least(0)), eps = proof.given("eps", real_at_least(0));
            const Derivation by_time({{"h", -lambda * h * Rational(1, 2)}});
            const RationalFunction claimed = RationalFunction(Polynomial(2) * beta * eps) / RationalFunction(lambda) *
                                             RationalFunction(h - pow(h, variant.pick("exponent", 3, 2)));
            proof.identity("the bound solves y' = -lambda y + eps beta e^{-lambda t/2}", by_time(claimed),
                           eps * beta * variant.pick("hypothesis", Polynomial(1), h) - lambda * claimed);
            proof.identity("y(0) = 0", claimed.substitute({{"h", 1}}), 0);
            // With h = 1/2 + u: h - h² = 1/4 - u².
            const Polynomial u = proof.given("u", any_real());
            const Polynomial constant = variant.pick("constant", Rational(1, 3), Rational(1, 2));
            const Polynomial weight = Polynomial(2) * beta * eps;
            const Polynomial at = Polynomial(Rational(1, 2)) + u;
            proof.sum_of_squares("lambda times the gap", beta * eps * constant - weight * (at - at * at),
                                 {{weight, u}});
            proof.uses("damped-identity-on-sample");
            proof.uses("damped-half-rate");
            proof.uses("linear-ode-uniqueness");
            proof.uses("projected-exponential");
            proof.uses("norm-inequalities");
        }};
}

}  // namespace ntk::proofs
