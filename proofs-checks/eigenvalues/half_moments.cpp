// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/formulas.hpp"
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {

/// d/dt [t^{p+1} (1-t^2) w] = t^p ((p+1) - (p+d) t^2) w on [0,1], w = (1-t^2)^{(d-3)/2}; half of the weight for p = 0,
/// and t w = -d/dt [(1-t^2) w]/(d-1) for p = 1.
Obligation half_moment_start() {
    return {
        "half-moment-start",
        "Moments of the positive half of one coordinate of a random point of the sphere.",
        "c_d int_0^1 t^p (1-t^2)^{(d-3)/2} dt = Gamma(d/2) Gamma(p+1)/(2^{p+1} Gamma(p/2+1) Gamma((p+d)/2))",
        "Closed forms",
        {{"constant", Change::constant, "2^{p+1} replaced by 2^p"},
         {"exponent", Change::exponent, "(1-t²)^{(d-3)/2} replaced by (1-t²)^{(d-2)/2}"},
         {"formula", Change::formula, "Gamma(p/2+1) replaced by Gamma(p/2+2)"}},
        [](Proof& proof, const Variant& variant) {
            const Polynomial d = proof.given("d", integer_at_least(2));
            const Polynomial p = proof.given("p", integer_at_least(0));
            const RationalFunction t = proof.given("t", any_real());
            const RationalFunction w = proof.function("w", any_real(), {"t", "d"});
            const RationalFunction m = proof.function("t^p", any_real(), {"t", "p"});
            const RationalFunction one = 1;
            const RationalFunction exponent = (d - variant.pick("exponent", 2L, 3L)) * Polynomial(Rational(1, 2));
            const Derivation by_t({{"t", 1},
                                   {"w", RationalFunction(-2) * exponent * t / (one - t * t) * w},
                                   {"t^p", RationalFunction(p) * m / t}});
            proof.identity("d/dt [t^{p+1} (1-t²) w]", by_t(t * m * (one - t * t) * w),
                           (RationalFunction(p + 1) - RationalFunction(p + d) * t * t) * m * w);
            proof.identity("d/dt [(1-t²) w]", by_t((one - t * t) * w), -RationalFunction(d - 1) * t * w);
            const auto claim = [&](const Polynomial& power) {
                GammaTerm term = half_moment(0, power, d);
                if (variant.is("constant")) term *= 2L;
                if (variant.is("formula")) term *= RationalFunction(Polynomial(2), power + 2);
                return term;
            };
            proof.same_recurrence(
                "all p", claim(p).ratio("p", 2), RationalFunction(p + 1, p + d), {claim(0), claim(1)},
                {GammaTerm(RationalFunction(Rational(1, 2))), sphere_constant(d) / GammaTerm(RationalFunction(d - 1))});
            proof.uses("sphere-normalisation");
            proof.uses("fundamental-theorem-of-calculus");
        }};
}

/// The recurrence of P_k under the integral, (k+d-2) lambda_{k+1}^{(p)} = (2k+d-2) lambda_k^{(p+1)} - k
/// lambda_{k-1}^{(p)}, divided by 1/(Gamma((p-k+3)/2) Gamma((p+k+1+d)/2)), of which every term is a polynomial
/// multiple: so it holds at the poles, too. Start: lambda_0 and, as P_1 = t, lambda_1^{(p)} = lambda_0^{(p+1)}.
Obligation half_moments() {
    return {"half-moments",
            "The Funk-Hecke coefficients of the powers max(0,t)^p, for all degrees and dimensions.",
            "c_d int_0^1 t^p P_k (1-t^2)^{(d-3)/2} dt = Gamma(d/2) Gamma(p+1)/(2^{p+1} Gamma((p-k)/2+1) "
            "Gamma((p+k+d)/2)), 1/Gamma(pole) = 0",
            "Closed forms",
            {{"constant", Change::constant, "(p+k+d)/2 replaced by (p+k+d)/2 + 1"},
             {"exponent", Change::exponent, "2^{p+1} replaced by 2^{p+k+1}"},
             {"sign", Change::sign, "the factor (-1)^k added"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(1));
                const Polynomial p = proof.given("p", integer_at_least(0));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const auto claim = [&](const Polynomial& degree, const Polynomial& power) {
                    GammaTerm term = half_moment(degree, power, d);
                    if (variant.is("constant")) term *= RationalFunction(Polynomial(2), power + degree + d);
                    if (variant.is("exponent")) term *= GammaTerm::power(2, -degree);
                    if (variant.is("sign")) term *= GammaTerm::power(-1, degree);
                    return term;
                };
                const GammaTerm common = GammaTerm::gamma(d * Rational(1, 2)) * GammaTerm::gamma(p + 1) *
                                         GammaTerm::power(2, -p) * GammaTerm::gamma((p - k + 3) * Rational(1, 2), -1) *
                                         GammaTerm::gamma((p + k + 1 + d) * Rational(1, 2), -1);
                const GammaTerm degree_factor = claim(k, p) / half_moment(k, p, d);
                const auto part = [&](const GammaTerm& term) {
                    return quotient(term / common, variant.is("constant") ? GammaTerm(1L) : degree_factor);
                };
                const RationalFunction next = part(claim(k + 1, p));
                const RationalFunction before = part(claim(k - 1, p));
                const RationalFunction raised = part(claim(k, p + 1));
                proof.identity("recurrence in the degree", RationalFunction(k + d - 2) * next,
                               RationalFunction(2 * k + d - 2) * raised - RationalFunction(k) * before);
                for (const RationalFunction& f : {next, before, raised})
                    proof.identity("a polynomial multiple", f.denominator(), 1);
                proof.gamma_identity("lambda_1^{(p)} = lambda_0^{(p+1)}", claim(1, p), claim(0, p + 1));
                proof.positive("k+d-2 > 0", k + d - 2);
                proof.uses("half-moment-start");
                proof.uses("gegenbauer-recurrence");
            }};
}

/// lambda_{k+2} = (p-k)/(p+k+d) lambda_k vanishes at k = p, and so do all that follow. Up to k = p+1 all arguments of
/// Gamma are positive; after k = p+1 the factors p-k are not 0.
Obligation half_moment_zeros() {
    return {"half-moment-zeros",
            "Which coefficients of max(0,t)^p vanish by parity, and the step from one to the next but one.",
            "lambda_{k+2} = (p-k)/(p+k+d) lambda_k; lambda_k = 0 exactly for k = p+2, p+4, ...",
            "Decay and parity",
            {{"first", Change::constant, "claims lambda_{p+1} = 0"},
             {"sign", Change::sign, "p-k replaced by p+k"},
             {"parity", Change::hypothesis, "k ≡ p+1 dropped: claims that none vanishes after k = p"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(0));
                const Polynomial p = proof.given("p", integer_at_least(0));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const Polynomial i = proof.given("i", integer_at_least(0));
                const RationalFunction step = quotient(half_moment(k + 2, p, d), half_moment(k, p, d));
                proof.identity("two steps", step, RationalFunction(variant.pick("sign", p + k, p - k), p + k + d));
                proof.positive("p+k+d > 0", p + k + d);
                proof.identity("the step from k = p",
                               step.substitute({{"k", p - Polynomial(variant.pick("first", 1L, 0L))}}), 0);
                const Polynomial degree = p + Polynomial(variant.pick("parity", 0L, 1L)) + 2 * i;
                proof.positive("k - p > 0 for k = p+1, p+3, ...", degree - p);
                proof.positive("(p-k)/2+1 > 0 for k = p+1", (p - (p + 1)) * Rational(1, 2) + 1);
                proof.uses("half-moments");
            }};
}

}  // namespace ntk::proofs
