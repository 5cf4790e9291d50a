// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/rational_function.hpp"

#include <algorithm>
#include <stdexcept>

namespace ntk::proofs {

RationalFunction::RationalFunction(const Polynomial& numerator, const Polynomial& denominator) {
    if (denominator.is_zero()) {
        throw std::domain_error("RationalFunction: (" + to_string(numerator) + ")/0: the denominator is zero");
    }
    Polynomial divisor = denominator.is_constant() ? Polynomial(1) : gcd(numerator, denominator);
    // With it the denominator gets the leading coefficient 1.
    divisor *= Polynomial(leading_coefficient(denominator) / leading_coefficient(divisor));
    numerator_ = *quotient(numerator, divisor);
    denominator_ = *quotient(denominator, divisor);
}

std::vector<std::string> RationalFunction::symbols() const {
    std::vector<std::string> above = numerator_.symbols();
    const std::vector<std::string> below = denominator_.symbols();
    std::vector<std::string> all;
    std::set_union(above.begin(), above.end(), below.begin(), below.end(), std::back_inserter(all));
    return all;
}

namespace {

/// p(values) as a quotient: terms are added one by one, for images that are no polynomials.
RationalFunction image(const Polynomial& p, const std::map<std::string, RationalFunction>& values) {
    RationalFunction sum;
    for (const Polynomial::Term& term : p.terms()) {
        RationalFunction product = term.coefficient;
        for (const auto& [name, exponent] : term.exponents) {
            const auto place = values.find(name);
            const RationalFunction base = place == values.end() ? RationalFunction::symbol(name) : place->second;
            product *= pow(base, static_cast<int>(exponent));
        }
        sum += product;
    }
    return sum;
}

}  // namespace

RationalFunction RationalFunction::substitute(const std::map<std::string, RationalFunction>& values) const {
    std::map<std::string, Polynomial> polynomials;
    for (const auto& [name, value] : values) {
        if (!value.is_polynomial()) return image(numerator_, values) / image(denominator_, values);
        polynomials.emplace(name, value.numerator());
    }
    return {numerator_.substitute(polynomials), denominator_.substitute(polynomials)};
}

RationalFunction RationalFunction::shift(const std::string& name, long step) const {
    return substitute({{name, symbol(name) + step}});
}

RationalFunction RationalFunction::derivative(const std::string& name) const {
    return {numerator_.derivative(name) * denominator_ - numerator_ * denominator_.derivative(name),
            denominator_ * denominator_};
}

std::optional<Rational> RationalFunction::evaluate(const Point& point) const {
    const Rational below = denominator_.evaluate(point);
    if (below == 0) return std::nullopt;
    return Rational(numerator_.evaluate(point) / below);
}

RationalFunction& RationalFunction::operator+=(const RationalFunction& other) { return *this = *this + other; }
RationalFunction& RationalFunction::operator-=(const RationalFunction& other) { return *this = *this - other; }
RationalFunction& RationalFunction::operator*=(const RationalFunction& other) { return *this = *this * other; }
RationalFunction& RationalFunction::operator/=(const RationalFunction& other) { return *this = *this / other; }

RationalFunction operator-(const RationalFunction& x) { return {-x.numerator(), x.denominator()}; }

RationalFunction operator+(const RationalFunction& x, const RationalFunction& y) {
    if (x.denominator() == y.denominator()) return {x.numerator() + y.numerator(), x.denominator()};
    return {x.numerator() * y.denominator() + y.numerator() * x.denominator(), x.denominator() * y.denominator()};
}

RationalFunction operator-(const RationalFunction& x, const RationalFunction& y) { return x + (-y); }

RationalFunction operator*(const RationalFunction& x, const RationalFunction& y) {
    return {x.numerator() * y.numerator(), x.denominator() * y.denominator()};
}

RationalFunction operator/(const RationalFunction& x, const RationalFunction& y) {
    return {x.numerator() * y.denominator(), x.denominator() * y.numerator()};
}

bool operator==(const RationalFunction& x, const RationalFunction& y) {
    return x.numerator() * y.denominator() == y.numerator() * x.denominator();
}

RationalFunction pow(const RationalFunction& x, int exponent) {
    const int size = exponent < 0 ? -exponent : exponent;
    const Polynomial above = pow(x.numerator(), size);
    const Polynomial below = pow(x.denominator(), size);
    return exponent < 0 ? RationalFunction(below, above) : RationalFunction(above, below);
}

std::string to_string(const RationalFunction& x) {
    if (x.is_polynomial()) return to_string(x.numerator());
    return "(" + to_string(x.numerator()) + ")/(" + to_string(x.denominator()) + ")";
}

}  // namespace ntk::proofs
