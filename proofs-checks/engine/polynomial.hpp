// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/rational.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Exact algebra for proofs. Everything in this namespace is exact: an equality that is reported holds for every value
/// of the symbols.
namespace ntk::proofs {

// Else the functions of this namespace hide the one for rationals.
using ntk::to_string;

/// Values of symbols.
using Point = std::map<std::string, Rational>;

/// A polynomial with rational coefficients in named symbols, for instance 3 k^2 d - 1/2. A value: it does not change
/// once made and may be shared between threads. Polynomials in different symbols combine freely. Arithmetic is FLINT's
/// fmpq_mpoly; two polynomials are equal exactly if all coefficients are.
class Polynomial {
public:
    struct Term {
        Rational coefficient;
        std::map<std::string, unsigned> exponents;  ///< symbols with exponent >= 1
    };

    /// Zero.
    Polynomial();
    Polynomial(long value);             // NOLINT: a number is a polynomial
    Polynomial(const Rational& value);  // NOLINT: a number is a polynomial
    /// The symbol itself. The name is any non-empty text.
    static Polynomial symbol(const std::string& name);

    bool is_zero() const;
    bool is_constant() const;
    /// The value of a constant; std::domain_error if a symbol occurs.
    Rational constant() const;
    /// The symbols that occur, sorted.
    std::vector<std::string> symbols() const;
    /// The degree in one symbol, 0 if it does not occur.
    unsigned degree(const std::string& name) const;
    /// The coefficient of name^power, a polynomial in the other symbols.
    Polynomial coefficient(const std::string& name, unsigned power) const;
    std::vector<Term> terms() const;
    /// No coefficient is negative: then the polynomial is >= 0 wherever all symbols are.
    bool has_nonnegative_coefficients() const;

    /// Replaces symbols by polynomials, all at once.
    Polynomial substitute(const std::map<std::string, Polynomial>& values) const;
    /// The value at a point; std::domain_error naming a symbol without value.
    Rational evaluate(const Point& point) const;
    /// The partial derivative.
    Polynomial derivative(const std::string& name) const;

    Polynomial& operator+=(const Polynomial& other);
    Polynomial& operator-=(const Polynomial& other);
    Polynomial& operator*=(const Polynomial& other);

    friend Polynomial operator-(const Polynomial& x);
    friend Polynomial operator+(const Polynomial& x, const Polynomial& y);
    friend Polynomial operator-(const Polynomial& x, const Polynomial& y);
    friend Polynomial operator*(const Polynomial& x, const Polynomial& y);
    friend bool operator==(const Polynomial& x, const Polynomial& y);
    friend Polynomial pow(const Polynomial& x, int exponent);
    /// The greatest common divisor with leading coefficient 1; 0 for two zeros.
    friend Polynomial gcd(const Polynomial& x, const Polynomial& y);
    /// x/y if that is a polynomial, else nothing. y != 0.
    friend std::optional<Polynomial> quotient(const Polynomial& x, const Polynomial& y);
    /// The coefficient of the leading term in a fixed order of terms; 0 for zero.
    friend Rational leading_coefficient(const Polynomial& x);

private:
    class Ring;
    class Data;
    using Pointer = std::shared_ptr<const Data>;

    explicit Polynomial(Pointer data) : data_(std::move(data)) {}
    static Pointer in_ring(const Pointer& data, const std::shared_ptr<const Ring>& ring);
    static std::pair<Pointer, Pointer> in_common_ring(const Polynomial& x, const Polynomial& y);

    Pointer data_;
};

Polynomial operator-(const Polynomial& x);
Polynomial operator+(const Polynomial& x, const Polynomial& y);
Polynomial operator-(const Polynomial& x, const Polynomial& y);
Polynomial operator*(const Polynomial& x, const Polynomial& y);
bool operator==(const Polynomial& x, const Polynomial& y);
/// exponent >= 0, else std::domain_error.
Polynomial pow(const Polynomial& x, int exponent);
Polynomial gcd(const Polynomial& x, const Polynomial& y);
std::optional<Polynomial> quotient(const Polynomial& x, const Polynomial& y);
Rational leading_coefficient(const Polynomial& x);

/// "3*d*k^2 - 1/2".
std::string to_string(const Polynomial& x);

}  // namespace ntk::proofs
