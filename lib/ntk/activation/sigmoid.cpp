// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/sigmoid.hpp"

#include "ntk/activation/logistic.hpp"
#include "ntk/activation/smooth.hpp"

namespace ntk {
namespace {

class Sigmoid final : public SmoothActivation<Sigmoid> {
public:
    std::string name() const override { return "sigmoid"; }
    std::string formula() const override { return "1/(1 + exp(-z))"; }
    ActivationConstants constants() const override {
        return {0.5, 0.25, rounded_up(1 / (6 * std::sqrt(3.0))), 0.125, 1};
    }
    Parity parity() const override { return Parity::odd_plus_constant; }
    std::optional<VectorKernel> vector_kernel() const override { return VectorKernel{VectorFunction::sigmoid}; }

    double value(double z) const override { return logistic(z); }
    double derivative(double z) const override { return logistic_slope(z); }
    double second_derivative(double z) const override { return logistic_curvature(z); }
    using SmoothActivation::derivative;
    using SmoothActivation::value;
    template <class Scalar>
    Scalar sigma(const Scalar& z) const {
        return logistic_of(z);
    }
    template <class Scalar>
    Scalar slope(const Scalar& z) const {
        return logistic_slope_of(z);
    }

    bool has_closed_dual() const override { return false; }
    /// s(z) = (1 + tanh(z/2))/2, so the bounds of tanh at half the height hold: (1 + 14.11)/2 and 200/4.
    std::optional<StripBound> strip() const override { return StripBound{3, Rational(756, 100), 0, 50, 0}; }
};

}  // namespace

ActivationPtr make_sigmoid() { return std::make_shared<Sigmoid>(); }

}  // namespace ntk
