// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/damping/obligations.hpp"

namespace ntk::proofs {

/// 1/4 - x + x^2 = (x - 1/2)^2.
Obligation quarter() {
    return {
        "quarter",
        "x - x² is at most 1/4 for every real x.",
        "x - x^2 <= 1/4",
        "Overparameterised regime",
        {{"constant", Change::constant, "1/4 replaced by 1/5"}, {"sign", Change::sign, "x - x² replaced by x + x²"}},
        [](Proof& proof, const Variant& variant) {
            const Polynomial x = proof.given("x", any_real());
            const Polynomial bound = variant.pick("constant", Rational(1, 5), Rational(1, 4));
            const Polynomial square = variant.pick("sign", -x * x, x * x);
            proof.sum_of_squares("1/4 - (x - x²) is a square", bound - x + square,
                                 {{Polynomial(1), x - Polynomial(Rational(1, 2))}});
        }};
}

}  // namespace ntk::proofs
