// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/activation.hpp"
#include "proofs-checks/constants/line_function.hpp"
#include "proofs-checks/constants/obligations.hpp"

namespace ntk::proofs {
namespace {

/// T = tanh(rate z), so T' = rate (1 - T^2): all derivatives are polynomials in T, which lies in [-1,1]. The line has
/// become compact. W is the root of 1/3, at which T(1-T^2) is largest.
struct HyperbolicTangent {
    HyperbolicTangent(Proof& proof, Polynomial rate_given)
        : t(proof.given("T", between(-1, 1))),
          w(proof.function("sqrt(1/3)", real_at_least(Rational(1, 2)), {})),
          rate(std::move(rate_given)) {}

    Polynomial t, w, rate;

    std::vector<Polynomial> derivatives(const Polynomial& sigma) const {
        return five_derivatives(
            sigma, Derivation({{"T", RationalFunction(rate) * (RationalFunction(1) - RationalFunction(t * t))}}));
    }

    /// T' <= rate, at T = 0.
    void bound_slope(Proof& proof, const Polynomial& slope, const Polynomial& bound) const {
        const Polynomial scale = bound;
        proof.sum_of_squares("the first derivative of T is at most its value at 0", bound - slope, {{scale, t}});
        proof.identity("and is this value there", slope.substitute({{"T", 0}}), bound);
        proof.nonnegative("and is not negative", slope);
    }
    /// T'' = -2 rate^2 T (1-T^2), so |T''| <= (4/3) rate^2 W: with any W for the root of 1/3 the gap is
    /// 2 rate^2 (T -+ W)^2 (2W +- T) up to a multiple of W^2 - 1/3.
    void bound_curvature(Proof& proof, const Polynomial& curvature, const Polynomial& bound,
                         const Polynomial& height) const {
        for (const long sign : {1L, -1L}) {
            const Polynomial side = Polynomial(sign) * t;
            const Polynomial at_w = Polynomial(2) * height * (w - side) * (w - side) * (Polynomial(2) * w + side);
            proof.identity(
                "the gap of the second derivative of T",
                bound + Polynomial(sign) * curvature +
                    height * (w * w - Polynomial(Rational(1, 3))) * (Polynomial(4) * w - Polynomial(6) * side),
                at_w);
            proof.sum_of_squares("is not negative", at_w,
                                 {{Polynomial(2) * height * (Polynomial(2) * w + side), w - side}});
        }
        // -T'' at T = W, up to a multiple of W^2 - 1/3.
        proof.identity("and vanishes at T = W", -curvature.substitute({{"T", w}}) - bound,
                       Polynomial(-2) * height * w * (w * w - Polynomial(Rational(1, 3))));
    }
    /// T''' = -2 rate^3 (1-T^2)(1-3T^2), so |T'''| <= 2 rate^3, at T = 0.
    void bound_third(Proof& proof, const Polynomial& third, const Polynomial& bound) const {
        const Polynomial cube = Polynomial(2) * pow(rate, 3);
        const Polynomial square = t * t;
        proof.sum_of_squares("the third derivative of T is at least its value at 0", bound + third,
                             {{cube * (Polynomial(4) - Polynomial(3) * square), t}});
        proof.sum_of_squares(
            "and at most the opposite", bound - third,
            {{Polynomial(3) * cube, square - Polynomial(Rational(2, 3))}, {Polynomial(Rational(2, 3)) * cube, 1}});
        proof.identity("and is this value there", third.substitute({{"T", 0}}), -bound);
    }
};

}  // namespace

/// sigmoid is (1 + T)/2 with rate 1/2.
Obligation constants_of_tanh_and_sigmoid() {
    return {"constants-of-tanh-sigmoid",
            "The constants of tanh and sigmoid in the library are bounds over the whole line, and exceed the suprema "
            "by less than 2^-40 of them.",
            "tanh: 1, 4/(3 sqrt 3), 2; sigmoid: 1/4, 1/(6 sqrt 3), 1/8; sup |sigma| = 1, c_0 = 0 and 1/2",
            "Activations",
            {{"constant", Change::constant, "4/(3 sqrt 3) replaced by 1/sqrt 3"},
             {"sign", Change::sign, "T' = rate (1 + T²)"},
             {"exponent", Change::exponent, "the bound of the third derivative with rate² in the place of rate³"}},
            [](Proof& proof, const Variant& variant) {
                const HyperbolicTangent tangent(proof, proof.given("rate", positive()));
                const Polynomial& rate = tangent.rate;
                std::vector<Polynomial> all = tangent.derivatives(tangent.t);
                if (variant.is("sign")) all[1] = rate * (Polynomial(1) + tangent.t * tangent.t);
                const Polynomial square = rate * rate;
                tangent.bound_slope(proof, all[1], rate);
                const Rational height = variant.pick("constant", Rational(1), Rational(4, 3));
                tangent.bound_curvature(proof, all[2], Polynomial(height) * square * tangent.w, square);
                tangent.bound_third(proof, all[3], Polynomial(2) * variant.pick("exponent", square, square * rate));
                proof.in_cases("activation", {"tanh", "sigmoid"}, [&](const std::string& name) {
                    const ActivationConstants constants = make_activation(name)->constants();
                    const bool is_tanh = name == "tanh";
                    const Rational factor = is_tanh ? Rational(1) : Rational(1, 2);  // of T, and its rate
                    proof.number("L_1", exact(constants.L1), factor * factor);
                    const Rational second = Rational(4, 3) * factor * factor * factor;
                    prove_root(proof, "L_2", exact(constants.L2), second * second / 3);
                    proof.number("L_3", exact(constants.L3), 2 * factor * factor * factor * factor);
                    proof.number("c_0", exact(constants.c0), is_tanh ? Rational(0) : Rational(1, 2));
                    const Polynomial value =
                        is_tanh ? tangent.t : (Polynomial(1) + tangent.t) * Polynomial(Rational(1, 2));
                    proof.nonnegative("sigma <= c_infinity", Polynomial(exact(constants.c_infinity)) - value);
                    proof.nonnegative("-sigma <= c_infinity", Polynomial(exact(constants.c_infinity)) + value);
                    proof.identity("c_infinity is the limit, T = 1", value.substitute({{"T", 1}}),
                                   exact(constants.c_infinity));
                });
            }};
}

/// sigma' = (1 + T)/2 with rate beta/2, and sigma(0) = log(2)/beta. sigma - z/2 has the derivative T/2 >= 0 for z >= 0.
Obligation constants_of_softplus() {
    return {"constants-of-softplus",
            "The suprema of the derivatives of softplus, for every beta.",
            "sup sigma' = 1, sup sigma'' = beta/4, sup |sigma'''| = beta^2/(6 sqrt 3), sigma unbounded",
            "Activations",
            {{"constant", Change::constant, "beta/4 replaced by beta/5"},
             {"exponent", Change::exponent, "beta² replaced by beta in the third"},
             {"rate", Change::hypothesis, "T = tanh(beta z) in the place of tanh(beta z/2)"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial beta = proof.given("beta", positive());
                const HyperbolicTangent tangent(proof,
                                                Polynomial(variant.pick("rate", Rational(1), Rational(1, 2))) * beta);
                const Polynomial half = Rational(1, 2);
                const Polynomial slope = half * (Polynomial(1) + tangent.t);
                proof.nonnegative("sigma' <= 1", Polynomial(1) - slope);
                proof.nonnegative("sigma' >= 0", slope);
                proof.identity("sigma' tends to 1, T = 1", slope.substitute({{"T", 1}}), 1);
                const std::vector<Polynomial> all = tangent.derivatives(slope);
                tangent.bound_slope(proof, all[1],
                                    Polynomial(variant.pick("constant", Rational(1, 5), Rational(1, 4))) * beta);
                const Polynomial power = variant.pick("exponent", beta, beta * beta);
                tangent.bound_curvature(proof, all[2], Polynomial(Rational(1, 6)) * power * tangent.w,
                                        Polynomial(Rational(1, 8)) * beta * beta);
                // For z >= 0, T = x/(1+x) with x >= 0.
                const Polynomial x = proof.given("x", real_at_least(0));
                proof.nonnegative(
                    "no bound: sigma(z) - z/2 does not decrease for z >= 0",
                    RationalFunction(slope - half).substitute({{"T", RationalFunction(x, Polynomial(1) + x)}}));
                proof.uses("mean-value-theorem");
            }};
}

/// z/(1+e^{-z}) = z s. For z = tau >= 8, s is 1 - e, and for z = -tau it is e = 1/(1+e^tau) <= 1/100, which falls.
Obligation constants_of_silu() {
    return {"constants-of-silu",
            "The constants of SiLU in the library are bounds over the whole line, and exceed the suprema by less than "
            "2^-40 of them.",
            "sup |sigma'| <= L_1, sup |sigma''| <= L_2, sup |sigma'''| <= L_3; c_0 = 0, sigma unbounded",
            "Activations",
            {{"small", Change::constant, "L_1 smaller by a factor 1 - 2^-30"},
             {"large", Change::constant, "L_3 larger by a factor 1 + 2^-30"},
             {"sign", Change::sign, "s' = s (1 + s)"},
             {"tail", Change::hypothesis, "the tails without e <= 1/100"}},
            [](Proof& proof, const Variant& variant) {
                using Symbol = RationalFunction;
                proof.given("z", any_real());
                const Symbol tau = proof.given("tau", real_at_least(8));
                const Rational most = variant.pick("tail", Rational(1), Rational(1, 100));
                const Symbol e = proof.function("1/(1+e^tau)", between(0, most), {"tau"});
                const Symbol z = Symbol::symbol("z"), s = Symbol::symbol("s");
                LineFunction function;
                const Symbol change = variant.pick("sign", s + s * s, s - s * s);
                function.derivatives = five_derivatives(z * s, Derivation({{"z", 1}, {"s", change}}));
                function.symbols = [](const Ball& at) { return BallPoint{{"z", at}, {"s", 1 / (1 + exp(-at))}}; };
                function.right = {{"z", tau}, {"s", Symbol(1) - e}};
                function.left = {{"z", -tau}, {"s", e}};
                function.far = 8;
                proof.nonnegative("1/(1+e^tau) does not increase", (e - e * e).numerator());
                proof.enclosure(
                    "1/(1+e^tau) is at most 1/100 at the far end", Box{{"tau", {8, 8}}},
                    [](const BallPoint& point) { return Ball(Rational(1, 100), 64) - 1 / (1 + exp(point.at("tau"))); });
                const ActivationConstants constants = make_activation("silu")->constants();
                const Rational nudge(1, 1L << 30);
                const Rational first = parse_rational("2.39935728052"), third = parse_rational("1.03195824178");
                prove_supremum(proof, function, 1,
                               exact(constants.L1) * variant.pick("small", Rational(1 - nudge), Rational(1)),
                               {{first, 1}});
                prove_supremum(proof, function, 2, exact(constants.L2), {{0, 1}});
                prove_supremum(proof, function, 3,
                               exact(constants.L3) * variant.pick("large", Rational(1 + nudge), Rational(1)),
                               {{-third, 1}, {third, -1}});
                proof.number("c_0", exact(constants.c0), 0);
                const Symbol x = proof.given("x", real_at_least(0));
                // e <= 1/2 on the right.
                proof.nonnegative("no bound: sigma(x) >= x/2 for x >= 0", x * (Symbol(1) - e) - x / Symbol(2));
            }};
}

}  // namespace ntk::proofs
