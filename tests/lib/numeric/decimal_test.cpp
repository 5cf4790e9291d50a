// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/decimal.hpp"

#include "ntk/numeric/random.hpp"

#include <doctest/doctest.h>

using namespace ntk;

namespace {

/// The promise of print_certified: |value - true| <= radius <= 10^{-digits} |value| for every number in the ball.
void check_promise(const Ball& x, long digits) {
    const auto printed = print_certified(x, digits);
    REQUIRE(printed.has_value());
    const Rational value = parse_rational(printed->value);
    const Rational radius = parse_rational(printed->radius);
    const Rational distance = boost::multiprecision::abs(Rational(value - x.exact_midpoint())) + x.exact_radius();
    CHECK(distance <= radius);
    CHECK(radius <= power_of_ten(-digits) * boost::multiprecision::abs(value));
}

}  // namespace

TEST_CASE("printing loses nothing") {
    const RandomStream stream(1, "decimal test");
    for (std::uint64_t i = 0; i < 300; ++i) {
        const long exponent = static_cast<long>(stream.bits(3 * i) % 1200) - 600;
        const Rational size(Integer(stream.bits(3 * i + 1) | 1U), Integer(1) << 40U);
        const Rational value = size * power_of_ten(exponent) * (i % 2 == 0 ? 1 : -1);
        const long digits = 1 + static_cast<long>(stream.bits(3 * i + 2) % 60);
        CAPTURE(i);
        check_promise(Ball(value, 4 * digits + 40), digits);
    }
}

TEST_CASE("corner cases of printing") {
    CHECK(print_certified(Ball(64), 10)->value == "0");
    CHECK(print_certified(Ball(64), 10)->radius == "0");
    CHECK(print_certified(Ball(Rational(1, 4), 64), 5)->value == "0.250000");
    CHECK(print_certified(Ball(Rational(1, 4), 64), 5)->radius == "0");
    CHECK(print_certified(Ball(Rational(9999999, 10000000), 64), 3)->value == "1.000");
    CHECK(print_certified(Ball(Rational(power_of_ten(-494)), 200), 3)->value == "1.000e-494");
    CHECK(print_certified(Ball(-12345, 64), 3)->value == "-1.235e4");
    CHECK_THROWS_AS(print_certified(Ball(1, 64), 0), std::domain_error);
}

TEST_CASE("a ball that is too wide is refused, at the very digit") {
    const Ball wide = Ball::with_radius(Ball(1, 200), 1e-10);
    CHECK(print_certified(wide, 9).has_value());
    CHECK_FALSE(print_certified(wide, 10).has_value());
    CHECK_FALSE(print_certified(Ball::with_radius(Ball(200), 1e-30), 1).has_value());
    CHECK(certified_digits(wide) == 9);
}

TEST_CASE("upper bounds are rounded up") {
    CHECK(print_rounded_up(Rational(1, 3), 2) == "3.4e-1");
    CHECK(print_rounded_up(Rational(1, 1000), 2) == "1e-3");
    CHECK(print_rounded_up(Rational(9999, 1000), 2) == "1e1");
    CHECK(print_rounded_up(Rational(0), 2) == "0");
}
