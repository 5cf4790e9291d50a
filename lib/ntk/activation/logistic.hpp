// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

/// The logistic function s(z) = 1/(1 + e^{-z}), of which sigmoid, softplus and SiLU are made.
namespace ntk {

/// s(z) and s'(z) = s (1 - s) without overflow or cancellation.
inline double logistic(double z) {
    const double e = std::exp(-std::abs(z));
    return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}
inline double logistic_slope(double z) {
    const double e = std::exp(-std::abs(z));
    return e / ((1 + e) * (1 + e));
}
/// s''(z) = s' (1 - 2 s).
inline double logistic_curvature(double z) { return -logistic_slope(z) * std::tanh(z / 2); }

/// s(z) for Real, Ball and ComplexBall; poles at odd multiples of i pi.
template <class Scalar>
Scalar logistic_of(const Scalar& z) {
    return 1 / (1 + exp(-z));
}
template <class Scalar>
Scalar logistic_slope_of(const Scalar& z) {
    const Scalar s = logistic_of(z);
    return s * (1 - s);
}

}  // namespace ntk
