// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/exact.hpp"

#include "ntk/numeric/errors.hpp"

#include <algorithm>
#include <cctype>

namespace ntk {
namespace {

constexpr std::array<std::string_view, Exact::basis_size> suffixes = {
    "", "/pi", "/pi^2", "*sqrt(2)/pi^2", "*log(1+sqrt(2))/pi^2", "*chi2(1/sqrt(2))/pi^2"};

std::string format_term(const Rational& coefficient, std::size_t basis) {
    const std::string number = to_string(coefficient);
    const bool bare = basis == 0 || number.find('/') == std::string::npos;
    return (bare ? number : "(" + number + ")") + std::string(suffixes[basis]);
}

/// Reads one term after another from the text; knows the whole text for its error message.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text), rest_(text) {}

    Exact read() {
        Exact sum = term(false);
        while (!rest_.empty()) {
            const bool minus = take(" - ");
            if (!minus && !take(" + ")) fail();
            sum += term(minus);
        }
        return sum;
    }

private:
    Exact term(bool negated) {
        const bool parenthesised = take("(");
        Rational value = number();
        if (parenthesised && !take(")")) fail();
        const std::size_t basis = suffix();
        const bool fraction = boost::multiprecision::denominator(value) != 1;
        if (parenthesised ? basis == 0 : basis != 0 && fraction) fail();
        return Exact(negated ? Rational(-value) : value, static_cast<Exact::Basis>(basis));
    }

    Rational number() {
        std::size_t length = 0;
        while (length < rest_.size() && is_number_character(length)) ++length;
        if (length == 0) fail();
        const std::string_view digits = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return parse_rational(digits);
    }

    /// Digits, a leading minus, or the bar of a fraction (not the bar of "/pi").
    bool is_number_character(std::size_t at) const {
        const auto digit = [this](std::size_t place) {
            return place < rest_.size() && std::isdigit(static_cast<unsigned char>(rest_[place])) != 0;
        };
        return digit(at) || (at == 0 && rest_[at] == '-') || (at > 0 && rest_[at] == '/' && digit(at + 1));
    }

    /// The longest basis name that stands here; 0 is the empty one.
    std::size_t suffix() {
        for (std::size_t basis = suffixes.size() - 1; basis > 0; --basis) {
            if (take(suffixes[basis])) return basis;
        }
        return 0;
    }

    bool take(std::string_view expected) {
        if (rest_.substr(0, expected.size()) != expected) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }

    [[noreturn]] void fail() const {
        throw InputError("exact form \"" + std::string(text_) + "\", character " +
                         std::to_string(text_.size() - rest_.size() + 1) +
                         ": expected terms such as 5/128, (7/9)/pi^2 or 3*sqrt(2)/pi^2 joined by \" + \" or \" - \"");
    }

    std::string_view text_;
    std::string_view rest_;
};

/// chi2(1/sqrt(2)) = pi^2/8 - log(2) log(1+sqrt(2))/2 - chi2(3-2 sqrt(2)): the case x = 1/sqrt(2) of
///     chi2(x) + chi2(x') = pi^2/8 + log(x) log((1+x)/(1-x))/2,  x' = (1-x)/(1+x),  0 < x < 1.
/// Both sides have the derivative artanh(x)/x + log(x)/(1-x^2), for chi2' = artanh(x)/x and artanh(x') = -log(x)/2, and
/// the limit chi2(1) = pi^2/8 at x = 1. The terms of the last series that are left out are below its next power over
/// 1 - x'^2 > 1/2.
Ball legendre_chi2_of_inverse_root2(long bits) {
    const Ball root = sqrt(Ball(2, bits));
    Ball power = Ball(1, bits) / (3 + 2 * root);
    const Ball square = power * power;
    Ball sum(bits);
    for (long n = 1; power.magnitude_exponent() > -bits; n += 2) {
        sum += power / (n * n);
        power *= square;
    }
    const Ball pi = Ball::pi(bits);
    return pi * pi / 8 - log(Ball(2, bits)) * log(root + 1) / 2 - enlarged(sum, 2 * power);
}

/// The basis numbers as balls.
Ball basis_value(std::size_t basis, long bits) {
    if (basis == 0) return Ball(1, bits);
    const Ball pi = Ball::pi(bits);
    if (basis == 1) return Ball(1, bits) / pi;
    const Ball scale = Ball(1, bits) / (pi * pi);
    if (basis == 2) return scale;
    if (basis == 5) return legendre_chi2_of_inverse_root2(bits) * scale;
    const Ball root = sqrt(Ball(2, bits));
    return basis == 3 ? root * scale : log(root + 1) * scale;
}

}  // namespace

Exact Exact::parse(std::string_view text) { return Reader(text).read(); }

bool Exact::is_zero() const {
    return std::all_of(coefficients_.begin(), coefficients_.end(), [](const Rational& c) { return c == 0; });
}

Exact& Exact::operator+=(const Exact& other) {
    for (std::size_t i = 0; i < basis_size; ++i) coefficients_[i] += other.coefficients_[i];
    return *this;
}

Exact& Exact::operator*=(const Rational& factor) {
    for (Rational& coefficient : coefficients_) coefficient *= factor;
    return *this;
}

Ball Exact::to_ball(long bits) const {
    Ball sum(bits);
    for (std::size_t i = 0; i < basis_size; ++i) {
        if (coefficients_[i] != 0) sum += Ball(coefficients_[i], bits) * basis_value(i, bits);
    }
    return sum;
}

std::string to_string(const Exact& value) {
    std::string text;
    for (std::size_t i = 0; i < Exact::basis_size; ++i) {
        const Rational& coefficient = value.coefficient(static_cast<Exact::Basis>(i));
        if (coefficient == 0) continue;
        if (text.empty()) {
            text = format_term(coefficient, i);
        } else {
            text += coefficient < 0 ? " - " : " + ";
            text += format_term(boost::multiprecision::abs(coefficient), i);
        }
    }
    return text.empty() ? "0" : text;
}

}  // namespace ntk
