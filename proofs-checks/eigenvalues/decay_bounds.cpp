// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/formulas.hpp"
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {
namespace {

/// One parity of the bounds: with r_k = mu_k K^d/C(d), K = k + (d-2)/2, which tends to 1,
/// - r_{k+2} <= r_k from the first k on, so r_k >= 1;
/// - r_{k+2}/r_k >= s_{k+2}/s_k with s_k = 1 + b/K^2 from the second start on, so r_k/s_k rises to 1, r_k <= s_k.
struct DecayBounds {
    GammaTerm (*eigenvalue)(const Polynomial&, const Polynomial&);
    long first;
    /// b for dimension d.
    RationalFunction (*excess)(const Rational&);
    std::function<long(long)> second_start = [](long dim) { return 2 * dim; };

    void check(Proof& proof, const Variant& variant) const {
        const Polynomial i = proof.given("i", real_at_least(0));
        proof.on_range("d", 2, proof.limits().max_dim, [&](long dim) {
            const Rational shift(dim - 2, 2);
            const auto growth = [&](const Polynomial& k) {
                const RationalFunction centre = k + shift;
                const RationalFunction ratio = eigenvalue(Polynomial::symbol("k"), dim).ratio("k", 2);
                const auto power = static_cast<int>(dim + variant.pick("exponent", 1L, 0L));
                return ratio.substitute({{"k", k}}) * pow((centre + RationalFunction(2)) / centre, power);
            };
            const Polynomial low = i + first;
            proof.nonnegative("r_{k+2} <= r_k",
                              variant.pick("sign", Rational(-1), Rational(1)) * (RationalFunction(1) - growth(low)));
            const RationalFunction b =
                variant.pick("constant", RationalFunction(Rational(1, 4)), RationalFunction(1)) * excess(dim);
            const Polynomial high = i + second_start(dim);
            const auto comparison = [&](const RationalFunction& centre) {
                return RationalFunction(1) + b / (centre * centre);
            };
            const RationalFunction centre = high + shift;
            proof.nonnegative("r_{k+2}/r_k >= s_{k+2}/s_k",
                              growth(high) - comparison(centre + RationalFunction(2)) / comparison(centre));
        });
        proof.uses("gamma-ratio-limit");
    }
};

}  // namespace

Obligation relu_decay_bounds() {
    return {
        "relu-decay-bounds",
        "Two-sided bounds of the eigenvalues of ReLU without biases, for all even k from an explicit one on.",
        "C(d) K^{-d} <= mu_k for even k >= 2, mu_k <= C(d) K^{-d} (1 + 2b/K^2) for even k >= 2d, with a = d/2+1, b = "
        "a(a^2-1)/3 + d+1 - (d-2)^2/4",
        "Decay and parity",
        {{"constant", Change::constant, "2b replaced by b/2"},
         {"exponent", Change::exponent, "K^{-d} replaced by K^{-d-1}"},
         {"sign", Change::sign, "claims mu_k <= C(d) K^{-d}"},
         {"start", Change::hypothesis, "k >= 2d dropped: k >= 2"}},
        [](Proof& proof, const Variant& variant) {
            DecayBounds bounds{
                relu_eigenvalue, 2, [](const Rational& d) {
                    const Rational a = d / 2 + 1;
                    return RationalFunction(Rational(2 * (a * (a * a - 1) / 3 + d + 1 - (d - 2) * (d - 2) / 4)));
                }};
            if (variant.is("start")) bounds.second_start = [](long) { return 2L; };
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
        "C(d) K^{-d} <= (lambda_k^{(0)})^2 for odd k >= 1, and <= C(d) K^{-d} (1 + 2b/K^2) for odd k >= 2d, with b = "
        "(d/2)(d^2/4-1)/3",
        "Decay and parity",
        {{"constant", Change::constant, "2b replaced by b/2"},
         {"exponent", Change::exponent, "K^{-d} replaced by K^{-d-1}"},
         {"sign", Change::sign, "claims that C(d) K^{-d} is an upper bound"}},
        [](Proof& proof, const Variant& variant) {
            const DecayBounds bounds{step_eigenvalue, 1, [](const Rational& d) {
                                         return RationalFunction(Rational(2 * (d / 2) * (d * d / 4 - 1) / 3));
                                     }};
            bounds.check(proof, variant);
            proof.uses("step-decay-form");
        }};
}

}  // namespace ntk::proofs
