// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/activation.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace ntk;

namespace {

const std::vector<std::string> all = {"relu", "leaky-relu:1/10", "leaky-relu:-2", "erf"};

/// The dual activation in balls at correlation u, from angle and cosine alike.
DualValues<Ball> dual_at(const Activation& activation, const Rational& variance, const Rational& correlation) {
    const Ball q(variance, 200);
    const Ball u(correlation, 200);
    const bool by_angle = activation.dual_argument() == DualArgument::angle;
    return activation.dual(Correlation<Ball>{q, by_angle ? acos(u) : u});
}

bool contains(const Ball& ball, const Real& value, double slack) {
    Ball other(200);
    arf_set_mpfr(arb_midref(other.get()), value.backend().data());
    return ball.overlaps(Ball::with_radius(other, slack));
}

}  // namespace

TEST_CASE("both forms of every dual activation agree to 45 digits") {
    const RealPrecision precision(50);
    for (const std::string& name : all) {
        const ActivationPtr activation = make_activation(name);
        for (const Rational& q : {Rational(1), Rational(2), Rational(5, 4)}) {
            for (const Rational& u :
                 {Rational(-9, 10), Rational(-1, 3), Rational(0), Rational(1, 7), Rational(99, 100)}) {
                CAPTURE(name);
                CAPTURE(to_string(u));
                const DualValues<Ball> balls = dual_at(*activation, q, u);
                const DualValues<Real> reals = activation->dual(to_real(q), to_real(Rational(q * u)));
                const DualValues<double> doubles =
                    activation->dual(q.convert_to<double>(), Rational(q * u).convert_to<double>());
                CHECK(contains(balls.value, reals.value, 1e-45));
                CHECK(contains(balls.gradient, reals.gradient, 1e-45));
                CHECK(std::abs(balls.value.midpoint() - doubles.value) < 1e-14 * 10);
                CHECK(std::abs(balls.gradient.midpoint() - doubles.gradient) < 1e-14 * 10);
            }
        }
    }
}

TEST_CASE(
    "dual activations against Monte Carlo over Gaussian pairs (5 standard errors, false alarm below 1e-4 in all)") {
    constexpr int count = 200000;
    const RandomStream first(11, "dual first"), second(11, "dual second");
    const double q = 1.25, u = 0.4;
    for (const std::string& name : all) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        double sum = 0, squares = 0, slope_sum = 0, slope_squares = 0;
        for (std::uint64_t i = 0; i < count; ++i) {
            const double x = std::sqrt(q) * first.normal(i);
            const double y = u * x + std::sqrt(q * (1 - u * u)) * second.normal(i);
            const double value = activation->value(x) * activation->value(y);
            const double slope = activation->derivative(x) * activation->derivative(y);
            sum += value;
            squares += value * value;
            slope_sum += slope;
            slope_squares += slope * slope;
        }
        const auto error = [&](double total, double total_squares) {
            const double mean = total / count;
            return 5 * std::sqrt((total_squares / count - mean * mean) / count) + 1e-12;
        };
        const DualValues<double> dual = activation->dual(q, q * u);
        CHECK(std::abs(sum / count - dual.value) < error(sum, squares));
        CHECK(std::abs(slope_sum / count - dual.gradient) < error(slope_sum, slope_squares));
    }
}

TEST_CASE("G is the derivative of F in the covariance") {
    const RealPrecision precision(60);
    const Real h("1e-18"), q = 2, c = Real(3) / 5;
    for (const std::string& name : all) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        const Real slope = (activation->dual(q, Real(c + h)).value - activation->dual(q, Real(c - h)).value) / (2 * h);
        CHECK(abs(Real(slope - activation->dual(q, c).gradient)) < Real("1e-30"));
    }
}

TEST_CASE("constants bound the derivatives on a fine grid, and are nearly attained where finite") {
    for (const std::string& name : all) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        const ActivationConstants bound = activation->constants();
        double first = 0, second = 0, third = 0, largest = 0;
        for (int i = -60000; i <= 60000; ++i) {
            const double z = i * 1e-4;
            first = std::max(first, std::abs(activation->derivative(z)));
            second = std::max(second, std::abs(activation->second_derivative(z)));
            if (std::isfinite(bound.L3)) {
                const double h = 1e-4;
                third = std::max(
                    third,
                    std::abs(activation->second_derivative(z + h) - activation->second_derivative(z - h)) / (2 * h));
            }
            largest = std::max(largest, std::abs(activation->value(z)));
        }
        CHECK(first <= bound.L1);
        CHECK(second <= bound.L2);
        CHECK(largest <= bound.c_infinity);
        CHECK(std::abs(activation->value(0.0)) <= bound.c0);
        if (std::isfinite(bound.L1)) CHECK(first > 0.999999 * bound.L1);
        if (std::isfinite(bound.L2)) CHECK(second > 0.999999 * bound.L2);
        // The difference quotient has error h^2 sigma^{(5)}/6 < 1e-7.
        if (std::isfinite(bound.L3)) CHECK(third <= bound.L3 + 1e-7);
        if (std::isfinite(bound.L3)) CHECK(third > 0.99999 * bound.L3);
    }
}

TEST_CASE("arrays, MPFR and parity agree with the plain functions") {
    const RealPrecision precision(40);
    for (const std::string& name : all) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        const std::vector<double> z = {-40, -3.5, -0.1, -0.0, 0, 1e-300, 0.7, 5, 900};
        std::vector<double> values(z.size()), slopes(z.size());
        activation->evaluate(z.data(), values.data(), slopes.data(), z.size());
        for (std::size_t i = 0; i < z.size(); ++i) {
            CAPTURE(z[i]);
            CHECK(values[i] == activation->value(z[i]));
            const double reference = static_cast<double>(activation->derivative(Real(z[i])));
            CHECK(std::abs(slopes[i] - reference) <=
                  4 * std::numeric_limits<double>::epsilon() * std::max(std::abs(reference), 1e-290));
            const double value = static_cast<double>(activation->value(Real(z[i])));
            CHECK(std::abs(values[i] - value) <= 4 * std::numeric_limits<double>::epsilon() * std::abs(value));
            if (activation->parity() == Parity::odd) CHECK(activation->value(-z[i]) == -values[i]);
        }
    }
}

TEST_CASE("the power series of a dual activation sums to the closed form") {
    for (const std::string& name : all) {
        const ActivationPtr activation = make_activation(name);
        const auto series = activation->dual_series(Ball(2, 300), 400, 300);
        REQUIRE(series.has_value());
        const DualValues<Ball> closed = dual_at(*activation, 2, Rational(7, 10));
        CHECK(series->value.at(Ball(Rational(7, 10), 300)).overlaps(closed.value));
        CHECK(series->gradient.at(Ball(Rational(7, 10), 300)).overlaps(closed.gradient));
        CHECK(series->value.rest().magnitude_upper() < 0.01 * closed.value.magnitude_upper());
    }
}

TEST_CASE("names are read exactly and unknown ones are named") {
    CHECK(make_activation("leaky-relu:0.1")->name() == "leaky-relu:1/10");
    CHECK(make_activation("leaky-relu:0")->name() == "relu");
    CHECK_THROWS_AS(make_activation("foo"),
                         InputError);
    CHECK_THROWS_AS(make_activation("relu:2"), InputError);
    CHECK_THROWS_AS(make_activation("leaky-relu"), InputError);
    CHECK_THROWS_AS(make_activation("leaky-relu:x"), InputError);
}
