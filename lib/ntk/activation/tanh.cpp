// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/tanh.hpp"

#include "ntk/activation/smooth.hpp"

namespace ntk {
namespace {

class Tanh final : public SmoothActivation<Tanh> {
public:
    std::string name() const override { return "tanh"; }
    std::string formula() const override { return "tanh(z)"; }
    ActivationConstants constants() const override { return {0, 1, rounded_up(4 / (3 * std::sqrt(3.0))), 2, 1}; }
    Parity parity() const override { return Parity::odd; }
    std::optional<VectorKernel> vector_kernel() const override { return VectorKernel{VectorFunction::tanh}; }

    double value(double z) const override { return std::tanh(z); }
    double derivative(double z) const override {
        const double hyperbolic_cosine = std::cosh(z);
        return 1 / hyperbolic_cosine / hyperbolic_cosine;
    }
    double second_derivative(double z) const override { return -2 * std::tanh(z) * derivative(z); }
    void second_derivatives(const double*, const double* values, const double* derivatives, double* curvatures,
                            std::size_t count) const override {
        for (std::size_t i = 0; i < count; ++i) curvatures[i] = -2 * values[i] * derivatives[i];
    }
    using SmoothActivation::derivative;
    using SmoothActivation::value;
    template <class Scalar>
    Scalar sigma(const Scalar& z) const {
        return tanh(z);
    }
    template <class Scalar>
    Scalar slope(const Scalar& z) const {
        const Scalar t = tanh(z);
        return 1 - t * t;
    }

    bool has_closed_dual() const override { return false; }
    /// |tanh(x+iy)|^2 = (sinh^2 x + sin^2 y)/(sinh^2 x + cos^2 y) <= max(1, tan^2 y) and
    /// |1 - tanh^2| = 1/(sinh^2 x + cos^2 y) <= 1/cos^2 y; tan(3/2) < 14.11, 1/cos^2(3/2) < 200; poles at +-i pi/2.
    std::optional<StripBound> strip() const override {
        return StripBound{Rational(3, 2), Rational(1411, 100), 0, 200, 0};
    }
};

}  // namespace

ActivationPtr make_tanh() { return std::make_shared<Tanh>(); }

}  // namespace ntk
