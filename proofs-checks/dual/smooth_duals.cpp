// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/dual/closed_dual.hpp"
#include "proofs-checks/dual/obligations.hpp"

namespace ntk::proofs {
namespace {

using Symbol = RationalFunction;

/// n >= 0 with its two successors, for the ratios of series.
struct Order {
    explicit Order(Proof& proof) : n(proof.given("n", integer_at_least(0))) {}
    Symbol n;
    Symbol next = n + Symbol(1);
    Symbol after = n + Symbol(2);
};

/// The constant pi: any positive number will do for the algebra.
Symbol constant_pi(Proof& proof) { return proof.function("pi", positive(), {}); }

/// e^{exponent} w^{-1/2} as a symbol: its derivative.
Symbol derivative_of_density(const Symbol& density, const Symbol& exponent, const Symbol& width,
                             const std::string& variable) {
    return density * (exponent.derivative(variable) - width.derivative(variable) / (Symbol(2) * width));
}

}  // namespace

/// S = erf(y/sqrt(w)), w = 1 + 2q, with slope (2/sqrt(pi)) e^{-y^2/w} w^{-1/2}, the symbol g. F = (2/pi) arcsin(2c/w)
/// with the slope (4/pi) t, t = (w^2 - 4c^2)^{-1/2}.
Obligation closed_dual_of_erf() {
    return {
        "dual-of-erf",
        "The dual activation of erf and its derivative, for all orders of the Hermite series.",
        "F = (2/pi) arcsin(2c/(1+2q)), G = (4/pi)/sqrt((1+2q)^2 - 4c^2)",
        "Activations",
        {{"width", Change::constant, "1 + 2q replaced by 1 + q in F"},
         {"constant", Change::constant, "2/pi replaced by 1/pi in F"},
         {"exponent", Change::exponent, "the root in G replaced by its cube"}},
        [](Proof& proof, const Variant& variant) {
            const Symbol q = proof.given("q", positive()), y = proof.given("y", any_real());
            const Symbol c = proof.given("c", any_real());
            const Order order(proof);
            const Symbol pi = constant_pi(proof);
            const Symbol g = proof.function("S_y", positive(), {"q", "y"});
            const Symbol t = proof.function("1/root", positive(), {"q", "c"});
            const Symbol smoothed = Symbol::symbol("S");
            const Symbol w = Symbol(1) + Symbol(2) * q;
            const Symbol exponent = -y * y / w;
            // S depends on y/sqrt(w).
            const Derivation by_q({{"S", -y / w * g}, {"q", 1}, {"S_y", derivative_of_density(g, exponent, w, "q")}});
            const Derivation by_y({{"S", g}, {"y", 1}, {"S_y", g * exponent.derivative("y")}});
            const Symbol width = variant.pick("width", Symbol(1) + q, w);
            const Symbol square = width * width - Symbol(4) * c * c;
            const Symbol arcsine = Symbol::symbol("arcsin");
            const Symbol factor = Symbol(variant.pick("constant", 1L, 2L)) / pi;
            const Derivation by_c(
                {{"arcsin", Symbol(2) * t}, {"c", 1}, {"1/root", -square.derivative("c") / (Symbol(2) * square) * t}});
            prove_closed_dual(proof, {.smoothed = smoothed,
                                      .by_y = by_y,
                                      .by_q = by_q,
                                      .equation = {"y", {0, 2 * y.numerator(), w.numerator()}},
                                      .ratio = Symbol(-2) * order.n / (w * order.next * order.after),
                                      .value_square = 0,
                                      .slope_square = Symbol(4) / (pi * w),
                                      .dual = factor * arcsine,
                                      .gradient = Symbol(4) / pi * variant.pick("exponent", t * t * t, t),
                                      .by_c = by_c,
                                      .dual_equation = {"c", {0, -4 * c.numerator(), square.numerator()}},
                                      .at_zero = {{"c", 0}, {"arcsin", 0}, {"1/root", Symbol(1) / width}}});
        }};
}

namespace {

/// S is e^{-q/2} sin y (cos y), F is e^{-q} sinh c (cosh c) and G the other; H stands for e^{-q/2}.
void prove_trigonometric(Proof& proof, const Variant& variant, bool is_sine) {
    proof.given("q", positive());
    proof.given("y", any_real());
    proof.given("c", any_real());
    const Order order(proof);
    const Symbol h = proof.function("e^{-q/2}", between(0, 1), {"q"});
    // The other one is only a derivative on the way.
    proof.function(is_sine ? "sin y" : "cos y", between(-1, 1), {"y"});
    const Symbol sine = Symbol::symbol("sin y");
    const Symbol cosine = Symbol::symbol("cos y");
    const Symbol cosh = proof.function("cosh c", real_at_least(1), {"c"});
    const Symbol sinh = proof.function("sinh c", any_real(), {"c"});
    const Symbol decay = variant.pick("exponent", h, h * h);
    const Symbol frequency = variant.pick("sign", 1L, -1L);
    prove_closed_dual(proof, {.smoothed = h * (is_sine ? sine : cosine),
                              .by_y = Derivation({{"sin y", cosine}, {"cos y", frequency * sine}}),
                              .by_q = Derivation({{"e^{-q/2}", Symbol(Rational(-1, 2)) * h}}),
                              .equation = {"y", {1, 0, 1}},
                              .ratio = Symbol(-1) / (order.next * order.after),
                              .starts = {{{{"e^{-q/2}", 1}}, is_sine ? sine : cosine}},
                              .value_square = is_sine ? Symbol(0) : h * h,
                              .slope_square = is_sine ? h * h : Symbol(0),
                              .dual = decay * (is_sine ? sinh : cosh),
                              .gradient = decay * (is_sine == variant.is("swapped") ? sinh : cosh),
                              .by_c = Derivation({{"cosh c", sinh}, {"sinh c", cosh}}),
                              .dual_equation = {"c", {-1, 0, 1}},
                              .at_zero = {{"cosh c", 1}, {"sinh c", 0}}});
}

std::vector<Mutant> trigonometric_mutants() {
    return {{"exponent", Change::exponent, "e^{-q} replaced by e^{-q/2} in F"},
            {"sign", Change::sign, "cos' = sin"},
            {"swapped", Change::formula, "G replaced by F"}};
}

}  // namespace

Obligation closed_dual_of_sin() {
    return {"dual-of-sin",
            "The dual activation of sin and its derivative, for all orders of the Hermite series.",
            "F = e^{-q} sinh c, G = e^{-q} cosh c",
            "Activations",
            trigonometric_mutants(),
            [](Proof& proof, const Variant& variant) { prove_trigonometric(proof, variant, true); }};
}

Obligation closed_dual_of_cos() {
    return {"dual-of-cos",
            "The dual activation of cos and its derivative, for all orders of the Hermite series.",
            "F = e^{-q} cosh c, G = e^{-q} sinh c",
            "Activations",
            trigonometric_mutants(),
            [](Proof& proof, const Variant& variant) { prove_trigonometric(proof, variant, false); }};
}

/// S = e^{-y^2/(2v)} v^{-1/2}, v = 1 + q, and F = t = (v^2 - c^2)^{-1/2}.
Obligation closed_dual_of_gaussian() {
    return {"dual-of-gaussian",
            "The dual activation of e^{-z²/2} and its derivative, for all orders of the Hermite series.",
            "F = ((1+q)^2 - c^2)^{-1/2}, G = c ((1+q)^2 - c^2)^{-3/2}",
            "Activations",
            {{"sign", Change::sign, "(1+q)² - c² replaced by (1+q)² + c²"},
             {"constant", Change::constant, "1 + q replaced by 2 + q"},
             {"exponent", Change::exponent, "-3/2 replaced by -5/2 in G"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol q = proof.given("q", positive()), y = proof.given("y", any_real());
                const Symbol c = proof.given("c", any_real());
                const Order order(proof);
                const Symbol g = proof.function("S", positive(), {"q", "y"});
                const Symbol t = proof.function("F", positive(), {"q", "c"});
                const Symbol v = Symbol(1) + q;
                const Symbol exponent = -y * y / (Symbol(2) * v);
                const Symbol width = variant.pick("constant", v + Symbol(1), v);
                const Symbol square = width * width - variant.pick("sign", -c * c, c * c);
                prove_closed_dual(
                    proof, {.smoothed = g,
                            .by_y = Derivation({{"S", g * exponent.derivative("y")}, {"y", 1}}),
                            .by_q = Derivation({{"S", derivative_of_density(g, exponent, v, "q")}, {"q", 1}}),
                            .equation = {"y", {1, y.numerator(), v.numerator()}},
                            .ratio = Symbol(-1) / (v * order.after),
                            .value_square = Symbol(1) / v,
                            .slope_square = 0,
                            .dual = t,
                            .gradient = c * t / pow(square, variant.pick("exponent", 2, 1)),
                            .by_c = Derivation({{"F", -square.derivative("c") / (Symbol(2) * square) * t}, {"c", 1}}),
                            .dual_equation = {"c", {-1, -3 * c.numerator(), square.numerator()}},
                            .at_zero = {{"c", 0}, {"F", Symbol(1) / width}}});
            }};
}

/// With v = 1 + q, Phi = Phi(y/sqrt v) and g = phi(y/sqrt v)/sqrt v its slope: S = y Phi + q g. On the other side t =
/// (v^2 - c^2)^{-1/2}, A = t/(2 pi) and the arcsine of c/v with the slope t. S - y S' and S'' are multiples of g, F - c
/// F' and F'' of t: that gives the equations.
Obligation closed_dual_of_gelu() {
    return {
        "dual-of-gelu",
        "The dual activation of GELU z Phi(z) and its derivative, for all orders of the Hermite series.",
        "F = q^2 A + (1-q) c^2 A/(1+q) + c (1/4 + arcsin(c/(1+q))/(2 pi)), A = 1/(2 pi sqrt((1+q)^2 - c^2)), G = F'",
        "Activations",
        {{"constant", Change::constant, "1/4 replaced by 1/2"},
         {"sign", Change::sign, "1 - q replaced by 1 + q"},
         {"exponent", Change::exponent, "q² A replaced by q A"},
         {"gradient", Change::formula, "G without the term c A"}},
        [](Proof& proof, const Variant& variant) {
            const Symbol q = proof.given("q", positive()), y = proof.given("y", any_real());
            const Symbol c = proof.given("c", any_real());
            const Order order(proof);
            const Symbol pi = constant_pi(proof);
            const Symbol phi = proof.function("Phi", between(0, 1), {"q", "y"});
            const Symbol g = proof.function("g", positive(), {"q", "y"});
            const Symbol t = proof.function("1/root", positive(), {"q", "c"});
            const Symbol arcsine = proof.function("arcsin", any_real(), {"q", "c"});
            const Symbol v = Symbol(1) + q;
            const Symbol exponent = -y * y / (Symbol(2) * v);
            const Symbol smoothed = y * phi + q * g;
            const Derivation by_y({{"Phi", g}, {"y", 1}, {"g", g * exponent.derivative("y")}});
            const Derivation by_q(
                {{"Phi", -y / (Symbol(2) * v) * g}, {"q", 1}, {"g", derivative_of_density(g, exponent, v, "q")}});
            const Symbol slope = by_y(smoothed);
            const std::map<std::string, Symbol> middle = {{"y", 0}, {"Phi", Rational(1, 2)}};
            const Symbol density_square = Symbol(1) / (Symbol(2) * pi * v);

            const Symbol square = v * v - c * c;
            const Derivation by_c({{"arcsin", t}, {"c", 1}, {"1/root", c / square * t}});
            const Symbol a = t / (Symbol(2) * pi);
            const Symbol quarter =
                Symbol(variant.pick("constant", Rational(1, 2), Rational(1, 4))) + arcsine / (Symbol(2) * pi);
            const Symbol mixed = variant.pick("sign", Symbol(1) + q, Symbol(1) - q) / v;
            const Symbol dual = variant.pick("exponent", q, q * q) * a + mixed * c * c * a + c * quarter;
            const Symbol last = variant.pick("gradient", Symbol(0), c * a);
            const Symbol dual_slope = by_c(dual);
            prove_closed_dual(
                proof,
                {.smoothed = smoothed,
                 .by_y = by_y,
                 .by_q = by_q,
                 .equation = equation_of_tangents("y", by_y(slope) / (smoothed - y * slope)),
                 .ratio = -(order.n - Symbol(1)) * (q + order.after) / (v * order.after * order.next * (q + order.n)),
                 .starts = {{{{"q", 0}}, y * phi}},
                 .value_square = square_of_linear(smoothed.substitute(middle), "g", density_square),
                 .slope_square = square_of_linear(slope.substitute(middle), "g", density_square),
                 .dual = dual,
                 .gradient = c * a * (q * q / square + mixed * (Symbol(2) + c * c / square)) + last + quarter,
                 .by_c = by_c,
                 .dual_equation = equation_of_tangents("c", by_c(dual_slope) / (dual - c * dual_slope)),
                 .at_zero = {{"c", 0}, {"arcsin", 0}, {"1/root", Symbol(1) / v}}});
        }};
}

/// With Phi = Phi(y/sqrt q) and g = phi(y/sqrt q)/sqrt q its slope: S = (1-alpha)(y Phi + q g) + alpha y. For q -> 0 q
/// g tends to 0 and Phi to 1 (y > 0) or 0 (y < 0). On the other side t = (q^2 - c^2)^{-1/2} and the angle pi -
/// arccos(c/q) with the slope t.
Obligation closed_dual_of_leaky_relu() {
    return {"dual-of-leaky-relu",
            "The dual activation of leaky ReLU of every slope (0 for ReLU) and its derivative, for all orders of the "
            "Hermite series.",
            "F = (1-alpha)^2 (q/2) kappa_1(c/q) + alpha c, G = (1-alpha)^2 kappa_0(c/q)/2 + alpha",
            "Activations",
            {{"constant", Change::constant, "q/2 replaced by q"},
             {"exponent", Change::exponent, "(1-alpha)² replaced by 1-alpha"},
             {"formula", Change::formula, "F without the term alpha c"},
             {"start", Change::formula, "the slope alpha on both sides of 0"},
             {"gradient", Change::constant, "kappa_0/2 replaced by kappa_0"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol q = proof.given("q", positive()), y = proof.given("y", any_real());
                const Symbol c = proof.given("c", any_real());
                const Symbol alpha = proof.given("alpha", any_real());
                const Order order(proof);
                const Symbol pi = constant_pi(proof);
                const Symbol phi = Symbol::symbol("Phi");
                const Symbol g = proof.function("g", positive(), {"q", "y"});
                const Symbol t = proof.function("1/root", positive(), {"q", "c"});
                const Symbol angle = proof.function("pi - arccos(c/q)", positive(), {"q", "c"});
                const Symbol exponent = -y * y / (Symbol(2) * q);
                const Symbol bend = Symbol(1) - alpha;
                const Symbol smoothed = variant.pick("start", Symbol(0), bend) * (y * phi + q * g) + alpha * y;
                const Derivation by_y({{"Phi", g}, {"y", 1}, {"g", g * exponent.derivative("y")}});
                const Derivation by_q(
                    {{"Phi", -y / (Symbol(2) * q) * g}, {"q", 1}, {"g", derivative_of_density(g, exponent, q, "q")}});
                const std::map<std::string, Symbol> middle = {{"y", 0}, {"Phi", Rational(1, 2)}};
                const Symbol density_square = Symbol(1) / (Symbol(2) * pi * q);
                const Symbol square = q * q - c * c;
                // q kappa_1 = (sqrt(q^2-c^2) + c (pi - arccos))/pi.
                const Symbol kappa_1 = (square * t + c * angle) / (pi * q);
                const Symbol factor = variant.pick("exponent", bend, bend * bend);
                const Symbol height = variant.pick("constant", q, q / Symbol(2));
                const Symbol kappa_0 = angle / pi;
                prove_closed_dual(
                    proof, {.smoothed = smoothed,
                            .by_y = by_y,
                            .by_q = by_q,
                            .equation = {"y", {-1, y.numerator(), q.numerator()}},
                            .ratio = -(order.n - Symbol(1)) / (q * order.next * order.after),
                            .starts = {{{{"q", 0}, {"Phi", 1}}, y}, {{{"q", 0}, {"Phi", 0}}, alpha * y}},
                            .value_square = square_of_linear(smoothed.substitute(middle), "g", density_square),
                            .slope_square = square_of_linear(by_y(smoothed).substitute(middle), "g", density_square),
                            .dual = factor * height * kappa_1 + variant.pick("formula", Symbol(0), alpha * c),
                            .gradient = bend * bend * kappa_0 / Symbol(variant.pick("gradient", 1L, 2L)) + alpha,
                            .by_c = Derivation({{"pi - arccos(c/q)", t}, {"c", 1}, {"1/root", c / square * t}}),
                            .dual_equation = {"c", {-1, c.numerator(), square.numerator()}},
                            .at_zero = {{"c", 0}, {"pi - arccos(c/q)", pi / Symbol(2)}, {"1/root", Symbol(1) / q}}});
            }};
}

}  // namespace ntk::proofs
