// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/silu.hpp"

#include "ntk/activation/logistic.hpp"
#include "ntk/activation/smooth.hpp"

namespace ntk {
namespace {

class Silu final : public SmoothActivation<Silu> {
public:
    std::string name() const override { return "silu"; }
    std::string formula() const override { return "z/(1 + exp(-z))"; }
    /// The maxima of |sigma'| and |sigma'''| lie at z = 2.39935... and 1.03195..., found to 30 digits.
    ActivationConstants constants() const override { return {0, 1.0998393201289, 0.5, 0.3081815157965, unbounded}; }
    Parity parity() const override { return Parity::even_plus_linear; }
    std::optional<VectorKernel> vector_kernel() const override { return VectorKernel{VectorFunction::silu}; }

    double value(double z) const override { return z * logistic(z); }
    double derivative(double z) const override { return logistic(z) * (1 + z * logistic(-z)); }
    double second_derivative(double z) const override { return logistic_slope(z) * (2 - z * std::tanh(z / 2)); }
    using SmoothActivation::derivative;
    using SmoothActivation::value;
    template <class Scalar>
    Scalar sigma(const Scalar& z) const {
        return z * logistic_of(z);
    }
    template <class Scalar>
    Scalar slope(const Scalar& z) const {
        const Scalar s = logistic_of(z);
        return s * (1 + z * (1 - s));
    }

    bool has_closed_dual() const override { return false; }
    /// |s| <= 7.56 and |s'| <= 50 in the strip (sigmoid.cpp).
    std::optional<StripBound> strip() const override {
        return StripBound{3, 0, Rational(756, 100), Rational(756, 100), 50};
    }
};

}  // namespace

ActivationPtr make_silu() { return std::make_shared<Silu>(); }

}  // namespace ntk
