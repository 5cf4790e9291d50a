// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/rational.hpp"

#include "ntk/numeric/errors.hpp"

#include <cctype>
#include <charconv>

namespace ntk {
namespace {

[[noreturn]] void reject(std::string_view text) {
    throw InputError("\"" + std::string(text) +
                     "\": expected a decimal such as 0.1 or 2.5e-3, or a fraction such as -5/2");
}

/// Reads digits from the front of `rest`, removes them, and returns them.
std::string_view take_digits(std::string_view& rest) {
    std::size_t count = 0;
    while (count < rest.size() && std::isdigit(static_cast<unsigned char>(rest[count])) != 0) ++count;
    const std::string_view digits = rest.substr(0, count);
    rest.remove_prefix(count);
    return digits;
}

/// Decimal digits as an integer; leading zeros must not turn the text into octal.
Integer integer_from_digits(std::string_view digits) {
    const std::size_t first = digits.find_first_not_of('0');
    return first == std::string_view::npos ? Integer(0) : Integer(std::string(digits.substr(first)));
}

/// Reads "e-3" from the front of `rest`; 0 if there is no exponent.
long take_exponent(std::string_view& rest, std::string_view whole) {
    if (rest.empty() || (rest.front() != 'e' && rest.front() != 'E')) return 0;
    rest.remove_prefix(1);
    if (!rest.empty() && rest.front() == '+') rest.remove_prefix(1);
    long exponent = 0;
    const auto [end, status] = std::from_chars(rest.data(), rest.data() + rest.size(), exponent);
    constexpr long largest = 1'000'000;
    if (status != std::errc() || exponent > largest || exponent < -largest) reject(whole);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    return exponent;
}

}  // namespace

Rational power_of_ten(long exponent) {
    const Integer power = boost::multiprecision::pow(Integer(10), static_cast<unsigned>(std::abs(exponent)));
    return exponent < 0 ? Rational(Integer(1), power) : Rational(power);
}

Rational parse_rational(std::string_view text) {
    std::string_view rest = text;
    const bool negative = !rest.empty() && rest.front() == '-';
    if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) rest.remove_prefix(1);
    const std::string_view whole = take_digits(rest);
    Rational value = integer_from_digits(whole);
    if (!rest.empty() && rest.front() == '/') {
        rest.remove_prefix(1);
        const std::string_view denominator_digits = take_digits(rest);
        const Integer denominator = integer_from_digits(denominator_digits);
        if (whole.empty() || denominator_digits.empty() || denominator == 0) reject(text);
        value /= Rational(denominator);
    } else {
        std::string_view fraction;
        if (!rest.empty() && rest.front() == '.') {
            rest.remove_prefix(1);
            fraction = take_digits(rest);
        }
        if (whole.empty() && fraction.empty()) reject(text);
        if (!fraction.empty()) {
            value += Rational(integer_from_digits(fraction)) * power_of_ten(-static_cast<long>(fraction.size()));
        }
        value *= power_of_ten(take_exponent(rest, text));
    }
    if (!rest.empty()) reject(text);
    return negative ? Rational(-value) : value;
}

std::string to_string(const Rational& value) {
    const Integer denominator = boost::multiprecision::denominator(value);
    const std::string numerator = boost::multiprecision::numerator(value).str();
    return denominator == 1 ? numerator : numerator + "/" + denominator.str();
}

}  // namespace ntk
