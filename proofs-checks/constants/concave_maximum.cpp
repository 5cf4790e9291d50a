// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/constants/obligations.hpp"

namespace ntk::proofs {

/// (k d - slope)^2/2 >= 0 is k times the gap between slope^2/(2k) and slope d - k d^2/2, which bounds g(m+d) - g(m) for
/// a g with slope g'(m) and g'' <= -k.
Obligation concave_maximum() {
    return {"concave-maximum",
            "Where g'' <= -k < 0, g exceeds its value at a point by at most slope²/(2k).",
            "slope d - k d^2/2 <= slope^2/(2k)",
            "Activations",
            {{"constant", Change::constant, "slope²/(2k) replaced by slope²/(3k)"},
             {"sign", Change::sign, "g'' <= k in the place of g'' <= -k"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial d = proof.given("d", any_real());
                const Polynomial slope = proof.given("slope", any_real());
                const Polynomial k = proof.given("k", positive());
                const Polynomial half = Rational(1, 2);
                const Polynomial gain = slope * k * d - variant.pick("sign", -half, half) * k * k * d * d;
                const Rational bound = variant.pick("constant", Rational(1, 3), Rational(1, 2));
                proof.sum_of_squares("k times the gap is a square", Polynomial(bound) * slope * slope - gain,
                                     {{half, k * d - slope}});
            }};
}

}  // namespace ntk::proofs
