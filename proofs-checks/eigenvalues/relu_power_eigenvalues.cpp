// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/formulas.hpp"
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {

/// By Funk-Hecke twice, F of max(0,z)^p has E[r^{2p}] (lambda_k^{(p)})^2 and G has p^2 E[r^{2p-2}]
/// (lambda_k^{(p-1)})^2. As G = F', rule (1) must hold between them: (2k+d-2) F_k = G_{k-1} - G_{k+1}. It does, for all
/// p, k, d, divided by E[r^{2p-2}] times the square of Gamma(d/2) Gamma(p) 2^{-p}/(Gamma((p-k)/2+1) Gamma((p+k+d)/2)),
/// of which every term is a polynomial multiple.
Obligation relu_power_eigenvalues() {
    return {"relu-power-eigenvalues",
            "The eigenvalues of both dual activations of max(0,z)^p without biases fit each other by the derivative "
            "rule G = F'.",
            "(2k+d-2) E[r^{2p}] (lambda_k^{(p)})^2 = p^2 E[r^{2p-2}] ((lambda_{k-1}^{(p-1)})^2 - "
            "(lambda_{k+1}^{(p-1)})^2)",
            "Closed forms",
            {{"constant", Change::constant, "p^2 replaced by p(p+1)"},
             {"exponent", Change::exponent, "E[r^{2p}] replaced by E[r^{2p+2}]"},
             {"sign", Change::sign, "the difference replaced by the sum"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(1));
                const Polynomial p = proof.given("p", integer_at_least(1));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const auto radial = [&](const Polynomial& power) {
                    return GammaTerm::power(2, power) * GammaTerm::gamma(d * Rational(1, 2) + power);
                };
                const GammaTerm common = GammaTerm::gamma(d * Rational(1, 2)) * GammaTerm::gamma(p) *
                                         GammaTerm::power(2, -p) * GammaTerm::gamma((p - k) * Rational(1, 2) + 1, -1) *
                                         GammaTerm::gamma((p + k + d) * Rational(1, 2), -1);
                const RationalFunction value = quotient(half_moment(k, p, d), common);
                const RationalFunction before = quotient(half_moment(k - 1, p - 1, d), common);
                const RationalFunction next = quotient(half_moment(k + 1, p - 1, d), common);
                for (const RationalFunction& f : {value, before, next})
                    proof.identity("a polynomial multiple", f.denominator(), 1);
                const RationalFunction length =
                    quotient(radial(p + variant.pick("exponent", Polynomial(1), Polynomial())), radial(p - 1));
                const RationalFunction last = variant.pick("sign", Rational(-1), Rational(1)) * next * next;
                proof.identity("G = F'", RationalFunction(2 * k + d - 2) * length * value * value,
                               RationalFunction(p * (p + variant.pick("constant", Polynomial(1), Polynomial()))) *
                                   (before * before - last));
                proof.uses("half-moments");
                proof.uses("radial-moments");
                proof.uses("coefficient-neighbours");
                proof.uses("funk-hecke");
            }};
}

}  // namespace ntk::proofs
