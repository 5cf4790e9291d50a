// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/multiprecision/gmp.hpp>

#include <string>
#include <string_view>

namespace ntk {

/// Exact integers and rationals of unbounded size (GMP through Boost.Multiprecision), always in lowest terms.
using Integer = boost::multiprecision::number<boost::multiprecision::gmp_int, boost::multiprecision::et_off>;
using Rational = boost::multiprecision::number<boost::multiprecision::gmp_rational, boost::multiprecision::et_off>;

/// Reads a decimal ("0.1", "-2.5e-3", "12") or a fraction ("-5/2") exactly; 0.1 is 1/10.
/// Throws InputError that quotes the text if it is neither, if the denominator is zero, or if the decimal exponent
/// exceeds 10^6 in absolute value.
Rational parse_rational(std::string_view text);

/// "3", "-5/128": lowest terms, no spaces.
std::string to_string(const Rational& value);

/// 10^exponent, exact, for any sign of the exponent.
Rational power_of_ten(long exponent);

}  // namespace ntk
