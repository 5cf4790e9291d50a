// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/formulas.hpp"
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {

/// mu_k = E[r^2] (lambda_k^{(1)})^2 + ((k+d-2)(lambda_{k+1}^{(0)})^2 + k (lambda_{k-1}^{(0)})^2)/(2k+d-2): Funk-Hecke
/// twice for a neuron of length r, E over r, and multiplication by t. k = 2i; 1/Gamma(3/2-i)^2 = Gamma(i-1/2)^2/pi^2 as
/// both have one recurrence in i.
Obligation relu_even_eigenvalues() {
    return {"relu-even-eigenvalues",
            "The eigenvalues of even degree of the neural tangent kernel of ReLU without biases.",
            "mu_k = Gamma(d/2)^2 Gamma((k-1)/2)^2 (k(k+d-2)+d+1)/(16 pi^2 Gamma((k+d+1)/2)^2), k even",
            "Closed forms",
            {{"constant", Change::constant, "16 replaced by 8"},
             {"formula", Change::formula, "d+1 replaced by d"},
             {"gradient", Change::formula, "the gradient part without the multiplication by t"},
             {"sign", Change::sign, "the gradient part subtracted"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial i = proof.given("i", integer_at_least(1));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const Polynomial k = 2 * i;
                const RationalFunction sign = variant.pick("sign", Rational(-1), Rational(1));
                const auto claim = [&](const Polynomial& degree) {
                    GammaTerm term = relu_eigenvalue(degree, d);
                    const Polynomial n = laplace_eigenvalue(degree, d);
                    if (variant.is("constant")) term *= 2L;
                    if (variant.is("formula")) term *= RationalFunction(n + d, n + d + 1);
                    return term;
                };
                const auto square = [](const GammaTerm& x) { return x * x; };
                proof.gamma_identity(
                    "E r² = d",
                    GammaTerm(2L) * GammaTerm::gamma(d * Rational(1, 2) + 1) * GammaTerm::gamma(d * Rational(1, 2), -1),
                    RationalFunction(d));
                const GammaTerm value = square(half_moment(k, 1, d));
                const RationalFunction upper = quotient(square(half_moment(k + 1, 0, d)), value);
                const RationalFunction lower = quotient(square(half_moment(k - 1, 0, d)), value);
                RationalFunction gradient = (RationalFunction(k + d - 2) * upper + RationalFunction(k) * lower) /
                                            RationalFunction(2 * k + d - 2);
                if (variant.is("gradient")) gradient = upper;
                const GammaTerm singular = GammaTerm::gamma(Polynomial(Rational(3, 2)) - i, -2);
                const GammaTerm reflected = GammaTerm::gamma(i - Rational(1, 2), 2) * GammaTerm::pi_power(-4);
                proof.same_recurrence("1/Gamma(3/2-i)² = Gamma(i-1/2)²/pi²", singular.ratio("i", 1),
                                      reflected.ratio("i", 1), {singular.substitute({{"i", 0}})},
                                      {reflected.substitute({{"i", 0}})});
                proof.gamma_identity("mu_k", GammaTerm(RationalFunction(d) + sign * gradient) * value / singular,
                                     claim(k) / reflected);
                // The second factor is lambda_1 alone for k = 0.
                const GammaTerm first = square(half_moment(0, 1, d));
                proof.gamma_identity(
                    "mu_0",
                    GammaTerm(RationalFunction(d) + sign * quotient(square(half_moment(1, 0, d)), first)) * first,
                    claim(0));
                proof.gamma_identity("mu_0 = (d+1) Gamma(d/2)²/(4 pi Gamma((d+1)/2)²)", claim(0),
                                     GammaTerm(RationalFunction((d + 1) * Rational(1, 4))) *
                                         GammaTerm::gamma(d * Rational(1, 2), 2) *
                                         GammaTerm::gamma((d + 1) * Rational(1, 2), -2) * GammaTerm::pi_power(-2));
                proof.positive("2k+d-2 > 0", 2 * k + d - 2);
                proof.uses("half-moments");
                proof.uses("radial-moments");
                proof.uses("t-multiplication");
                proof.uses("funk-hecke");
            }};
}

/// For k = 1 with lambda_2^{(0)} = 0; for odd k >= 3 all three terms vanish: k = 1 + 2 + 2i and k-1, k+1 are p + 2 +
/// 2i', p = 1 and 0.
Obligation relu_odd_eigenvalues() {
    return {"relu-odd-eigenvalues",
            "The eigenvalues of odd degree of the neural tangent kernel of ReLU without biases.",
            "mu_1 = 1/(2d), mu_k = 0 for odd k >= 3",
            "Closed forms",
            {{"constant", Change::constant, "1/(2d) replaced by 1/d"},
             {"hypothesis", Change::hypothesis, "k >= 3 dropped: claims mu_1 = 0"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial d = proof.given("d", integer_at_least(2));
                const Polynomial i = proof.given("i", integer_at_least(0));
                const GammaTerm value = half_moment(1, 1, d);
                const GammaTerm step = half_moment(0, 0, d);
                const RationalFunction one = 1;
                const RationalFunction sum =
                    RationalFunction(d) * quotient(value * value, 1L) + quotient(step * step, 1L) / RationalFunction(d);
                proof.identity("mu_1", sum, one / RationalFunction(Polynomial(variant.pick("constant", 1L, 2L)) * d));
                // The smallest degrees k, k-1, k+1 among k = 3 + 2i against p+2.
                const Polynomial k = Polynomial(variant.pick("hypothesis", 1L, 3L)) + 2 * i;
                proof.nonnegative("k >= p+2 with p = 1", k - 3);
                proof.nonnegative("k-1 >= p+2 with p = 0", k - 3);
                proof.uses("half-moment-zeros");
                proof.uses("half-moments");
                proof.uses("radial-moments");
                proof.uses("t-multiplication");
                proof.uses("funk-hecke");
            }};
}

}  // namespace ntk::proofs
