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

/// F(n,j) = N(d,k) M(n,k,d), k = n-2j, is the coefficient of P_k in t^n. Multiplication by t sends the share b(k) =
/// k/(2k+d-2) of it from k to k-1 and the rest to k+1: F(n+1,j) - F(n,j) = G(n,j+1) - G(n,j) with G(n,j) = -b F at j-1.
/// G(n,0) = 0. For even n the last k is 0, and b(0) = 0. For odd n it is 1, and what G has there is the coefficient of
/// degree 0 of t^{n+1}, F(2j,j) = b(1) F(2j-1,j-1). For n = 0 the sum is N(d,0) = 1.
Obligation monomial_trace() {
    return {
        "monomial-trace",
        "The sum of the eigenvalues of the kernel t^n with their multiplicities is its value at 1, so for every power "
        "series, too.",
        "sum_k N(d,k) mu_k = kappa(1) for kappa = t^n, d >= 3",
        "Funk–Hecke",
        {{"constant", Change::constant, "2^n replaced by 4^n"},
         {"formula", Change::formula, "N(d,k) replaced by N(d+1,k)"},
         {"sign", Change::sign, "G with the other sign"}},
        [](Proof& proof, const Variant& variant) {
            const Polynomial n = proof.given("n", integer_at_least(0));
            const Polynomial d = proof.given("d", integer_at_least(3));
            const Polynomial j = proof.given("j", integer_at_least(0));
            const auto share = [&](const Polynomial& degree) { return RationalFunction(degree, 2 * degree + d - 2); };
            const auto claim = [&](const Polynomial& power, const Polynomial& i) {
                GammaTerm term = multiplicity(power - 2 * i, d + variant.pick("formula", 1L, 0L)) *
                                 GammaTerm::gamma(power + 1) * GammaTerm::gamma(d * Rational(1, 2)) *
                                 GammaTerm::power(2, -power) * GammaTerm::gamma(i + 1, -1) *
                                 GammaTerm::gamma(power - i + d * Rational(1, 2), -1);
                if (variant.is("constant")) term *= GammaTerm::power(2, -power);
                return term;
            };
            const GammaTerm term = claim(n, j);
            const RationalFunction before = quotient(claim(n, j - 1), term);
            const RationalFunction certificate =
                variant.pick("sign", Rational(1), Rational(-1)) * share(n - 2 * j + 2) * before;
            proof.telescoping("the sum does not depend on n", term, "n", "j", {-1, 1}, certificate);
            proof.identity("G(n,0) = 0", certificate.substitute({{"j", 0}}), 0);
            proof.identity("b(0) = 0", share(0), 0);
            proof.gamma_identity("degree 0 comes from degree 1 alone", claim(2 * j, j),
                                 GammaTerm(share(1)) * claim(2 * j - 1, j - 1));
            proof.gamma_identity("the sum for n = 0", claim(0, 0), 1L);
            proof.positive("d-2 > 0", d - 2);
            proof.uses("monomial-eigenvalues");
            proof.uses("gegenbauer-norm");
            proof.uses("gegenbauer-recurrence");
        }};
}

}  // namespace ntk::proofs
