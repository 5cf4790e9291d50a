// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/obligations.hpp"
#include "proofs-checks/gegenbauer/formulas.hpp"

namespace ntk::proofs {

/// M(n,k,d) = (n/d) M(n-1,k-1,d+2) by coefficient-by-derivative, down to M(2i,0,d+2k), the moment of t^{2i}.
Obligation monomial_eigenvalues() {
    return {"monomial-eigenvalues",
            "The eigenvalues of the kernel t^n: positive for k <= n of the same parity, all others 0.",
            "c_d int t^n P_k (1-t^2)^{(d-3)/2} dt = n! Gamma(d/2)/(2^n Gamma((n-k)/2+1) Gamma((n+k+d)/2)), n-k even",
            "Activations",
            {{"constant", Change::constant, "2^n replaced by 2^{n+1}"},
             {"exponent", Change::exponent, "Gamma((n-k)/2+1) squared"},
             {"formula", Change::formula, "Gamma((n+k+d)/2) replaced by Gamma((n+k+d)/2+1)"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(1));
                const Polynomial i = proof.given("i", integer_at_least(0));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const Polynomial factor = variant.pick("formula", Polynomial(1), Polynomial());
                const int twice = variant.pick("exponent", 2, 1);
                // n = k + 2i.
                const auto claim = [&](const Polynomial& degree, const Polynomial& dim) {
                    const Polynomial n = degree + 2 * i;
                    GammaTerm term = GammaTerm::gamma(n + 1) * GammaTerm::gamma(dim * Rational(1, 2)) *
                                     GammaTerm::power(2, -n) * GammaTerm::gamma(i + 1, -twice) *
                                     GammaTerm::gamma((n + degree + dim) * Rational(1, 2) + factor, -1);
                    if (variant.is("constant")) term *= RationalFunction(Rational(1, 2));
                    return term;
                };
                proof.gamma_identity("M(n,k,d) = (n/d) M(n-1,k-1,d+2)", claim(k, d),
                                     GammaTerm(RationalFunction(k + 2 * i, d)) * claim(k - 1, d + 2));
                // Gamma(2i+1) = 2^{2i} Gamma(i+1) Gamma(i+1/2)/sqrt(pi), as both sides have one recurrence in i.
                const GammaTerm factorial = GammaTerm::gamma(2 * i + 1);
                const GammaTerm duplicated = GammaTerm::power(2, 2 * i) * GammaTerm::gamma(i + 1) *
                                             GammaTerm::gamma(i + Rational(1, 2)) * GammaTerm::pi_power(-1);
                proof.same_recurrence("(2i)!", factorial.ratio("i", 1), duplicated.ratio("i", 1), {1L}, {1L});
                proof.gamma_identity("M(2i,0,d) is the moment of t^{2i}", claim(0, d) / factorial,
                                     sphere_moment(i, d) / duplicated);
                proof.positive("d > 0", d);
                proof.uses("coefficient-by-derivative");
                proof.uses("sphere-moments");
                proof.uses("gegenbauer-parity");
            }};
}

}  // namespace ntk::proofs
