// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/ball.hpp"

#include <vector>

namespace ntk {

/// A power series f(x) = sum_i f_i x^i with f_i >= 0 that converges at x = 1, known as f = P + R: a polynomial P of
/// degree below `length` whose non-negative coefficients lie in balls, an enclosure of f(1), and nothing of R but that
/// its coefficients are >= 0. So R(1) = f(1) - P(1). Sums, products and compositions keep this form: nothing cancels.
/// Binary operations need operands of equal length (std::domain_error).
class PositiveSeries {
public:
    /// Zero.
    PositiveSeries(long length, long bits);
    /// P has these coefficients (length = their number), f(1) lies in `at_one`.
    PositiveSeries(const std::vector<Ball>& coefficients, const Ball& at_one, long bits);
    PositiveSeries(const PositiveSeries& other);
    PositiveSeries(PositiveSeries&& other) noexcept;
    PositiveSeries& operator=(PositiveSeries other) noexcept;
    ~PositiveSeries();

    /// constant + slope x, both >= 0; length >= 2.
    static PositiveSeries affine(const Ball& constant, const Ball& slope, long length, long bits);

    long length() const { return length_; }
    long bits() const { return bits_; }
    /// The coefficient of x^i in P.
    Ball coefficient(long i) const;
    /// f(1).
    const Ball& at_one() const { return at_one_; }
    /// An upper bound of R(1), as an exact ball >= 0.
    Ball rest() const;
    /// An enclosure of f(x) for -1 <= x <= 1, where |R(x)| <= R(1).
    Ball at(const Ball& x) const;

    PositiveSeries& operator+=(const PositiveSeries& other);
    /// Adds to f_0.
    PositiveSeries& operator+=(const Ball& constant);
    PositiveSeries& operator*=(const Ball& factor);
    friend PositiveSeries operator*(const PositiveSeries& x, const PositiveSeries& y);
    /// f(g(x)) for a g with g(1) = 1.
    PositiveSeries compose(const PositiveSeries& inner) const;

private:
    arb_poly_t polynomial_;
    long length_;
    long bits_;
    Ball at_one_;
};

PositiveSeries operator*(const PositiveSeries& x, const PositiveSeries& y);

}  // namespace ntk
