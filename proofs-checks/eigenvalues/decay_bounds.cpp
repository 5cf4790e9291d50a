// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/formulas.hpp"
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {
namespace {

/// One parity of the bounds. r_k = mu_k K^d/C(d), K = k + (d-2)/2, and s_k = 1 + 2b/K^2 tend to 1 as the real number k
/// grows, so f = log(r_{k+2}/r_k) and g = f - log(s_{k+2}/s_k) tend to 0. Their derivatives are rational functions of k
/// and d. That of f is >= 0 from `first` on: f <= 0, r_k does not increase, r_k >= 1. That of g is <= 0 from 3 + d^2/6
/// on: g >= 0, r_k/s_k does not decrease, r_k <= s_k.
struct DecayBounds {
    GammaTerm (*eigenvalue)(const Polynomial&, const Polynomial&);
    long first;
    RationalFunction excess;  ///< b as a function of d

    void check(Proof& proof, const Variant& variant) const {
        const RationalFunction i = proof.given("i", real_at_least(0));
        const RationalFunction d = proof.given("d", real_at_least(2));
        const RationalFunction k = RationalFunction::symbol("k");
        const RationalFunction two = 2;
        const RationalFunction centre = k + d / two - RationalFunction(1);
        const RationalFunction ratio = eigenvalue(Polynomial::symbol("k"), Polynomial::symbol("d")).ratio("k", 2);
        const auto log_slope = [](const RationalFunction& x) { return x.derivative("k") / x; };
        const RationalFunction power = d + RationalFunction(variant.pick("exponent", 1L, 0L));
        const RationalFunction f = log_slope(ratio) + power * log_slope((centre + two) / centre);
        const RationalFunction sign = variant.pick("sign", -1L, 1L);
        proof.nonnegative("log(r_{k+2}/r_k) does not decrease in k",
                          sign * f.substitute({{"k", i + RationalFunction(first)}}));
        const RationalFunction b = RationalFunction(variant.pick("constant", Rational(1, 2), Rational(2))) * excess;
        const RationalFunction s = RationalFunction(1) + b / (centre * centre);
        const RationalFunction g = f - log_slope(s.shift("k", 2) / s);
        const RationalFunction late = RationalFunction(3) + d * d / RationalFunction(6);
        const RationalFunction start = variant.is("start") ? RationalFunction(first) : late;
        proof.nonnegative("log(r_{k+2} s_k/(r_k s_{k+2})) does not increase in k", -g.substitute({{"k", i + start}}));
        proof.nonnegative("b >= 0, so s_k is positive", excess);
        proof.uses("gamma-ratio-limit");
        proof.uses("mean-value-theorem");
    }
};

}  // namespace

Obligation relu_decay_bounds() {
    return {"relu-decay-bounds",
            "Two-sided bounds of the eigenvalues of ReLU without biases, for all even k from an explicit one on.",
            "C(d) K^{-d} <= mu_k for even k >= 2, mu_k <= C(d) K^{-d} (1 + 2b/K^2) for even k >= 3 + d^2/6, with a = "
            "d/2+1, b = "
            "a(a^2-1)/3 + d+1 - (d-2)^2/4",
            "Decay and parity",
            {{"constant", Change::constant, "2b replaced by b/2"},
             {"exponent", Change::exponent, "K^{-d} replaced by K^{-d-1}"},
             {"sign", Change::sign, "claims mu_k <= C(d) K^{-d}"},
             {"start", Change::hypothesis, "k >= 3 + d^2/6 dropped: k >= 2"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial d = Polynomial::symbol("d");
                const Polynomial a = d * Rational(1, 2) + 1;
                const DecayBounds bounds{relu_eigenvalue, 2,
                                         a * (a * a - 1) * Rational(1, 3) + d + 1 - (d - 2) * (d - 2) * Rational(1, 4)};
                bounds.check(proof, variant);
                proof.uses("relu-decay-form");
                proof.uses("relu-two-steps");
            }};
}

Obligation step_decay_bounds() {
    return {
        "step-decay-bounds",
        "Two-sided bounds of what trained biases that start at zero add to ReLU, for all odd k from an explicit one "
        "on.",
        "C(d) K^{-d} <= (lambda_k^{(0)})^2 for odd k >= 1, and <= C(d) K^{-d} (1 + 2b/K^2) for odd k >= 3 + d^2/6, "
        "with b = "
        "(d/2)(d^2/4-1)/3",
        "Decay and parity",
        {{"constant", Change::constant, "2b replaced by b/2"},
         {"exponent", Change::exponent, "K^{-d} replaced by K^{-d-1}"},
         {"sign", Change::sign, "claims that C(d) K^{-d} is an upper bound"},
         {"start", Change::hypothesis, "k >= 3 + d^2/6 dropped: k >= 1"}},
        [](Proof& proof, const Variant& variant) {
            const Polynomial d = Polynomial::symbol("d");
            const DecayBounds bounds{step_eigenvalue, 1,
                                     d * Rational(1, 2) * (d * d * Rational(1, 4) - 1) * Rational(1, 3)};
            bounds.check(proof, variant);
            proof.uses("step-decay-form");
        }};
}

}  // namespace ntk::proofs
