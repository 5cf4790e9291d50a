// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/quadrature/obligations.hpp"

namespace ntk::proofs {

/// a_k = (1/(pi i)) times the integral of u^{-k-1} h over |u| = 1; widened to |u| = rho, length 2 pi rho.
Obligation chebyshev_coefficients() {
    return {"chebyshev-coefficients",
            "The Chebyshev coefficients of a function that is analytic inside an ellipse and at most M on it.",
            "|a_k| <= 2 M rho^{-k}",
            "numerics.md, The remainder",
            {{"constant", Change::constant, "2M replaced by M"},
             {"exponent", Change::exponent, "rho^{-k} replaced by rho^{-k-1}"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction rho = proof.given("rho", real_at_least(1));
                const RationalFunction m = proof.given("M", real_at_least(0));
                const RationalFunction pi = proof.function("pi", between(3, 4), {});
                proof.given("k", "any degree >= 1");
                const RationalFunction power = proof.function("rho^{-k-1}", between(0, 1), {"rho"});
                // The integrand is at most rho^{-k-1} M on a curve of length 2 pi rho.
                const RationalFunction size = RationalFunction(2) * pi * rho * power * m;
                const RationalFunction claim = RationalFunction(variant.pick("constant", 1L, 2L)) * m * power *
                                               variant.pick("exponent", RationalFunction(1), rho);
                proof.identity("pi times 2 M rho^{-k} = length times size", pi * claim, size);
                proof.uses("ellipse-of-circle");
                proof.uses("cauchy-theorem");
            }};
}

/// With U = u^k, u = e^{i theta}: T_k = (U + 1/U)/2, t = (u + 1/u)/2, and T_{k+1}/(2(k+1)) - T_{k-1}/(2(k-1)) is an
/// antiderivative. T_{k+1}, T_{k-1} are 1 at 1 and -1 at -1 for even k.
Obligation chebyshev_integrals() {
    return {"chebyshev-integrals",
            "Integrals of the Chebyshev polynomials of even degree; from degree 4 on they are at most 2/15.",
            "int_{-1}^1 T_k = -2/(k^2-1) for even k, of absolute value <= 2/15 for k >= 4",
            "numerics.md, The remainder",
            {{"constant", Change::constant, "2/15 replaced by 1/15"},
             {"sign", Change::sign, "T_{k+1}/(k+1) - T_{k-1}/(k-1) replaced by the sum"},
             {"degree", Change::hypothesis, "k >= 4 dropped: k >= 2"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction k = proof.given("k", integer_at_least(variant.pick("degree", 2L, 4L)));
                const RationalFunction u = proof.given("u", positive());
                const RationalFunction power = proof.function("u^k", any_real(), {"u", "k"});
                const RationalFunction one = 1;
                const RationalFunction two = 2;
                const Derivation by_u({{"u", 1}, {"u^k", k * power / u}});
                const auto chebyshev = [&](const RationalFunction& x) { return (x + one / x) / two; };
                const auto antiderivative = [&](const RationalFunction& next, const RationalFunction& before) {
                    const RationalFunction second = before / (two * (k - one));
                    return next / (two * (k + one)) - variant.pick("sign", -second, second);
                };
                proof.identity("d/du of the antiderivative is T_k dt/du",
                               by_u(antiderivative(chebyshev(power * u), chebyshev(power / u))),
                               chebyshev(power) * by_u(chebyshev(u)));
                const RationalFunction integral = antiderivative(1, 1) - antiderivative(-1, -1);
                proof.identity("difference of the values at 1 and -1", integral, -two / (k * k - one));
                proof.nonnegative(
                    "2/15 - 2/(k²-1) >= 0",
                    RationalFunction(variant.pick("constant", Rational(1, 15), Rational(2, 15))) + integral);
                proof.uses("fundamental-theorem-of-calculus");
            }};
}

/// Rule and integral agree up to degree 2N-1 and on odd polynomials. On T_k, k = 2(N+i), they differ by at most 2 +
/// 2/15, the first from weights with sum 2 and |T_k| <= 1. G_i = rho^{-2(N+i)}/(1 - rho^{-2}) telescopes: G_i - G_{i+1}
/// = rho^{-2(N+i)}, and G_i tends to 0.
Obligation gauss_legendre_remainder() {
    return {
        "gauss-legendre-remainder",
        "The error of the Gauss-Legendre rule for a function that is analytic inside an ellipse and at most M on it.",
        "|int h - sum_i w_i h(z_i)| <= (64/15) M rho^{-2N}/(1 - rho^{-2}), N >= 2",
        "numerics.md, The remainder",
        {{"constant", Change::constant, "64/15 replaced by 62/15"},
         {"exponent", Change::exponent, "1 - rho^{-2} replaced by 1 - rho^{-1}"},
         {"nodes", Change::hypothesis, "N >= 2 dropped: N >= 1"}},
        [](Proof& proof, const Variant& variant) {
            const RationalFunction nodes = proof.given("N", integer_at_least(variant.pick("nodes", 1L, 2L)));
            const RationalFunction i = proof.given("i", integer_at_least(0));
            const RationalFunction m = proof.given("M", real_at_least(0));
            Range above_one = real_at_least(1);
            above_one.is_strict = true;
            const RationalFunction root = RationalFunction(1) / RationalFunction(proof.given("rho", above_one));
            const RationalFunction s = root * root;
            const RationalFunction power = proof.function("rho^{-2(N+i)}", between(0, 1), {"rho", "N", "i"});
            const RationalFunction one = 1;
            const RationalFunction two = 2;
            const RationalFunction four = 4;
            const RationalFunction degree = two * (nodes + i);
            proof.nonnegative("degrees are even and >= 4", degree - four);
            const RationalFunction one_degree = two + RationalFunction(Rational(2, 15));
            const RationalFunction constant = variant.pick("constant", Rational(62, 15), Rational(64, 15));
            proof.identity("a term, with |a_k| <= 2 M rho^{-k}", one_degree * two * m * power, constant * m * power);
            const auto sum = [&](const RationalFunction& x) { return x / (one - variant.pick("exponent", root, s)); };
            proof.identity("the geometric series telescopes", sum(power), power + sum(power * s));
            proof.uses("chebyshev-coefficients");
            proof.uses("chebyshev-integrals");
            proof.uses("gauss-quadrature");
            proof.uses("gegenbauer-bound");
        }};
}

}  // namespace ntk::proofs
