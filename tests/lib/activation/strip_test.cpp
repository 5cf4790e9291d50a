// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/activation.hpp"

#include "tests/lib/activation/activations.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

/// Strips of analyticity against complex balls.
using namespace ntk;

namespace {

/// Boxes of |Re z| <= 20, 0 <= Im z <= height, which the reflection principle mirrors; finer towards the real part 0.
template <class Use>
void for_each_box(const Rational& height, const Use& use) {
    constexpr long bits = 64;
    const long rows = test::full_size() ? 48 : 12;
    const int columns = test::full_size() ? 400 : 100;
    for (long i = 0; i < rows; ++i) {
        const Ball y = hull(Ball(Rational(height * i / rows), bits), Ball(Rational(height * (i + 1) / rows), bits));
        for (int j = -columns; j < columns; ++j) {
            const auto edge = [&](int k) {
                return Ball(Rational(20L * k * std::abs(k), 1L * columns * columns), bits);
            };
            use(ComplexBall(hull(edge(j), edge(j + 1)), y));
        }
    }
}

/// Whether sigma and sigma' are finite on the box, which is cut into quarters up to `cuts` times where they are not.
bool is_analytic(const Activation& activation, const ComplexBall& box, int cuts) {
    if (activation.value(box).is_finite() && activation.derivative(box).is_finite()) return true;
    if (cuts == 0) return false;
    const auto halves = [](const Ball& x) {
        const Rational middle = x.exact_midpoint(), half = x.exact_radius() / 2;
        const auto around = [&](const Rational& m) {
            return hull(Ball(Rational(m - half), x.bits()), Ball(Rational(m + half), x.bits()));
        };
        return std::array<Ball, 2>{around(Rational(middle - half)), around(Rational(middle + half))};
    };
    for (const Ball& x : halves(box.real())) {
        for (const Ball& y : halves(box.imaginary())) {
            if (!is_analytic(activation, ComplexBall(x, y), cuts - 1)) return false;
        }
    }
    return true;
}

/// C + B |z| at its least on the box, but for rounding, which the constants leave room for.
double least(const Rational& constant, const Rational& slope, const ComplexBall& z) {
    return constant.convert_to<double>() + slope.convert_to<double>() * z.magnitude_lower();
}

}  // namespace

TEST_CASE("sigma is analytic in its strip, and bounded there at centres of boxes as it says") {
    int strips = 0;
    for (const std::string& name : test::all_activations()) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        const std::optional<StripBound> strip = activation->strip();
        if (!strip) continue;
        ++strips;
        double largest_value = 0, largest_derivative = 0;
        bool analytic = true;
        for_each_box(strip->half_width, [&](const ComplexBall& box) {
            analytic = analytic && is_analytic(*activation, box, 5);
            const ComplexBall centre = box.centre();
            largest_value = std::max(largest_value, activation->value(centre).magnitude_upper() /
                                                        least(strip->value_constant, strip->value_slope, centre));
            largest_derivative =
                std::max(largest_derivative, activation->derivative(centre).magnitude_upper() /
                                                 least(strip->derivative_constant, strip->derivative_slope, centre));
        });
        CHECK(analytic);
        CHECK(largest_value <= 1);
        CHECK(largest_derivative <= 1);
        // What a bound gives away costs bits only, but one that is off by orders of magnitude is not what was meant.
        CHECK(largest_value > 0.01);
        CHECK(largest_derivative > 0.01);
    }
    CHECK(strips == 11);
}

TEST_CASE("on the edge of its strip sigma keeps its bounds") {
    for (const std::string& name : test::all_activations()) {
        const ActivationPtr activation = make_activation(name);
        const std::optional<StripBound> strip = activation->strip();
        if (!strip) continue;
        const Ball edge(strip->half_width, 100);
        for (int i = -400; i <= 400; ++i) {
            const ComplexBall z(Ball(Rational(i, 40), 100), edge);
            CAPTURE(name);
            CAPTURE(i);
            CHECK(activation->value(z).magnitude_upper() <= least(strip->value_constant, strip->value_slope, z));
            CHECK(activation->derivative(z).magnitude_upper() <=
                  least(strip->derivative_constant, strip->derivative_slope, z));
        }
    }
}

TEST_CASE("no strip is claimed where sigma has a kink") {
    for (const std::string& name : test::all_activations()) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        if (!activation->kinks().empty()) CHECK_FALSE(activation->strip().has_value());
    }
}
