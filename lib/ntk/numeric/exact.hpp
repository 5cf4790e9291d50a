// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/ball.hpp"
#include "ntk/numeric/rational.hpp"

#include <array>
#include <string>
#include <string_view>

namespace ntk {

/// A number in the rational span of 1, 1/pi, 1/pi^2, sqrt(2)/pi^2, log(1+sqrt(2))/pi^2 and chi2(1/sqrt(2))/pi^2 with
/// Legendre's chi2(x) = x + x^3/9 + x^5/25 + ...: the closed forms of eigenvalues of ReLU kernels on spheres
/// (theory.md, "Closed forms"; closed-forms.md).
class Exact {
public:
    enum class Basis {
        one,
        inverse_pi,
        inverse_pi_squared,
        sqrt2_over_pi_squared,
        log_over_pi_squared,
        chi_over_pi_squared
    };
    static constexpr std::size_t basis_size = 6;

    Exact() = default;
    Exact(const Rational& value) { coefficient(Basis::one) = value; }  // NOLINT: a rational is such a number
    Exact(const Rational& value, Basis basis) { coefficient(basis) = value; }

    /// Reads what to_string writes : "5/128", "1/3 - (2/9)/pi", "(7/9)/pi^2", "0".
    /// Throws InputError that quotes the text and the place.
    static Exact parse(std::string_view text);

    const Rational& coefficient(Basis basis) const { return coefficients_[static_cast<std::size_t>(basis)]; }
    Rational& coefficient(Basis basis) { return coefficients_[static_cast<std::size_t>(basis)]; }

    bool is_zero() const;
    bool operator==(const Exact& other) const { return coefficients_ == other.coefficients_; }
    Exact& operator+=(const Exact& other);
    Exact& operator*=(const Rational& factor);

    /// An enclosure; terms may cancel, so its relative accuracy can be below `bits`.
    Ball to_ball(long bits) const;

private:
    std::array<Rational, basis_size> coefficients_{};
};

inline Exact operator+(Exact x, const Exact& y) { return x += y; }
inline Exact operator*(Exact x, const Rational& factor) { return x *= factor; }

/// Terms joined by " + " and " - ", zero terms left out, lowest terms; a rational term is INT or INT/INT, any other
/// coefficient INT or (INT/INT) followed by /pi, /pi^2, *sqrt(2)/pi^2, *log(1+sqrt(2))/pi^2 or *chi2(1/sqrt(2))/pi^2.
/// Zero is "0".
std::string to_string(const Exact& value);

}  // namespace ntk
