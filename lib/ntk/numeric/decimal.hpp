// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/ball.hpp"

#include <optional>
#include <string>

namespace ntk {

/// A decimal together with a rigorous bound of its distance from the true value; the bound covers the rounding of the
/// decimal itself, so nothing is lost to printing.
struct CertifiedDecimal {
    std::string value;   ///< at least the requested significant digits: "0.0390625", "1.25e-494"
    std::string radius;  ///< two significant digits, rounded up: "1.2e-52"; "0" if the decimal is exactly the value
};

/// Prints x so that |value - true| <= radius <= 10^{-digits} |value|; exactly zero prints "0" with radius "0".
/// Empty if the ball is too wide for that many digits. digits >= 1.
std::optional<CertifiedDecimal> print_certified(const Ball& x, long digits);

/// The midpoint with as many digits (at most `digits`) as the radius supports, and the radius that covers the printing;
/// for sums and tails where no number of digits was promised.
CertifiedDecimal print_enclosure(const Ball& x, long digits);

/// A true upper bound of x with `digits` significant digits, rounded up: "4.1e-3". x >= 0.
std::string print_rounded_up(const Rational& x, int digits);

/// The number of significant digits that x supports: the largest D with radius <= 10^{-D} |midpoint| (0 if none).
long certified_digits(const Ball& x);

}  // namespace ntk
