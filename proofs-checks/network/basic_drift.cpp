// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/network/obligations.hpp"

namespace ntk::proofs {

/// With s, s2 for sigma at the two points, D, D2 for sigma', suffix 0 at the start and t now:
/// s s2 - s0 s02 = ds s2 + s0 ds2, a^2 D D2 - a0^2 D0 D02 = (a - a0)(a + a0) D D2 + a0^2 (dD D2 + D0 dD2).
Obligation basic_drift() {
    return {"basic-drift",
            "One neuron changes its part of the kernel by at most its summand of the basic Drift.",
            "L_1 R dnu (s_0 + s_t) + L_1^2 R^2 dalpha (|a_0| + alpha_t) + 2 R^3 L_1 L_2 a_0^2 dnu, alpha_t = |a_0| + "
            "dalpha",
            "Drift",
            {{"constant", Change::constant, "2 R³ L_1 L_2 replaced by R³ L_1 L_2"},
             {"exponent", Change::exponent, "a_0² replaced by |a_0|"},
             {"values", Change::formula, "s_0 + s_t replaced by 2 s_0"},
             {"smooth", Change::hypothesis, "no bound of sigma'': the term with L_2 left out"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial l1 = proof.given("L_1", real_at_least(0));
                const Polynomial l2 = proof.given("L_2", real_at_least(0));
                const Polynomial radius = proof.given("R", real_at_least(1));
                const Polynomial size = proof.given("|a_0|", real_at_least(0));
                const Polynomial dalpha = proof.given("dalpha", real_at_least(0));
                const Polynomial dnu = proof.given("dnu", real_at_least(0));
                const Polynomial bound_0 = proof.given("s_0", real_at_least(0));
                const Polynomial bound_t = proof.given("s_t", real_at_least(0));
                const Polynomial a0 = proof.within("a_0", size);
                const Polynomial da = proof.within("a - a_0", dalpha);
                const Polynomial value = proof.within("sigma_0", bound_0);
                const Polynomial now2 = proof.within("sigma_t(x')", bound_t);
                const Polynomial change = proof.within("dsigma", l1 * radius * dnu);
                const Polynomial change2 = proof.within("dsigma(x')", l1 * radius * dnu);
                const Polynomial slope_0 = proof.within("sigma'_0", l1);
                const Polynomial slope = proof.within("sigma'_t", l1);
                const Polynomial slope2 = proof.within("sigma'_t(x')", l1);
                const Polynomial turn = proof.within("dsigma'", l2 * radius * dnu);
                const Polynomial turn2 = proof.within("dsigma'(x')", l2 * radius * dnu);
                const Polynomial inner = proof.within("<x,x'>", radius * radius);
                const Polynomial values = change * now2 + value * change2;
                proof.identity("change of sigma sigma", values, (value + change) * now2 - value * (now2 - change2));
                const Polynomial slopes =
                    da * (Polynomial(2) * a0 + da) * slope * slope2 + a0 * a0 * (turn * slope2 + slope_0 * turn2);
                proof.identity("change of a² sigma' sigma'", slopes.substitute({{"sigma'_t", slope_0 + turn}}),
                               pow(a0 + da, 2) * (slope_0 + turn) * slope2 - a0 * a0 * slope_0 * (slope2 - turn2));
                const Polynomial third = Polynomial(variant.pick("constant", 1L, 2L)) * pow(radius, 3) * l1 *
                                         variant.pick("smooth", Polynomial(), l2) *
                                         variant.pick("exponent", size, size * size) * dnu;
                const Polynomial drift = l1 * radius * dnu * (bound_0 + variant.pick("values", bound_0, bound_t)) +
                                         l1 * l1 * radius * radius * dalpha * (Polynomial(2) * size + dalpha) + third;
                proof.bounded("change of the kernel", values + slopes * inner, drift);
                proof.uses("neuron-derivatives");
                proof.uses("mean-value-theorem");
                proof.uses("norm-inequalities");
                proof.uses("movement-integrals");
                proof.uses("movement-for-bounded-activation");
            }};
}

/// a sigma(z) - a_0 sigma_0 - da sigma_0 - a_0 sigma'_0 dz = da (sigma - sigma_0) + a_0 (sigma - sigma_0 - sigma'_0
/// dz).
Obligation basic_remainder() {
    return {"basic-remainder",
            "One neuron differs from its linearisation by at most its summand of the basic Rem.",
            "L_1 R dalpha dnu + (1/2) |a_0| L_2 R^2 dnu^2",
            "Drift",
            {{"constant", Change::constant, "1/2 replaced by 1/3"},
             {"exponent", Change::exponent, "dnu² replaced by dnu"},
             {"formula", Change::formula, "the term of da left out"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial l1 = proof.given("L_1", real_at_least(0));
                const Polynomial l2 = proof.given("L_2", real_at_least(0));
                const Polynomial radius = proof.given("R", real_at_least(1));
                const Polynomial size = proof.given("|a_0|", real_at_least(0));
                const Polynomial dalpha = proof.given("dalpha", real_at_least(0));
                const Polynomial dnu = proof.given("dnu", real_at_least(0));
                const Polynomial a0 = proof.within("a_0", size);
                const Polynomial da = proof.within("a - a_0", dalpha);
                const Polynomial change = proof.within("dsigma", l1 * radius * dnu);
                const Polynomial rest =
                    proof.within("rho", l2 * radius * radius * dnu * dnu * Rational(1, 2));  // dsigma - sigma'_0 dz
                const Polynomial value = Polynomial::symbol("sigma_0");
                const Polynomial remainder = da * change + a0 * rest;
                proof.identity("remainder", remainder,
                               (a0 + da) * (value + change) - a0 * value - da * value - a0 * (change - rest));
                const Polynomial half = variant.pick("constant", Rational(1, 3), Rational(1, 2));
                proof.bounded("remainder", remainder,
                              variant.pick("formula", Polynomial(), l1 * radius * dalpha * dnu) +
                                  half * size * l2 * radius * radius * variant.pick("exponent", dnu, dnu * dnu));
                proof.uses("neuron-derivatives");
                proof.uses("taylor");
                proof.uses("mean-value-theorem");
                proof.uses("movement-integrals");
                proof.uses("movement-for-bounded-activation");
            }};
}

}  // namespace ntk::proofs
