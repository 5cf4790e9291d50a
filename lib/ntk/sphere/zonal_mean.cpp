// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/zonal_mean.hpp"

#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace ntk {
namespace {

/// The zeros of P_k in the angle, in order. They are about pi/(k + d/2) apart or more.
std::vector<double> zeros_in_angle(int dim, int degree) {
    const auto value = [&](double angle) { return gegenbauer_p(dim, degree, std::cos(angle)); };
    const int samples = 16 * (degree + dim);
    std::vector<double> zeros;
    double left = 0, left_value = 1;
    for (int i = 1; i <= samples; ++i) {
        const double right = std::numbers::pi * i / samples, right_value = value(right);
        if (left_value * right_value < 0 || right_value == 0) {
            double low = left, high = right;
            for (int step = 0; step < 60; ++step) {
                const double middle = (low + high) / 2;
                (value(middle) * left_value > 0 ? low : high) = middle;
            }
            zeros.push_back((low + high) / 2);
        }
        left = right;
        // A sample that hits a zero counts once: the sign beyond it is the other one.
        left_value = right_value == 0 ? -left_value : right_value;
    }
    return zeros;
}

}  // namespace

double zonal_mean_of_absolute(int dim, int degree) {
    require_gegenbauer_arguments(dim, degree);
    if (degree == 0) return 1;
    std::vector<double> angles = zeros_in_angle(dim, degree);
    if (angles.size() != static_cast<std::size_t>(degree)) return 1;
    angles.push_back(std::numbers::pi);
    double before = 0, variation = 0;
    for (const double angle : angles) {
        const double now = std::pow(std::sin(angle), dim - 1) * gegenbauer_p(dim + 2, degree - 1, std::cos(angle));
        variation += std::abs(now - before);
        before = now;
    }
    // c_d = Gamma(d/2)/(sqrt(pi) Gamma((d-1)/2)).
    const double density =
        std::exp(std::lgamma(dim / 2.0) - std::lgamma((dim - 1) / 2.0)) / std::sqrt(std::numbers::pi);
    const double scale = std::sqrt(multiplicity_double(dim, degree)) * density / (dim - 1);
    // Each of the 2k+2 values of W is off by at most eps k^2 (gegenbauer.hpp) and a few roundings. W is stationary at
    // the zeros, so where they are off by rounding W changes by no more than that again. 1e-12: c_d and N.
    const double k = degree;
    const double rounding = 4 * (k + 1) * (k * k + 20) * std::numeric_limits<double>::epsilon();
    return std::min(1.0, scale * (variation + rounding) * (1 + 1e-12));
}

}  // namespace ntk
