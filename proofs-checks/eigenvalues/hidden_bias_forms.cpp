// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/obligations.hpp"
#include "proofs-checks/gegenbauer/formulas.hpp"

namespace ntk::proofs {
namespace {

/// What follows from the first two coefficients, by rational operations whose denominators do not vanish: the
/// recurrence in the degree, the climb in dimension, the coefficients of G and F, multiplication by t.
void check_denominators(Proof& proof) {
    const RationalFunction j = proof.given("j", integer_at_least(0));
    const RationalFunction d = proof.given("d", integer_at_least(2));
    const RationalFunction two = 2;
    const RationalFunction n = two * j + d;
    proof.positive("factor of h_{j+2}", n * pow(j + d + RationalFunction(1), 2));
    proof.positive("denominators of the climb", d * (d + two) * (d + RationalFunction(4)));
    proof.positive("denominator of F_k and of multiplication by t, k = j+1", n);
    proof.uses("hidden-bias-recurrence");
    proof.uses("hidden-bias-climb");
    proof.uses("coefficient-by-derivative");
    proof.uses("coefficient-neighbours");
    proof.uses("t-multiplication");
    proof.uses("fundamental-theorem-of-calculus");
}

/// d/ds [s^{n-1} T] T for T^2 = f(s), with s^{n-1} as the symbol "s^{n-1}".
RationalFunction derivative_of_product(const RationalFunction& f) {
    const RationalFunction s = RationalFunction::symbol("s");
    const RationalFunction m = RationalFunction::symbol("s^{n-1}");
    const RationalFunction n = RationalFunction::symbol("n");
    // (m T)' T = m' T^2 + m T T' and T T' = f'/2.
    return (n - RationalFunction(1)) * m / s * f + m * f.derivative("s") / RationalFunction(2);
}

void declare_integrand(Proof& proof) {
    proof.given("s", between(0, 2));
    proof.given("n", integer_at_least(1));
    proof.given("V", positive());
    proof.function("s^{n-1}", any_real(), {"s", "n"});
}

}  // namespace

/// With s = 1-t, T^2 = 2qs - s^2 = S^2, K_n = int_0^2 s^n/T ds: n K_n = (2n-1) q K_{n-1} - 2^{n-1} T(2), T(2) = 2
/// sqrt(V), K_0 = 2 arctan(1/sqrt(V)), which is pi/2 at V = 1. In dimension 3 the first coefficients are combinations
/// of K_n: h_0 and h_1 with weight (3/4)(1-t^2), y_0 by parts, Phi_0 = S_0 - y_1 - V y_0 with y_1 = -h_0/3. They come
/// out as a + b pi with rational a, b. All others in odd dimensions follow by rational operations, and 2 pi G = pi - y,
/// 2 pi F = pi (t+V) + Phi.
Obligation hidden_bias_odd_dimensions() {
    return {"hidden-bias-odd-dimensions",
            "With hidden biases of variance 1, all eigenvalues of ReLU in odd dimension lie in Q + Q/pi.",
            "mu_k in Q + Q/pi for V = 1, odd d >= 3, all k >= 0",
            "closed-forms.md, Which numbers occur",
            {{"constant", Change::constant, "2n-1 replaced by 2n in the recurrence of K_n"},
             {"variance", Change::hypothesis, "V = 1 dropped: V = 3, where K_0 = pi/3 and sqrt(V) is irrational"},
             {"sign", Change::sign, "T(2) with the other sign"}},
            [](Proof& proof, const Variant& variant) {
                declare_integrand(proof);
                const RationalFunction s = RationalFunction::symbol("s");
                const RationalFunction m = RationalFunction::symbol("s^{n-1}");
                const RationalFunction n = RationalFunction::symbol("n");
                const RationalFunction v = RationalFunction::symbol("V");
                const RationalFunction pi = proof.function("pi", between(3, 4), {});
                const RationalFunction one = 1;
                const RationalFunction two = 2;
                const RationalFunction shift = variant.pick("constant", 0L, 1L);
                const RationalFunction q = one + v;
                proof.identity("T d/ds [s^{n-1} T]", derivative_of_product(two * q * s - s * s),
                               m * ((two * n - shift) * q - n * s));
                proof.identity("T² = S² at t = 1-s", two * q * s - s * s,
                               (one - (one - s)) * (one + two * v + one - s));
                proof.identity("T(2)² = 4V", (two * q * s - s * s).substitute({{"s", 2}}), RationalFunction(4) * v);
                const bool other = variant.is("variance");
                const RationalFunction root = other ? RationalFunction::symbol("sqrt(3)") : one;
                const RationalFunction variance = other ? RationalFunction(3) : one;
                const RationalFunction end = variant.pick("sign", Rational(-2), Rational(2)) * root;
                std::vector<RationalFunction> k = {pi / (other ? RationalFunction(3) : two)};
                for (long i = 1; i <= 3; ++i) {
                    k.push_back((RationalFunction(2 * i - 1) * (one + variance) * k.back() -
                                 RationalFunction(1L << (i - 1)) * end) /
                                RationalFunction(i));
                }
                const RationalFunction weight = s * (two - s);
                proof.identity("weight of h_0", weight, two * s - s * s);
                proof.identity("weight of h_1", (one - s) * weight, two * s - RationalFunction(3) * s * s + s * s * s);
                proof.gamma_identity("c_5 = 3/4", sphere_constant(5), RationalFunction(Rational(3, 4)));
                const RationalFunction c = Rational(3, 4);
                const RationalFunction h_0 = c * (two * k[1] - k[2]);
                const RationalFunction h_1 = c * (two * k[1] - RationalFunction(3) * k[2] + k[3]);
                const RationalFunction y_0 = k[0] - k[1] / two;
                const RationalFunction phi_0 =
                    (one + variance) * k[1] - k[2] / two + h_0 / RationalFunction(3) - variance * y_0;
                proof.identity("h_0", h_0, RationalFunction(3) - c * pi);
                proof.identity("h_1", h_1, RationalFunction(Rational(9, 4)) * pi - RationalFunction(7));
                proof.identity("y_0", y_0, 1);
                proof.identity("Phi_0", phi_0, pi / RationalFunction(4));
                check_denominators(proof);
            }};
}

/// With s = 1+t, T^2 = s^2 + 2Vs, J_n = int_0^2 s^n/T ds: n J_n = 2^n sqrt(q) - (2n-1) V J_{n-1}, J_0 = 2
/// arsinh(1/sqrt(V)), which is 2L, L = log(1+sqrt(2)), at V = 1. In dimension 2, pi h_0 = 2 J_1 and pi h_1 = 2 (J_2 -
/// J_1). G_k for k >= 1 is a multiple of h_{k-1}/pi, F_k for k >= 2 comes from G_{k-1} and G_{k+1}. (Degrees 0 and 1
/// contain y_0, and with it a further constant.)
Obligation hidden_bias_even_dimensions() {
    return {
        "hidden-bias-even-dimensions",
        "With hidden biases of variance 1, the eigenvalues of ReLU of degree k >= 2 in even dimension are rational "
        "combinations of sqrt(2)/pi² and log(1+sqrt(2))/pi².",
        "mu_k in (Q sqrt(2) + Q log(1+sqrt(2)))/pi^2 for V = 1, even d, all k >= 2",
        "closed-forms.md, Which numbers occur",
        {{"constant", Change::constant, "2n-1 replaced by 2n in the recurrence of J_n"},
         {"variance", Change::hypothesis, "V = 1 dropped: V = 3, where J_0 = log 3 and sqrt(q) = 2"},
         {"sign", Change::sign, "J_0 with the other sign"}},
        [](Proof& proof, const Variant& variant) {
            declare_integrand(proof);
            const RationalFunction s = RationalFunction::symbol("s");
            const RationalFunction m = RationalFunction::symbol("s^{n-1}");
            const RationalFunction n = RationalFunction::symbol("n");
            const RationalFunction v = RationalFunction::symbol("V");
            const RationalFunction root = proof.function("sqrt(2)", between(1, 2), {});
            const RationalFunction log = proof.function("log(1+sqrt(2))", between(0, 1), {});
            const RationalFunction one = 1;
            const RationalFunction two = 2;
            const RationalFunction shift = variant.pick("constant", 0L, 1L);
            const RationalFunction square = s * s + two * v * s;
            proof.identity("T d/ds [s^{n-1} T]", derivative_of_product(square), m * (n * s + (two * n - shift) * v));
            proof.identity("T(2)² = 4q", square.substitute({{"s", 2}}), RationalFunction(4) * (one + v));
            // (1-t^2)/S^2 = (s/T)^2 with s = 1+t: the weight of dimension 4 over S.
            const RationalFunction t = s - one;
            proof.identity("weight of dimension 4 over S", (one - t * t) / ((one - t) * (one + two * v + t)),
                           s * s / square);
            proof.gamma_identity("c_4 = 2/pi", sphere_constant(4), GammaTerm(2L) * GammaTerm::pi_power(-2));
            const bool other = variant.is("variance");
            const RationalFunction variance = other ? RationalFunction(3) : one;
            const RationalFunction root_q = other ? two : root;
            const RationalFunction start = other ? RationalFunction::symbol("log(3)") : two * log;
            const RationalFunction j_0 = variant.pick("sign", -start, start);
            const RationalFunction j_1 = two * root_q - variance * j_0;
            const RationalFunction j_2 = (RationalFunction(4) * root_q - RationalFunction(3) * variance * j_1) / two;
            proof.identity("pi h_0", two * j_1, RationalFunction(4) * root - RationalFunction(4) * log);
            proof.identity("pi h_1", two * (j_2 - j_1), RationalFunction(10) * log - RationalFunction(6) * root);
            check_denominators(proof);
        }};
}

}  // namespace ntk::proofs
