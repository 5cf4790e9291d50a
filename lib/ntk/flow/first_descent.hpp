// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

namespace ntk {

/// A polynomial of degree 5 on [0,1] by its Bernstein coefficients.
using Quintic = std::array<double, 6>;

/// The Bernstein coefficients of the polynomial with these values at 0, 1/5, ..., 1. `Value` is a number or an array of
/// numbers. Rounding: up to 34 times that of the values.
template <class Value>
std::array<Value, 6> bernstein_coefficients(const std::array<Value, 6>& y) {
    const auto first = [](const Value& a, const Value& b, const Value& c, const Value& d, const Value& e,
                          const Value& f) {
        return Value((-77 * a + 300 * b - 300 * c + 200 * d - 75 * e + 12 * f) / 60);
    };
    const auto second = [](const Value& a, const Value& b, const Value& c, const Value& d, const Value& e,
                           const Value& f) {
        return Value((269 * a - 1450 * b + 2950 * c - 2300 * d + 925 * e - 154 * f) / 240);
    };
    return {y[0],
            first(y[0], y[1], y[2], y[3], y[4], y[5]),
            second(y[0], y[1], y[2], y[3], y[4], y[5]),
            second(y[5], y[4], y[3], y[2], y[1], y[0]),
            first(y[5], y[4], y[3], y[2], y[1], y[0]),
            y[5]};
}

/// Where the polynomial first falls below -band on [0,1], or nothing; of this fall the place where it passes zero (0 if
/// it starts below zero). A polynomial is at least its smallest Bernstein coefficient, and halving the interval makes
/// the two agree quadratically, so no fall is missed but by rounding: also not the first of several, and not a dip
/// between two returns. band >= 0. Error: a few units of rounding of s and of the coefficients over the slope there.
std::optional<double> first_descent(const Quintic& coefficients, double band);

}  // namespace ntk
