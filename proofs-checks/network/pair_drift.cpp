// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/network/obligations.hpp"

namespace ntk::proofs {
namespace {

/// Sizes in the (A2) bounds: V bounds ||dv_+ + dv_-||, delta_alpha bounds |da_+ - da_-|.
struct Sizes {
    explicit Sizes(Proof& proof)
        : l1(proof.given("L_1", real_at_least(0))),
          l2(proof.given("L_2", real_at_least(0))),
          radius(proof.given("R", real_at_least(1))),
          dnu(proof.given("dnu", real_at_least(0))),
          turn(proof.given("V", real_at_least(0))) {}

    Polynomial l1;
    Polynomial l2;
    Polynomial radius;
    Polynomial dnu;
    Polynomial turn;
};

Polynomial half() { return Rational(1, 2); }
Polynomial two() { return 2; }

}  // namespace

/// e_+- = sigma_+- - sigma_0 = sigma'_0 delta_+- + rho_+-; the sum over the pair of sigma sigma' - sigma_0 sigma_0' is
/// (e_+ + e_-) sigma_0' + sigma_0 (e_+ + e_-)' + e_+ e_+' + e_- e_-'.
Obligation pair_values() {
    return {"pair-values",
            "The part sigma sigma' of the kernel of an antisymmetric pair changes by at most its part of the (A2) "
            "Drift.",
            "2 s_0 (L_1 R V + L_2 R^2 dnu^2) + 2 L_1^2 R^2 dnu^2",
            "Drift",
            {{"constant", Change::constant, "2 L_1² R² dnu² replaced by L_1² R² dnu²"},
             {"exponent", Change::exponent, "dnu² replaced by dnu in the term of L_2"},
             {"hypothesis", Change::hypothesis, "dv_+ and dv_- do not nearly cancel: their sum bounded by 2 R dnu"}},
            [](Proof& proof, const Variant& variant) {
                const Sizes x(proof);
                const Polynomial start = proof.given("s_0", real_at_least(0));
                const Polynomial rest = x.l2 * x.radius * x.radius * x.dnu * x.dnu * half();
                const Polynomial sum_of_turns = variant.pick("hypothesis", two() * x.radius * x.dnu, x.radius * x.turn);
                // sums[i] = e_+ + e_- at the two() points, singles[i] = e_+, e_-, e_+', e_-'.
                std::vector<Polynomial> values, sums;
                for (const std::string point : {"(x)", "(x')"}) {
                    values.push_back(proof.within("sigma_0" + point, start));
                    const Polynomial slope = proof.within("sigma'_0" + point, x.l1);
                    const Polynomial turn = proof.within("delta_+ + delta_-" + point, sum_of_turns);
                    const Polynomial plus = proof.within("rho_+" + point, rest);
                    const Polynomial minus = proof.within("rho_-" + point, rest);
                    sums.push_back(slope * turn + plus + minus);
                }
                std::vector<Polynomial> singles;
                for (const std::string name : {"e_+(x)", "e_-(x)", "e_+(x')", "e_-(x')"}) {
                    singles.push_back(proof.within(name, x.l1 * x.radius * x.dnu));
                }
                const Polynomial change = singles[0] * singles[2] + singles[1] * singles[3];
                proof.identity("change of sigma sigma'",
                               (singles[0] + singles[1]) * values[1] + values[0] * (singles[2] + singles[3]) + change,
                               (values[0] + singles[0]) * (values[1] + singles[2]) +
                                   (values[0] + singles[1]) * (values[1] + singles[3]) - two() * values[0] * values[1]);
                const Polynomial bend = variant.pick("exponent", x.dnu, x.dnu * x.dnu);
                const Polynomial square = x.l1 * x.l1 * x.radius * x.radius * x.dnu * x.dnu;
                proof.bounded("change of the pair", sums[0] * values[1] + values[0] * sums[1] + change,
                              two() * start * (x.l1 * x.radius * x.turn + x.l2 * x.radius * x.radius * bend) +
                                  Polynomial(variant.pick("constant", 1L, 2L)) * square);
                proof.uses("pair-velocities");
                proof.uses("taylor");
                proof.uses("norm-inequalities");
            }};
}

/// With D for sigma', eta_+- = D_+- - D_0 = sigma''_0 delta_+- + rho'_+- and B = D D': a_+^2 B_+ + a_-^2 B_- - 2 a^2
/// B_0 with a_+- = +-a + alpha_+- is 2a [(alpha_+ - alpha_-) B_+ + alpha_- (B_+ - B_-)] + alpha_+^2 B_+ + alpha_-^2 B_-
/// + a^2 [B_+ + B_- - 2 B_0].
Obligation pair_slopes() {
    return {"pair-slopes",
            "The part a² sigma' sigma' of the kernel of an antisymmetric pair changes by at most its part of the (A2) "
            "Drift (without <x,x'>, at most R²).",
            "2|a_0|(delta_alpha L_1^2 + 4 L_1 L_2 R dalpha dnu) + 2 dalpha^2 L_1^2 + a_0^2 (2 L_1 (L_2 R V + L_3 R^2 "
            "dnu^2) + 2 L_2^2 R^2 dnu^2)",
            "Drift",
            {{"constant", Change::constant, "4 L_1 L_2 R dalpha dnu replaced by 3 L_1 L_2 R dalpha dnu"},
             {"exponent", Change::exponent, "L_2² replaced by L_2"},
             {"smooth", Change::hypothesis, "no bound of sigma''': the term with L_3 left out"},
             {"apart", Change::hypothesis, "da_+ and da_- do not nearly agree: apart by 2 dalpha"}},
            [](Proof& proof, const Variant& variant) {
                const Sizes x(proof);
                const Polynomial l3 = proof.given("L_3", real_at_least(0));
                const Polynomial size = proof.given("|a_0|", real_at_least(0));
                const Polynomial dalpha = proof.given("dalpha", real_at_least(0));
                const Polynomial apart = proof.given("delta_alpha", real_at_least(0));
                const Polynomial a = proof.within("a_0", size);
                const Polynomial plus = proof.within("da_+", dalpha);
                const Polynomial minus = proof.within("da_-", dalpha);
                const Polynomial difference = proof.within("da_+ - da_-", variant.pick("apart", two() * dalpha, apart));
                std::vector<Polynomial> d_plus, d_minus, d_start, gaps, sums, turns;
                for (const std::string point : {"(x)", "(x')"}) {
                    d_plus.push_back(proof.within("D_+" + point, x.l1));
                    d_minus.push_back(proof.within("D_-" + point, x.l1));
                    d_start.push_back(proof.within("D_0" + point, x.l1));
                    gaps.push_back(proof.within("D_+ - D_-" + point, two() * x.l2 * x.radius * x.dnu));
                    const Polynomial bend = proof.within("sigma''_0" + point, x.l2);
                    const Polynomial turn = proof.within("delta_+ + delta_-" + point, x.radius * x.turn);
                    Polynomial sum = bend * turn;
                    for (const std::string sign : {"+", "-"}) {
                        sum += proof.within("rho'_" + sign + point, l3 * x.radius * x.radius * x.dnu * x.dnu * half());
                        turns.push_back(proof.within("eta_" + sign + point, x.l2 * x.radius * x.dnu));
                    }
                    sums.push_back(sum);
                }
                // The identity, with what the symbols stand for.
                const std::map<std::string, Polynomial> meaning = {
                    {"da_+ - da_-", plus - minus},         {"D_+(x)", d_start[0] + turns[0]},
                    {"D_-(x)", d_start[0] + turns[1]},     {"D_+(x')", d_start[1] + turns[2]},
                    {"D_-(x')", d_start[1] + turns[3]},    {"D_+ - D_-(x)", turns[0] - turns[1]},
                    {"D_+ - D_-(x')", turns[2] - turns[3]}};
                const Polynomial outer =
                    two() * a *
                        (difference * d_plus[0] * d_plus[1] + minus * (gaps[0] * d_plus[1] + d_minus[0] * gaps[1])) +
                    plus * plus * d_plus[0] * d_plus[1] + minus * minus * d_minus[0] * d_minus[1];
                const auto inner = [&](const Polynomial& sum, const Polynomial& sum2) {
                    return a * a * (sum * d_start[1] + d_start[0] * sum2 + turns[0] * turns[2] + turns[1] * turns[3]);
                };
                const Polynomial whole = pow(a + plus, 2) * d_plus[0] * d_plus[1] +
                                         pow(minus - a, 2) * d_minus[0] * d_minus[1] -
                                         two() * a * a * d_start[0] * d_start[1];
                proof.identity("change of a² sigma' sigma'",
                               (outer + inner(turns[0] + turns[1], turns[2] + turns[3])).substitute(meaning),
                               whole.substitute(meaning));
                const Polynomial third = variant.pick("smooth", Polynomial(), l3) * x.radius * x.radius * x.dnu * x.dnu;
                const Polynomial square = pow(x.l2, variant.pick("exponent", 1, 2)) * pow(x.radius * x.dnu, 2);
                proof.bounded("change of the pair", outer + inner(sums[0], sums[1]),
                              two() * size *
                                      (apart * x.l1 * x.l1 + Polynomial(variant.pick("constant", 3L, 4L)) * x.l1 *
                                                                 x.l2 * x.radius * dalpha * x.dnu) +
                                  two() * dalpha * dalpha * x.l1 * x.l1 +
                                  size * size * (two() * x.l1 * (x.l2 * x.radius * x.turn + third) + two() * square));
                proof.uses("pair-velocities");
                proof.uses("taylor");
                proof.uses("norm-inequalities");
            }};
}

/// Every summand has two() factors that are of first order in gamma, or one (V, delta_alpha) of second order: with dnu
/// = gamma dnu_1 etc. the bound is gamma^2 times a polynomial, and gamma^2 = (L_1 R tau)^2/m.
Obligation pair_drift() {
    return {
        "pair-drift",
        "The (A2) Drift is the sum of its two() parts and of second order in gamma, hence O(1/m) for a mean over "
        "pairs; the basic Drift is of first order.",
        "Drift = (1/m) sum {values + R^2 slopes} = gamma^2 (...), gamma = L_1 R tau/sqrt(m)",
        "Drift",
        {{"order", Change::formula, "V of first order, as without antisymmetry"},
         {"exponent", Change::exponent, "claims order gamma³"},
         {"basic", Change::formula, "claims second order of the basic Drift"}},
        [](Proof& proof, const Variant& variant) {
            const auto size = [&](const std::string& name) { return proof.given(name, real_at_least(0)); };
            const Polynomial l1 = size("L_1"), l2 = size("L_2"), l3 = size("L_3"), radius = size("R");
            const Polynomial a = size("|a_0|"), s = size("s_0"), gamma = size("gamma");
            const Polynomial dnu = gamma * size("dnu/gamma"), dalpha = gamma * size("dalpha/gamma");
            const Polynomial turn = variant.pick("order", gamma, gamma * gamma) * size("V/gamma²");
            const Polynomial apart = gamma * gamma * size("delta_alpha/gamma²");
            const Polynomial values = two() * s * (l1 * radius * turn + l2 * radius * radius * dnu * dnu) +
                                      two() * l1 * l1 * radius * radius * dnu * dnu;
            const Polynomial slopes = two() * a * (apart * l1 * l1 + Polynomial(4) * l1 * l2 * radius * dalpha * dnu) +
                                      two() * dalpha * dalpha * l1 * l1 +
                                      a * a *
                                          (two() * l1 * (l2 * radius * turn + l3 * radius * radius * dnu * dnu) +
                                           two() * l2 * l2 * radius * radius * dnu * dnu);
            const Polynomial pairs = values + radius * radius * slopes;
            const Polynomial basic = l1 * radius * dnu * two() * s + l1 * l1 * radius * radius * dalpha * two() * a +
                                     two() * pow(radius, 3) * l1 * l2 * a * a * dnu;
            const Polynomial drift = variant.pick("basic", basic, pairs);
            const unsigned order = variant.pick("exponent", 3U, 2U);
            for (unsigned i = 0; i < order; ++i) {
                proof.identity("coefficient of gamma^" + std::to_string(i), drift.coefficient("gamma", i), 0);
            }
            proof.nonnegative("the basic Drift has a term of first order",
                              basic.coefficient("gamma", 1) - two() * l1 * radius * s * dnu.coefficient("gamma", 1));
            const RationalFunction scaled = RationalFunction(pairs).substitute(
                {{"gamma", RationalFunction(gamma) / proof.given("sqrt(m)", positive())}});
            proof.identity("gamma = gamma_1/sqrt(m) divides the Drift by m", scaled,
                           RationalFunction(pairs) / pow(RationalFunction::symbol("sqrt(m)"), 2));
            proof.uses("pair-values");
            proof.uses("pair-slopes");
            proof.uses("pair-cancellation");
            proof.uses("movement-integrals");
        }};
}

/// The remainder of the pair is sum da_+- e_+- + a (rho_+ - rho_-) = da_+ (e_+ + e_-) - (da_+ - da_-) e_- + a
/// (sigma''_0 (delta_+ + delta_-)(delta_+ - delta_-)/2 + third orders).
Obligation pair_remainder() {
    return {"pair-remainder",
            "An antisymmetric pair differs from its linearisation by at most its summand of the (A2) Rem.",
            "L_1 R (dalpha V + delta_alpha dnu) + L_2 R^2 dalpha dnu^2 + |a_0| (L_2 R^2 dnu V + L_3 R^3 dnu^3/3)",
            "Drift",
            {{"constant", Change::constant, "L_3 R³ dnu³/3 replaced by L_3 R³ dnu³/4"},
             {"exponent", Change::exponent, "dnu² replaced by dnu³ in the term of L_2"},
             {"formula", Change::formula, "delta_alpha dnu left out"}},
            [](Proof& proof, const Variant& variant) {
                const Sizes x(proof);
                const Polynomial l3 = proof.given("L_3", real_at_least(0));
                const Polynomial size = proof.given("|a_0|", real_at_least(0));
                const Polynomial dalpha = proof.given("dalpha", real_at_least(0));
                const Polynomial apart = proof.given("delta_alpha", real_at_least(0));
                const Polynomial square = x.radius * x.radius * x.dnu * x.dnu;
                const Polynomial a = proof.within("a_0", size);
                const Polynomial plus = proof.within("da_+", dalpha);
                const Polynomial minus = proof.within("da_-", dalpha);
                const Polynomial difference = proof.within("da_+ - da_-", apart);
                const Polynomial slope = proof.within("sigma'_0", x.l1);
                const Polynomial bend = proof.within("sigma''_0", x.l2);
                const Polynomial turn = proof.within("delta_+ + delta_-", x.radius * x.turn);
                const Polynomial spread = proof.within("delta_+ - delta_-", two() * x.radius * x.dnu);
                const Polynomial change = proof.within("e_-", x.l1 * x.radius * x.dnu);
                const Polynomial rho_plus = proof.within("rho_+", x.l2 * square * half());
                const Polynomial rho_minus = proof.within("rho_-", x.l2 * square * half());
                const Polynomial sixth = l3 * square * x.radius * x.dnu * Rational(1, 6);
                const Polynomial cubic_plus = proof.within("third order of +", sixth);
                const Polynomial cubic_minus = proof.within("third order of -", sixth);
                const Polynomial remainder = plus * (slope * turn + rho_plus + rho_minus) - difference * change +
                                             a * (half() * bend * turn * spread + cubic_plus - cubic_minus);
                // With u = delta_+, w = delta_-: e = sigma'_0 u + rho, rho = sigma''_0 u²/2 + third order.
                const Polynomial u = proof.given("u", any_real()), w = proof.given("w", any_real());
                const Polynomial rest_plus = half() * bend * u * u + cubic_plus;
                const Polynomial rest_minus = half() * bend * w * w + cubic_minus;
                const Polynomial e_plus = slope * u + rest_plus, e_minus = slope * w + rest_minus;
                proof.identity("remainder of the pair",
                               remainder.substitute({{"delta_+ + delta_-", u + w},
                                                     {"delta_+ - delta_-", u - w},
                                                     {"da_+ - da_-", plus - minus},
                                                     {"e_-", e_minus},
                                                     {"rho_+", rest_plus},
                                                     {"rho_-", rest_minus}}),
                               plus * e_plus + minus * e_minus + a * rest_plus - a * rest_minus);
                const Polynomial bound =
                    x.l1 * x.radius * (dalpha * x.turn + variant.pick("formula", Polynomial(), apart * x.dnu)) +
                    x.l2 * x.radius * x.radius * dalpha * pow(x.dnu, variant.pick("exponent", 3, 2)) +
                    size * (x.l2 * x.radius * x.radius * x.dnu * x.turn +
                            l3 * pow(x.radius * x.dnu, 3) * variant.pick("constant", Rational(1, 4), Rational(1, 3)));
                proof.bounded("remainder", remainder, bound);
                proof.uses("pair-velocities");
                proof.uses("basic-remainder");
                proof.uses("taylor");
                proof.uses("norm-inequalities");
            }};
}

}  // namespace ntk::proofs
