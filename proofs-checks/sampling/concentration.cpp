// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/sampling/obligations.hpp"

namespace ntk::proofs {
namespace {

using Symbol = RationalFunction;

}  // namespace

/// The mean of n values in [-M, M] deviates by eps with probability at most 2 exp(-2 n eps^2/(2M)^2). The exponent is
/// L = log(2/delta) for eps = M sqrt(2L/n).
Obligation hoeffding_solved() {
    return {"hoeffding-solved",
            "Hoeffding's inequality for (E-E_n)[phi r_0], solved for the deviation.",
            "|(E-E_n)[phi r_0]| <= M sqrt(2 log(2/delta)/n), M = ||phi||_sup ||r_0||_sup, with probability >= 1-delta",
            "Chain of bounds",
            {{"constant", Change::constant, "2 log(2/delta) replaced by log(2/delta)"},
             {"exponent", Change::exponent, "sqrt(1/n) replaced by 1/n"},
             {"range", Change::hypothesis, "|phi r_0| <= M dropped: values in [-2M, 2M]"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol n = proof.given("n", integer_at_least(1));
                const Symbol probe = proof.given("||phi||_sup", positive());
                const Symbol residual = proof.given("||r_0||_sup", positive());
                const Symbol l = proof.given("log(2/delta)", positive());
                const Symbol p = proof.given("phi/||phi||_sup", between(-1, 1));
                const Symbol r = proof.given("r_0/||r_0||_sup", between(-1, 1));
                const Symbol m = probe * residual;
                const Symbol largest = Symbol(variant.pick("range", 2L, 1L)) * m;  // of |phi r_0|
                proof.nonnegative("phi r_0 <= M", largest - probe * p * residual * r);
                proof.nonnegative("phi r_0 >= -M", largest + probe * p * residual * r);
                const Symbol length = Symbol(2) * largest;
                const Symbol eps_square = proof.given("eps²", real_at_least(0));
                const Symbol solution =
                    m * m * Symbol(variant.pick("constant", 1L, 2L)) * l / pow(n, variant.pick("exponent", 2, 1));
                const Symbol rate = Symbol(2) * n / (length * length);
                proof.positive("the exponent grows with eps²", rate);
                proof.identity("the exponent is log(2/delta) at the solution", rate * eps_square - l,
                               rate * (eps_square - solution));
                // exp(-L) = delta/2.
                const Symbol delta = proof.given("delta", between(0, 1));
                const Symbol decay = delta / Symbol(2);
                proof.identity("the probability is delta", Symbol(2) * decay, delta);
                proof.uses("hoeffding");
            }};
}

/// A function of N independent variables whose change moves it by at most c exceeds its mean by eps with probability at
/// most exp(-2 eps^2/(N c^2)); L = log(1/delta). For Z one point changes (1/n) phi grad f, of norm at most ||phi||
/// sqrt(K_max)/n, twice; for ||h_0||_n one independent neuron changes a part of size at most B/m', twice.
Obligation mcdiarmid_solved() {
    return {
        "mcdiarmid-solved",
        "The bounded-differences inequality for Z and for ||h_0||_n, solved for the deviation.",
        "Z <= sqrt(K_max/n) + ||phi||_sup sqrt(2 K_max log(1/delta)/n), ||h_0||_n <= sqrt(V/m') + B sqrt(2 "
        "log(1/delta)/m')",
        "Chain of bounds",
        {{"constant", Change::constant, "2 K_max log(1/delta) replaced by K_max log(1/delta)"},
         {"neurons", Change::exponent, "1/m' replaced by 1/m'² under the root"},
         {"difference", Change::hypothesis, "the part of one variable is not bounded by this: four times it"}},
        [](Proof& proof, const Variant& variant) {
            const Symbol n = proof.given("n", integer_at_least(1));
            const Symbol probe = proof.given("||phi||_sup", positive());
            const Symbol root = proof.given("sqrt(K_max)", positive());
            const Symbol l = proof.given("log(1/delta)", positive());
            const Symbol neurons = proof.given("m'", integer_at_least(1));
            const Symbol size = proof.given("B", positive());
            const Symbol old_part = proof.given("old part/its bound", between(0, 1));
            const Symbol new_part = proof.given("new part/its bound", between(0, 1));
            const Symbol factor = variant.pick("difference", 4L, 2L);
            const Symbol eps_square = proof.given("eps²", real_at_least(0));
            const auto solve = [&](const std::string& claim, const Symbol& count, const Symbol& part,
                                   const Symbol& solution) {
                const Symbol difference = factor * part / count;
                proof.nonnegative(claim + ": old and new part change the norm of the mean by at most the difference",
                                  difference - (old_part + new_part) * part / count);
                const Symbol rate = Symbol(2) / (count * difference * difference);
                proof.positive(claim + ": the exponent grows with eps²", rate);
                proof.identity(claim + ": the exponent is log(1/delta) at the solution", rate * eps_square - l,
                               rate * (eps_square - solution));
            };
            solve("Z", n, probe * root, probe * probe * root * root * Symbol(variant.pick("constant", 1L, 2L)) * l / n);
            solve("h_0", neurons, size, size * size * Symbol(2) * l / pow(neurons, variant.pick("neurons", 2, 1)));
            proof.uses("mcdiarmid");
            proof.uses("gradient-error-at-start");
            proof.uses("kernel-error-at-start");
        }};
}

/// P(mean >= eps) <= exp(-n eps^2/(2 (v + b eps/3))). The exponent is L at the positive root of n eps^2 = 2L(v + b
/// eps/3), x + w with x = bL/(3n), w^2 = x^2 + 2vL/n; and w <= x + sqrt(2vL/n).
Obligation bernstein_solved() {
    return {"bernstein-solved",
            "Bernstein's inequality for the mean of n variables of variance v, bounded by b, solved for the deviation.",
            "eps = x + sqrt(x^2 + 2vL/n) <= sqrt(2vL/n) + 2x, x = bL/(3n), L = log(1/delta)",
            "Chain of bounds",
            {{"constant", Change::constant, "x = bL/(2n)"},
             {"sign", Change::sign, "-x + sqrt(x² + 2vL/n)"},
             {"bound", Change::constant, "2x replaced by x/2 in the bound"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol n = proof.given("n", integer_at_least(1));
                const Symbol b = proof.given("b", real_at_least(0));
                const Symbol l = proof.given("L", positive());
                // The root w parametrises the variance.
                const Symbol x = b * l / (Symbol(variant.pick("constant", 2L, 3L)) * n);
                const Symbol w = x + proof.given("w - x", real_at_least(0));
                const Symbol v = (w * w - x * x) * n / (Symbol(2) * l);
                const Symbol eps = w + Symbol(variant.pick("sign", -1L, 1L)) * x;
                proof.identity("the exponent is L", n * eps * eps, Symbol(2) * l * (v + b * eps / Symbol(3)));
                proof.nonnegative("the variance is not negative", v);
                // (x + s)^2 >= x^2 + s^2 with s = sqrt(2vL/n).
                const Symbol s = proof.given("sqrt(2vL/n)", real_at_least(0));
                const Symbol share = variant.pick("bound", Rational(-1, 2), Rational(1));
                const Symbol root_bound = s + share * x;
                proof.nonnegative("x + sqrt(x² + s²) <= 2x + s", root_bound * root_bound - (x * x + s * s));
                proof.uses("bernstein");
            }};
}

/// n martingale differences of norm at most kappa_c/n: 2 exp(-eps^2/(2 n (kappa_c/n)^2)), L = log(2/delta).
Obligation pinelis_solved() {
    return {"pinelis-solved",
            "Pinelis' inequality for the mean of n independent centred vectors of norm at most kappa_c, solved for the "
            "deviation.",
            "|mean| <= kappa_c sqrt(2 log(2/delta)/n) with probability >= 1 - delta",
            "Overparameterised regime",
            {{"constant", Change::constant, "2 log(2/delta) replaced by log(2/delta)"},
             {"exponent", Change::exponent, "sqrt(1/n) replaced by 1/n"},
             {"norm", Change::hypothesis, "the norm is not bounded by kappa_c but by 2 kappa_c"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol n = proof.given("n", integer_at_least(1));
                const Symbol size = proof.given("kappa_c", positive());
                const Symbol l = proof.given("log(2/delta)", positive());
                const Symbol difference = Symbol(variant.pick("norm", 2L, 1L)) * size / n;
                const Symbol rate = Symbol(1) / (Symbol(2) * n * difference * difference);
                const Symbol eps_square = proof.given("eps²", real_at_least(0));
                const Symbol solution =
                    size * size * Symbol(variant.pick("constant", 1L, 2L)) * l / pow(n, variant.pick("exponent", 2, 1));
                proof.positive("the exponent grows with eps²", rate);
                proof.identity("the exponent is log(2/delta) at the solution", rate * eps_square - l,
                               rate * (eps_square - solution));
                proof.uses("pinelis");
            }};
}

/// P(A or B) = P(A) + P(B) - P(A and B): with N events of probability at most delta each, one more event adds at most
/// delta. With delta = total/N the union has at most the total; U5 has three events.
Obligation union_of_events() {
    return {"union-of-events",
            "N events of probability at most delta occur, at least one, with probability at most N delta, so a total "
            "split evenly is kept.",
            "P(A_1 or ... or A_N) <= N delta; N (total/N) = total; three events: 3 delta",
            "Chain of bounds",
            {{"constant", Change::constant, "N delta replaced by (N-1) delta"},
             {"split", Change::exponent, "total/N replaced by total/N²"},
             {"small", Change::hypothesis, "the new event has probability 2 delta"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol count = proof.given("N", integer_at_least(1));
                const Symbol delta = proof.given("delta", between(0, 1));
                const Symbol spare = proof.given("N delta - P(union)", real_at_least(0));
                const Symbol room = proof.given("delta - P(A_{N+1})", real_at_least(0));
                const Symbol both = proof.given("P(both)", real_at_least(0));
                const Symbol total = proof.given("total", between(0, 1));
                const auto bound = [&](const Symbol& events) {
                    return (events - Symbol(variant.pick("constant", 1L, 0L))) * delta;
                };
                const Symbol before = bound(count) - spare;
                const Symbol added = Symbol(variant.pick("small", 2L, 1L)) * delta - room;
                proof.identity("one event", bound(1), (delta - room) + room);
                const Symbol gap = spare + room + both;
                proof.identity("induction step", bound(count + Symbol(1)), before + added - both + gap);
                proof.nonnegative("the gap", gap);
                const Symbol share = total / pow(count, variant.pick("split", 2, 1));
                proof.identity("an even split keeps the total", count * share, total);
                proof.number("three events", bound(3).substitute({{"delta", 1}}).numerator().constant(), 3);
            }};
}

/// The expectations and the deviations above them are added: each claim is one of the three events. The claims for Z
/// and
/// ||h_0||_n are sqrt(second moment) + sqrt(eps^2), the roots of the two obligations.
Obligation random_terms() {
    return {"random-terms",
            "The random terms of the bound before training are within their bounds together with probability at least "
            "1 - 3 delta (U5).",
            "P(all three bounds hold) >= 1 - 3 delta",
            "Chain of bounds",
            {{"events", Change::constant, "1 - 3 delta replaced by 1 - 2 delta"},
             {"mean", Change::hypothesis, "E Z <= sqrt(K_max/n) dropped: up to twice that"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol delta = proof.given("delta", between(0, 1));
                const Symbol spare = proof.given("3 delta - P(one fails)", real_at_least(0));
                const Symbol failed = Symbol(3) * delta - spare;
                const Symbol claimed = Symbol(1) - Symbol(variant.pick("events", 2L, 3L)) * delta;
                proof.identity("all three hold", Symbol(1) - failed, claimed + spare);
                const Symbol root = proof.given("sqrt(second moment)", real_at_least(0));
                const Symbol deviation = proof.given("sqrt(eps²)", real_at_least(0));
                const Symbol share = proof.given("mean/root", between(0, 1));
                const Symbol part = proof.given("deviation/its bound", between(0, 1));
                const Symbol mean = Symbol(variant.pick("mean", 2L, 1L)) * share * root;
                proof.nonnegative("mean and deviation", root + deviation - (mean + part * deviation));
                proof.uses("hoeffding-solved");
                proof.uses("mcdiarmid-solved");
                proof.uses("largest-kernel-value");
                proof.uses("union-of-events");
            }};
}

}  // namespace ntk::proofs
