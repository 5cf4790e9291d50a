// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/proof.hpp"

#include "proofs-checks/engine/obligation.hpp"

#include <doctest/doctest.h>

using namespace ntk::proofs;
using ntk::Ball;
using ntk::Rational;

namespace {

/// The counterexample of the rejection that the step ends with.
template <class Step>
std::string rejection(const Step& step) {
    try {
        step();
    } catch (const Rejected& rejected) {
        return rejected.counterexample.empty() ? "none" : rejected.counterexample;
    }
    return "not rejected";
}

}  // namespace

TEST_CASE("identity: holds for all values, or names values at which it fails") {
    Proof proof({});
    const Polynomial k = proof.given("k", integer_at_least(0));
    proof.identity("square", (k + Polynomial(1)) * (k + Polynomial(1)), k * k + Polynomial(2) * k + Polynomial(1));
    proof.finish(false);
    CHECK(proof.status() == Status::proved);
    CHECK(proof.range() == "all k ≥ 0");
    CHECK(proof.methods() == std::vector<Method>{Method::identity});
    // Agreement at k = 0 and k = 1 is not enough.
    CHECK(rejection([&] { proof.identity("cube", k * k * k, k); }) == "k = 2: left side 8, right side 2");
    CHECK(rejection([&] { proof.number("number", 1, 2); }) == "left side 1, right side 2");
}

TEST_CASE("positivity: on the stated range, not beyond, strict where asked") {
    Proof proof({});
    const Polynomial k = proof.given("k", integer_at_least(2));
    const Polynomial x = proof.given("x", between(0, 1));
    const Polynomial y = proof.given("y", positive());
    const Polynomial free = proof.given("z", any_real());
    proof.nonnegative("k - 2", k - Polynomial(2));
    proof.nonnegative("x(1-x)", x * (Polynomial(1) - x));
    proof.positive("y", y);
    proof.positive("1 + x", Polynomial(1) + x);
    proof.positive("1/k", RationalFunction(1) / RationalFunction(k));
    proof.nonnegative("(k-2)/(1-k) is <= 0", -RationalFunction(k - Polynomial(2), Polynomial(1) - k));
    proof.sum_of_squares("z² - 2z + 1", free * free - Polynomial(2) * free + Polynomial(1),
                         {{1, free - Polynomial(1)}});
    CHECK(rejection([&] { proof.nonnegative("k - 3", k - Polynomial(3)); }) == "k = 2: value -1");
    CHECK(rejection([&] { proof.positive("k - 2", k - Polynomial(2)); }) == "k = 2: value 0");
    CHECK(rejection([&] { proof.positive("1 - x", Polynomial(1) - x); }) == "x = 1: value 0");
    CHECK(rejection([&] { proof.nonnegative("x - 1/2", x - Polynomial(Rational(1, 2))); }) == "x = 0: value -1/2");
    CHECK(rejection([&] { proof.nonnegative("1/(k-2)", RationalFunction(1) / RationalFunction(k - Polynomial(2))); }) ==
          "k = 2: the denominator vanishes");
    CHECK(rejection([&] { proof.sum_of_squares("z", free, {{1, free}}); }) == "z = -1: value -1");
    CHECK(rejection([&] { proof.sum_of_squares("-z²", -free * free, {{-1, free}}); }) != "not rejected");
    CHECK_THROWS_AS(proof.nonnegative("z²", free * free), std::logic_error);
    CHECK_THROWS_AS(proof.nonnegative("w", Polynomial::symbol("w")), std::logic_error);
    // True, but not by the signs of the coefficients: no counterexample, and no proof.
    CHECK(rejection([&] { proof.nonnegative("(y-1)²", (y - Polynomial(1)) * (y - Polynomial(1))); }) == "none");
}

