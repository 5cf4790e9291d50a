// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/ball.hpp"

#include "ntk/numeric/real.hpp"

#include <doctest/doctest.h>

using namespace ntk;

TEST_CASE("balls contain exact results and their precision is the larger one") {
    const Ball third(Rational(1, 3), 100);
    const Ball seventh(Rational(1, 7), 60);
    CHECK((third + seventh).contains(Rational(10, 21)));
    CHECK((third * seventh).contains(Rational(1, 21)));
    CHECK((third / seventh).contains(Rational(7, 3)));
    CHECK((1 - third).contains(Rational(2, 3)));
    CHECK((third + seventh).bits() == 100);
    CHECK(third.relative_accuracy_bits() >= 98);
    CHECK_FALSE(third.contains(Rational(333333, 1000000)));
}

TEST_CASE("elementary functions of balls agree with MPFR") {
    const RealPrecision precision(60);
    const Rational x(3, 7);
    const Ball ball(x, 200);
    const Real real = to_real(x);
    const auto close = [](const Ball& value, const Real& reference) {
        Ball other(200);
        arf_set_mpfr(arb_midref(other.get()), reference.backend().data());
        return value.overlaps(Ball::with_radius(other, 1e-58));
    };
    CHECK(close(sin(ball), sin(real)));
    CHECK(close(cos(ball), cos(real)));
    CHECK(close(asin(ball), asin(real)));
    CHECK(close(sqrt(ball), sqrt(real)));
    CHECK(close(exp(ball), exp(real)));
    CHECK(close(log(ball), log(real)));
    CHECK(close(Ball::pi(200), real_pi()));
    CHECK(close(gamma_of_half(1, 200), Real(sqrt(real_pi()))));
}

TEST_CASE("complex functions are finite only where they are analytic") {
    const auto box = [](double real, double imaginary, double radius) {
        return ComplexBall(Ball::with_radius(Ball::from_double(real, 64), radius),
                           Ball::with_radius(Ball::from_double(imaginary, 64), radius));
    };
    CHECK(asin(box(0.5, 0, 0.1)).is_finite());
    CHECK(asin(box(2, 0.5, 0.01)).is_finite());
    CHECK_FALSE(asin(box(2, 0.05, 0.1)).is_finite());
    CHECK_FALSE(asin(box(0.95, 0, 0.1)).is_finite());
    CHECK(sqrt(box(1, 0, 0.5)).is_finite());
    CHECK_FALSE(sqrt(box(-1, 0, 0.1)).is_finite());
    CHECK(sqrt(box(-1, 0.5, 0.1)).is_finite());
}

TEST_CASE("magnitudes bound from both sides") {
    const Ball x = Ball::with_radius(Ball::from_double(-2, 64), 0.5);
    CHECK(x.magnitude_upper() >= 2.5);
    CHECK(x.magnitude_upper() < 2.500001);
    CHECK(x.magnitude_lower() <= 1.5);
    CHECK(x.magnitude_lower() > 1.499999);
    CHECK(x.magnitude_exponent() >= 2);
}
