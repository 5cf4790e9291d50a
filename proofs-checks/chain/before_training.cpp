// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/chain/obligations.hpp"

namespace ntk::proofs {

/// (1 + phi^2)/2 - |phi| = (1 - |phi|)^2/2, with mean 1 - E|phi|.
Obligation mean_of_probe() {
    return {"mean-of-probe",
            "A function of norm 1 has E|phi| <= 1.",
            "(1 + phi^2)/2 - |phi| >= 0, E phi^2 = 1",
            "Chain of bounds",
            {{"constant", Change::constant, "1 replaced by 1/2 in the bound of the mean"},
             {"hypothesis", Change::hypothesis, "the norm is not 1: E phi² = 4"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial phi = proof.given("|phi|", real_at_least(0));
                const Polynomial half = Rational(1, 2);
                const Polynomial claimed = variant.pick("constant", Rational(1, 2), Rational(1));
                proof.sum_of_squares("(1 + phi²)/2 - |phi|", half * (Polynomial(1) + phi * phi) - phi,
                                     {{half, phi - Polynomial(1)}});
                const Polynomial norm_squared = variant.pick("hypothesis", Rational(4), Rational(1));
                proof.nonnegative("mean of the upper bound", claimed - half * (Polynomial(1) + norm_squared));
            }};
}

/// r_s = r_0 + grad f_0 (theta_s - theta_0) + rest with |rest| <= Rem; h_s = h_0 - (difference of kernels against phi).
Obligation before_training() {
    return {
        "before-training",
        "The terms of U3 are bounded by what is known before training (U4).",
        "|(E-E_n)[phi r_s]| <= |(E-E_n)[phi r_0]| + P Z + (E|phi| + E_n|phi|) Rem, |h_s| <= |h_0| + Drift, |r_s|_n <= "
        "beta",
        "Chain of bounds",
        {{"constant", Change::constant, "(E|phi| + E_n|phi|) Rem replaced by E|phi| Rem"},
         {"formula", Change::formula, "P Z left out"},
         {"sign", Change::sign, "|h_0| + Drift replaced by |h_0| - Drift"},
         {"hypothesis", Change::hypothesis, "E|phi| <= 1 not used: E|phi| up to 2"}},
        [](Proof& proof, const Variant& variant) {
            const auto size = [&](const std::string& name) { return proof.given(name, real_at_least(0)); };
            proof.given("E, E_n, r_0, g, rest", "means over sphere and sample, functions, gradients at the start");
            const auto letter = [](const std::string& name) { return FreeElement::letter(name); };
            const FreeElement mean = letter("E") - letter("E_n");
            const FreeElement r = letter("r_0") + letter("g") * letter("dtheta") + letter("rest");
            proof.algebra("(E - E_n)[phi r_s]", mean * letter("phi") * r,
                          mean * letter("phi") * letter("r_0") + mean * letter("phi") * letter("g") * letter("dtheta") +
                              letter("E") * letter("phi") * letter("rest") -
                              letter("E_n") * letter("phi") * letter("rest"));
            const Polynomial start = size("|(E-E_n)[phi r_0]|"), p = size("P"), z = size("Z"), rem = size("Rem");
            const Polynomial mean_size =
                proof.given("E|phi|", variant.pick("hypothesis", between(0, 2), between(0, 1)));
            const Polynomial sample_size = size("E_n|phi|");
            const Polynomial first = proof.within("(E-E_n)[phi r_0]", start);
            const Polynomial second = proof.within("(E-E_n)[phi g] dtheta", p * z);
            const Polynomial third = proof.within("E[phi rest]", mean_size * rem);
            const Polynomial fourth = proof.within("E_n[phi rest]", sample_size * rem);
            proof.bounded("sampling error", first + second + third - fourth,
                          start + variant.pick("formula", Polynomial(), p * z) +
                              (mean_size + variant.pick("constant", Polynomial(), sample_size)) * rem);
            const Polynomial gap = size("|h_0|"), drift = size("Drift"), residual = size("|r_s|_n"),
                             lost = size("beta - |r_s|_n");
            const Polynomial now = gap + mean_size * drift;
            const Polynomial claimed = gap + Polynomial(variant.pick("sign", -1L, 1L)) * drift;
            proof.at_most("kernel error", now, claimed);
            proof.at_most("kernel error times residual", residual * now, (residual + lost) * claimed);
            proof.uses("sampling-bound");
            proof.uses("mean-of-probe");
            proof.uses("parameter-movement");
            proof.uses("basic-drift");
            proof.uses("basic-remainder");
            proof.uses("hessian-drift");
            proof.uses("hessian-remainder");
            proof.uses("hessian-kernel-gap");
            proof.uses("pair-drift");
            proof.uses("pair-remainder");
            proof.uses("pair-drift-l2");
            proof.uses("pair-remainder-l2");
            proof.uses("norm-inequalities");
        }};
}

/// c' = -g_s* r_s (means over the sample), c_lin' = -g_0* U r_0 with U = e^{-G_0 s}; h_s - h_0 = g_0 - g_s as the part
/// mu phi of h stays. The last summand is D1 with G_0, and the derivative of A(s) = int_0^s e^{-G_0 v} dv is e^{-G_0
/// s}.
Obligation linear_split() {
    return {"linear-split",
            "The coefficient differs from that of the linearised network by a kernel error along the true residual and "
            "the damped deviation of the residual from the linearised one.",
            "c' - c_lin' = E_n[(h_s - h_0) r_s] - E_n[g_0 (r_s - e^{-G_0 s} r_0)], d/du [A(t-u) ...] = -e^{-G_0(t-u)}",
            "Chain of bounds",
            {{"sign", Change::sign, "h_s - h_0 replaced by h_0 - h_s"},
             {"formula", Change::formula, "r_s in the first term replaced by e^{-G_0 s} r_0"},
             {"constant", Change::constant, "the first term doubled"}},
            [](Proof& proof, const Variant& variant) {
                proof.given("g_0, g_s, h, r, G_0", "vectors and matrices of any size");
                const auto letter = [](const std::string& name) { return FreeElement::letter(name); };
                const FreeElement r = letter("r_s"), linear = letter("U") * letter("r_0");
                const FreeElement rate = -letter("g_s*") * r + letter("g_0*") * linear;
                const FreeElement gap = letter("g_0*") - letter("g_s*");
                proof.algebra("h_s - h_0 = g_0 - g_s",
                              (letter("mu phi*") - letter("g_s*")) - (letter("mu phi*") - letter("g_0*")), gap);
                const FreeElement factor = variant.pick("constant", 2L, 1L) * variant.pick("sign", -1L, 1L);
                proof.algebra("c' - c_lin'", rate,
                              factor * gap * variant.pick("formula", linear, r) - letter("g_0*") * (r - linear));
                // A = (I - U) G_0^{-1} where G_0 is invertible; here as G_0 A = I - U.
                proof.algebra("G_0 A' = G_0 U",
                              (FreeElement(1) - letter("U")).derive({{"U", -letter("G_0") * letter("U")}}),
                              letter("G_0") * letter("U"));
                proof.uses("damped-identity-on-sample");
                proof.uses("kernel-flow");
                proof.uses("fundamental-theorem-of-calculus");
            }};
}

/// One more eigenfunction, with D_j <= D: sums of squares of D_j B_j stay below D^2 times the sum of squares of B_j.
Obligation span_of_eigenfunctions() {
    return {"span-of-eigenfunctions",
            "On the span of eigenfunctions with eigenvalues at least mu_k the deviation is at most D(mu_k,t) times the "
            "root of the sum of the squares of the undamped bounds (by induction over the eigenfunctions).",
            "S <= D^2 Q and D_j <= D imply S + (D_j B)^2 <= D^2 (Q + B^2)",
            "Chain of bounds",
            {{"constant", Change::constant, "D² (Q + B²) replaced by D² (Q + B²/2)"},
             {"hypothesis", Change::hypothesis, "an eigenvalue below mu_k: D_j may exceed D"},
             {"exponent", Change::exponent, "D² replaced by D"}},
            [](Proof& proof, const Variant& variant) {
                const auto size = [&](const std::string& name) { return proof.given(name, real_at_least(0)); };
                const Polynomial smaller = size("D_j"), more = size("D - D_j"), b = size("B");
                const Polynomial s = size("S"), slack = size("D² Q - S");
                const Polynomial d = smaller + variant.pick("hypothesis", -more, more);
                // D² Q = S + slack.
                const Polynomial square = b * b * variant.pick("constant", Rational(1, 2), Rational(1));
                proof.at_most("induction step", s + pow(smaller * b, 2),
                              s + slack + pow(d, variant.pick("exponent", 1, 2)) * square);
                proof.uses("damping-factor-monotone");
                proof.uses("damped-supremum");
                proof.uses("spectral-theorem");
            }};
}

}  // namespace ntk::proofs