TEST_CASE("recurrence certificates: Zeilberger's for sum_j C(n,j) = 2^n, and a wrong one") {
    Proof proof({});
    const Polynomial n = proof.given("n", integer_at_least(0));
    const Polynomial j = proof.given("j", integer_at_least(0));
    const GammaTerm binomial = GammaTerm::gamma(n + Polynomial(1)) / GammaTerm::gamma(j + Polynomial(1)) /
                               GammaTerm::gamma(n - j + Polynomial(1));
    const RationalFunction certificate(-j, n - j + Polynomial(1));
    proof.telescoping("sum doubles", binomial, "n", "j", {-2, 1}, certificate);
    CHECK(rejection([&] {
              proof.telescoping("sum triples", binomial, "n", "j", {-3, 1}, certificate);
          }) != "not rejected");
    CHECK(rejection([&] { proof.telescoping("sign", binomial, "n", "j", {-2, 1}, -certificate); }) != "not rejected");
    proof.same_recurrence("2^n", 2, GammaTerm::power(2, n).ratio("n", 1), {GammaTerm(1)}, {GammaTerm(1)});
    CHECK(rejection([&] { proof.same_recurrence("start", 2, 2, {GammaTerm(1)}, {GammaTerm(2)}); }) != "not rejected");
    CHECK(rejection([&] { proof.same_recurrence("ratio", 2, 3, {GammaTerm(1)}, {GammaTerm(1)}); }) != "not rejected");
    proof.gamma_identity("Gamma(n+1)", GammaTerm::gamma(n + Polynomial(1)), GammaTerm(n) * GammaTerm::gamma(n));
    CHECK(rejection([&] { proof.gamma_identity("Gamma", GammaTerm::gamma(n + Polynomial(1)), GammaTerm::gamma(n)); }) !=
          "not rejected");
}

TEST_CASE("algebra, series, enclosures: each can reject") {
    Proof proof({});
    const FreeElement a = FreeElement::letter("A");
    const FreeElement b = FreeElement::letter("B");
    proof.algebra("distributive", a * (a + b), a * a + a * b);
    CHECK(rejection([&] { proof.algebra("commutes", a * b, b * a); }) ==
          "left side - right side = A B + (-1) B A, not 0 for all matrices");
    const auto exp_minus_line = [](const BallPoint& at) {
        return exp(at.at("x")) - 1L - at.at("x") + Ball(Rational(1, 100), 80);
    };
    proof.enclosure("e^x > 0.99 + x", {{"x", {-3, 3}}}, exp_minus_line);
    CHECK(rejection([&] {
              proof.enclosure("e^x >= 1.25 + x", {{"x", {-3, 3}}}, [](const BallPoint& at) {
                  return exp(at.at("x")) - Ball(Rational(5, 4), 80) - at.at("x");
              });
          }).rfind("x = 0", 0) == 0);
    const auto wave = [](const BallPoint& at) { return sin(at.at("x")); };
    proof.maximum("sin", {{"x", {0, 3}}}, wave, Rational(999, 1000), Rational(1001, 1000));
    CHECK(rejection([&] {
              proof.maximum("sin", {{"x", {0, 3}}}, wave, Rational(9, 10), Rational(99, 100));
          }) != "not rejected");
    CHECK(proof.status() == Status::proved);
    const PowerSeries e = PowerSeries::exponential(a, 4);
    proof.power_series("e^{At}", e, e, 4);
    CHECK(proof.status() == Status::on_range);
    CHECK(rejection([&] { proof.power_series("e^{Bt}", e, PowerSeries::exponential(b, 4), 4); }) ==
          "power of t = 1, difference A + (-1) B");
}

TEST_CASE("status and range come from what ran: a loop is never for all") {
    Proof proof({});
    const Polynomial k = proof.given("k", integer_at_least(1));
    proof.identity("symbolic", k + k, Polynomial(2) * k);
    CHECK(proof.status() == Status::proved);
    proof.on_range("d", 2, 5, [&](long d) { proof.holds("even or odd", d % 2 == 0 || d % 2 == 1); });
    CHECK(proof.status() == Status::on_range);
    CHECK(proof.range() == "all k ≥ 1; for each 2 ≤ d ≤ 5");
    CHECK(rejection([&] { proof.on_range("d", 2, 5, [&](long d) { proof.holds("small", d < 4, "too large"); }); }) ==
          "d = 4, too large");
    CHECK_THROWS_AS(Proof({}).holds("outside", true), std::logic_error);
    CHECK_THROWS_AS(Proof({}).on_range("d", 3, 2, [](long) {}), std::logic_error);
}

