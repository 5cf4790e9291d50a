// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/quadrature/obligations.hpp"

namespace ntk::proofs {

/// v P - w R = (v-w) P + w (P - O) + w (O - R), with P = P_k(t), O = P_k of the stored t, R the computed value, v the
/// weight and w the stored one. The sizes are at most |v-w|, |w| P_k'(1) |t - stored t| and |w| eps.
Obligation eigenvalue_rounding() {
    return {"eigenvalue-rounding",
            "The error of the sum over nodes by the errors of weights, nodes and recurrence.",
            "|sum v P_k(t) - sum w R| <= sum |v-w| + sum |w| (eps + P_k'(1) max |t - stored t|)",
            "numerics.md, Certified eigenvalues",
            {{"formula", Change::formula, "the term of the weights left out"},
             {"constant", Change::constant, "P_k'(1) replaced by P_k'(1)/2"},
             {"sign", Change::sign, "w (O - R) replaced by w (O + R)"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction v = proof.given("v", any_real());
                const RationalFunction w = proof.given("w", any_real());
                const RationalFunction p = proof.function("P", any_real(), {});
                const RationalFunction o = proof.function("O", any_real(), {});
                const RationalFunction r = proof.function("R", any_real(), {});
                const RationalFunction last = w * (o - variant.pick("sign", -r, r));
                const RationalFunction weights = (v - w) * p;
                proof.identity("v P - w R, without w (P - O)", v * p - w * r - w * (p - o),
                               variant.pick("formula", RationalFunction(), weights) + last);
                // Sizes: dv = |v-w|, |P| = a <= 1, |w|, |P-O| = b P_k'(1) dt with b <= 1, |O-R| = c eps with c <= 1.
                const RationalFunction dv = proof.function("|v-w|", real_at_least(0), {"v", "w"});
                const RationalFunction size = proof.function("|w|", real_at_least(0), {"w"});
                const RationalFunction dt = proof.function("|dt|", real_at_least(0), {});
                const RationalFunction eps = proof.function("eps", real_at_least(0), {});
                const RationalFunction slope = proof.function("P_k'(1)", real_at_least(0), {});
                const RationalFunction a = proof.function("|P|", between(0, 1), {});
                const RationalFunction b = proof.function("|P-O|/(P_k'(1) |dt|)", between(0, 1), {});
                const RationalFunction c = proof.function("|O-R|/eps", between(0, 1), {});
                const RationalFunction scale = variant.pick("constant", Rational(1, 2), Rational(1));
                proof.nonnegative("bound - sizes >= 0", dv + size * (eps + scale * slope * dt) -
                                                            (dv * a + size * b * slope * dt + size * c * eps));
                proof.uses("gegenbauer-bound");
                proof.uses("gegenbauer-derivative-bound");
                proof.uses("fixed-point-total");
            }};
}

}  // namespace ntk::proofs
