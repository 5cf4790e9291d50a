// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/ball.hpp"

#include <vector>

/// Integrals from the kink t0 of a power to the pole t = 1, in rationals or in balls.
namespace ntk {

/// t0 and powers of sqrt(1-t0^2) in rationals: even exponents only, for the odd dimensions.
struct RationalKink {
    using Scalar = Rational;
    Rational t0;
    Rational constant(const Rational& value) const { return value; }
    Rational sine_power(int exponent) const {
        Rational result = 1;
        for (int i = 0; i < exponent; i += 2) result *= 1 - t0 * t0;
        return result;
    }
    Rational first_moment(int) const { return 1 - t0; }
};

/// The same in balls for every dimension; t0 = cos(angle), sine = sin(angle).
struct BallKink {
    using Scalar = Ball;
    Ball t0, sine, angle;
    Ball constant(const Rational& value) const { return Ball(value, t0.bits()); }
    Ball sine_power(int exponent) const { return pow(sine, static_cast<unsigned>(exponent)); }
    /// int_{t0}^1 (1-t^2)^{(D-3)/2} dt for D = 2 and D = 3.
    Ball first_moment(int dim) const { return dim == 2 ? angle : 1 - t0; }
};

/// int_{t0}^1 (t-t0)^m (1-t^2)^{(D-3)/2} dt, D = dim >= 2, from M_j = int_{t0}^1 t^j (1-t^2)^{(D-3)/2} dt:
///     M_0(D+2) = ((D-1) M_0(D) - t0 s^{D-1})/D,  M_1(D) = s^{D-1}/(D-1),
///     M_j = (t0^{j-1} s^{D-1} + (j-1) M_{j-2})/(D+j-2)         (integration by parts).
template <class Kink>
typename Kink::Scalar shifted_moment(const Kink& at, int dim, int m) {
    using Scalar = typename Kink::Scalar;
    const auto number = [&](long value) { return at.constant(Rational(value)); };
    const int first = dim % 2 == 0 ? 2 : 3;
    Scalar zeroth = at.first_moment(first);
    for (int d = first; d < dim; d += 2) {
        zeroth = (number(d - 1) * zeroth - at.t0 * at.sine_power(d - 1)) / number(d);
    }
    const Scalar boundary = at.sine_power(dim - 1);
    std::vector<Scalar> moments = {zeroth, boundary / number(dim - 1)};
    Scalar power_of_t0 = at.t0;
    for (int j = 2; j <= m; ++j) {
        const Scalar before = moments[static_cast<std::size_t>(j - 2)];
        moments.push_back((power_of_t0 * boundary + number(j - 1) * before) / number(dim + j - 2));
        power_of_t0 = power_of_t0 * at.t0;
    }
    Scalar sum = number(0);
    Scalar coefficient = number(1);  // binom(m,j) (-t0)^{m-j}, from j = m down
    for (int j = m; j >= 0; --j) {
        sum = sum + coefficient * moments[static_cast<std::size_t>(j)];
        coefficient = coefficient * at.t0 * at.constant(Rational(-j, m - j + 1));
    }
    return sum;
}

}  // namespace ntk
