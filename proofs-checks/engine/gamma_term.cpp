// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/gamma_term.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace ntk::proofs {
namespace {

/// The constant of an affine form; std::domain_error if it is not affine.
Rational affine_constant(const Polynomial& form) {
    Rational constant = 0;
    for (const Polynomial::Term& term : form.terms()) {
        unsigned degree = 0;
        for (const auto& [name, exponent] : term.exponents) degree += exponent;
        if (degree > 1) throw std::domain_error("GammaTerm: " + to_string(form) + ": expected an affine form");
        if (degree == 0) constant = term.coefficient;
    }
    return constant;
}

long floor_of(const Rational& x) {
    Integer quotient = numerator(x) / denominator(x);
    if (numerator(x) < 0 && quotient * denominator(x) != numerator(x)) quotient -= 1;
    return static_cast<long>(quotient);
}

bool is_prime(long n) {
    if (n < 2) return false;
    for (long divisor = 2; divisor * divisor <= n; ++divisor) {
        if (n % divisor == 0) return false;
    }
    return true;
}

}  // namespace

GammaTerm GammaTerm::gamma(const Polynomial& argument, int power) {
    GammaTerm term;
    term.multiply_gamma(argument, power);
    return term;
}

GammaTerm GammaTerm::power(long base, const Polynomial& exponent) {
    if (base != -1 && !is_prime(base)) {
        throw std::domain_error("GammaTerm::power: base = " + std::to_string(base) + ": expected a prime or -1");
    }
    GammaTerm term;
    term.multiply_power(base, exponent);
    return term;
}

GammaTerm GammaTerm::pi_power(int halves) {
    GammaTerm term;
    term.half_powers_of_pi_ = halves;
    return term;
}

void GammaTerm::multiply_gamma(const Polynomial& argument, int power) {
    long steps = floor_of(affine_constant(argument));
    Polynomial base = argument - Polynomial(steps);
    if (base.is_zero()) {
        // Gamma(n) = (n-1)! from Gamma(1) = 1.
        base = Polynomial(1);
        --steps;
        if (steps < 0) throw std::domain_error("GammaTerm: Gamma(" + to_string(argument) + ") is a pole");
    }
    // Gamma(b+n) = b (b+1) ... (b+n-1) Gamma(b), and Gamma(b-n) = Gamma(b) / ((b-n) ... (b-1)).
    RationalFunction product = 1;
    for (long i = 0; i < steps; ++i) product *= RationalFunction(base + Polynomial(i));
    for (long i = steps; i < 0; ++i) product /= RationalFunction(base + Polynomial(i));
    factor_ *= pow(product, power);
    if (base.is_constant()) {
        if (base == Polynomial(1)) return;
        if (base == Polynomial(Rational(1, 2))) {
            half_powers_of_pi_ += power;
            return;
        }
    }
    const auto [place, is_new] = gammas_.emplace(to_string(base), Gamma{base, power});
    if (is_new) return;
    place->second.power += power;
    if (place->second.power == 0) gammas_.erase(place);
}

void GammaTerm::multiply_power(long base, const Polynomial& exponent) {
    const Rational constant = affine_constant(exponent);
    if (denominator(constant) != 1) {
        throw std::domain_error("GammaTerm::power: exponent " + to_string(exponent) + ": expected an integer constant");
    }
    const auto steps = static_cast<int>(numerator(constant));
    factor_ *= pow(RationalFunction(base), steps);
    const auto [place, is_new] = powers_.emplace(base, exponent - Polynomial(constant));
    if (!is_new) place->second += exponent - Polynomial(constant);
    if (base == -1) {
        // Exponents count modulo 2 as the symbols are integers: bring integer coefficients to 0 or 1.
        Polynomial reduced;
        for (const Polynomial::Term& term : place->second.terms()) {
            const long twos = floor_of(Rational(term.coefficient / 2));
            reduced +=
                Polynomial(Rational(term.coefficient - 2 * twos)) * Polynomial::symbol(term.exponents.begin()->first);
        }
        place->second = reduced;
    }
    if (place->second.is_zero()) powers_.erase(place);
}

