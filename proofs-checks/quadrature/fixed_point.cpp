// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/quadrature/obligations.hpp"

namespace ntk::proofs {

/// The product t y_k is cut with an error p in [0,1] units, multiplied by 2k+d-2, and, after an exact subtraction,
/// divided by k+d-2 with an error c in [0,1] units.
Obligation fixed_point_step() {
    return {"fixed-point-step",
            "One step of the recurrence in fixed point makes an error of at most 3 units in the last place; 4 are "
            "counted.",
            "(2k+d-2)/(k+d-2) + 1 <= 3 <= 4",
            "numerics.md, The recurrence in fixed point",
            {{"constant", Change::constant, "3 replaced by 2"},
             {"formula", Change::formula, "2k+d-2 replaced by 3k+d-2"},
             {"dimension", Change::hypothesis, "d >= 2 dropped: d >= 1"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction k = proof.given("k", integer_at_least(variant.is("dimension") ? 2 : 1));
                const RationalFunction d = proof.given("d", integer_at_least(variant.is("dimension") ? 1 : 2));
                const RationalFunction product = proof.given("p", between(0, 1));
                const RationalFunction cut = proof.given("c", between(0, 1));
                const RationalFunction two = 2;
                const RationalFunction factor = RationalFunction(variant.pick("formula", 3L, 2L)) * k + d - two;
                const RationalFunction error = factor / (k + d - two) * product + cut;
                const RationalFunction bound = variant.pick("constant", 2L, 3L);
                proof.nonnegative("3 - error >= 0", bound - error);
                proof.positive("k+d-2 > 0", k + d - two);
                proof.number("4 - 3 units are spare", 4 - 3, 1);
                proof.uses("gegenbauer-recurrence");
            }};
}

/// For every solution y of the recurrence, v_k = y_{k-1} - t y_k, q = k/(k+d-2): y_{k+1} = t y_k - q v_k, v_{k+1} = y_k
/// - t y_{k+1}.
Obligation fixed_point_energy() {
    return {"fixed-point-energy",
            "The energy of a solution of the recurrence does not increase with the degree.",
            "E_k = (1-t^2) y_k^2 + v_k^2, E_{k+1} = (1-t^2) y_k^2 + q^2 v_k^2 <= E_k",
            "numerics.md, The recurrence in fixed point",
            {{"constant", Change::constant, "v_k = y_{k-1} - t y_k replaced by y_{k-1} - 2 t y_k"},
             {"sign", Change::sign, "(1-t²) y² + v² replaced by (1-t²) y² - v²"},
             {"exponent", Change::exponent, "q² v² replaced by q v²"},
             {"dimension", Change::hypothesis, "d >= 2 dropped: d >= 3/2"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction k = proof.given("k", integer_at_least(1));
                const RationalFunction d =
                    proof.given("d", variant.pick("dimension", real_at_least(Rational(3, 2)), integer_at_least(2)));
                const RationalFunction t = proof.given("t", between(-1, 1));
                const Polynomial y = proof.function("y_k", any_real(), {"k", "d", "t"});
                const Polynomial v = proof.function("v_k", any_real(), {"k", "d", "t"});
                const RationalFunction one = 1;
                const RationalFunction two = 2;
                const RationalFunction twice = variant.pick("constant", 2L, 1L);
                const RationalFunction before = v + twice * t * y;
                const RationalFunction next = ((two * k + d - two) * t * y - k * before) / (k + d - two);
                const RationalFunction v_next = y - twice * t * next;
                const RationalFunction sign = variant.pick("sign", Rational(-1), Rational(1));
                const RationalFunction energy_next = (one - t * t) * next * next + sign * v_next * v_next;
                const RationalFunction q = k / (k + d - two);
                proof.identity("E_{k+1}", energy_next,
                               (one - t * t) * y * y + sign * pow(q, variant.pick("exponent", 1, 2)) * v * v);
                // (k+d-2)^2 (E_k - E_{k+1}) = ((k+d-2)^2 - k^2) v^2.
                const RationalFunction weight = (k + d - two) * (k + d - two) * (one - q * q);
                proof.sum_of_squares("(k+d-2)² (E_k - E_{k+1}) >= 0", weight.numerator() * v * v,
                                     {{weight.numerator(), v}});
                proof.positive("k+d-2 > 0", k + d - two);
                proof.uses("gegenbauer-recurrence");
            }};
}

/// The error sequence of one rounding error delta: y_j = 0, y_{j+1} = delta, v_{j+1} = -t delta, so E_{j+1} = delta^2
/// and |v_k| <= |delta| from then on. If |y_k| = (k-j) |delta| - s with s >= 0, |v_k| = |delta| - e with e >= 0, then
/// |y_{k+1}|
/// <= |t| |y_k| + q |v_k| <= (k+1-j) |delta|. Here i = k-j.
Obligation fixed_point_growth() {
    return {"fixed-point-growth",
            "A single rounding error grows at most linearly in the degree.",
            "|y_k| <= (k-j) |delta| for the solution with y_j = 0, y_{j+1} = delta",
            "numerics.md, The recurrence in fixed point",
            {{"constant", Change::constant, "(k-j) |delta| replaced by (k-j) |delta|/2"},
             {"start", Change::formula, "E_{j+1} = delta^2 replaced by delta^2/2"},
             {"range", Change::hypothesis, "|t| <= 1 dropped: |t| <= 2"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction i = proof.given("i", integer_at_least(1));
                const RationalFunction t =
                    proof.given("|t|", between(0, variant.pick("range", Rational(2), Rational(1))));
                const RationalFunction delta = proof.given("delta", real_at_least(0));
                const RationalFunction q = proof.function("q", between(0, 1), {});
                const RationalFunction y_share = proof.function("|y|/bound", between(0, 1), {"i", "delta"});
                const RationalFunction v_share = proof.function("|v|/delta", between(0, 1), {"delta"});
                const RationalFunction one = 1;
                const RationalFunction start = (one - t * t) * delta * delta + t * t * delta * delta;
                proof.identity("E_{j+1}", start,
                               RationalFunction(variant.pick("start", Rational(1, 2), Rational(1))) * delta * delta);
                const RationalFunction scale = variant.pick("constant", Rational(1, 2), Rational(1));
                proof.nonnegative("|delta| at k = j+1", scale * delta - delta * v_share.substitute({{"|v|/delta", 1}}));
                proof.nonnegative("from k to k+1",
                                  scale * (i + one) * delta - (t * y_share * scale * i * delta + q * v_share * delta));
                proof.uses("fixed-point-energy");
            }};
}

/// The sum over j = 1, ..., k-1 of (k-j) is S(k) = k(k-1)/2: S(1) = 0, S(k+1) - S(k) = k.
Obligation fixed_point_total() {
    return {"fixed-point-total",
            "The recurrence in fixed point computes P_k with an error of at most 2k(k+1) units in the last place.",
            "4 sum_{j<k} (k-j) = 2k(k-1) <= 2k(k+1)",
            "numerics.md, The recurrence in fixed point",
            {{"constant", Change::constant, "2k(k+1) replaced by k(k+1)"},
             {"exponent", Change::exponent, "k(k-1)/2 replaced by (k-1)/2"},
             {"sign", Change::sign, "k(k-1)/2 replaced by -k(k-1)/2"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction k = proof.given("k", integer_at_least(1));
                const RationalFunction one = 1;
                const RationalFunction two = 2;
                RationalFunction sum = k * (k - one) / two;
                if (variant.is("exponent")) sum = (k - one) / two;
                if (variant.is("sign")) sum = -sum;
                proof.identity("S(k+1) - S(k) = k", sum.shift("k", 1) - sum, k);
                proof.identity("S(1) = 0", sum.substitute({{"k", 1}}), 0);
                const RationalFunction bound = RationalFunction(variant.pick("constant", 1L, 2L)) * k * (k + one);
                proof.nonnegative("2k(k+1) - 4 S(k) >= 0", bound - RationalFunction(4) * sum);
                proof.uses("fixed-point-step");
                proof.uses("fixed-point-growth");
            }};
}

}  // namespace ntk::proofs
