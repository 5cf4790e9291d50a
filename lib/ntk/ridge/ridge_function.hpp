// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ntk {

/// What is projected on the harmonics: sigma, sigma', or the square of either (its coefficient of degree 0 is a second
/// moment, which the kernel on the diagonal needs).
enum class RidgePart { value, derivative, squared_value, squared_derivative };

/// right z^power for z > 0 and left z^power for z < 0.
struct PiecewisePower {
    int power;
    Rational right;
    Rational left;
};

/// On |Im z| <= half_width the function is analytic and at most (constant + slope |z|)^exponent in absolute value.
struct StripGrowth {
    Rational half_width;
    Rational constant;
    Rational slope;
    unsigned exponent;  ///< 2 for a squared part, else 1
};

/// One part of one activation as a function g of the pre-activation z, with what is known about it.
class RidgeFunction {
public:
    /// Throws std::domain_error for the derivative of an activation that has none.
    RidgeFunction(ActivationPtr activation, RidgePart part);

    /// "sigma' of erf", for messages.
    std::string name() const;
    /// g' where it is a part too: sigma' of sigma, if the activation has it.
    std::optional<RidgeFunction> derivative() const;
    bool is_squared() const { return part_ == RidgePart::squared_value || part_ == RidgePart::squared_derivative; }

    /// g(z) as Activation::value gives sigma(z).
    Ball at(const Ball& z) const { return evaluate(z); }
    ComplexBall at(const ComplexBall& z) const { return evaluate(z); }

    /// The coefficients of a polynomial g, none at the end zero; empty list for g = 0.
    std::optional<std::vector<Rational>> polynomial() const;
    /// Set for a positively homogeneous activation.
    std::optional<PiecewisePower> piecewise_power() const;
    /// Set where the activation has a strip.
    std::optional<StripGrowth> strip() const;
    /// Whether g(-z) = g(z) or g(-z) = -g(z) for all z.
    bool has_parity() const;
    /// Whether the coefficient of this degree of t -> g(r t) is zero for every r because of the parity of g.
    bool vanishes_without_offset(int degree) const;

private:
    bool is_derivative() const { return part_ == RidgePart::derivative || part_ == RidgePart::squared_derivative; }
    template <class Scalar>
    Scalar evaluate(const Scalar& z) const {
        const Scalar value = is_derivative() ? activation_->derivative(z) : activation_->value(z);
        return is_squared() ? value * value : value;
    }
    Parity parity() const;

    ActivationPtr activation_;
    RidgePart part_;
};

}  // namespace ntk
