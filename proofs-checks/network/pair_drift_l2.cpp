// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/network/obligations.hpp"

namespace ntk::proofs {
namespace {

Polynomial half() { return Rational(1, 2); }
Polynomial two() { return 2; }

}  // namespace

/// Cauchy-Schwarz over the N = m/2 pairs by induction, and inside one pair: with x = ||dv_+ - dv_-||, y = |da_+| +
/// |da_-| the rates are bounded by x and by a L_2 R x + L_1 y, and sum sqrt(x^2 + y^2) <= sqrt(m/2) sqrt(2 P^2) =
/// sqrt(m) P.
Obligation pair_sums() {
    return {"pair-sums",
            "Summed over pairs, |da_+ - da_-| is at most L_1 R J and ||dv_+ + dv_-|| at most V = R J sqrt(a² L_2² R² + "
            "L_1²).",
            "(a L_2 R x + L_1 y)^2 <= (a^2 L_2^2 R^2 + L_1^2)(x^2 + y^2); (sum x)^2 <= N sum x^2; (r/sqrt(m)) L_1 R "
            "sqrt(m) P = L_1 R r P",
            "Drift",
            {{"constant", Change::constant, "2 (p² + q²) replaced by p² + q² in the bound of ||dv_+ - dv_-||²"},
             {"sum", Change::constant, "N replaced by N/2 in the inequality of Cauchy and Schwarz"},
             {"exponent", Change::exponent, "L_1² replaced by L_1 under the root"}},
            [](Proof& proof, const Variant& variant) {
                const auto size = [&](const std::string& name) { return proof.given(name, real_at_least(0)); };
                const Polynomial p = size("||dv_+||"), q = size("||dv_-||");
                proof.sum_of_squares("||dv_+ - dv_-||² <= 2 (||dv_+||² + ||dv_-||²)",
                                     Polynomial(variant.pick("constant", 1L, 2L)) * (p * p + q * q) - pow(p + q, 2),
                                     {{Polynomial(1), p - q}});
                const Polynomial l1 = size("L_1"), l2 = size("L_2"), radius = size("R"), a = size("a");
                const Polynomial x = size("x"), y = size("y");
                const Polynomial root_squared = pow(a * l2 * radius, 2) + pow(l1, variant.pick("exponent", 1, 2));
                proof.sum_of_squares("rate of dv_+ + dv_-",
                                     root_squared * (x * x + y * y) - pow(a * l2 * radius * x + l1 * y, 2),
                                     {{Polynomial(1), a * l2 * radius * y - l1 * x}});
                // S² <= N Q: one more summand z. S² = N Q - slack.
                const Polynomial n = proof.given("N", integer_at_least(1));
                const Polynomial s = size("S"), z = size("z"), excess = size("N Q - S²");
                const Polynomial factor = variant.pick("sum", half() * (n + Polynomial(1)), n + Polynomial(1));
                // N times (N+1)(Q + z²) - (S + z)², with N Q = S² + excess.
                proof.sum_of_squares("induction step", factor * (s * s + excess + n * z * z) - n * pow(s + z, 2),
                                     {{Polynomial(1), s - n * z}, {(n + Polynomial(1)) * excess, Polynomial(1)}});
                const RationalFunction r = size("r"), root = proof.given("sqrt(m)", positive()), reach = size("P");
                proof.identity("sum over pairs, squared",
                               root * root / RationalFunction(2) * RationalFunction(2) * reach * reach,
                               pow(root * reach, 2));
                proof.identity("rate of the sum", r / root * RationalFunction(l1 * radius) * root * reach,
                               RationalFunction(l1 * radius) * r * reach);
                proof.uses("pair-velocities");
                proof.uses("weighted-movement");
                proof.uses("fundamental-theorem-of-calculus");
                proof.uses("norm-inequalities");
            }};
}

/// As pair-values and pair-slopes with the movements of the two neurons kept apart, and 2a (alpha_+ B_+ - alpha_- B_-)
/// = a [(alpha_+ + alpha_-)(B_+ - B_-) + (alpha_+ - alpha_-)(B_+ + B_-)]. max(c_v, L_1^2 R^2) is c_v.
Obligation pair_drift_l2() {
    return {
        "pair-drift-l2",
        "The (A2l2) Drift: the change of the kernel of an antisymmetric pair, summed over pairs with the squares of "
        "the "
        "movements adding up to P².",
        "2 s L_1 R V + 2 a L_1^3 R^3 J + 2 a^2 L_1 L_2 R^3 V + [c_v + 2 a L_1 L_2 R^3] P^2, c_v = s L_2 R^2 + L_1^2 "
        "R^2 + "
        "R^4 a^2 (L_1 L_3 + L_2^2) = max(c_v, L_1^2 R^2)",
        "Drift",
        {{"constant", Change::constant, "2 a L_1 L_2 R³ P² replaced by a L_1 L_2 R³ P²"},
         {"exponent", Change::exponent, "L_2² replaced by L_2 in c_v"},
         {"formula", Change::formula, "alpha_- B_+ - alpha_- B_- not symmetrised: 2 (alpha_+ - alpha_-) B_+"},
         {"total", Change::constant, "P² replaced by P²/2"}},
        [](Proof& proof, const Variant& variant) {
            const auto size = [&](const std::string& name) { return proof.given(name, real_at_least(0)); };
            const Polynomial l1 = size("L_1"), l2 = size("L_2"), l3 = size("L_3"), radius = size("R");
            const Polynomial a_size = size("a"), s_size = size("s");
            const Polynomial p = size("||dv_+||"), q = size("||dv_-||"), u = size("|da_+|"), w = size("|da_-|");
            const Polynomial turn = size("||dv_+ + dv_-||"), apart = size("|da_+ - da_-|");
            const Polynomial square = p * p + q * q;
            const Polynomial a = proof.within("a_0", a_size);
            const Polynomial plus = proof.within("da_+", u), minus = proof.within("da_-", w);
            const Polynomial difference = proof.within("da_+ - da_-", apart);
            const Polynomial inner = proof.within("<x,x'>", radius * radius);
            std::vector<Polynomial> start, value_sum, e_plus, e_minus, d_start, d_plus, d_minus, d_gap, d_sum, t_plus,
                t_minus;
            for (const std::string point : {"(x)", "(x')"}) {
                const auto within = [&](const std::string& name, const Polynomial& bound) {
                    return proof.within(name + point, bound);
                };
                start.push_back(within("sigma_0", s_size));
                d_start.push_back(within("D_0", l1));
                d_plus.push_back(within("D_+", l1));
                d_minus.push_back(within("D_-", l1));
                d_gap.push_back(within("D_+ - D_-", l2 * radius * (p + q)));
                e_plus.push_back(within("e_+", l1 * radius * p));
                e_minus.push_back(within("e_-", l1 * radius * q));
                t_plus.push_back(within("eta_+", l2 * radius * p));
                t_minus.push_back(within("eta_-", l2 * radius * q));
                const Polynomial sum = within("delta_+ + delta_-", radius * turn);
                const Polynomial rest = radius * radius * square * half();
                value_sum.push_back(d_start.back() * sum + within("rho_+ + rho_-", l2 * rest));
                d_sum.push_back(within("sigma''_0", l2) * sum + within("rho'_+ + rho'_-", l3 * rest));
            }
            const Polynomial b_plus = d_plus[0] * d_plus[1], b_minus = d_minus[0] * d_minus[1];
            const Polynomial b_gap = d_gap[0] * d_plus[1] + d_minus[0] * d_gap[1];
            const Polynomial mixed = variant.pick("formula", two() * difference * b_plus + two() * minus * b_gap,
                                                  (plus + minus) * b_gap + difference * (b_plus + b_minus));
            const std::map<std::string, Polynomial> meaning = {{"da_+ - da_-", plus - minus},
                                                               {"D_+ - D_-(x)", d_plus[0] - d_minus[0]},
                                                               {"D_+ - D_-(x')", d_plus[1] - d_minus[1]}};
            proof.identity("2 (alpha_+ B_+ - alpha_- B_-)", mixed.substitute(meaning),
                           two() * (plus * b_plus - minus * b_minus));
            const Polynomial change = value_sum[0] * start[1] + start[0] * value_sum[1] + e_plus[0] * e_plus[1] +
                                      e_minus[0] * e_minus[1] +
                                      inner * (a * mixed + plus * plus * b_plus + minus * minus * b_minus +
                                               a * a *
                                                   (d_sum[0] * d_start[1] + d_start[0] * d_sum[1] +
                                                    t_plus[0] * t_plus[1] + t_minus[0] * t_minus[1]));
            const Polynomial curved =
                s_size * l2 * radius * radius + l1 * l1 * radius * radius +
                pow(radius, 4) * a_size * a_size * (l1 * l3 + pow(l2, variant.pick("exponent", 1, 2)));
            const auto linear = [&](const Polynomial& turns, const Polynomial& gaps) {
                return two() * s_size * l1 * radius * turns + two() * a_size * l1 * l1 * radius * radius * gaps +
                       two() * a_size * a_size * l1 * l2 * pow(radius, 3) * turns;
            };
            const Polynomial cross = two() * a_size * l1 * l2 * pow(radius, 3);
            const Polynomial outer = u * u + w * w;
            const Polynomial one_pair = linear(turn, apart) + curved * square + l1 * l1 * radius * radius * outer;
            proof.bounded("one pair", change, one_pair + cross * (u + w) * (p + q));
            const Polynomial factor = cross * variant.pick("constant", Rational(1, 2), Rational(1));
            const Polynomial weight = cross * half();
            proof.sum_of_squares("2 a b <= a² + b²", factor * (square + outer) - cross * (u + w) * (p + q),
                                 {{weight, u + w - p - q}, {weight, u - w}, {weight, p - q}});
            // Sums over pairs: V, L_1 R J and P² are at least these sums.
            const Polynomial turns = size("sum of ||dv_+ + dv_-||"), v = turns + size("rest of V");
            const Polynomial gaps = size("sum of |da_+ - da_-|"), j = gaps + size("rest of L_1 R J");
            const Polynomial squares = size("sum of ||dv||²"), outers = size("sum of |da|²");
            const Polynomial all = squares + outers + size("rest of P²");
            const Polynomial reach = all * variant.pick("total", Rational(1, 2), Rational(1));
            const Polynomial slope = l1 * l1 * radius * radius;
            proof.at_most("max(c_v, L_1² R²) = c_v", slope, curved);
            proof.at_most("all pairs",
                          linear(turns, gaps) + curved * squares + slope * outers + factor * (squares + outers),
                          two() * s_size * l1 * radius * v + two() * a_size * slope * j +
                              two() * a_size * a_size * l1 * l2 * pow(radius, 3) * v + (curved + factor) * reach);
            proof.uses("pair-values");
            proof.uses("pair-slopes");
            proof.uses("pair-sums");
        }};
}

/// As pair-remainder; no neuron moves further than dalpha, dnu, and the squares of all dv add up to at most P^2.
Obligation pair_remainder_l2() {
    return {"pair-remainder-l2",
            "The (A2l2) Rem: the remainders of antisymmetric pairs, summed over pairs.",
            "L_1 R (dalpha V + dnu L_1 R J) + L_2 R^2 dalpha P^2/2 + a (L_2 R^2 dnu V + L_3 R^3 dnu P^2/6)",
            "Drift",
            {{"constant", Change::constant, "P²/2 replaced by P²/4"},
             {"exponent", Change::exponent, "R³ replaced by R² in the term of L_3"},
             {"formula", Change::formula, "dnu L_1 R J replaced by dalpha L_1 R J"}},
            [](Proof& proof, const Variant& variant) {
                const auto size = [&](const std::string& name) { return proof.given(name, real_at_least(0)); };
                const Polynomial l1 = size("L_1"), l2 = size("L_2"), l3 = size("L_3");
                const Polynomial radius = proof.given("R", real_at_least(1));
                const Polynomial a_size = size("a"), dalpha = size("dalpha"), dnu = size("dnu");
                const Polynomial turn = size("||dv_+ + dv_-||"), apart = size("|da_+ - da_-|");
                const Polynomial square = size("||dv_+||² + ||dv_-||²");
                const Polynomial a = proof.within("a_0", a_size);
                const Polynomial plus = proof.within("da_+", dalpha);
                const Polynomial difference = proof.within("da_+ - da_-", apart);
                const Polynomial slope = proof.within("sigma'_0", l1);
                const Polynomial bend = proof.within("sigma''_0", l2);
                const Polynomial sum = proof.within("delta_+ + delta_-", radius * turn);
                const Polynomial spread = proof.within("delta_+ - delta_-", two() * radius * dnu);
                const Polynomial change = proof.within("e_-", l1 * radius * dnu);
                const Polynomial rest = proof.within("rho_+ + rho_-", l2 * radius * radius * square * half());
                const Polynomial cubic =
                    proof.within("third orders", l3 * pow(radius, 3) * dnu * square * Rational(1, 6));
                const Polynomial remainder =
                    plus * (slope * sum + rest) - difference * change + a * (half() * bend * sum * spread + cubic);
                const auto bound = [&](const Polynomial& turns, const Polynomial& gaps, const Polynomial& squares) {
                    return l1 * radius * (dalpha * turns + variant.pick("formula", dalpha, dnu) * gaps) +
                           l2 * radius * radius * dalpha * squares *
                               variant.pick("constant", Rational(1, 4), Rational(1, 2)) +
                           a_size * (l2 * radius * radius * dnu * turns +
                                     l3 * pow(radius, variant.pick("exponent", 2, 3)) * dnu * squares * Rational(1, 6));
                };
                proof.bounded("one pair", remainder, bound(turn, apart, square));
                // Sums over pairs: V, L_1 R J and P² are at least these sums.
                const Polynomial turns = size("sum of ||dv_+ + dv_-||"), gaps = size("sum of |da_+ - da_-|");
                const Polynomial squares = size("sum of ||dv||²");
                proof.at_most(
                    "all pairs", bound(turns, gaps, squares),
                    bound(turns + size("rest of V"), gaps + size("rest of L_1 R J"), squares + size("rest of P²")));
                proof.uses("pair-remainder");
                proof.uses("pair-sums");
            }};
}

}  // namespace ntk::proofs
