// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/formulas.hpp"
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {

/// z = K/2, K = k + (d-2)/2 = 2z: the arguments of Gamma are z - d/4 and z + d/4 + 1, and z^{d/2+1}
/// Gamma(z-d/4)/Gamma(z
/// + d/4 + 1) tends to 1. So does k(k+d-2)+d+1 over K^2, from which it differs by a constant.
Obligation relu_decay_form() {
    return {"relu-decay-form",
            "Eigenvalues of ReLU without biases, of even degree, decay like C(d) K^{-d}, K = k + (d-2)/2.",
            "mu_k = C(d) K^{-d} [z^{d/2+1} Gamma(z-d/4)/Gamma(z+d/4+1)]^2 (k(k+d-2)+d+1)/K^2, z = K/2, C(d) = 2^{d-2} "
            "Gamma(d/2)^2/pi^2",
            "Decay and parity",
            {{"constant", Change::constant, "2^{d-2} replaced by 2^{d-1} in C(d)"},
             {"exponent", Change::exponent, "pi^2 replaced by pi in C(d)"},
             {"centre", Change::formula, "K = k + (d-2)/2 replaced by k + (d-1)/2"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial z = proof.given("z", positive());
                const Polynomial d = proof.given("d", integer_at_least(2));
                const Polynomial quarter = d * Rational(1, 4);
                const Polynomial offset = d * Rational(1, 2) - Polynomial(1) +
                                          Polynomial(variant.pick("centre", Rational(1, 2), Rational(0)));
                const Polynomial k = 2 * z - offset;
                GammaTerm constant = decay_constant(d);
                if (variant.is("constant")) constant *= 2L;
                if (variant.is("exponent")) constant *= GammaTerm::pi_power(2);
                const Polynomial n = laplace_eigenvalue(k, d) + d + 1;
                // K^{-d} z^{d+2} K^{-2} = 2^{-(d+2)}.
                proof.gamma_identity("mu_k/C(d)", relu_eigenvalue(k, d) / constant,
                                     GammaTerm::power(2, -d - 2) * GammaTerm(RationalFunction(n)) *
                                         GammaTerm::gamma(z - quarter, 2) * GammaTerm::gamma(z + quarter + 1, -2));
                const Polynomial centre = k + d * Rational(1, 2) - Polynomial(1);
                proof.identity("k(k+d-2)+d+1 - K² does not depend on k", n - centre * centre,
                               d + 1 - pow(d * Rational(1, 2) - Polynomial(1), 2));
                proof.uses("relu-even-eigenvalues");
                proof.uses("gamma-ratio-limit");
            }};
}

/// 1/Gamma(1/2-i)^2 = Gamma(i+1/2)^2/pi^2 for k = 2i+1; then with z = K/2 the arguments of Gamma are z - (d-2)/4 and z
/// + (d+2)/4.
Obligation step_decay_form() {
    return {"step-decay-form",
            "What trained biases that start at zero add to ReLU in odd degrees decays like the same C(d) K^{-d}.",
            "(lambda_k^{(0)})^2 = C(d) K^{-d} [z^{d/2} Gamma(z-(d-2)/4)/Gamma(z+(d+2)/4)]^2, k odd, z = K/2",
            "Decay and parity",
            {{"constant", Change::constant, "2^{d-2} replaced by 2^{d-1} in C(d)"},
             {"exponent", Change::exponent, "K^{-d} replaced by K^{-d-1} (2^{-d} by 2^{-d-1})"},
             {"centre", Change::formula, "K = k + (d-2)/2 replaced by k + (d-1)/2"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial z = proof.given("z", positive());
                const Polynomial i = proof.given("i", integer_at_least(0));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const GammaTerm singular = GammaTerm::gamma(Polynomial(Rational(1, 2)) - i, -2);
                const GammaTerm reflected = GammaTerm::gamma(i + Rational(1, 2), 2) * GammaTerm::pi_power(-4);
                proof.same_recurrence("1/Gamma(1/2-i)² = Gamma(i+1/2)²/pi²", singular.ratio("i", 1),
                                      reflected.ratio("i", 1), {singular.substitute({{"i", 0}})},
                                      {reflected.substitute({{"i", 0}})});
                const GammaTerm moment = half_moment(2 * i + 1, 0, d);
                proof.gamma_identity("(lambda_k^{(0)})²", moment * moment / singular,
                                     step_eigenvalue(2 * i + 1, d) / reflected);
                const Polynomial offset = d * Rational(1, 2) - Polynomial(1) +
                                          Polynomial(variant.pick("centre", Rational(1, 2), Rational(0)));
                GammaTerm constant = decay_constant(d);
                if (variant.is("constant")) constant *= 2L;
                proof.gamma_identity("divided by C(d)", step_eigenvalue(2 * z - offset, d) / constant,
                                     GammaTerm::power(2, -d - Polynomial(variant.pick("exponent", 1L, 0L))) *
                                         GammaTerm::gamma(z - (d - 2) * Rational(1, 4), 2) *
                                         GammaTerm::gamma(z + (d + 2) * Rational(1, 4), -2));
                proof.uses("half-moments");
                proof.uses("gamma-ratio-limit");
            }};
}

}  // namespace ntk::proofs
