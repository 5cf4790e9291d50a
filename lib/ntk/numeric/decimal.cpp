// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/decimal.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <stdexcept>

namespace ntk {
namespace {

enum class Rounding { nearest, up };

/// x = 0.d_1 d_2 ... * 10^{exponent}, x > 0, d_1 != 0.
struct Digits {
    std::string digits;
    long exponent;
};

/// floor(log10 x) for a positive rational, by estimate and exact correction.
long decimal_exponent(const Rational& x) {
    const Integer numerator = boost::multiprecision::numerator(x);
    const Integer denominator = boost::multiprecision::denominator(x);
    const auto bit_difference = static_cast<double>(static_cast<long>(boost::multiprecision::msb(numerator)) -
                                                    static_cast<long>(boost::multiprecision::msb(denominator)));
    long exponent = static_cast<long>(std::floor(bit_difference * std::log10(2.0))) - 1;
    while (power_of_ten(exponent + 1) <= x) ++exponent;
    while (power_of_ten(exponent) > x) --exponent;
    return exponent;
}

Digits round_to_digits(const Rational& x, long count, Rounding rounding) {
    const long exponent = decimal_exponent(x);
    const Rational scaled = x * power_of_ten(count - 1 - exponent);
    const Integer numerator = boost::multiprecision::numerator(scaled);
    const Integer denominator = boost::multiprecision::denominator(scaled);
    const Integer shift = rounding == Rounding::nearest ? Integer(denominator / 2) : Integer(denominator - 1);
    std::string digits = Integer((numerator + shift) / denominator).str();
    // Rounding 9.99... up gives one digit more.
    const long grown = static_cast<long>(digits.size()) - count;
    digits.resize(static_cast<std::size_t>(count));
    return {digits, exponent + 1 + grown};
}

Rational value_of(const Digits& x) {
    return Rational(Integer(x.digits)) * power_of_ten(x.exponent - static_cast<long>(x.digits.size()));
}

/// Positional for moderate exponents, scientific otherwise.
std::string format_digits(const Digits& x) {
    const long count = static_cast<long>(x.digits.size());
    if (x.exponent > -5 && x.exponent <= 0)
        return "0." + std::string(static_cast<std::size_t>(-x.exponent), '0') + x.digits;
    if (x.exponent > 0 && x.exponent < count) {
        return x.digits.substr(0, static_cast<std::size_t>(x.exponent)) + "." +
               x.digits.substr(static_cast<std::size_t>(x.exponent));
    }
    if (x.exponent == count) return x.digits;
    const std::string tail = x.digits.substr(1);
    return x.digits.substr(0, 1) + (tail.empty() ? "" : "." + tail) + "e" + std::to_string(x.exponent - 1);
}

/// Drops trailing zeros of the mantissa: 2.0e-52 -> 2e-52 (only for radii, where digits carry no promise).
Digits without_trailing_zeros(Digits x) {
    while (x.digits.size() > 1 && x.digits.back() == '0') x.digits.pop_back();
    return x;
}

std::string format_scientific(const Digits& x) {
    const std::string tail = x.digits.substr(1);
    return x.digits.substr(0, 1) + (tail.empty() ? "" : "." + tail) + "e" + std::to_string(x.exponent - 1);
}

struct Printed {
    CertifiedDecimal text;
    Rational value;
    Rational radius;
};

Printed print_with(const Rational& midpoint, const Rational& ball_radius, long count) {
    const Rational size = boost::multiprecision::abs(midpoint);
    const Digits digits = round_to_digits(size, count, Rounding::nearest);
    const Rational shown = value_of(digits);
    const Rational bound = ball_radius + Rational(boost::multiprecision::abs(Rational(shown - size)));
    Printed printed{{(midpoint < 0 ? "-" : "") + format_digits(digits), "0"}, shown, 0};
    if (bound != 0) {
        const Digits radius = round_to_digits(bound, 2, Rounding::up);
        printed.radius = value_of(radius);
        printed.text.radius = format_scientific(without_trailing_zeros(radius));
    }
    return printed;
}

}  // namespace

std::optional<CertifiedDecimal> print_certified(const Ball& x, long digits) {
    if (digits < 1) throw std::domain_error("print_certified: digits = " + std::to_string(digits) + ": must be >= 1");
    if (x.is_zero()) return CertifiedDecimal{"0", "0"};
    if (!x.is_finite() || x.contains_zero()) return std::nullopt;
    const Rational midpoint = x.exact_midpoint();
    // One digit beyond the request leaves half of 10^{-digits} to the printing and half to the ball.
    const Printed printed = print_with(midpoint, x.exact_radius(), digits + 1);
    if (printed.radius > printed.value * power_of_ten(-digits)) return std::nullopt;
    return printed.text;
}

CertifiedDecimal print_enclosure(const Ball& x, long digits) {
    if (!x.is_finite()) throw std::domain_error("print_enclosure: the enclosure is not finite");
    if (x.is_zero()) return {"0", "0"};
    const Rational midpoint = x.exact_midpoint();
    if (midpoint == 0) return {"0", print_rounded_up(x.exact_radius(), 2)};
    // One digit beyond the certain ones, never more than asked for; an exact ball has no limit of its own.
    const long count = std::min(std::max(certified_digits(x), 0L), digits - 1) + 1;
    return print_with(midpoint, x.exact_radius(), count).text;
}

std::string print_rounded_up(const Rational& x, int digits) {
    if (x == 0) return "0";
    return format_scientific(without_trailing_zeros(round_to_digits(x, digits, Rounding::up)));
}

long certified_digits(const Ball& x) {
    if (x.is_zero()) return std::numeric_limits<long>::max();
    if (!x.is_finite() || x.contains_zero()) return 0;
    const Rational radius = x.exact_radius();
    if (radius == 0) return std::numeric_limits<long>::max();
    const Rational ratio = Rational(boost::multiprecision::abs(x.exact_midpoint())) / radius;
    return ratio < 1 ? 0 : decimal_exponent(ratio);
}

}  // namespace ntk
