// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/exact.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"

#include <doctest/doctest.h>

using namespace ntk;

TEST_CASE("exact forms print in the documented grammar") {
    CHECK(to_string(Exact(Rational(5, 128))) == "5/128");
    CHECK(to_string(Exact()) == "0");
    CHECK(to_string(Exact(Rational(7, 9), Exact::Basis::inverse_pi_squared)) == "(7/9)/pi^2");
    CHECK(to_string(Exact(Rational(3), Exact::Basis::inverse_pi_squared)) == "3/pi^2");
    Exact sum = Exact(Rational(1, 3)) + Exact(Rational(-2, 9), Exact::Basis::inverse_pi);
    CHECK(to_string(sum) == "1/3 - (2/9)/pi");
    Exact even = Exact(Rational(-89, 36), Exact::Basis::sqrt2_over_pi_squared) +
                 Exact(Rational(147, 36), Exact::Basis::log_over_pi_squared);
    CHECK(to_string(even) == "(-89/36)*sqrt(2)/pi^2 + (49/12)*log(1+sqrt(2))/pi^2");
}

TEST_CASE("what is printed is read back") {
    for (const char* text : {"0", "5/128", "-7", "1/3 - (2/9)/pi", "(7/9)/pi^2", "3/pi^2", "-3/16 + (2/3)/pi",
                             "(5/9)*sqrt(2)/pi^2 - (1/3)*log(1+sqrt(2))/pi^2", "2/pi - 4/pi^2",
                             "1/2 + 1*log(1+sqrt(2))/pi^2 - (7/3)*chi2(1/sqrt(2))/pi^2"}) {
        CAPTURE(text);
        CHECK(to_string(Exact::parse(text)) == text);
    }
    for (const char* text : {"", "x", "1/3 -(2/9)/pi", "(1/2)", "1/3 - ", "(1/2)/pie", "1/2/pi"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(Exact::parse(text), InputError);
    }
}

TEST_CASE("the enclosure contains the number") {
    // sqrt(2)/pi^2 + log(1+sqrt(2))/pi^2 - 2/pi + 1/2; the bounds are from a pocket calculator.
    const Exact value = Exact::parse("1/2 - 2/pi + 1*sqrt(2)/pi^2 + 1*log(1+sqrt(2))/pi^2");
    const Ball ball = value.to_ball(200);
    CHECK(ball.midpoint() > 0.095971335);
    CHECK(ball.midpoint() < 0.095972335);
    CHECK(ball.radius() < 1e-55);
}

TEST_CASE("chi2(1/sqrt(2)) agrees with its slow series, and its digits keep up with the precision") {
    for (const long bits : {64L, 200L, 1000L}) {
        const Ball pi = Ball::pi(bits);
        const Ball value = Exact(Rational(1), Exact::Basis::chi_over_pi_squared).to_ball(bits) * pi * pi;
        CHECK(value.radius() < 1e-16);
        CHECK(value.relative_accuracy_bits() > bits - 20);
        // sum_n 2^{-n}/(2n+1)^2 / sqrt(2); the rest after the last term is below the last power of 1/2.
        Ball sum(bits);
        Ball power(1, bits);
        for (long n = 0; n < bits; ++n) {
            sum += power / ((2 * n + 1) * (2 * n + 1));
            power *= Ball(Rational(1, 2), bits);
        }
        CHECK(value.overlaps(enlarged(sum, power) / sqrt(Ball(2, bits))));
    }
}
