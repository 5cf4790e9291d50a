// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/activation.hpp"
#include "proofs-checks/constants/line_function.hpp"
#include "proofs-checks/constants/obligations.hpp"

#include <algorithm>
#include <cmath>

namespace ntk::proofs {

/// With s = tan(z/2), cos z = (1-s^2)/(1+s^2), sin z = 2s/(1+s^2), ds/dz = (1+s^2)/2: for f and f' among these,
/// (1+s^2)^2 (1 - f^2) is the square of (1+s^2) f'.
Obligation constants_of_sine_and_cosine() {
    return {"constants-of-sin-cos",
            "The constants of sin and cos in the library are the suprema over the whole line.",
            "sup |sigma| = sup |sigma'| = sup |sigma''| = sup |sigma'''| = 1, c_0 = 0 and 1",
            "Activations",
            {{"constant", Change::constant, "the suprema 9/10"},
             {"rate", Change::constant, "ds/dz = 1 + s²"},
             {"start", Change::formula, "c_0 of the other one"}},
            [](Proof& proof, const Variant& variant) {
                using Symbol = RationalFunction;
                const Symbol s = proof.given("s", any_real());
                const Symbol scale = Symbol(1) + s * s;
                const Derivation derivation({{"s", scale * Symbol(variant.pick("rate", Rational(1), Rational(1, 2)))}});
                proof.in_cases("activation", {"sin", "cos"}, [&](const std::string& name) {
                    const ActivationConstants constants = make_activation(name)->constants();
                    const bool is_sine = name == "sin";
                    Symbol f = is_sine ? Symbol(2) * s / scale : (Symbol(1) - s * s) / scale;
                    const bool other = variant.is("start");
                    proof.number("c_0", exact(constants.c0), is_sine == other ? Rational(1) : Rational(0));
                    for (const double constant : {constants.c_infinity, constants.L1, constants.L2, constants.L3}) {
                        const Symbol slope = derivation(f);
                        const Rational bound = exact(constant) * variant.pick("constant", Rational(9, 10), Rational(1));
                        const Polynomial square = (scale * scale).numerator();
                        const Symbol gap = Symbol(square) * (Symbol(Rational(bound * bound)) - f * f);
                        proof.sum_of_squares("the gap of the squares", gap.numerator(),
                                             {{Polynomial(1), (scale * slope).numerator()}});
                        const bool at_origin = f.substitute({{"s", 0}}).is_zero();
                        const Symbol top = f.substitute({{"s", at_origin ? 1 : 0}});
                        proof.identity("the bound is attained", top * top, Rational(bound * bound));
                        f = slope;
                    }
                });
            }};
}

namespace {

/// For x > 0 the derivative of order k of x^power is power!/(power-k)! x^{power-k}.
Polynomial derivative_on_the_right(long power, long order, const Polynomial& x) {
    Polynomial f = pow(x, static_cast<int>(power));
    for (long i = 0; i < order; ++i) f = f.derivative("x");
    return f;
}

}  // namespace

/// sigma^{(k)} of max(0,x)^p grows without bound for k < p, is p! on the right and 0 on the left for k = p, and jumps
/// by p! before that for k = p + 1, so that sigma^{(p)} has no Lipschitz constant. Below, L_k is the Lipschitz constant
/// of sigma^{(k-1)}.
Obligation constants_of_piecewise_powers() {
    return {"constants-of-piecewise-powers",
            "The constants of ReLU, its powers and the step in the library are the suprema over the whole line, "
            "infinite ones included.",
            "max(0,x)^p: |sigma^(k)| has the supremum p! for k = p, and none for every other k <= 3",
            "Activations",
            {{"constant", Change::constant, "p! replaced by (p-1)!"},
             {"finite", Change::formula, "claims a finite constant one order above"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial x = proof.given("x", real_at_least(1));
                const std::vector<std::string> names = {"step", "relu", "relu-power:2", "relu-power:3", "relu-power:4"};
                proof.in_cases("activation", names, [&](const std::string& name) {
                    const long power = std::find(names.begin(), names.end(), name) - names.begin();
                    const ActivationConstants constants = make_activation(name)->constants();
                    const double all[] = {constants.c_infinity, constants.L1, constants.L2, constants.L3};
                    const Rational jump = derivative_on_the_right(power, power, x).constant();
                    for (long order = 0; order <= 3; ++order) {
                        const double constant = all[order];
                        const long finite_order = power + variant.pick("finite", 1L, 0L);
                        if (order == finite_order) {
                            const Rational divisor =
                                variant.is("constant") ? Rational(std::max(power, 2L)) : Rational(1);
                            if (!std::isfinite(constant)) proof.positive("the constant is finite", Polynomial(0));
                            proof.number("the constant is p!", exact(constant), jump / divisor);
                        } else {
                            if (std::isfinite(constant)) proof.positive("the constant is infinite", Polynomial(0));
                            if (order < power) {
                                proof.nonnegative("the derivative grows without bound",
                                                  derivative_on_the_right(power, order, x) - x);
                            } else {
                                proof.positive("the derivative of order p jumps", Polynomial(jump));
                            }
                        }
                    }
                    // At 0 the step is the mean of both sides.
                    proof.number("c_0", exact(constants.c0), power == 0 ? Rational(1, 2) : Rational(0));
                });
            }};
}

/// The closed forms of the families, at parameters that lie close together and far apart.
Obligation constants_of_families() {
    return {
        "constants-of-families",
        "The constants of leaky ReLU, softplus and polynomials in the library are those of the closed forms, rounded "
        "up, and tight, for some parameters.",
        "leaky ReLU: L_1 = max(1, |alpha|); softplus: c_0 = log(2)/beta, L_1 = 1, L_2 = beta/4, L_3 = beta^2/(6 "
        "sqrt 3)",
        "Activations",
        {{"constant", Change::constant, "beta/4 replaced by beta/5"},
         {"exponent", Change::exponent, "beta² replaced by beta³"},
         {"slope", Change::formula, "max(1, |alpha|) replaced by |alpha|"}},
        [](Proof& proof, const Variant& variant) {
            proof.on_range("4 beta", 1, 4L * proof.limits().max_dim, [&](long quarters) {
                const Rational beta(quarters, 4);
                const ActivationConstants constants = make_activation("softplus:" + to_string(beta))->constants();
                const auto is = [&](const std::string& claim, double constant, const Ball& supremum) {
                    const Ball bound = Ball::from_double(constant, 128);
                    proof.holds(claim, supremum.certainly_at_most(bound) &&
                                           (Ball(tight(), 128) * bound).certainly_at_most(supremum));
                };
                const Ball exact_beta(beta, 128), root_three = sqrt(Ball(3, 128));
                is("c_0", constants.c0, log(Ball(2, 128)) / exact_beta);
                is("L_1", constants.L1, Ball(1, 128));
                is("L_2", constants.L2, exact_beta / variant.pick("constant", 5L, 4L));
                is("L_3", constants.L3, pow(exact_beta, variant.pick("exponent", 3U, 2U)) / (6 * root_three));
                proof.holds("c_infinity", !std::isfinite(constants.c_infinity));
            });
            proof.uses("constants-of-softplus");
            proof.on_range("4 alpha", -12, 12, [&](long quarters) {
                const Rational alpha(quarters, 4);
                const ActivationConstants constants = make_activation("leaky-relu:" + to_string(alpha))->constants();
                const Rational size = alpha < 0 ? Rational(-alpha) : alpha;
                const Rational supremum = size > 1 || variant.is("slope") ? size : Rational(1);
                const Rational bound = exact(constants.L1);
                proof.holds("L_1", bound >= supremum && tight() * bound <= supremum);
                // sigma' jumps unless alpha = 1.
                proof.holds("L_2", std::isfinite(constants.L2) == (alpha == 1));
                proof.holds("c_infinity", !std::isfinite(constants.c_infinity));
            });
            // 1/2 + z/3 + z^2/4 + ...: the derivative of order k is bounded if the degree is at most k.
            std::string text;
            proof.on_range("degree", 0, 4, [&](long degree) {
                text += (degree == 0 ? "polynomial:" : ",") + to_string(Rational(1, degree + 2));
                const ActivationConstants constants = make_activation(text)->constants();
                const double all[] = {constants.c_infinity, constants.L1, constants.L2, constants.L3};
                Rational factorial = 1;
                for (long order = 0; order <= 3; ++order) {
                    if (order > 0) factorial *= order;
                    const double constant = all[order];
                    proof.holds("finite or not", std::isfinite(constant) == (degree <= order));
                    if (degree > order) continue;
                    const Rational supremum = degree < order ? Rational(0) : Rational(factorial / (degree + 2));
                    const Rational bound = exact(constant);
                    proof.holds("the highest derivative", bound >= supremum && tight() * bound <= supremum);
                }
            });
        }};
}

}  // namespace ntk::proofs
