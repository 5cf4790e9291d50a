// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/first_descent.hpp"

#include <algorithm>
#include <utility>

namespace ntk {
namespace {

/// Shorter intervals are one place in double precision.
constexpr double shortest = 0x1p-52;

double blend(double left, double right, double s) { return left + s * (right - left); }

/// The polynomial on [0,s] and on [s,1], by de Casteljau.
std::pair<Quintic, Quintic> split(Quintic row, double s) {
    Quintic left{}, right{};
    for (std::size_t level = 0; level < row.size(); ++level) {
        const std::size_t last = row.size() - 1 - level;
        left[level] = row[0];
        right[last] = row[last];
        for (std::size_t i = 0; i < last; ++i) row[i] = blend(row[i], row[i + 1], s);
    }
    return {left, right};
}

bool falls_nowhere(const Quintic& coefficients) {
    return std::all_of(coefficients.begin(), coefficients.end(), [](double c) { return c >= 0; });
}

/// The first place below zero.
std::optional<double> first_below_zero(const Quintic& coefficients, double from, double length) {
    if (falls_nowhere(coefficients)) return std::nullopt;
    if (coefficients.front() < 0 || length <= shortest) return from;
    const auto [left, right] = split(coefficients, 0.5);
    if (const std::optional<double> found = first_below_zero(left, from, length / 2)) return found;
    return first_below_zero(right, from + length / 2, length / 2);
}

}  // namespace

std::optional<double> first_descent(const Quintic& coefficients, double band) {
    Quintic lifted = coefficients;
    for (double& c : lifted) c += band;
    const std::optional<double> found = first_below_zero(lifted, 0, 1);
    if (!found) return std::nullopt;
    // From -band back to zero: the band is of the size of rounding, so that Newton's method starts at its goal.
    double s = *found;
    for (int iteration = 0; iteration < 3; ++iteration) {
        const auto [left, right] = split(coefficients, s);
        const double value = right[0];
        const double slope = s < 0.5 ? 5 * (right[1] - right[0]) / (1 - s) : 5 * (left[5] - left[4]) / s;
        if (!(slope < 0)) break;
        s = std::clamp(s - value / slope, 0.0, *found);
    }
    return s;
}

}  // namespace ntk
