// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/gegenbauer/formulas.hpp"
#include "proofs-checks/gegenbauer/obligations.hpp"

namespace ntk::proofs {

/// With v = (1-t^2)^{(d-1)/2} and w = v/(1-t^2), d/dt [v (P_k' P_l - P_k P_l')] = (n_l - n_k) w P_k P_l. The bracket
/// vanishes at -1 and 1, and n_l - n_k > 0 for l = k + 1 + i.
Obligation gegenbauer_orthogonality() {
    return {"gegenbauer-orthogonality",
            "Gegenbauer polynomials of different degree are orthogonal for the weight (1-t²)^{(d-3)/2}.",
            "int_{-1}^1 P_k P_l (1-t^2)^{(d-3)/2} dt = 0 for k != l",
            "Conventions",
            {{"exponent", Change::exponent, "the weight (1-t²)^{(d-3)/2} replaced by (1-t²)^{(d-2)/2}"},
             {"degree", Change::hypothesis, "k != l dropped: l = k allowed"},
             {"sign", Change::sign, "P_k' P_l - P_k P_l' replaced by P_k' P_l + P_k P_l'"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(0));
                const Polynomial i = proof.given("i", integer_at_least(0));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const Polynomial t = proof.given("t", any_real());
                const Polynomial l = k + i + Polynomial(variant.pick("degree", 0L, 1L));
                const LegendreSymbols at(proof, t, k, l, d);
                const RationalFunction one = 1;
                const RationalFunction bracket =
                    at.dp * at.r - variant.pick("sign", Rational(-1), Rational(1)) * at.p * at.dr;
                // v'/v = -(d-1) t/(1-t^2).
                const RationalFunction slope = -RationalFunction(d - Polynomial(variant.pick("exponent", 0L, 1L))) * t;
                const Polynomial gap = laplace_eigenvalue(l, d) - laplace_eigenvalue(k, d);
                // Divided by v/(1-t²).
                proof.identity("d/dt [v (P_k' P_l - P_k P_l')]", (one - t * t) * at.by_t(bracket),
                               RationalFunction(gap * at.p * at.r) - slope * bracket);
                proof.positive("n_l - n_k > 0", gap);
                proof.uses("gegenbauer-equation");
                proof.uses("fundamental-theorem-of-calculus");
            }};
}

/// <t P_k, P_{k+1}> = X from both sides: the recurrence for k paired with P_{k+1} gives (k+d-2) h_{k+1} = (2k+d-2) X,
/// that for k+1 paired with P_k gives 0 = (2k+d) X - (k+1) h_k. At the start P_1 = t P_0, X = h_1, h_0 = 1.
Obligation gegenbauer_norm() {
    return {"gegenbauer-norm",
            "The square of P_k has mean 1/N(d,k) on the sphere.",
            "c_d int_{-1}^1 P_k^2 (1-t^2)^{(d-3)/2} dt = 1/N(d,k), N(d,k) = (2k+d-2)/k binom(k+d-3,k-1)",
            "Conventions",
            {{"constant", Change::constant, "2k+d-2 replaced by 2k+d-1 in N(d,k)"},
             {"factor", Change::constant, "1/N(d,k) replaced by 2/N(d,k)"},
             {"formula", Change::formula, "N(d,k) replaced by N(d+1,k)"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(1));
                const Polynomial d = proof.given("d", integer_at_least(2));
                GammaTerm claim = multiplicity(k, d + variant.pick("formula", 1L, 0L)).inverse();
                if (variant.is("constant")) claim *= RationalFunction(2 * k + d - 2, 2 * k + d - 1);
                if (variant.is("factor")) claim *= 2L;
                const RationalFunction x_over_h(k + 1, 2 * k + d);
                const RationalFunction ratio = RationalFunction(2 * k + d - 2, k + d - 2) * x_over_h;
                const RationalFunction start = x_over_h.substitute({{"k", 0}});
                proof.same_recurrence("h_k = 1/N(d,k)", claim.ratio("k", 1), ratio, {claim.substitute({{"k", 1}})},
                                      {start});
                proof.positive("k+d-2 > 0", k + d - 2);
                proof.gamma_identity("N(d,k) with a binomial coefficient", multiplicity(k, d),
                                     GammaTerm(RationalFunction(2 * k + d - 2, k)) * GammaTerm::gamma(k + d - 2) *
                                         GammaTerm::gamma(k, -1) * GammaTerm::gamma(d - 1, -1));
                proof.uses("gegenbauer-recurrence");
                proof.uses("gegenbauer-orthogonality");
            }};
}

}  // namespace ntk::proofs
