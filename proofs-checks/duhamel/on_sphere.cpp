// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/duhamel/obligations.hpp"

namespace ntk::proofs {
namespace {

/// T_n^s = A_s E: E takes a function to its values on the sample, A_s = A_0 + A_1 s + ... a vector to a function.
PowerSeries sampled_operator(unsigned order) {
    std::vector<FreeElement> coefficients;
    for (unsigned i = 0; i <= order; ++i) {
        coefficients.push_back(FreeElement::letter("A_" + std::to_string(i)) * FreeElement::letter("E"));
    }
    return PowerSeries(coefficients);
}

}  // namespace

/// d/ds [U r_s] = U (T - T_n^s) r_s with U = e^{-T(t-s)}; applied to the sample, with E A_s = G_s, the flow is that of
/// D1.
Obligation damped_identity_on_sphere() {
    return {"damped-identity-on-sphere",
            "The damped-deviation identity of the residual on the whole sphere (D2), for every bounded operator T; the "
            "values of its residual on the sample follow the flow of D1.",
            "d/ds [e^{-T(t-s)} r_s] = e^{-T(t-s)} (T - T_n^s) r_s; E T_n^s r = (E A_s) E r",
            "Damped-deviation identities",
            {{"sign", Change::sign, "T - T_n^s replaced by T + T_n^s"},
             {"constant", Change::constant, "e^{-T(t-s)} replaced by e^{-2T(t-s)}"},
             {"order", Change::formula, "the sample's values taken after A_s: E (E A_s) r"}},
            [](Proof& proof, const Variant& variant) {
                proof.given("T, A_s, E", "bounded operators, T_n^s = A_s E; r_s: functions with r' = -T_n^s r");
                const FreeElement u = FreeElement::letter("U");
                const FreeElement t = FreeElement::letter("T");
                const FreeElement a = FreeElement::letter("A_s");
                const FreeElement e = FreeElement::letter("E");
                const FreeElement r = FreeElement::letter("r_s");
                const FreeElement sampled = a * e;
                const FreeElement rate = FreeElement(variant.pick("constant", 2L, 1L));
                const FreeElement left = (u * r).derive({{"U", rate * u * t}, {"r_s", -sampled * r}});
                proof.algebra("derivative of e^{-T(t-s)} r_s", left,
                              u * (t + variant.pick("sign", sampled, -sampled)) * r);
                proof.algebra("(E r)' = -(E A_s) E r", (e * r).derive({{"r_s", -sampled * r}}),
                              -variant.pick("order", e * (e * a), (e * a) * e) * r);
                proof.uses("kernel-flow");
                proof.uses("fundamental-theorem-of-calculus");
            }};
}

Obligation damped_identity_on_sphere_as_series() {
    return {"damped-identity-on-sphere-as-series",
            "D2 as an identity of power series in t with operators that do not commute, T_n^s = A_s E.",
            "r_t = e^{-Tt} r_0 + int_0^t e^{-T(t-s)} (T - T_n^s) r_s ds",
            "Damped-deviation identities",
            {{"sign", Change::sign, "T - T_n^s replaced by T_n^s - T"},
             {"residual", Change::formula, "r_s under the integral replaced by r_0"},
             {"exponent", Change::exponent, "e^{-Tt} r_0 replaced by e^{-Tt/2} r_0"}},
            [](Proof& proof, const Variant& variant) {
                proof.given("T, A_0, A_1, ..., E", "bounded operators, A_s = A_0 + A_1 s + ...");
                constexpr unsigned order = 6;
                const FreeElement t = FreeElement::letter("T");
                const FreeElement r_0 = FreeElement::letter("r_0");
                const PowerSeries sampled = sampled_operator(order);
                const PowerSeries r = linear_flow(sampled, r_0);
                const PowerSeries fixed = PowerSeries::constant(t, order);
                const PowerSeries deviation = variant.pick("sign", sampled - fixed, fixed - sampled);
                const PowerSeries start = PowerSeries::constant(r_0, order);
                const RationalFunction rate = variant.pick("exponent", Rational(-1, 2), Rational(-1));
                proof.power_series("D2", r,
                                   PowerSeries::exponential(rate * t, order) * start +
                                       convolution(PowerSeries::exponential(-t, order),
                                                   deviation * variant.pick("residual", start, r)),
                                   order);
                proof.uses("damped-identity-on-sphere");
            }};
}

/// phi* is the functional <., phi>; phi* T = mu phi* as T is symmetric. delta = mu c + c', and
/// d/ds [e^{-mu(t-s)} c] = e^{-mu(t-s)} (mu c + c').
Obligation damped_identity_of_probe() {
    return {"damped-identity-of-probe",
            "The damped-deviation identity of the coefficient c = <r, phi> of an eigenfunction (D3), with "
            "delta = <(T - T_n) r, phi> = mu c + c'.",
            "<(T - T_n^s) r_s, phi> = mu c + c'; d/ds [e^{-mu(t-s)} c(s)] = e^{-mu(t-s)} (mu c + c')",
            "Damped-deviation identities",
            {{"sign", Change::sign, "mu c + c' replaced by mu c - c'"},
             {"constant", Change::constant, "mu replaced by mu/2 in the exponent"},
             {"eigenvalue", Change::hypothesis, "phi is no eigenfunction: phi* T = mu phi* + psi*"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction mu = proof.given("mu", real_at_least(0));
                proof.given("T_n^s, r_s, phi", "bounded operators, functions with r' = -T_n^s r, eigenfunctions of T");
                const FreeElement phi = FreeElement::letter("phi*");
                const FreeElement sampled = FreeElement::letter("T_n^s");
                const FreeElement r = FreeElement::letter("r_s");
                const FreeElement image =
                    mu * phi + variant.pick("eigenvalue", FreeElement::letter("psi*"), FreeElement());
                const FreeElement c = phi * r;
                const FreeElement rate = c.derive({{"r_s", -sampled * r}});
                const FreeElement delta = image * r - phi * sampled * r;
                proof.algebra("delta = mu c + c'", delta, mu * c + FreeElement(variant.pick("sign", -1L, 1L)) * rate);
                // W stands for e^{-mu(t-s)}.
                const FreeElement weight = FreeElement::letter("W");
                const RationalFunction exponent =
                    mu * RationalFunction(variant.pick("constant", Rational(1, 2), Rational(1)));
                proof.algebra("derivative of e^{-mu(t-s)} c",
                              (weight * c).derive({{"W", exponent * weight}, {"r_s", -sampled * r}}), weight * delta);
                proof.uses("kernel-flow");
                proof.uses("spectral-theorem");
                proof.uses("fundamental-theorem-of-calculus");
                proof.observed_by("D3");
            }};
}

Obligation damped_identity_of_probe_as_series() {
    return {"damped-identity-of-probe-as-series",
            "D3 as an identity of power series in t, with delta = mu c + c' from the flow r' = -T_n r.",
            "c(t) = e^{-mu t} c(0) + int_0^t e^{-mu(t-s)} (mu c + c') ds",
            "Damped-deviation identities",
            {{"sign", Change::sign, "mu c + c' replaced by mu c - c'"},
             {"constant", Change::constant, "mu c replaced by 2 mu c"},
             {"exponent", Change::exponent, "e^{-mu t} c(0) replaced by e^{-2 mu t} c(0)"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction mu = proof.given("mu", real_at_least(0));
                proof.given("A_0, A_1, ..., E", "bounded operators, T_n^s = (A_0 + A_1 s + ...) E");
                constexpr unsigned order = 6;
                const PowerSeries r = linear_flow(sampled_operator(order), FreeElement::letter("r_0"));
                const PowerSeries c = PowerSeries::constant(FreeElement::letter("phi*"), order + 1) * r;
                const PowerSeries start = PowerSeries::constant(c.coefficient(0), order);
                const PowerSeries rate =
                    PowerSeries::constant(FreeElement(variant.pick("sign", -1L, 1L)), order) * c.derivative();
                const FreeElement factor = FreeElement(variant.pick("constant", 2L, 1L)) * FreeElement(mu);
                const PowerSeries delta = PowerSeries::constant(factor, order) * c + rate;
                const FreeElement exponent =
                    FreeElement(variant.pick("exponent", RationalFunction(-2), RationalFunction(-1)) * mu);
                proof.power_series("D3", c - PowerSeries::exponential(exponent, order) * start,
                                   convolution(PowerSeries::exponential(FreeElement(-mu), order), delta), order);
                proof.uses("damped-identity-of-probe");
                proof.observed_by("D3");
            }};
}

/// Both sides of D4 multiplied out for the first steps: the words are different, their sums agree.
Obligation damped_identity_of_first_steps() {
    return {"damped-identity-of-first-steps",
            "D4 multiplied out for the first steps of gradient descent.",
            "r_j = (I-eta G)^j r_0 + sum_{i<j} (I-eta G)^{j-1-i} [eta (G-G_i) r_i + e_i]",
            "Damped-deviation identities",
            {{"sign", Change::sign, "G - G_i replaced by G_i - G"},
             {"exponent", Change::exponent, "(I-eta G)^{j-1-i} replaced by (I-eta G)^{j-i}"},
             {"remainder", Change::formula, "the remainders e_i left out"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction eta = proof.given("eta", any_real());
                proof.given("G, G_0, G_1, ...", "square matrices of any size; e_i: vectors");
                const FreeElement g = FreeElement::letter("G");
                const FreeElement step = FreeElement(1) - eta * g;
                std::vector<FreeElement> r = {FreeElement::letter("r_0")};
                std::vector<FreeElement> added;
                proof.on_range("j", 1, 5, [&](long j) {
                    const std::string last = std::to_string(j - 1);
                    const FreeElement gram = FreeElement::letter("G_" + last);
                    const FreeElement e = FreeElement::letter("e_" + last);
                    added.push_back(eta * variant.pick("sign", gram - g, g - gram) * r.back() +
                                    variant.pick("remainder", FreeElement(), e));
                    r.push_back((FreeElement(1) - eta * gram) * r.back() + e);
                    FreeElement sum = pow(step, static_cast<int>(j)) * r.front();
                    for (long i = 0; i < j; ++i) {
                        sum += pow(step, static_cast<int>(j - i - variant.pick("exponent", 0L, 1L))) *
                               added[static_cast<std::size_t>(i)];
                    }
                    proof.algebra("D4", r.back(), sum);
                });
                proof.uses("damped-identity-of-descent");
            }};
}

}  // namespace ntk::proofs
