// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/dual/obligations.hpp"

namespace ntk::proofs {

/// In polar coordinates of the plane of the pair, z = sqrt(q) r cos(a), z' = sqrt(q) r cos(a - angle), both positive
/// for angle - pi/2 < a < pi/2, with density r e^{-r^2/2}/(2 pi). The inner integrals have antiderivatives. cos and sin
/// of a are (1-s^2)/(1+s^2) and 2s/(1+s^2), s = tan(a/2), so that cos^2 + sin^2 = 1 holds by itself; likewise for the
/// angle.
Obligation relu_dual_by_angle() {
    return {"relu-dual-by-angle",
            "The integrals of the dual activation of ReLU and of its derivative, done in polar coordinates.",
            "F = q (sin x + (pi-x) cos x)/(2 pi), G = (pi-x)/(2 pi) at the angle x",
            "Activations",
            {{"constant", Change::constant, "F replaced by 2F"},
             {"sign", Change::sign, "+ sin x replaced by - sin x"},
             {"exponent", Change::exponent, "r³ replaced by r² in the radial integral"}},
            [](Proof& proof, const Variant& variant) {
                using Symbol = RationalFunction;
                const Symbol q = proof.given("q", positive());
                const Symbol x = proof.given("x", any_real());
                const Symbol s = proof.given("s", any_real());
                const Symbol r = proof.given("r", real_at_least(0));
                const Symbol pi = proof.function("pi", positive(), {});
                const Symbol a = Symbol::symbol("a");
                const Symbol tangent = proof.function("tan(x/2)", any_real(), {"x"});
                const Symbol bell = proof.function("e^{-r²/2}", between(0, 1), {"r"});
                const auto cosine = [](const Symbol& half) {
                    return (Symbol(1) - half * half) / (Symbol(1) + half * half);
                };
                const auto sine = [](const Symbol& half) { return Symbol(2) * half / (Symbol(1) + half * half); };
                const Symbol cos_x = cosine(tangent), sin_x = sine(tangent);
                // a cos(x)/2 + sin(2a - x)/4 is an antiderivative of cos(a) cos(a - x).
                const auto antiderivative = [&](const Symbol& at, const Symbol& cos_a, const Symbol& sin_a) {
                    return at * cos_x / Symbol(2) +
                           (Symbol(2) * sin_a * cos_a * cos_x - (cos_a * cos_a - sin_a * sin_a) * sin_x) / Symbol(4);
                };
                const Derivation by_angle({{"a", 1}, {"s", (Symbol(1) + s * s) / Symbol(2)}});
                proof.identity("the integral over the angle", by_angle(antiderivative(a, cosine(s), sine(s))),
                               cosine(s) * (cosine(s) * cos_x + sine(s) * sin_x));
                const Symbol over_angle =
                    antiderivative(pi / Symbol(2), 0, 1) - antiderivative(x - pi / Symbol(2), sin_x, -cos_x);
                const Derivation by_radius({{"r", 1}, {"e^{-r²/2}", -r * bell}});
                const Symbol radial = -(r * r + Symbol(2)) * bell;
                proof.identity("the integral over the radius", by_radius(radial),
                               variant.pick("exponent", r * r, r * r * r) * bell);
                const Symbol over_radius = -radial.substitute({{"r", 0}, {"e^{-r²/2}", 1}});
                const Symbol sine_part = variant.pick("sign", -sin_x, sin_x);
                const Symbol claimed =
                    Symbol(variant.pick("constant", 2L, 1L)) * q * (sine_part + (pi - x) * cos_x) / (Symbol(2) * pi);
                proof.identity("F", q * over_radius * over_angle / (Symbol(2) * pi), claimed);
                proof.identity("the radial integral of G", by_radius(-bell), r * bell);
                proof.identity("G", (pi / Symbol(2) - (x - pi / Symbol(2))) / (Symbol(2) * pi),
                               (pi - x) / (Symbol(2) * pi));
            }};
}

}  // namespace ntk::proofs
