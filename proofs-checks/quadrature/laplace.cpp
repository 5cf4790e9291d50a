// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/quadrature/obligations.hpp"

namespace ntk::proofs {
namespace {

/// z = e^{i theta}: cos theta and i sin theta as rational functions of it.
struct Angle {
    RationalFunction z = RationalFunction::symbol("z");
    RationalFunction cosine = (z + RationalFunction(1) / z) / RationalFunction(2);
    RationalFunction i_sine = (z - RationalFunction(1) / z) / RationalFunction(2);
};

}  // namespace

/// With B = cos + iu sin and w = (1-u^2)^{(d-4)/2}, (k+d-2) B^{k+1} - (2k+d-2) t B^k + k B^{k-1}, times w, is the
/// derivative in u of -i sin (1-u^2) w B^k, which vanishes at -1 and 1 as d >= 3. So L_k = c_{d-1} int B^k w du has the
/// recurrence of P_k; L_0 = 1, and L_1 = cos as u w is odd. All identities are rational in z = e^{i theta}, so hold for
/// complex theta.
Obligation laplace_integral() {
    return {
        "laplace-integral",
        "Laplace's integral for the Gegenbauer polynomials, for complex angles.",
        "P_k(cos theta) = c_{d-1} int_{-1}^1 (cos theta + iu sin theta)^k (1-u^2)^{(d-4)/2} du, d >= 3",
        "numerics.md, The remainder",
        {{"exponent", Change::exponent, "(1-u²)^{(d-4)/2} replaced by (1-u²)^{(d-3)/2}"},
         {"formula", Change::formula, "iu sin theta replaced by iu sin(2 theta)"},
         {"sign", Change::sign, "1-u² replaced by 1+u² in the weight"},
         {"constant", Change::constant, "iu sin theta replaced by 2iu sin theta"},
         {"dimension", Change::hypothesis, "d >= 3 dropped: d >= 2"}},
        [](Proof& proof, const Variant& variant) {
            const RationalFunction k = proof.given("k", integer_at_least(1));
            const RationalFunction d = proof.given("d", integer_at_least(variant.pick("dimension", 2L, 3L)));
            const RationalFunction u = proof.given("u", any_real());
            proof.given("z", "e^{i theta}, theta any complex number");
            proof.function("z", any_real(), {});
            const Angle angle;
            const RationalFunction one = 1;
            const RationalFunction two = 2;
            RationalFunction step = angle.i_sine;
            if (variant.is("formula")) step *= two * angle.cosine;
            if (variant.is("constant")) step = two * step;
            const RationalFunction base = angle.cosine + u * step;
            const RationalFunction power = proof.function("B^{k-1}", any_real(), {"k", "u"});
            const RationalFunction weight = proof.function("w", any_real(), {"d", "u"});
            const RationalFunction exponent = (d - RationalFunction(variant.pick("exponent", 3L, 4L))) / two;
            const Derivation by_u({{"u", 1},
                                   {"B^{k-1}", (k - one) * step / base * power},
                                   {"w", -two * exponent * u / (variant.pick("sign", -one, one) - u * u) * weight}});
            const RationalFunction recurrence =
                ((k + d - two) * base * base - (two * k + d - two) * angle.cosine * base + k) * power * weight;
            proof.identity("recurrence under the integral", recurrence,
                           by_u(-step * (one - u * u) * weight * base * power));
            proof.positive("(1-u²) w vanishes at -1 and 1: its exponent (d-2)/2 is > 0", (d - two) / two);
            proof.positive("k+d-2 > 0", k + d - two);
            proof.identity("L_1 = cos theta + an odd part", base - u * step, angle.cosine);
            proof.uses("gegenbauer-recurrence");
            proof.uses("sphere-normalisation");
            proof.uses("fundamental-theorem-of-calculus");
        }};
}

/// B = (1+u)/2 z + (1-u)/2 /z; r = max(|z|, 1/|z|) = e^{|Im theta|}. For d = 2, P_k(cos theta) = (z^k + z^{-k})/2, and
/// R = r^k.
Obligation complex_growth() {
    return {"complex-growth",
            "Off the real line P_k grows at most exponentially in the imaginary part of the angle.",
            "|P_k(cos theta)| <= e^{k |Im theta|} for complex theta",
            "numerics.md, The remainder",
            {{"constant", Change::constant, "e^{k |Im theta|} replaced by e^{k |Im theta|}/2"},
             {"exponent", Change::exponent, "e^{k |Im theta|} replaced by e^{k |Im theta|/2}"},
             {"range", Change::hypothesis, "|u| <= 1 dropped: |u| <= 2"}},
            [](Proof& proof, const Variant& variant) {
                const Rational end = variant.pick("range", Rational(2), Rational(1));
                const RationalFunction u = proof.given("u", between(Rational(-end), end));
                proof.given("theta", "any complex number, e^{|Im theta|} = 1 + e; k: any degree");
                const RationalFunction e = proof.function("e", real_at_least(0), {});
                const RationalFunction rest = proof.function("R - 1", real_at_least(0), {});
                const Angle angle;
                proof.function("z", any_real(), {});
                const RationalFunction one = 1;
                const RationalFunction two = 2;
                proof.identity("B as a convex combination", angle.cosine + u * angle.i_sine,
                               (one + u) / two * angle.z + (one - u) / two / angle.z);
                proof.nonnegative("(1+u)/2 >= 0", (one + u) / two);
                proof.nonnegative("(1-u)/2 >= 0", (one - u) / two);
                // r = (1+e)^2 when the exponent is halved and the square root of r must do.
                const RationalFunction r = variant.pick("exponent", (one + e) * (one + e), one + e);
                const RationalFunction bound = variant.pick("constant", Rational(1, 2), Rational(1)) * (one + e);
                proof.nonnegative("|B| <= r for |z| = r", bound - ((one + u) / two * r + (one - u) / two / r));
                // P_k(cos theta) = cos(k theta) for d = 2 has the recurrence of P_k, W = z^k.
                const RationalFunction w = proof.function("z^k", any_real(), {});
                const auto cosine = [&](const RationalFunction& x) { return (x + one / x) / two; };
                proof.identity("d = 2: cos((k+1) theta) = 2 cos(theta) cos(k theta) - cos((k-1) theta)",
                               cosine(w * angle.z), two * angle.cosine * cosine(w) - cosine(w / angle.z));
                const RationalFunction power = one + rest;
                proof.nonnegative("d = 2: |z^k + z^{-k}|/2 <= r^k", power - (power + one / power) / two);
                proof.uses("laplace-integral");
                proof.uses("gegenbauer-recurrence");
            }};
}

}  // namespace ntk::proofs
