// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/differential_equation.hpp"

#include <doctest/doctest.h>

using namespace ntk::proofs;
using ntk::Rational;

namespace {

const Polynomial x = Polynomial::symbol("x");
const Polynomial n = Polynomial::symbol("n");

/// x^2 f'' = 0 has no unique solution at 0; f'' + f = 0 and (1 - x^2) f'' - x f' = 0 have.
const DifferentialEquation sine = {"x", {1, 0, 1}};
const DifferentialEquation arcsine = {"x", {0, -x, Polynomial(1) - x* x}};
const DifferentialEquation singular = {"x", {0, 0, x* x}};

bool is_rejected(const DifferentialEquation& equation, const RationalFunction& ratio) {
    Proof proof({});
    proof.given("n", integer_at_least(0));
    try {
        solves_as_series(proof, "series", equation, "n", ratio);
    } catch (const Rejected&) {
        return true;
    }
    return false;
}

}  // namespace

TEST_CASE("differential equations: the recurrence of the coefficients") {
    const auto recurrence = coefficient_recurrence(arcsine, "n");
    REQUIRE(recurrence.size() == 2);
    CHECK(recurrence.at(2) == (n + Polynomial(1)) * (n + Polynomial(2)));
    CHECK(recurrence.at(0) == -n * n);
    // x^3 f' moves an index by two.
    const auto moved = coefficient_recurrence({"x", {0, pow(x, 3)}}, "n");
    REQUIRE(moved.size() == 1);
    CHECK(moved.at(-2) == n - Polynomial(2));
}

TEST_CASE("differential equations: a series solves one for all orders, or is rejected") {
    const RationalFunction order = n;
    const RationalFunction below = (order + RationalFunction(1)) * (order + RationalFunction(2));
    CHECK_FALSE(is_rejected(sine, RationalFunction(-1) / below));
    CHECK(is_rejected(sine, RationalFunction(1) / below));
    CHECK_FALSE(is_rejected(arcsine, order * order / below));
    CHECK(is_rejected(arcsine, order * (order + RationalFunction(1)) / below));
    CHECK(is_rejected(singular, 0));
    // A pole at n = 1.
    CHECK(is_rejected(sine, RationalFunction(-1) / (below * (order - RationalFunction(1)))));
}

TEST_CASE("differential equations: a term with a missing index counts") {
    // f'' - x^2 f = 0: 6 f_3 = 0 and 2 f_2 = 0 at n = 1 and n = 0, where x^2 f has no coefficient. No series with one
    // ratio for all n has f_2 = 0, f_4 = f_0/12.
    const DifferentialEquation weber = {"x", {-x * x, 0, 1}};
    CHECK(is_rejected(weber, RationalFunction(n) / (n + Polynomial(2))));
    CHECK(is_rejected(weber, 0));
}

TEST_CASE("differential equations: a function in symbols solves one") {
    Proof proof({});
    proof.given("x", any_real());
    const RationalFunction s = proof.function("sin x", between(-1, 1), {"x"});
    const Derivation derivation({{"x", 1}, {"sin x", RationalFunction::symbol("cos x")}, {"cos x", -s}});
    solves(proof, "sine", sine, derivation, s);
    CHECK_THROWS_AS(solves(proof, "sine", sine, derivation, s * s), Rejected);
    // f - x f' and f'' of e^x (x - 2) ... : f'' = ratio (f - x f') gives back the equation of the sine for f'' = -f.
    const DifferentialEquation tangents = equation_of_tangents("x", RationalFunction(-1) / RationalFunction(x));
    CHECK(tangents.coefficients[2] == x);
    CHECK(tangents.coefficients[0] == Polynomial(1));
    CHECK(tangents.coefficients[1] == -x);
}
