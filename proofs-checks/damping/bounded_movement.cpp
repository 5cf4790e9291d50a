// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/damping/obligations.hpp"

namespace ntk::proofs {

/// |sigma(z)| <= c_0 + L_1 |z| and |z| <= R ||v||, both with a slack that is not negative. With g = ||r||_n/sqrt(m),
/// |a|' <= g |sigma(z)|, ||v||' <= g |a| |sigma'(z)| R and gamma' = L_1 R g.
Obligation movement_inequalities() {
    return {"movement-inequalities",
            "The velocities of a neuron are bounded by each other: |a|' <= gamma' nu and nu' <= gamma' |a|, with "
            "nu = ||v|| + c_0/(L_1 R) and gamma' = L_1 R ||r||_n/sqrt(m).",
            "g |sigma(z)| <= (L_1 R g) nu, g |a| |sigma'(z)| R <= (L_1 R g) |a|",
            "Drift",
            {{"offset", Change::hypothesis, "sigma(0) = 0 assumed without c_0 = 0: nu = ||v||"},
             {"radius", Change::formula, "gamma' = L_1 ||r||_n/sqrt(m), without R"},
             {"constant", Change::constant, "nu' <= gamma' |a|/2"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial l = proof.given("L_1", positive());
                const Polynomial radius = proof.given("R", real_at_least(1));
                const Polynomial c = proof.given("c_0", real_at_least(0));
                const Polynomial v = proof.given("norm v", real_at_least(0));
                const Polynomial a = proof.given("|a|", real_at_least(0));
                const Polynomial g = proof.given("g", real_at_least(0));
                const Polynomial z = proof.within("z", radius * v);
                const Polynomial slope = proof.within("slope", l);  // of the chord from 0 to z
                const Polynomial derivative = proof.within("sigma'(z)", l);
                const Polynomial start = proof.within("sigma(0)", c);
                const Polynomial rate = l * g * variant.pick("radius", Polynomial(1), radius);
                const RationalFunction nu =
                    v + variant.pick("offset", RationalFunction(), RationalFunction(c, l * radius));
                const RationalFunction allowed = RationalFunction(rate * radius) * nu;
                proof.identity("R gamma' nu is a polynomial", allowed.numerator(), allowed);
                proof.bounded("R |a|' <= R gamma' nu", radius * g * (start + slope * z), allowed.numerator());
                proof.bounded("||v||' <= gamma' |a|", g * a * derivative * radius,
                              rate * a * variant.pick("constant", Rational(1, 2), Rational(1)));
                proof.uses("mean-value-theorem");
                proof.uses("norm-inequalities");
            }};
}

/// In the time s = tau/sqrt(m): A = c s and V = L_1 R (|a_0| s + c s^2/2) solve A' = c, V' = L_1 R (|a_0| + A).
Obligation bounded_movement() {
    return {"movement-for-bounded-activation",
            "For |sigma| <= c_infinity an outer weight moves by at most c_infinity tau/sqrt(m) and an inner one by at "
            "most |a_0| gamma + c_infinity L_1 R tau²/(2m).",
            "A = c tau/sqrt(m), V = |a_0| gamma + c L_1 R tau^2/(2m): A' = c, V' = L_1 R (|a_0| + A), A(0) = V(0) = 0",
            "Drift",
            {{"constant", Change::constant, "tau²/(2m) replaced by tau²/(3m)"},
             {"exponent", Change::exponent, "m replaced by sqrt(m) in the second term of the inner movement"},
             {"outer", Change::formula, "the movement of the outer weight left out of V'"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial l = proof.given("L_1", positive());
                const Polynomial radius = proof.given("R", real_at_least(1));
                const Polynomial c = proof.given("c_infinity", real_at_least(0));
                const Polynomial a = proof.given("|a_0|", real_at_least(0));
                const RationalFunction tau = proof.given("tau", real_at_least(0));
                const RationalFunction root = proof.given("sqrt(m)", real_at_least(1));
                const RationalFunction outer = RationalFunction(c) * tau / root;
                const RationalFunction gamma = RationalFunction(l * radius) * tau / root;
                const RationalFunction inner =
                    RationalFunction(a) * gamma + RationalFunction(c * l * radius) * tau * tau /
                                                      (RationalFunction(variant.pick("constant", 3L, 2L)) *
                                                       pow(root, variant.pick("exponent", 1, 2)));
                // The derivative in s = tau/sqrt(m) is sqrt(m) times the one in tau.
                const auto by_time = [&](const RationalFunction& f) { return root * f.derivative("tau"); };
                proof.identity("A' = c_infinity", by_time(outer), c);
                proof.identity("V' = L_1 R (|a_0| + A)", by_time(inner),
                               RationalFunction(l * radius) *
                                   (RationalFunction(a) + variant.pick("outer", RationalFunction(), outer)));
                proof.identity("A(0) = 0", outer.substitute({{"tau", 0}}), 0);
                proof.identity("V(0) = 0", inner.substitute({{"tau", 0}}), 0);
                proof.uses("comparison-principle");
                proof.uses("movement-inequalities");
            }};
}

/// With s = ||theta'||, P = int s and Q = int s^2, d/dt (Q - P^2/t) = (s - P/t)^2. So P^2 <= t Q = t (Phi_0 - Phi_t) <=
/// t beta^2/2.
Obligation parameter_movement() {
    return {"parameter-movement",
            "All parameters together move by at most beta sqrt(t/2) along gradient flow, because the loss pays for "
            "the squared speed.",
            "d/dt (Q - P^2/t) >= 0 for P = int s, Q = int s^2; P^2 <= t Q <= t beta^2/2",
            "Chain of bounds",
            {{"constant", Change::constant, "beta²/2 replaced by beta²/4 (a loss without the factor 1/2 in it)"},
             {"exponent", Change::exponent, "P²/t replaced by P²/t²"},
             {"sign", Change::sign, "claims that Q - P²/t decreases"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial t = proof.given("t", positive());
                const Polynomial p = proof.function("P", real_at_least(0), {"t"});
                const Polynomial q = Polynomial::symbol("Q");
                const Polynomial s = proof.function("s", real_at_least(0), {"t"});
                const Derivation by_time({{"t", 1}, {"P", s}, {"Q", s * s}});
                const RationalFunction gap =
                    q - RationalFunction(p * p) / RationalFunction(pow(t, variant.pick("exponent", 2, 1)));
                const RationalFunction rate =
                    variant.pick("sign", Rational(-1), Rational(1)) * RationalFunction(t * t) * by_time(gap);
                proof.identity("t² d/dt(Q - P²/t) is a polynomial", rate.numerator(), rate);
                proof.sum_of_squares("t² d/dt(Q - P²/t) is a square", rate.numerator(), {{Polynomial(1), t * s - p}});
                // Q = Phi_0 - Phi_t with Phi_0 = beta^2/2, Phi_t >= 0; P^2 = t Q - (a slack that is not negative).
                const Polynomial beta = proof.given("beta", real_at_least(0));
                const Polynomial end = proof.given("Phi_t", real_at_least(0));
                const Polynomial slack = proof.given("slack", real_at_least(0));
                const Polynomial squared = t * (beta * beta * Rational(1, 2) - end) - slack;
                proof.at_most("P² <= t beta²/2", squared,
                              t * beta * beta * variant.pick("constant", Rational(1, 4), Rational(1, 2)));
                proof.uses("mean-value-theorem");
                proof.uses("kernel-flow");
                proof.observed_by("energy");
            }};
}

/// With w = sqrt(t/2), dt = 4 w dw: d/dw of (4/3) beta^2 w^3 is beta (beta w) 4 w; and (4/3) w^3 = (sqrt(2)/3) t^{3/2}.
Obligation weighted_movement() {
    return {"weighted-movement",
            "Before training J = (sqrt(2)/3) beta² t^{3/2} is at least the integral of residual times movement.",
            "int_0^t beta (beta sqrt(s/2)) ds = (sqrt(2)/3) beta^2 t^{3/2}",
            "Drift",
            {{"constant", Change::constant, "sqrt(2)/3 replaced by sqrt(2)/4"},
             {"exponent", Change::exponent, "t^{3/2} replaced by t^{1/2}"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial beta = proof.given("beta", real_at_least(0));
                const Polynomial w = proof.given("w", real_at_least(0));
                const Polynomial root_of_two = proof.given("sqrt(2)", between(1, 2));
                const Polynomial t = Polynomial(2) * w * w;
                // sqrt(t) = sqrt(2) w; every even power of sqrt(2) is a number.
                const auto reduced = [](const Polynomial& p) {
                    Polynomial sum;
                    for (unsigned i = 0; i <= p.degree("sqrt(2)"); ++i) {
                        sum += p.coefficient("sqrt(2)", i) * pow(Polynomial(2), static_cast<int>(i / 2)) *
                               (i % 2 == 1 ? Polynomial::symbol("sqrt(2)") : Polynomial(1));
                    }
                    return sum;
                };
                const Polynomial root_of_time = root_of_two * w;
                const Polynomial third = variant.pick("constant", Rational(1, 4), Rational(1, 3));
                const Polynomial j = reduced(root_of_two * third * beta * beta * root_of_time *
                                             variant.pick("exponent", Polynomial(1), t));
                proof.identity("J' = beta (beta sqrt(t/2))", j.derivative("w"), beta * beta * w * t.derivative("w"));
                proof.identity("J(0) = 0", j.substitute({{"w", 0}}), 0);
                proof.identity("sqrt(2)² = 2", reduced(root_of_two * root_of_two), 2);
                proof.nonnegative("1 <= sqrt(2)", root_of_two - Polynomial(1));
                proof.uses("parameter-movement");
                proof.uses("fundamental-theorem-of-calculus");
            }};
}

}  // namespace ntk::proofs
