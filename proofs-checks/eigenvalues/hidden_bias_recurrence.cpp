// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {

/// S^2 h' = (t+V) h with S^2 = (1-t)(1+2V+t), h = 1/S, is (1+2V+t) p = (t+V) h for p = (1-t) h'. The sum of the
/// coefficients of degree j and j+1 of both sides, with multiplication by t and, for e_j = p_j + p_{j+1}, the sum rule,
/// all in dimension d+2.
Obligation hidden_bias_recurrence() {
    return {
        "hidden-bias-recurrence",
        "A four-term recurrence in the degree for the coefficients of the arc cosine with a hidden bias of variance "
        "V.",
        "n(j+d+1)^2 h_{j+2} + B h_{j+1} + C h_j = (n+2) j^2 h_{j-1}, n = 2j+d, B and C of closed-forms.md (5)",
        "closed-forms.md, The recurrence",
        {{"constant", Change::constant, "V n(n+2) replaced by 2V n(n+2) in B"},
         {"exponent", Change::exponent, "(j+d+1)^2 replaced by (j+d+1)"},
         {"sign", Change::sign, "- n(j+1) replaced by + n(j+1) in C"}},
        [](Proof& proof, const Variant& variant) {
            const RationalFunction j = proof.given("j", integer_at_least(0));
            const RationalFunction d = proof.given("d", integer_at_least(2));
            const RationalFunction v = proof.given("V", positive());
            const RationalFunction t = proof.given("t", any_real());
            std::vector<RationalFunction> h;
            for (const char* name : {"h_{j-1}", "h_j", "h_{j+1}", "h_{j+2}"})
                h.emplace_back(proof.function(name, any_real(), {"j", "d", "V"}));
            const RationalFunction one = 1;
            const RationalFunction two = 2;
            const RationalFunction square = (one - t) * (one + two * v + t);
            // h' = (1/S)' = h S^2 (1/S^2)'/2.
            proof.identity("S² h' = (t+V) h", square * square * (one / square).derivative("t") / two, t + v);
            const RationalFunction n = two * j + d;
            const auto alpha = [&](const RationalFunction& shift) { return (j + shift + d) / (n + two * shift); };
            const auto beta = [&](const RationalFunction& shift) { return (j + shift) / (n + two * shift); };
            const RationalFunction before = (j + d) * h[1] - (j - one) * h[0];
            const RationalFunction here = (j + d + one) * h[2] - j * h[1];
            const RationalFunction after = (j + d + two) * h[3] - (j + one) * h[2];
            const RationalFunction left =
                beta(0) * before + (one + two * v + beta(1) - beta(0)) * here + alpha(1) * after;
            const RationalFunction right =
                beta(0) * h[0] + (v + beta(1)) * h[1] + (v + alpha(0)) * h[2] + alpha(1) * h[3];
            const RationalFunction s = (one + two * v) * n * (n + two) + d;
            const RationalFunction top = pow(j + d + one, variant.pick("exponent", 1, 2));
            const RationalFunction b = s * (j + d + one) - n * (j + one) * (j + d + one) - (n + two) * (j + d) -
                                       RationalFunction(variant.pick("constant", 2L, 1L)) * v * n * (n + two);
            const RationalFunction c =
                -s * j + (n + two) * j * (j + d) + variant.pick("sign", n, -n) * (j + one) - v * n * (n + two);
            proof.identity("n(n+2) times the equation", n * (n + two) * (left - right),
                           n * top * h[3] + b * h[2] + c * h[1] - (n + two) * j * j * h[0]);
            proof.positive("h_{j+2} has a factor > 0", n * top);
            proof.uses("coefficient-sum-rule");
            proof.uses("t-multiplication");
        }};
}

/// From d to d+2 by rule (2). y = arccos u has y_k = -h_{k-1}/d for k >= 1 (rule 4), and Phi' = -y gives Phi_2 = (y_3 -
/// y_1)/(d+2) (rule 1).
Obligation hidden_bias_climb() {
    return {"hidden-bias-climb",
            "The first coefficients of the recurrence climb in dimension by steps of two.",
            "y_0 -> y_0 + h_1/d, Phi_0 -> Phi_0 + (h_2-h_0)/(d(d+2)), h_0 -> h_0 - h_2, h_1 -> (d+2)/(d+4) (h_1-h_3)",
            "closed-forms.md, The climb and its start",
            {{"constant", Change::constant, "(d+2)/(d+4) replaced by d/(d+2)"},
             {"sign", Change::sign, "+ h_1/d replaced by - h_1/d"},
             {"formula", Change::formula, "h_2 - h_0 replaced by h_2 in Phi_0"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction d = proof.given("d", integer_at_least(2));
                std::vector<RationalFunction> h;
                for (const char* name : {"h_0", "h_1", "h_2", "h_3"})
                    h.emplace_back(proof.function(name, any_real(), {"d"}));
                const RationalFunction y_0 = proof.function("y_0", any_real(), {"d"});
                const RationalFunction phi_0 = proof.function("Phi_0", any_real(), {"d"});
                const RationalFunction two = 2;
                const auto climb = [&](const RationalFunction& dim, long k, const RationalFunction& f,
                                       const RationalFunction& f_two_on) {
                    return dim / (RationalFunction(2 * k) + dim) * (f - f_two_on);
                };
                const auto y = [&](std::size_t k) { return -h[k - 1] / d; };
                const RationalFunction phi_2 = (y(3) - y(1)) / (d + two);
                proof.identity("y_0", climb(d, 0, y_0, y(2)),
                               y_0 + variant.pick("sign", Rational(-1), Rational(1)) * h[1] / d);
                const RationalFunction dropped = variant.pick("formula", RationalFunction(), h[0]);
                proof.identity("Phi_0", climb(d, 0, phi_0, phi_2), phi_0 + (h[2] - dropped) / (d * (d + two)));
                // h belongs to dimension d+2.
                proof.identity("h_0", climb(d + two, 0, h[0], h[2]), h[0] - h[2]);
                const RationalFunction low = variant.pick("constant", d, d + two);
                proof.identity("h_1", climb(d + two, 1, h[1], h[3]), low / (low + two) * (h[1] - h[3]));
                proof.positive("d > 0", d);
                // S' = -(t+V)/S and y' = -1/S; F = (S + (t+V)(pi - y))/(2 pi).
                const RationalFunction t = proof.given("t", any_real());
                const RationalFunction v = proof.given("V", real_at_least(0));
                const RationalFunction root = proof.function("S", any_real(), {"t", "V"});
                const RationalFunction angle = proof.function("arccos u", any_real(), {"t", "V"});
                const RationalFunction one = 1;
                const Derivation by_t({{"t", 1}, {"S", -(t + v) / root}, {"arccos u", -one / root}});
                const RationalFunction square = (one - t) * (one + two * v + t);
                proof.identity("(S²)' = 2 S S'", by_t(root * root), square.derivative("t"));
                proof.identity("S' = (t+V) (arccos u)'", by_t(root), (t + v) * by_t(angle));
                proof.identity("Phi' = -arccos u", by_t(root - (t + v) * angle), -angle);
                proof.uses("coefficient-neighbours");
                proof.uses("coefficient-by-derivative");
            }};
}

}  // namespace ntk::proofs
