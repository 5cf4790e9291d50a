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

}  // namespace ntk::proofs
