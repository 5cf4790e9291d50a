// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/network/obligations.hpp"

namespace ntk::proofs {

/// The neurons (a, v), (-a, v) move to first order in eps by the same p in the outer and by opposite w in the inner
/// product; the unknown second orders are symbols.
Obligation pair_cancellation() {
    return {"pair-cancellation",
            "In an antisymmetric pair the first-order change of the kernel vanishes identically, for all values of the "
            "activation and its derivatives and all directions that gradient flow can take.",
            "sum over the pair of sigma sigma' + a^2 D D' <x,x'>: no term in eps",
            "Drift",
            {{"hypothesis", Change::hypothesis, "the start is not antisymmetric: (a, v), (a, v)"},
             {"sign", Change::sign, "both neurons move the same way: +w twice"},
             {"outer", Change::sign, "the outer weights move oppositely"}},
            [](Proof& proof, const Variant& variant) {
                const auto any = [&](const std::string& name) { return proof.given(name, any_real()); };
                const Polynomial eps = any("eps"), a = any("a"), inner = any("<x,x'>");
                const Polynomial r = any("E_n[r sigma]"), g = any("E_n[r sigma' x].x"), g2 = any("E_n[r sigma' x].x'");
                const Polynomial s = any("sigma(x)"), d = any("D(x)"), e = any("S(x)");
                const Polynomial s2 = any("sigma(x')"), d2 = any("D(x')"), e2 = any("S(x')");
                const long mirror = variant.pick("hypothesis", 1L, -1L);
                Polynomial kernel;
                for (const long sign : {1L, mirror}) {
                    const bool second = !(kernel == Polynomial());
                    const std::string rest = second ? " of -" : " of +";
                    // The outer weight of the neuron is sign a; minus the gradient of the loss moves it by -E_n[r
                    // sigma], and the inner one by -(its outer weight) E_n[r sigma' x].
                    const long turned = second && variant.is("sign") ? 1L : sign;
                    const long opposed = second && variant.is("outer") ? -1L : 1L;
                    const Polynomial w = -Polynomial(turned) * a * g;
                    const Polynomial w2 = -Polynomial(turned) * a * g2;
                    const Polynomial outer =
                        Polynomial(sign) * a - Polynomial(opposed) * eps * r + eps * eps * any("a" + rest);
                    const Polynomial value = s + eps * d * w + eps * eps * any("s" + rest);
                    const Polynomial value2 = s2 + eps * d2 * w2 + eps * eps * any("s'" + rest);
                    const Polynomial slope = d + eps * e * w + eps * eps * any("d" + rest);
                    const Polynomial slope2 = d2 + eps * e2 * w2 + eps * eps * any("d'" + rest);
                    kernel += value * value2 + outer * outer * slope * slope2 * inner;
                }
                proof.identity("coefficient of eps", kernel.coefficient("eps", 1), 0);
                // The whole change has the factor eps², so that it is no accident of one value of eps.
                const Polynomial change = kernel - kernel.coefficient("eps", 0);
                const std::optional<Polynomial> second = quotient(change, eps * eps);
                proof.identity("the change of the kernel is eps² times a polynomial", change,
                               eps * eps * second.value_or(Polynomial()));
                proof.uses("neuron-derivatives");
                proof.uses("kernel-flow");
            }};
}

/// With g = ||r||_n/sqrt(m), gamma' = L_1 R g, delta_+- = <d_+-, x>:
/// (da_+ - da_-)' is bounded by g |sigma_+ - sigma_-|, (dv_+ + dv_-)' by R g |a_+ sigma'_+ + a_- sigma'_-|.
Obligation pair_velocities() {
    return {"pair-velocities",
            "Inside an antisymmetric pair |da_+ - da_-| <= 2 I_nu and ||dv_+ + dv_-|| <= 2 (|a_0| (L_2 R/L_1) I_nu + "
            "I_alpha).",
            "(2 I_nu)' = 2 gamma' dnu, V' = 2 R g (|a_0| L_2 R dnu + L_1 dalpha)",
            "Drift",
            {{"constant", Change::constant, "2 I_nu replaced by I_nu"},
             {"formula", Change::formula, "I_alpha left out of the second bound"},
             {"exponent", Change::exponent, "L_2 R/L_1 replaced by L_2 R/L_1²"},
             {"hypothesis", Change::hypothesis, "the start is not antisymmetric: (a, v), (a, v)"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial l1 = proof.given("L_1", positive());
                const Polynomial l2 = proof.given("L_2", real_at_least(0));
                const Polynomial radius = proof.given("R", real_at_least(1));
                const Polynomial size = proof.given("|a_0|", real_at_least(0));
                const Polynomial g = proof.given("g", real_at_least(0));
                const Polynomial dalpha = proof.given("dalpha", real_at_least(0));
                const Polynomial dnu = proof.given("dnu", real_at_least(0));
                const Polynomial i_nu = Polynomial::symbol("I_nu");
                const Polynomial i_alpha = Polynomial::symbol("I_alpha");
                const Derivation by_time({{"I_nu", l1 * radius * g * dnu}, {"I_alpha", l1 * radius * g * dalpha}});
                const RationalFunction apart = by_time(Polynomial(variant.pick("constant", 1L, 2L)) * i_nu);
                const RationalFunction turn =
                    by_time(RationalFunction(2) *
                            (RationalFunction(size * l2 * radius, pow(l1, variant.pick("exponent", 2, 1))) * i_nu +
                             variant.pick("formula", Polynomial(), i_alpha)));
                proof.identity("V' as a polynomial", turn,
                               Polynomial(2) * radius * g *
                                   (size * l2 * radius * dnu + variant.pick("formula", Polynomial(), l1 * dalpha)));
                const Polynomial plus = proof.within("delta_+", radius * dnu);
                const Polynomial minus = proof.within("delta_-", radius * dnu);
                const Polynomial chord = proof.within("(sigma_+ - sigma_-)/(delta_+ - delta_-)", l1);
                proof.bounded("(da_+ - da_-)'", g * chord * (plus - minus), apart.numerator());
                const Polynomial a = proof.within("a_0", size);
                const Polynomial da = proof.within("da_+", dalpha);
                const Polynomial da2 = proof.within("da_-", dalpha);
                const Polynomial slope = proof.within("sigma'_+", l1);
                const Polynomial slope2 = proof.within("sigma'_-", l1);
                const Polynomial bend = proof.within("(sigma'_+ - sigma'_-)/(delta_+ - delta_-)", l2);
                const Polynomial mirrored = variant.pick("hypothesis", a, -a);
                const Polynomial pair = (a + da) * slope + (mirrored + da2) * slope2;
                // a sigma'_+ + mirrored sigma'_- = a (sigma'_+ - sigma'_-) + (a + mirrored) sigma'_-.
                const Polynomial split =
                    a * bend * (plus - minus) + (a + mirrored) * slope2 + da * slope + da2 * slope2;
                proof.identity("a_+ sigma'_+ + a_- sigma'_-",
                               split.substitute({{"sigma'_+", slope2 + bend * (plus - minus)}}),
                               pair.substitute({{"sigma'_+", slope2 + bend * (plus - minus)}}));
                proof.bounded("(dv_+ + dv_-)'", radius * g * split, turn.numerator());
                proof.uses("kernel-flow");
                proof.uses("movement-integrals");
                proof.uses("mean-value-theorem");
                proof.uses("norm-inequalities");
                proof.uses("fundamental-theorem-of-calculus");
            }};
}

}  // namespace ntk::proofs
