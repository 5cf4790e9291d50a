// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/network/obligations.hpp"

namespace ntk::proofs {

/// Put omega = e^2 and q = e^2 - f^2 with e >= f >= 0, so that b = L_1 R = e f and sqrt(q^2 + 4 b^2) = e^2 + f^2: every
/// q, b >= 0 is of this form. Then omega (x^2 + y^2) - 2 b x y - q y^2 = (e x - f y)^2, with equality at x = f, y = e.
Obligation hessian_block_norm() {
    return {"hessian-block-norm",
            "The Hessian of a neuron, whose blocks have norms 0, b = L_1 R and q = |a| L_2 R², has norm at most "
            "omega = (q + sqrt(q² + 4 b²))/2, and no smaller number will do.",
            "2 b x y + q y^2 <= omega (x^2 + y^2)",
            "Drift",
            {{"constant", Change::constant, "omega replaced by 2 omega/3"},
             {"formula", Change::formula, "sqrt(q² + 4 b²) replaced by 9 (q + 2 b)/10"},
             {"sign", Change::sign, "omega = (sqrt(q² + 4 b²) - q)/2"},
             {"sharp", Change::formula, "claims equality at x = y"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial f = proof.given("f", real_at_least(0));
                const Polynomial gap = proof.given("e - f", real_at_least(0));
                const Polynomial x = proof.given("x", any_real());
                const Polynomial y = proof.given("y", any_real());
                const Polynomial e = f + gap;
                const Polynomial q = e * e - f * f;
                const Polynomial b = e * f;
                proof.nonnegative("q >= 0", q);
                Polynomial root = e * e + f * f;
                proof.identity("root² = q² + 4 b²", root * root, q * q + Polynomial(4) * b * b);
                if (variant.is("formula")) root = (q + Polynomial(2) * b) * Rational(9, 10);
                const Polynomial omega = (root + variant.pick("sign", Rational(-1), Rational(1)) * q) *
                                         variant.pick("constant", Rational(1, 3), Rational(1, 2));
                const Polynomial form = omega * (x * x + y * y) - Polynomial(2) * b * x * y - q * y * y;
                proof.sum_of_squares("omega (x² + y²) - 2 b x y - q y² is a square", form,
                                     {{Polynomial(1), e * x - f * y}});
                const Polynomial attained = form.substitute({{"x", variant.pick("sharp", e, f)}, {"y", e}});
                proof.identity("equality at (f, e)", attained, 0);
                proof.uses("neuron-derivatives");
                proof.uses("norm-inequalities");
                proof.uses("movement-integrals");
                proof.uses("movement-for-bounded-activation");
            }};
}

/// g_t = g_0 + d with ||d|| <= HP at every point: <g, g'> - <g_0, g_0'> = <d, g_0'> + <g_0, d'> + <d, d'>.
Obligation hessian_drift() {
    return {"hessian-drift",
            "Gradients that move by at most HP change the kernel by at most 2 HP sqrt(K°) + (HP)².",
            "<g,g'> - <g_0,g_0'> = <d,g_0'> + <g_0,d'> + <d,d'>; Drift = 2 H P sqrt(K°) + (H P)^2",
            "Drift",
            {{"constant", Change::constant, "2 HP sqrt(K°) replaced by HP sqrt(K°)"},
             {"exponent", Change::exponent, "(HP)² replaced by HP²"},
             {"formula", Change::formula, "the product <d,d'> left out of the identity"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial h = proof.given("H", real_at_least(0));
                const Polynomial p = proof.given("P", real_at_least(0));
                const Polynomial root = proof.given("sqrt(K°)", real_at_least(0));
                proof.given("g_0, d", "gradients of any size and their changes");
                const auto letter = [](const std::string& name) { return FreeElement::letter(name); };
                const FreeElement both = variant.pick("formula", FreeElement(), letter("d") * letter("d'"));
                proof.algebra(
                    "change of the product",
                    (letter("g_0") + letter("d")) * (letter("g_0'") + letter("d'")) - letter("g_0") * letter("g_0'"),
                    letter("d") * letter("g_0'") + letter("g_0") * letter("d'") + both);
                const Polynomial left = proof.within("<d,g_0'>", h * p * root);
                const Polynomial right = proof.within("<g_0,d'>", h * p * root);
                const Polynomial last = proof.within("<d,d'>", pow(h * p, 2));
                proof.bounded("drift", left + right + last,
                              Polynomial(variant.pick("constant", 1L, 2L)) * h * p * root +
                                  pow(h, variant.pick("exponent", 1, 2)) * p * p);
                proof.uses("hessian-block-norm");
                proof.uses("fundamental-theorem-of-calculus");
                proof.uses("norm-inequalities");
            }};
}

/// f at the end of a line of length P, with second derivative between -H P^2 and H P^2 along it (h from 0 to 1):
/// P^2 H h^2/2 is the twofold integral.
Obligation hessian_remainder() {
    return {"hessian-remainder",
            "The network differs from its linearisation by at most Rem = HP²/2.",
            "|f''| <= H P^2 along the line: |f(1) - f(0) - f'(0)| <= H P^2/2",
            "Drift",
            {{"constant", Change::constant, "1/2 replaced by 1/3"},
             {"exponent", Change::exponent, "P² replaced by P in the second derivative"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial h = proof.given("H", real_at_least(0));
                const Polynomial p = proof.given("P", real_at_least(0));
                const Polynomial s = proof.given("s", between(0, 1));
                const Polynomial second = h * pow(p, variant.pick("exponent", 1, 2));
                const Polynomial bound = h * p * p * s * s * variant.pick("constant", Rational(1, 3), Rational(1, 2));
                proof.identity("the bound has the second derivative H P²", bound.derivative("s").derivative("s"),
                               second);
                proof.identity("it vanishes at the start", bound.substitute({{"s", 0}}), 0);
                proof.identity("so does its slope", bound.derivative("s").substitute({{"s", 0}}), 0);
                proof.at_most("it is largest at the end", bound, h * p * p * Rational(1, 2));
                proof.identity("its value at the end", bound.substitute({{"s", 1}}), h * p * p * Rational(1, 2));
                proof.uses("hessian-block-norm");
                proof.uses("taylor");
            }};
}

/// h_0 - h_s = <C, g> - <C_0, g_0> = <dC, g> + <C_0, d> with C = grad C; ||dC|| = ||E[phi d]|| <= E|phi| HP.
Obligation hessian_kernel_gap() {
    return {"hessian-kernel-gap",
            "The gap h between population and sample moves by at most HP (||grad C_0|| + E|phi| (sqrt(K°) + HP)).",
            "<C,g> - <C_0,g_0> = <dC,g> + <C_0,d>, ||dC|| <= E|phi| H P",
            "Drift",
            {{"formula", Change::formula, "sqrt(K°) + HP replaced by sqrt(K°)"},
             {"constant", Change::constant, "||grad C_0|| replaced by ||grad C_0||/2"},
             {"hypothesis", Change::hypothesis, "E|phi| replaced by 1 without E|phi| <= 1"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial hp = proof.given("HP", real_at_least(0));
                const Polynomial root = proof.given("sqrt(K°)", real_at_least(0));
                const Polynomial start = proof.given("||grad C_0||", real_at_least(0));
                const Polynomial mean = proof.given("E|phi|", real_at_least(0));
                proof.given("C_0, g_0, dC, d", "vectors of any size");
                const auto letter = [](const std::string& name) { return FreeElement::letter(name); };
                proof.algebra(
                    "change of the product",
                    (letter("C_0") + letter("dC")) * (letter("g_0") + letter("d")) - letter("C_0") * letter("g_0"),
                    letter("dC") * (letter("g_0") + letter("d")) + letter("C_0") * letter("d"));
                const Polynomial length = root + variant.pick("formula", Polynomial(), hp);
                const Polynomial first = proof.within("<dC,g>", mean * hp * (root + hp));
                const Polynomial second = proof.within("<C_0,d>", start * hp);
                const Polynomial half = variant.pick("constant", Rational(1, 2), Rational(1));
                proof.bounded("movement of h", first + second,
                              hp * (start * half + variant.pick("hypothesis", Polynomial(1), mean) * length));
                proof.uses("hessian-block-norm");
                proof.uses("fundamental-theorem-of-calculus");
                proof.uses("norm-inequalities");
            }};
}

/// G = J J* with J = J_0 + D (gradients as rows, divided by sqrt(n)): ||D|| <= HP and ||J_0|| = sqrt(lambda_1).
Obligation hessian_gram_drift() {
    return {"hessian-gram-drift",
            "The Gram matrix moves by at most HP (2 sqrt(lambda_1(G_0)) + HP) in operator norm.",
            "J J* - J_0 J_0* = D J_0* + J_0 D* + D D*; H P (2 sqrt(lambda_1) + H P)",
            "Drift",
            {{"constant", Change::constant, "2 sqrt(lambda_1) replaced by sqrt(lambda_1)"},
             {"exponent", Change::exponent, "sqrt(lambda_1) replaced by lambda_1"},
             {"order", Change::formula, "J_0 D* replaced by D* J_0"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial hp = proof.given("HP", real_at_least(0));
                const Polynomial root = proof.given("sqrt(lambda_1)", real_at_least(0));
                proof.given("J_0, D", "matrices of any size");
                const auto letter = [](const std::string& name) { return FreeElement::letter(name); };
                proof.algebra(
                    "change of the Gram matrix",
                    (letter("J_0") + letter("D")) * (letter("J_0*") + letter("D*")) - letter("J_0") * letter("J_0*"),
                    letter("D") * letter("J_0*") +
                        variant.pick("order", letter("D*") * letter("J_0"), letter("J_0") * letter("D*")) +
                        letter("D") * letter("D*"));
                const Polynomial first = proof.within("norm of D J_0*", hp * root);
                const Polynomial second = proof.within("norm of J_0 D*", hp * root);
                const Polynomial last = proof.within("norm of D D*", hp * hp);
                const Polynomial size = pow(root, variant.pick("exponent", 2, 1));
                proof.bounded("movement of G", first + second + last,
                              hp * (Polynomial(variant.pick("constant", 1L, 2L)) * size + hp));
                proof.uses("hessian-block-norm");
                proof.uses("fundamental-theorem-of-calculus");
                proof.uses("norm-inequalities");
            }};
}

/// <u, A u>/n with |A_ij| <= a is at most (a/n) sum |u_i||u_j| <= (a/n) sum (u_i^2 + u_j^2)/2 = a ||u||^2.
Obligation gram_norm_by_entries() {
    return {
        "gram-norm-by-entries",
        "A symmetric matrix (1/n) A with entries of A at most a has operator norm at most a: a bound of the kernel on "
        "the sample bounds the Gram matrix.",
        "|u_i u_j| <= (u_i^2 + u_j^2)/2, summed over i and j: (n S + n S)/2 = n S",
        "Drift",
        {{"constant", Change::constant, "(u_i² + u_j²)/2 replaced by (u_i² + u_j²)/3"},
         {"exponent", Change::exponent, "n S replaced by n² S"}},
        [](Proof& proof, const Variant& variant) {
            const Polynomial u = proof.given("|u_i|", real_at_least(0)), v = proof.given("|u_j|", real_at_least(0));
            const Polynomial part = variant.pick("constant", Rational(1, 3), Rational(1, 2));
            proof.sum_of_squares("(u_i² + u_j²)/2 - |u_i||u_j|", part * (u * u + v * v) - u * v,
                                 {{Rational(1, 2), u - v}});
            // The sum over j of u_i^2 is n u_i^2, that over i of n u_i^2 is n S.
            const RationalFunction n = proof.given("n", positive());
            const RationalFunction sum = proof.given("S", real_at_least(0));
            const RationalFunction half = Rational(1, 2);
            proof.identity("summed over i and j", half * (n * sum + n * sum),
                           pow(n, variant.pick("exponent", 2, 1)) * sum);
            proof.uses("spectral-theorem");
        }};
}

}  // namespace ntk::proofs
