// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/ridge_function.hpp"

#include <stdexcept>

namespace ntk {
namespace {

Parity parity_of_derivative(Parity parity) {
    switch (parity) {
        case Parity::none:
            return Parity::none;
        case Parity::even:
            return Parity::odd;
        case Parity::odd:
        case Parity::odd_plus_constant:
            return Parity::even;
        case Parity::even_plus_linear:
            return Parity::odd_plus_constant;
    }
    throw std::logic_error("unknown parity");
}

std::vector<Rational> derivative_of(const std::vector<Rational>& polynomial) {
    std::vector<Rational> result;
    for (std::size_t i = 1; i < polynomial.size(); ++i) result.push_back(polynomial[i] * Rational(i));
    return result;
}

std::vector<Rational> square_of(const std::vector<Rational>& polynomial) {
    if (polynomial.empty()) return {};
    std::vector<Rational> result(2 * polynomial.size() - 1);
    for (std::size_t i = 0; i < polynomial.size(); ++i) {
        for (std::size_t j = 0; j < polynomial.size(); ++j) result[i + j] += polynomial[i] * polynomial[j];
    }
    return result;
}

}  // namespace

RidgeFunction::RidgeFunction(ActivationPtr activation, RidgePart part)
    : activation_(std::move(activation)), part_(part) {
    if (!activation_) throw std::domain_error("RidgeFunction: the activation is missing");
    if (is_derivative() && !activation_->has_gradient()) {
        throw std::domain_error("RidgeFunction: " + activation_->name() + " has no derivative");
    }
}

std::string RidgeFunction::name() const {
    const std::string plain = (is_derivative() ? "sigma' of " : "sigma of ") + activation_->name();
    return is_squared() ? "the square of " + plain : plain;
}

std::optional<RidgeFunction> RidgeFunction::derivative() const {
    if (part_ != RidgePart::value || !activation_->has_gradient()) return std::nullopt;
    return RidgeFunction(activation_, RidgePart::derivative);
}

std::optional<std::vector<Rational>> RidgeFunction::polynomial() const {
    std::vector<Rational> result = activation_->polynomial();
    if (result.empty()) return std::nullopt;
    if (is_derivative()) result = derivative_of(result);
    while (!result.empty() && result.back() == 0) result.pop_back();
    return is_squared() ? square_of(result) : result;
}

std::optional<PiecewisePower> RidgeFunction::piecewise_power() const {
    const std::optional<Homogeneous> homogeneous = activation_->homogeneous();
    if (!homogeneous) return std::nullopt;
    PiecewisePower result{homogeneous->power, 1, homogeneous->negative_factor};
    if (is_derivative()) {
        // The derivative of a constant on each side is zero.
        const int power = result.power;
        result = {std::max(power - 1, 0), Rational(power), Rational(result.left * power)};
    }
    if (is_squared()) result = {2 * result.power, result.right * result.right, result.left * result.left};
    return result;
}

std::optional<StripGrowth> RidgeFunction::strip() const {
    const std::optional<StripBound> bound = activation_->strip();
    if (!bound) return std::nullopt;
    const unsigned exponent = is_squared() ? 2 : 1;
    if (is_derivative()) {
        return StripGrowth{bound->half_width, bound->derivative_constant, bound->derivative_slope, exponent};
    }
    return StripGrowth{bound->half_width, bound->value_constant, bound->value_slope, exponent};
}

Parity RidgeFunction::parity() const {
    const Parity plain = is_derivative() ? parity_of_derivative(activation_->parity()) : activation_->parity();
    if (!is_squared()) return plain;
    return plain == Parity::even || plain == Parity::odd ? Parity::even : Parity::none;
}

bool RidgeFunction::has_parity() const { return parity() == Parity::even || parity() == Parity::odd; }

bool RidgeFunction::vanishes_without_offset(int degree) const {
    const bool odd_degree = degree % 2 == 1;
    switch (parity()) {
        case Parity::none:
            return false;
        case Parity::even:
            return odd_degree;
        case Parity::odd:
            return !odd_degree;
        case Parity::even_plus_linear:
            return odd_degree && degree >= 3;
        case Parity::odd_plus_constant:
            return !odd_degree && degree >= 2;
    }
    throw std::logic_error("unknown parity");
}

}  // namespace ntk
