// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/dual/obligations.hpp"

namespace ntk::proofs {

/// J_p in u = cos x. The induction carries J_p' = p^2 J_{p-1} and (1-u^2) J_{p-1}' = J_p - (2p-1) u J_{p-1}; the
/// recurrence that defines J_{p+1} turns the first into the second for p + 1, and what is left is J_{p+1}' = (p+1)^2
/// J_p. F_p = E[max(0,z)^p max(0,z')^p] has F_p' = p^2 F_{p-1} and F_p(-q) = 0, as z' = -z there; F_0 is an angle
/// ("relu-dual-by-angle"). So F_p = q^p J_p/(2 pi), which has the same derivative and vanishes at u = -1.
Obligation closed_dual_of_relu_powers() {
    return {
        "dual-of-relu-powers",
        "The arc-cosine recurrence gives the dual activation of max(0,z)^p and its derivative for every p.",
        "F = q^p J_p(x)/(2 pi), G = p^2 q^{p-1} J_{p-1}(x)/(2 pi), J_p = (2p-1) cos(x) J_{p-1} + (p-1)^2 sin(x)^2 "
        "J_{p-2}",
        "Activations",
        {{"constant", Change::constant, "2p - 1 replaced by 2p"},
         {"exponent", Change::exponent, "(p-1)² replaced by p - 1"},
         {"start", Change::formula, "J_1 = sin x + (2 pi - x) cos x"},
         {"gradient", Change::exponent, "p² replaced by p in G"}},
        [](Proof& proof, const Variant& variant) {
            using Symbol = RationalFunction;
            const Symbol p = proof.given("p", integer_at_least(1));
            const Symbol q = proof.given("q", positive());
            const Symbol u = proof.given("u", between(-1, 1));
            const Symbol pi = proof.function("pi", positive(), {});
            const Symbol current = proof.function("J_p", real_at_least(0), {"p", "u"});
            const Symbol previous = proof.function("J_{p-1}", real_at_least(0), {"p", "u"});
            const Symbol square = Symbol(1) - u * u;  // of sin x
            // J_{n+1} from J_n and J_{n-1}.
            const auto next = [&](const Symbol& n, const Symbol& last, const Symbol& before) {
                return (Symbol(2) * n + Symbol(variant.pick("constant", 2L, 1L))) * u * last +
                       pow(n, variant.pick("exponent", 1, 2)) * square * before;
            };
            const Symbol factor = pow(p, variant.pick("gradient", 1, 2));
            const Derivation by_cosine({{"u", 1},
                                        {"J_p", factor * previous},
                                        {"J_{p-1}", (current - (Symbol(2) * p - Symbol(1)) * u * previous) / square}});
            proof.identity("induction step", by_cosine(next(p, current, previous)),
                           factor.substitute({{"p", p + Symbol(1)}}) * current);
            // p = 1: J_0 = pi - x with derivative t = 1/sin x in u.
            const Symbol t = proof.function("1/sin x", positive(), {"u"});
            const Symbol angle = proof.function("pi - x", positive(), {"u"});
            const Derivation of_angle({{"u", 1}, {"pi - x", t}, {"1/sin x", u * t / square}});
            const Symbol first = square * t + (angle + variant.pick("start", pi, Symbol(0))) * u;
            proof.identity("J_1' = J_0", of_angle(first), angle);
            proof.identity("(1-u²) J_0' = J_1 - u J_0", square * of_angle(angle), first - u * angle);
            const std::map<std::string, Symbol> opposite = {{"u", -1}, {"J_p", 0}};
            proof.identity("J_{p+1} vanishes at u = -1 with J_p", next(p, current, previous).substitute(opposite), 0);
            // In the covariance c = q u.
            const Symbol power = proof.function("q^{p-1}", positive(), {"p", "q"});
            proof.identity("F' = p² F_{p-1}", power * q * by_cosine(current) / (q * Symbol(2) * pi),
                           p * p * power * previous / (Symbol(2) * pi));
            proof.uses("dual-derivative-rule");
            proof.uses("relu-dual-by-angle");
            proof.uses("mean-value-theorem");
        }};
}

}  // namespace ntk::proofs
