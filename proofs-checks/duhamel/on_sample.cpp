// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/duhamel/obligations.hpp"

namespace ntk::proofs {

/// d/ds [e^{-G(t-s)} r_s] = e^{-G(t-s)} (G - G_s) r_s; integrated over [0,t] this is D1. The letter U stands for
/// e^{-G(t-s)}.
Obligation damped_identity_on_sample() {
    return {"damped-identity-on-sample",
            "The damped-deviation identity of the residual on the sample (D1), for every kernel flow r' = -G_s r and "
            "every matrix G.",
            "d/ds [e^{-G(t-s)} r_s] = e^{-G(t-s)} (G - G_s) r_s",
            "Damped-deviation identities",
            {{"sign", Change::sign, "G - G_s replaced by G_s - G"},
             {"constant", Change::constant, "e^{-G(t-s)} replaced by e^{-G(t-s)/2}"},
             {"order", Change::formula, "(G - G_s) r_s in front of e^{-G(t-s)} replaced by e^{-G(t-s)} in the middle"}},
            [](Proof& proof, const Variant& variant) {
                proof.given("G, G_s", "square matrices of any size; r_s: vectors with r' = -G_s r");
                const FreeElement u = FreeElement::letter("U");
                const FreeElement g = FreeElement::letter("G");
                const FreeElement g_s = FreeElement::letter("G_s");
                const FreeElement r = FreeElement::letter("r_s");
                const FreeElement rate = RationalFunction(variant.pick("constant", Rational(1, 2), Rational(1)));
                const FreeElement deviation = variant.pick("sign", g_s - g, g - g_s);
                const FreeElement left = (u * r).derive({{"U", rate * u * g}, {"r_s", -g_s * r}});
                proof.algebra("derivative of e^{-G(t-s)} r_s", left,
                              variant.pick("order", deviation * u * r, u * deviation * r));
                proof.uses("kernel-flow");
                proof.uses("fundamental-theorem-of-calculus");
                proof.observed_by("D1");
            }};
}

/// Both sides of D1 as power series in t for a kernel G_s = K_0 + K_1 s + K_2 s^2 + ...
Obligation damped_identity_on_sample_as_series() {
    return {"damped-identity-on-sample-as-series",
            "D1 as an identity of power series in t with matrices that do not commute, the integral done term by term.",
            "r_t = e^{-Gt} r_0 + int_0^t e^{-G(t-s)} (G - G_s) r_s ds",
            "Damped-deviation identities",
            {{"sign", Change::sign, "G - G_s replaced by G_s - G"},
             {"start", Change::formula, "e^{-Gt} r_0 replaced by r_0"},
             {"exponent", Change::exponent, "e^{-G(t-s)} replaced by e^{-2G(t-s)}"}},
            [](Proof& proof, const Variant& variant) {
                proof.given("G, K_0, K_1, ...", "square matrices of any size, G_s = K_0 + K_1 s + ...");
                constexpr unsigned order = 6;
                const FreeElement g = FreeElement::letter("G");
                const FreeElement r_0 = FreeElement::letter("r_0");
                std::vector<FreeElement> coefficients;
                for (unsigned i = 0; i <= order; ++i)
                    coefficients.push_back(FreeElement::letter("K_" + std::to_string(i)));
                const PowerSeries kernel(coefficients);
                const PowerSeries r = linear_flow(kernel, r_0);
                const PowerSeries deviation = variant.pick("sign", kernel - PowerSeries::constant(g, order),
                                                           PowerSeries::constant(g, order) - kernel);
                const PowerSeries damping =
                    PowerSeries::exponential(RationalFunction(variant.pick("exponent", -2L, -1L)) * g, order);
                const PowerSeries start =
                    variant.pick("start", PowerSeries::constant(1, order), PowerSeries::exponential(-g, order)) *
                    PowerSeries::constant(r_0, order);
                proof.power_series("D1", r, start + convolution(damping, deviation * r), order);
                proof.uses("damped-identity-on-sample");
                proof.observed_by("D1");
            }};
}

/// With A = I - eta G and S_j the sum up to step j, S_{j+1} = A S_j + w_j with w_j = eta (G - G_j) r_j + e_j: the claim
/// for j gives A (A^j r_0 + S_j) + w_j = r_{j+1}. The claim for j = 0 is r_0 = r_0.
Obligation damped_identity_of_descent() {
    return {"damped-identity-of-descent",
            "The damped-deviation identity of gradient descent (D4), by induction over the steps.",
            "r_j = (I-eta G)^j r_0 + sum_{i<j} (I-eta G)^{j-1-i} [eta (G-G_i) r_i + e_i]",
            "Damped-deviation identities",
            {{"sign", Change::sign, "G - G_i replaced by G_i - G"},
             {"constant", Change::constant, "eta (G - G_i) replaced by 2 eta (G - G_i)"},
             {"exponent", Change::exponent, "(I-eta G)^{j-1-i} replaced by (I-eta G)^{j-i}"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction eta = proof.given("eta", any_real());
                proof.given("G, G_j",
                            "square matrices of any size; e_j: vectors; r_{j+1} = (I - eta G_j) r_j + e_j, "
                            "j ≥ 0");
                const FreeElement g = FreeElement::letter("G");
                const FreeElement g_j = FreeElement::letter("G_j");
                const FreeElement r = FreeElement::letter("r_j");
                const FreeElement e = FreeElement::letter("e_j");
                const FreeElement a = FreeElement(1) - eta * g;
                const RationalFunction factor = variant.pick("constant", Rational(2), Rational(1)) * eta;
                const FreeElement last = factor * variant.pick("sign", g_j - g, g - g_j) * r + e;
                // By the claim for j, A^j r_0 + S_j is r_j; the last summand has the power A^0.
                const FreeElement next = a * r + variant.pick("exponent", a, FreeElement(1)) * last;
                proof.algebra("induction step", next, (FreeElement(1) - eta * g_j) * r + e);
            }};
}

}  // namespace ntk::proofs