GammaTerm GammaTerm::substitute(const std::map<std::string, Polynomial>& values) const {
    std::map<std::string, RationalFunction> wrapped;
    for (const auto& [name, value] : values) wrapped.emplace(name, value);
    GammaTerm result(factor_.substitute(wrapped));
    result.half_powers_of_pi_ = half_powers_of_pi_;
    for (const auto& [text, gamma] : gammas_) result.multiply_gamma(gamma.argument.substitute(values), gamma.power);
    for (const auto& [base, exponent] : powers_) result.multiply_power(base, exponent.substitute(values));
    return result;
}

RationalFunction GammaTerm::ratio(const std::string& symbol, long step) const {
    const GammaTerm quotient = substitute({{symbol, Polynomial::symbol(symbol) + Polynomial(step)}}) / *this;
    const std::optional<RationalFunction> result = quotient.rational();
    if (!result) {
        throw std::domain_error("GammaTerm::ratio: " + symbol + " -> " + symbol + " + " + std::to_string(step) +
                                " changes " + to_string(*this) + " by " + to_string(quotient) +
                                ": no rational function");
    }
    return *result;
}

std::optional<RationalFunction> GammaTerm::rational() const {
    if (!gammas_.empty() || !powers_.empty() || half_powers_of_pi_ != 0) return std::nullopt;
    return factor_;
}

std::vector<std::string> GammaTerm::symbols() const {
    std::set<std::string> all;
    const auto add = [&](const std::vector<std::string>& names) { all.insert(names.begin(), names.end()); };
    add(factor_.symbols());
    for (const auto& [text, gamma] : gammas_) add(gamma.argument.symbols());
    for (const auto& [base, exponent] : powers_) add(exponent.symbols());
    return {all.begin(), all.end()};
}

GammaTerm& GammaTerm::operator*=(const GammaTerm& other) {
    // By value: other may be *this.
    const GammaTerm right = other;
    factor_ *= right.factor_;
    half_powers_of_pi_ += right.half_powers_of_pi_;
    for (const auto& [text, gamma] : right.gammas_) multiply_gamma(gamma.argument, gamma.power);
    for (const auto& [base, exponent] : right.powers_) multiply_power(base, exponent);
    return *this;
}

GammaTerm GammaTerm::inverse() const {
    GammaTerm result(RationalFunction(1) / factor_);
    result.half_powers_of_pi_ = -half_powers_of_pi_;
    for (const auto& [text, gamma] : gammas_) result.gammas_.emplace(text, Gamma{gamma.argument, -gamma.power});
    for (const auto& [base, exponent] : powers_) result.multiply_power(base, -exponent);
    return result;
}

GammaTerm operator*(GammaTerm x, const GammaTerm& y) { return x *= y; }
GammaTerm operator/(GammaTerm x, const GammaTerm& y) { return x *= y.inverse(); }

bool operator==(const GammaTerm& x, const GammaTerm& y) {
    if (x.factor_.is_zero() || y.factor_.is_zero()) return x.factor_.is_zero() && y.factor_.is_zero();
    const std::optional<RationalFunction> quotient = (x / y).rational();
    return quotient && *quotient == 1;
}

std::string to_string(const GammaTerm& x) {
    std::string text = "(" + to_string(x.factor_) + ")";
    for (const auto& [base, exponent] : x.powers_) {
        text += " (" + std::to_string(base) + ")^(" + to_string(exponent) + ")";
    }
    for (const auto& [argument, gamma] : x.gammas_) {
        text += " Gamma(" + argument + ")" + (gamma.power == 1 ? "" : "^(" + std::to_string(gamma.power) + ")");
    }
    if (x.half_powers_of_pi_ != 0) text += " pi^(" + std::to_string(x.half_powers_of_pi_) + "/2)";
    return text;
}

}  // namespace ntk::proofs
