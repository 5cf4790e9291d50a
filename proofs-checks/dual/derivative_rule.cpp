// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/dual/obligations.hpp"

namespace ntk::proofs {

/// p(z,z') is the density of the Gaussian pair, D = q^2 - c^2: log p = -(q z^2 - 2c z z' + q z'^2)/(2D) - log(D)/2 +
/// constant. It solves dp/dc = d^2p/(dz dz'), and integrating by parts twice moves both derivatives to sigma.
Obligation dual_derivative_rule() {
    return {
        "dual-derivative-rule",
        "The derivative of the dual activation in the covariance, at fixed variance, is the dual activation of the "
        "derivative.",
        "d/dc E[sigma(z) sigma(z')] = E[sigma'(z) sigma'(z')]",
        "Activations",
        {{"constant", Change::constant, "G replaced by G/2"},
         {"sign", Change::sign, "the pair of covariance -c in the density"},
         {"fixed-variance", Change::hypothesis, "the variance is not fixed but moves with the covariance"}},
        [](Proof& proof, const Variant& variant) {
            const RationalFunction q = proof.given("q", positive());
            const RationalFunction c = proof.given("c", any_real());
            const RationalFunction z = proof.given("z", any_real());
            const RationalFunction other = proof.given("z'", any_real());
            const RationalFunction p = proof.function("p", positive(), {"q", "c", "z", "z'"});
            const RationalFunction sigma = proof.function("sigma(z)", any_real(), {"z"});
            const RationalFunction sigma_other = proof.function("sigma(z')", any_real(), {"z'"});
            const RationalFunction slope = proof.function("sigma'(z)", any_real(), {"z"});
            const RationalFunction slope_other = proof.function("sigma'(z')", any_real(), {"z'"});
            const RationalFunction sign = variant.pick("sign", -1L, 1L);
            const RationalFunction determinant = q * q - c * c;
            const RationalFunction exponent =
                (RationalFunction(2) * sign * c * z * other - q * z * z - q * other * other) /
                (RationalFunction(2) * determinant);
            const RationalFunction variance_slope = variant.pick("fixed-variance", 1L, 0L);
            const auto in_covariance = [&](const RationalFunction& f) {
                return f.derivative("c") + variance_slope * f.derivative("q");
            };
            const RationalFunction half_log_slope = in_covariance(determinant) / (RationalFunction(2) * determinant);
            const Derivation by_z({{"p", p * exponent.derivative("z")}, {"z", 1}, {"sigma(z)", slope}});
            const Derivation by_other({{"p", p * exponent.derivative("z'")}, {"z'", 1}, {"sigma(z')", slope_other}});
            const RationalFunction by_covariance = p * (in_covariance(exponent) - half_log_slope);
            proof.identity("dp/dc = d²p/(dz dz')", by_covariance, by_z(by_other(p)));
            const RationalFunction factor = variant.pick("constant", Rational(1, 2), Rational(1));
            proof.identity("sigma sigma' dp/dc differs from the integrand of G by two total derivatives",
                           sigma * sigma_other * by_covariance + by_other(slope * sigma_other * p),
                           factor * slope * slope_other * p + by_z(sigma * sigma_other * by_other(p)));
            proof.uses("integration-by-parts");
        }};
}

/// Both statements are squares completed in the exponent: e^{xg - x^2/2} is the generating function sum_n He_n(g)
/// x^n/n!. First, the mean of sigma(sqrt(q) g) with it is S(q, sqrt(q) x), so E[sigma He_n] is n! q^{n/2} times a
/// Taylor coefficient of S. Second, for g' = u g + w h with independent g, h and u^2 + w^2 = 1, the mean of two
/// generating functions is e^{uxy}, so E[He_j(g) He_k(g')] is j! u^j for j = k and else 0. All (u,w) but (-1,0) are
/// ((1-r^2)/(1+r^2), 2r/(1+r^2)).
Obligation hermite_expansion() {
    return {"hermite-expansion",
            "The dual activation is the Hermite series with the squares of the Hermite coefficients, and these are "
            "Taylor coefficients of the smoothed activation.",
            "F = sum_n a_n^2 u^n, a_n^2 = n! q^n s_n^2, where E[sigma(y + sqrt(q) g)] = sum_n s_n y^n",
            "Activations",
            {{"sign", Change::sign, "x²/2 replaced by -x²/2 in the generating function"},
             {"correlation", Change::hypothesis, "u² + w² = 1 dropped: g' = u g + h"},
             {"factorial", Change::formula, "n! replaced by (n+1)! in a_n²"},
             {"exponent", Change::exponent, "q^n replaced by q^{2n} in a_n²"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction g = proof.given("g", any_real());
                const RationalFunction h = proof.given("h", any_real());
                const RationalFunction x = proof.given("x", any_real());
                const RationalFunction y = proof.given("y", any_real());
                const RationalFunction r = proof.given("r", any_real());
                const RationalFunction half = Rational(1, 2);
                const auto generating = [&](const RationalFunction& at, const RationalFunction& normal) {
                    return at * normal - variant.pick("sign", -half, half) * at * at;
                };
                proof.identity("e^{xg-x²/2} phi(g) = phi(g-x)", generating(x, g) - half * g * g,
                               -half * (g - x) * (g - x));
                const RationalFunction scale = RationalFunction(1) + r * r;
                const RationalFunction u = (RationalFunction(1) - r * r) / scale;
                const RationalFunction w =
                    variant.pick("correlation", RationalFunction(1), RationalFunction(2) * r / scale);
                const RationalFunction first = g - x - u * y;
                const RationalFunction second = h - w * y;
                proof.identity("both generating functions times both densities",
                               generating(x, g) + generating(y, u * g + w * h) - half * (g * g + h * h),
                               -half * (first * first + second * second) + u * x * y);
                // f_n = n! q^n s_n^2, from E[sigma He_n]^2/n!.
                const Polynomial n = proof.given("n", integer_at_least(0));
                const RationalFunction q = proof.given("q", positive());
                const RationalFunction ratio = proof.function("s_{n+2}/s_n", any_real(), {"n", "q"});
                const RationalFunction growth =
                    variant.pick("exponent", pow(q, 4), pow(q, 2)) * ratio * ratio *
                    GammaTerm::gamma(n + Polynomial(variant.pick("factorial", 2L, 1L))).ratio("n", 2);
                proof.identity(
                    "a_{n+2}²/a_n² from s_{n+2}/s_n", growth,
                    RationalFunction(n + Polynomial(1)) * RationalFunction(n + Polynomial(2)) * q * q * ratio * ratio);
                proof.uses("hermite-completeness");
            }};
}

/// (sigma(sqrt(q) g) He_j phi)' = sqrt(q) sigma' He_j phi - sigma He_{j+1} phi, as He_j' = j He_{j-1}, He_{j+1} = g
/// He_j - j He_{j-1}, phi' = -g phi. So E[sigma He_{j+1}] = sqrt(q) E[sigma' He_j] for every j.
Obligation hermite_derivative_rule() {
    return {"hermite-derivative-rule",
            "The Hermite series of G is the derivative of that of F, order by order.",
            "b_j^2 = (j+1) a_{j+1}^2/q with b_j = E[sigma'(sqrt(q) g) h_j(g)]",
            "Activations",
            {{"sign", Change::sign, "He_{j+1} = g He_j + j He_{j-1}"},
             {"index", Change::formula, "(j+1) replaced by j"},
             {"exponent", Change::exponent, "1/q replaced by 1/q²"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial j = proof.given("j", integer_at_least(0));
                const RationalFunction g = proof.given("g", any_real());
                const RationalFunction root = proof.given("sqrt(q)", positive());
                const RationalFunction hermite = proof.function("He_j", any_real(), {"j", "g"});
                const RationalFunction before = proof.function("He_{j-1}", any_real(), {"j", "g"});
                const RationalFunction phi = proof.function("phi", positive(), {"g"});
                const RationalFunction sigma = proof.function("sigma", any_real(), {"g"});
                const RationalFunction slope = proof.function("sigma'", any_real(), {"g"});
                const Derivation by_g(
                    {{"g", 1}, {"He_j", RationalFunction(j) * before}, {"phi", -g * phi}, {"sigma", root * slope}});
                const RationalFunction next =
                    g * hermite - RationalFunction(variant.pick("sign", -1L, 1L)) * RationalFunction(j) * before;
                proof.identity("a total derivative", by_g(sigma * hermite * phi),
                               root * slope * hermite * phi - sigma * next * phi);
                proof.uses("integration-by-parts");
                // With b = E[sigma' He_j], E[sigma He_{j+1}] is sqrt(q) b.
                const RationalFunction b = proof.function("E[sigma' He_j]", any_real(), {"j"});
                const GammaTerm next_square = GammaTerm(root * root * b * b) * GammaTerm::gamma(j + Polynomial(2), -1);
                const RationalFunction factor = RationalFunction(j + Polynomial(variant.pick("index", 0L, 1L))) /
                                                pow(root, variant.pick("exponent", 4, 2));
                proof.gamma_identity("b_j² = (j+1) a_{j+1}²/q",
                                     GammaTerm(b * b) * GammaTerm::gamma(j + Polynomial(1), -1),
                                     GammaTerm(factor) * next_square);
                proof.uses("hermite-expansion");
            }};
}

}  // namespace ntk::proofs
