// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

#include <cmath>

namespace ntk {

/// The trapezoidal rule on the real line, h sum_{|n| <= count} f(n h) for int f(x) dx, with h = numerator/2^exponent so
/// that nodes are exact.
struct HermiteRule {
    long numerator;
    long exponent;  ///< >= 12
    long count;
    /// x = n h, for choices only.
    double node(long n) const {
        return std::ldexp(static_cast<double>(numerator) * static_cast<double>(n), -static_cast<int>(exponent));
    }
    Rational step() const { return Rational(numerator) / (Integer(1) << static_cast<unsigned>(exponent)); }
};

/// Proved errors of that rule for f = sigma(sqrt(q) x) h_j(x) phi(x) and f = sigma(sqrt(q) x)^2 phi(x), phi the normal
/// density, from the growth of sigma in its strip of analyticity (numerics.md, "Hermite series"). Every bound is the
/// upper end of a ball of 64 bits.
class HermiteBound {
public:
    HermiteBound(const StripBound& strip, const Ball& variance);

    /// What the rule misses between its nodes, for every degree j <= max_degree: 2N/(e^{2 pi a/h} - 1), where N bounds
    /// int |f(x+iy)| dx on the lines |y| < a of the strip.
    Ball between_nodes(const HermiteRule& rule, long max_degree) const;
    /// What it misses beyond the last node, for every degree j <= max_degree. The last node must lie beyond 2.
    Ball beyond_nodes(const HermiteRule& rule, long max_degree) const;
    /// Both for sigma^2 phi, and for sigma'^2 phi.
    Ball value_square(const HermiteRule& rule) const;
    Ball derivative_square(const HermiteRule& rule) const;

    /// A rule for which each of these is below 2^-bits.
    HermiteRule rule(long max_degree, long bits) const;

private:
    /// |sigma(sqrt(q) z)| <= constant + slope |z| in the strip |Im z| <= height_, and the same for sigma'.
    struct Growth {
        Ball constant;
        Ball slope;
    };
    Ball line_integral(long max_degree) const;
    Ball square_line_integral(const Growth& growth) const;
    Ball square_beyond_nodes(const Growth& growth, const Ball& end) const;
    Ball beyond(const Ball& end, long max_degree) const;
    Ball aliasing(const Ball& line_integral, const HermiteRule& rule) const;

    Ball height_;
    Growth value_;
    Growth derivative_;
};

}  // namespace ntk
