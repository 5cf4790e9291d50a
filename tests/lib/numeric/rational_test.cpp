// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/rational.hpp"

#include "ntk/numeric/errors.hpp"

#include <doctest/doctest.h>

using namespace ntk;

TEST_CASE("decimals and fractions are read exactly") {
    CHECK(parse_rational("0.1") == Rational(1, 10));
    CHECK(parse_rational("-5/2") == Rational(-5, 2));
    CHECK(parse_rational("2.5e-3") == Rational(1, 400));
    CHECK(parse_rational("+12") == Rational(12));
    CHECK(parse_rational("1E2") == Rational(100));
    CHECK(parse_rational(".5") == Rational(1, 2));
    CHECK(parse_rational("010") == Rational(10));
    CHECK(parse_rational("6/4") == Rational(3, 2));
}

TEST_CASE("anything else is rejected with the text quoted") {
    for (const char* text :
         {"", "-", "1/0", "1/", "/2", "1.2.3", "1e", "abc", "1 ", " 1", "0x10", "1e9999999", "nan", "inf", "1/2/3"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(parse_rational(text), InputError);
    }
    CHECK_THROWS_WITH(parse_rational("one"),
                      "\"one\": expected a decimal such as 0.1 or 2.5e-3, or a fraction such as -5/2");
}

TEST_CASE("rationals print in lowest terms") {
    CHECK(to_string(Rational(10, 4)) == "5/2");
    CHECK(to_string(Rational(-3)) == "-3");
    CHECK(to_string(Rational(0)) == "0");
}
