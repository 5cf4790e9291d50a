// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {
namespace {

/// f(A, w) = A g(w^2) + w h(w^2) with rational g and h: it is affine in A and odd under (A, w) -> (-A, -w).
void check_form(Proof& proof, const std::string& claim, const RationalFunction& f) {
    const RationalFunction a = RationalFunction::symbol("A");
    const RationalFunction w = RationalFunction::symbol("w");
    proof.identity(claim + " is odd in (A, w)", f.substitute({{"A", -a}, {"w", -w}}), -f);
    proof.identity(claim + " is affine in A", f,
                   f.substitute({{"A", 0}}) + a * f.derivative("A").substitute({{"A", 0}}));
}

}  // namespace

/// As for V = 1, with symbols. Odd d: A = K_0 = 2 arctan(1/sqrt(V)), w = sqrt(V). Even d: A = J_0 = 2
/// arsinh(1/sqrt(V)), w = sqrt(1+V). The recurrence and the climb have coefficients that are rational in V and
/// denominators that do not contain it; F and G are 1/(2 pi) times sums of these and of rational multiples of pi.
Obligation hidden_bias_all_variances() {
    return {
        "hidden-bias-all-variances",
        "With hidden biases of any variance V > 0, the first coefficients of the recurrence are combinations of two "
        "numbers that do not depend on degree and dimension.",
        "odd d: sqrt(V), 2 arctan(1/sqrt(V)); even d (times pi): sqrt(1+V), 2 arsinh(1/sqrt(V)); coefficients "
        "rational in V",
        "closed-forms.md, Statement",
        {{"power", Change::exponent, "T(2) = 2 sqrt(V) replaced by 2V"},
         {"constant", Change::constant, "T(2) = 2 sqrt(V) replaced by 2 sqrt(V) + 1"},
         {"formula", Change::formula, "J_0 replaced by J_0²"}},
        [](Proof& proof, const Variant& variant) {
            const RationalFunction w = proof.given("w", positive());
            const RationalFunction a = proof.function("A", any_real(), {"w"});
            const RationalFunction one = 1;
            const RationalFunction two = 2;
            const RationalFunction three = 3;
            // Odd dimensions: V = w^2, q = 1 + V, n K_n = (2n-1) q K_{n-1} - 2^{n-1} T(2).
            RationalFunction v = w * w;
            RationalFunction end = two * variant.pick("power", v, w);
            if (variant.is("constant")) end += one;
            std::vector<RationalFunction> k = {a};
            for (long n = 1; n <= 3; ++n) {
                k.push_back(
                    (RationalFunction(2 * n - 1) * (one + v) * k.back() - RationalFunction(1L << (n - 1)) * end) /
                    RationalFunction(n));
            }
            const RationalFunction h_0 = two * k[1] - k[2];
            const RationalFunction y_0 = k[0] - k[1] / two;
            check_form(proof, "h_0, d = 3", h_0);
            check_form(proof, "h_1, d = 3", two * k[1] - three * k[2] + k[3]);
            check_form(proof, "y_0, d = 3", y_0);
            check_form(proof, "Phi_0, d = 3", (one + v) * k[1] - k[2] / two + h_0 / RationalFunction(4) - v * y_0);
            // Even dimensions: q = w^2, V = q - 1 > 0, n J_n = 2^n sqrt(q) - (2n-1) V J_{n-1}.
            v = w * w - one;
            const RationalFunction j_0 = variant.pick("formula", a * a, a);
            const RationalFunction j_1 = two * w - v * j_0;
            const RationalFunction j_2 = two * w - RationalFunction(Rational(3, 2)) * v * j_1;
            check_form(proof, "pi h_0, d = 2", two * j_1);
            check_form(proof, "pi h_1, d = 2", two * (j_2 - j_1));
            proof.uses("hidden-bias-recurrence");
            proof.uses("hidden-bias-climb");
            proof.uses("fundamental-theorem-of-calculus");
        }};
}

}  // namespace ntk::proofs