TEST_CASE("badly written proofs are no proofs: no steps, symbols that are looped over or not declared") {
    CHECK_THROWS_AS(Proof({}).finish(false), std::logic_error);
    CHECK_THROWS_AS(Proof({}).finish(true), std::logic_error);
    Proof looped({});
    looped.given("k", integer_at_least(0));
    for (long k = 0; k < 10; ++k) looped.number("k", k, k);
    CHECK_THROWS_AS(looped.finish(false), std::logic_error);
    Proof undeclared({});
    undeclared.identity("x", Polynomial::symbol("x"), Polynomial::symbol("x"));
    CHECK_THROWS_AS(undeclared.finish(false), std::logic_error);
    Proof by_function({});
    by_function.given("t", real_at_least(0));
    const Polynomial e = by_function.function("e", between(0, 1), {"t"});
    by_function.nonnegative("1 - e", Polynomial(1) - e);
    by_function.finish(false);
    CHECK(by_function.range() == "all t ≥ 0");
}

TEST_CASE("an obligation passes only if its mutants are rejected by a step") {
    const auto with = [](std::vector<Mutant> mutants, std::function<void(Proof&, const Variant&)> prove) {
        return Obligation{"name", "statement", "formula", "theory", std::move(mutants), std::move(prove)};
    };
    const auto prove = [](Proof& proof, const Variant& variant) {
        const Polynomial x = proof.given("x", real_at_least(0));
        proof.nonnegative("x + c", x + Polynomial(variant.pick("constant", -1L, 1L)));
    };
    const Obligation good = with({{"constant", Change::constant, "1 replaced by -1"}}, prove);
    const ObligationResult passed = run_obligation(good, {});
    CHECK(passed.passed);
    CHECK(passed.own_status == Status::proved);
    CHECK(passed.mutants.at(0).counterexample == "x = 0: value -1");

    const Obligation tame =
        with({{"constant", Change::constant, "1 replaced by 2"}}, [](Proof& proof, const Variant& variant) {
            const Polynomial x = proof.given("x", real_at_least(0));
            proof.nonnegative("x + c", x + Polynomial(variant.pick("constant", 2L, 1L)));
        });
    const ObligationResult survived = run_obligation(tame, {});
    CHECK_FALSE(survived.passed);
    CHECK(survived.own_status == Status::failed);
    CHECK(survived.failure.find("was not rejected") != std::string::npos);

    const Obligation unasked = with({{"konstant", Change::constant, "never asked for"}}, prove);
    CHECK(run_obligation(unasked, {}).failure.find("badly written") == 0);
    const Obligation no_mutant = with({}, [](Proof& proof, const Variant&) { proof.number("1", 1, 1); });
    CHECK(run_obligation(no_mutant, {}).failure.find("has no mutant") != std::string::npos);
}

TEST_CASE("bounded: the triangle inequality for symbols of which only a bound is known") {
    Proof proof({});
    const Polynomial l = proof.given("L", real_at_least(0));
    const Polynomial x = proof.within("x", l);
    const Polynomial y = proof.within("y", Polynomial(2) * l);
    proof.bounded("x - y", x - y, Polynomial(3) * l);
    proof.bounded("L x y", l * x * y, Polynomial(2) * l * l * l);
    proof.finish(false);
    CHECK(proof.status() == Status::proved);
    CHECK(proof.range() == "all L ≥ 0, |x| ≤ L, |y| ≤ 2*L");
    CHECK(rejection([&] { proof.bounded("x - y", x - y, Polynomial(2) * l); }) ==
          "L = 1: x = -1, y = 2, absolute value 3, bound 2");
    // Symbols count as independent: x - x is written as 0, but y - 2x may be as large as 4 L.
    proof.bounded("x - x", x - x, 0);
    CHECK(rejection([&] { proof.bounded("y - 2x", y - Polynomial(2) * x, Polynomial(3) * l); }) ==
          "L = 1: x = -1, y = 2, absolute value 4, bound 3");
    const Polynomial free = proof.given("z", any_real());
    CHECK_THROWS_AS(proof.bounded("z", free, l), std::logic_error);
    CHECK_THROWS_AS(proof.within("w", l - Polynomial(1)), std::logic_error);
}

TEST_CASE("at_most: what cancels still occurs") {
    Proof proof({});
    const Polynomial s = proof.given("s", real_at_least(0));
    const Polynomial more = proof.given("more", real_at_least(0));
    proof.at_most("s <= s + more", s, s + more);
    proof.finish(false);
    CHECK(rejection([&] { proof.at_most("s + more <= s", s + more, s); }) == "more = 1: value -1");
}
