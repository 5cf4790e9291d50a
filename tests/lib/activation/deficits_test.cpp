// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/activation.hpp"

#include "tests/lib/activation/activations.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

/// Differences and secants of dual activations that read the angle, against plain differences with digits to spare.
using namespace ntk;

namespace {

constexpr long bits = 300;

const std::vector<Rational> angles = {Rational(1, 1000000000000000L),
                                      Rational(1, 100000),
                                      Rational(1, 10),
                                      Rational(99, 100),
                                      Rational(11, 10),
                                      Rational(2),
                                      Rational(31, 10)};

std::vector<std::string> names_by_angle(bool with_secant) {
    std::vector<std::string> names;
    for (const std::string& name : test::all_activations()) {
        const ActivationPtr activation = make_activation(name);
        if (activation->dual_argument() != DualArgument::angle) continue;
        if (!with_secant || activation->has_gradient()) names.push_back(name);
    }
    return names;
}

/// F(q) - F(c), G(q) - G(c) and q - c at the angle, by the MPFR form.
struct Differences {
    Real value, gradient, covariance;
};
Differences differences(const Activation& activation, const Real& q, const Real& angle) {
    const Real c = q * cos(angle);
    const DualValues<Real> at_one = activation.dual(q, q), at = activation.dual(q, c);
    return {at_one.value - at.value, at_one.gradient - at.gradient, q - c};
}

bool close(const Ball& ball, const Real& expected) {
    const double size = std::abs(static_cast<double>(expected));
    return ball.overlaps(test::ball_around(expected, 1e-70 * size + 1e-120, bits));
}

template <class Ask>
ComplexBall mean_over_circle(const Rational& centre, const Rational& radius, long count, const Ask& ask) {
    ComplexBall sum(bits);
    for (long i = 0; i < count; ++i) {
        const Ball turn = 2 * Ball::pi(bits) * i / count;
        sum += ask(ComplexBall(Ball(centre, bits) + Ball(radius, bits) * cos(turn), Ball(radius, bits) * sin(turn)));
    }
    return sum / count;
}

}  // namespace

TEST_CASE("deficits and secants are the plain differences, to 70 digits next to angle 0 too") {
    const RealPrecision precision(160);
    for (const std::string& name : names_by_angle(false)) {
        const ActivationPtr activation = make_activation(name);
        for (const Rational& angle : angles) {
            CAPTURE(name);
            CAPTURE(to_string(angle));
            const Rational q(5, 4);
            const Correlation<Ball> at{Ball(q, bits), Ball(angle, bits)};
            const Differences expected = differences(*activation, to_real(q), to_real(angle));
            const DualValues<Ball> found = activation->deficits(at);
            CHECK(close(found.value, expected.value));
            CHECK(close(found.gradient, expected.gradient));
            CHECK(found.value.radius() <= 1e-70 * found.value.magnitude_upper());
            CHECK(found.gradient.radius() <= 1e-70 * found.gradient.magnitude_upper());
            if (!activation->has_gradient()) continue;
            const Ball secant = activation->secant(at);
            CHECK(close(secant, Real(expected.value / expected.covariance)));
            CHECK(secant.radius() <= 1e-70 * secant.magnitude_upper());
        }
    }
}

TEST_CASE("at angle 0 the secant is G(q), also on a ball around 0, and there are no deficits") {
    for (const std::string& name : names_by_angle(false)) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        const Ball q(2, bits);
        const DualValues<Ball> none = activation->deficits(Correlation<Ball>{q, Ball(bits)});
        CHECK(none.value.contains_zero());
        CHECK(none.gradient.contains_zero());
        CHECK(none.value.radius() < 1e-70);
        if (!activation->has_gradient()) {
            CHECK_THROWS_AS(activation->secant(Correlation<Ball>{q, Ball(bits)}), std::logic_error);
            continue;
        }
        const Ball gradient = activation->dual(Correlation<Ball>{q, Ball(bits)}).gradient;
        CHECK(activation->secant(Correlation<Ball>{q, Ball(bits)}).overlaps(gradient));
        const Ball around = Ball::with_radius(Ball(bits), 1e-3);
        const Ball secant = activation->secant(Correlation<Ball>{q, around});
        CHECK(secant.is_finite());
        for (const Rational& angle : {Rational(0), Rational(1, 100000), Rational(1, 1000)}) {
            CHECK(secant.overlaps(activation->secant(Correlation<Ball>{q, Ball(angle, bits)})));
        }
    }
}

/// The functions are entire in the angle but for 1/(1 - cos), which has no pole at 0 but at 2 pi.
TEST_CASE("complex deficits and secants have the mean value property, around 0 and away from it") {
    for (const std::string& name : names_by_angle(false)) {
        const ActivationPtr activation = make_activation(name);
        const Ball q(Rational(5, 4), bits);
        const ComplexBall complex_q{q};
        for (const Rational& centre : {Rational(0), Rational(1, 8), Rational(3, 2)}) {
            CAPTURE(name);
            CAPTURE(to_string(centre));
            const Correlation<Ball> at{q, Ball(centre, bits)};
            const auto mean = [&](const auto& ask) {
                return mean_over_circle(centre, Rational(1, 4), 40, [&](const ComplexBall& angle) {
                    return ask(Correlation<ComplexBall>{complex_q, angle});
                });
            };
            const DualValues<Ball> real = activation->deficits(at);
            const auto overlaps = [](const ComplexBall& complex, const Ball& expected) {
                const Ball tolerance = Ball::from_double(1e-40, 64);
                return enlarged(complex.real(), tolerance).overlaps(expected) &&
                       enlarged(complex.imaginary(), tolerance).contains_zero() && complex.radius() < 1e-60;
            };
            CHECK(overlaps(mean([&](const auto& z) { return activation->deficits(z).value; }), real.value));
            CHECK(overlaps(mean([&](const auto& z) { return activation->deficits(z).gradient; }), real.gradient));
            if (!activation->has_gradient()) continue;
            CHECK(overlaps(mean([&](const auto& z) { return activation->secant(z); }), activation->secant(at)));
        }
    }
}

TEST_CASE("wide complex rectangles contain the secants and deficits inside, corners as well") {
    const ComplexBall q{Ball(2, bits)};
    const auto at = [&](double real, double imaginary, double radius) {
        const auto around = [&](double x) { return Ball::with_radius(Ball::from_double(x, bits), radius); };
        return Correlation<ComplexBall>{q, ComplexBall(around(real), around(imaginary))};
    };
    const auto overlap = [](const ComplexBall& x, const ComplexBall& y) {
        return x.real().overlaps(y.real()) && x.imaginary().overlaps(y.imaginary());
    };
    for (const std::string& name : names_by_angle(true)) {
        const ActivationPtr activation = make_activation(name);
        for (const double x : {0.0, 0.5, 1.5, 2.5}) {
            for (const double y : {0.125, 0.75}) {
                CAPTURE(name);
                CAPTURE(x);
                CAPTURE(y);
                constexpr double radius = 0.0625;
                const ComplexBall secant = activation->secant(at(x, y, radius));
                const DualValues<ComplexBall> deficits = activation->deficits(at(x, y, radius));
                CHECK(secant.is_finite());
                for (const double right : {-radius, 0.5 * radius, radius}) {
                    for (const double up : {-radius, radius}) {
                        const auto inside = at(x + right, y + up, 0);
                        CHECK(overlap(secant, activation->secant(inside)));
                        CHECK(overlap(deficits.value, activation->deficits(inside).value));
                        CHECK(overlap(deficits.gradient, activation->deficits(inside).gradient));
                    }
                }
            }
        }
    }
}
