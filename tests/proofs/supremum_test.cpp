// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/constants/line_function.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <optional>

using namespace ntk::proofs;
using ntk::Ball;
using ntk::Rational;

namespace {

/// z e^{-z^2/2}, at most e^{-1/2} at z = 1.
LineFunction wave() {
    const RationalFunction z = RationalFunction::symbol("z"), e = RationalFunction::symbol("E");
    LineFunction function;
    function.derivatives = five_derivatives(z * e, Derivation({{"z", 1}, {"E", -z * e}}));
    function.symbols = [](const Ball& at) { return BallPoint{{"z", at}, {"E", exp(-pow(at, 2) / 2)}}; };
    function.right = {{"z", RationalFunction::symbol("tau")}};
    function.left = {{"z", -RationalFunction::symbol("tau")}};
    function.far = 6;
    return function;
}

std::optional<std::string> rejection(const Rational& bound, const std::vector<Peak>& peaks, long tail = 6) {
    Proof proof({});
    proof.given("z", any_real());
    proof.given("tau", real_at_least(tail));
    proof.function("E", between(0, 1), {"tau"});
    try {
        prove_supremum(proof, wave(), 0, bound, peaks);
    } catch (const Rejected& rejected) {
        return rejected.what();
    }
    return std::nullopt;
}

}  // namespace

TEST_CASE("suprema on the line: bound, tightness, peaks and tails are all needed") {
    const Rational bound = exact(std::nextafter(std::exp(-0.5), 1));
    const std::vector<Peak> peaks = {{-1, -1}, {1, 1}};
    CHECK_FALSE(rejection(bound, peaks).has_value());
    CHECK(rejection(bound * (1 - Rational(1, 1L << 30)), peaks).has_value());
    CHECK(rejection(bound * (1 + Rational(1, 1L << 30)), peaks)->find("tight") != std::string::npos);
    // Not monotone from 0 on.
    CHECK(rejection(bound, peaks, 0)->find("monotone") != std::string::npos);
    // A peak of the other sign.
    CHECK(rejection(bound, {{-1, 1}, {1, 1}}).has_value());
    CHECK(exact(0.1) != Rational(1, 10));
    CHECK(exact(0.5) == Rational(1, 2));
}

TEST_CASE("roots: a bound and how tight it is") {
    Proof proof({});
    prove_root(proof, "root of two", exact(std::nextafter(std::sqrt(2.0), 2)), 2);
    CHECK_THROWS_AS(prove_root(proof, "too small", Rational(141, 100), 2), Rejected);
    CHECK_THROWS_AS(prove_root(proof, "too large", Rational(142, 100), 2), Rejected);
}
