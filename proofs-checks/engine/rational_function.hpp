// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/polynomial.hpp"

namespace ntk::proofs {

/// A quotient of two polynomials in lowest terms, for instance (k+d-2)/(2k+d-2). An element of the field of rational
/// functions: equality says nothing of points at which a denominator vanishes, and a common factor of numerator and
/// denominator is gone at once. An obligation shows beside its identities that the denominators that it wrote are not
/// zero on its range.
class RationalFunction {
public:
    /// Zero.
    RationalFunction() : denominator_(1) {}
    RationalFunction(long value) : numerator_(value), denominator_(1) {}               // NOLINT: a number is one
    RationalFunction(const Rational& value) : numerator_(value), denominator_(1) {}    // NOLINT: a number is one
    RationalFunction(const Polynomial& value) : numerator_(value), denominator_(1) {}  // NOLINT: a polynomial is one
    /// std::domain_error if the denominator is zero.
    RationalFunction(const Polynomial& numerator, const Polynomial& denominator);
    static RationalFunction symbol(const std::string& name) { return Polynomial::symbol(name); }

    const Polynomial& numerator() const { return numerator_; }
    /// Its leading coefficient is 1.
    const Polynomial& denominator() const { return denominator_; }
    bool is_zero() const { return numerator_.is_zero(); }
    bool is_polynomial() const { return denominator_.is_constant(); }
    std::vector<std::string> symbols() const;

    /// Replaces symbols, all at once; std::domain_error if the denominator becomes zero.
    RationalFunction substitute(const std::map<std::string, RationalFunction>& values) const;
    /// name -> name + step.
    RationalFunction shift(const std::string& name, long step) const;
    RationalFunction derivative(const std::string& name) const;
    /// The value at a point, nothing if the denominator vanishes there.
    std::optional<Rational> evaluate(const Point& point) const;

    RationalFunction& operator+=(const RationalFunction& other);
    RationalFunction& operator-=(const RationalFunction& other);
    RationalFunction& operator*=(const RationalFunction& other);
    RationalFunction& operator/=(const RationalFunction& other);

private:
    Polynomial numerator_;
    Polynomial denominator_;
};

RationalFunction operator-(const RationalFunction& x);
RationalFunction operator+(const RationalFunction& x, const RationalFunction& y);
RationalFunction operator-(const RationalFunction& x, const RationalFunction& y);
RationalFunction operator*(const RationalFunction& x, const RationalFunction& y);
/// std::domain_error if y is zero.
RationalFunction operator/(const RationalFunction& x, const RationalFunction& y);
bool operator==(const RationalFunction& x, const RationalFunction& y);
/// Any integer exponent; std::domain_error for a negative one of zero.
RationalFunction pow(const RationalFunction& x, int exponent);

/// "(k - 1)/(2*k + d)".
std::string to_string(const RationalFunction& x);

}  // namespace ntk::proofs
