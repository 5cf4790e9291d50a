// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/quadrature.hpp"
#include "ntk/spectrum/eigenvalues.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <numbers>

/// An activation that the library does not know: derived from Activation here, and passed to a kernel.
using namespace ntk;

namespace {

/// sigma(z) = z/(1+z^2), sigma' = (1-z^2)/(1+z^2)^2, odd and analytic but at +-i. There is no dual in closed form.
class Witch final : public Activation {
public:
    std::string name() const override { return "witch"; }
    std::string formula() const override { return "z/(1 + z^2)"; }
    /// sigma'(0) = 1; |sigma| = 1/2 at 1; of the other two only that they are finite matters to nobody here.
    ActivationConstants constants() const override { return {0, 1, 2, 6, 0.5}; }
    Parity parity() const override { return Parity::odd; }
    double value(double z) const override { return sigma(z); }
    double derivative(double z) const override { return slope(z); }
    double second_derivative(double z) const override { return 2 * z * (z * z - 3) / std::pow(1 + z * z, 3); }
    Real value(const Real& z) const override { return sigma(z); }
    Real derivative(const Real& z) const override { return slope(z); }
    Ball value(const Ball& z) const override { return sigma(z); }
    Ball derivative(const Ball& z) const override { return slope(z); }
    ComplexBall value(const ComplexBall& z) const override { return sigma(z); }
    ComplexBall derivative(const ComplexBall& z) const override { return slope(z); }
    bool has_closed_dual() const override { return false; }
    /// For |y| <= 1/2 the real part of 1 + z^2 is at least 3/4 + x^2: |sigma| <= (4/3)|z| and
    /// |sigma'| <= (5/4 + x^2)/(3/4 + x^2)^2 <= 20/9.
    std::optional<StripBound> strip() const override {
        return StripBound{Rational(1, 2), 0, Rational(4, 3), Rational(20, 9), 0};
    }

private:
    template <class Scalar>
    static Scalar sigma(const Scalar& z) {
        return z / (1 + z * z);
    }
    template <class Scalar>
    static Scalar slope(const Scalar& z) {
        const Scalar square = z * z, sum = 1 + square;
        return (1 - square) / (sum * sum);
    }
};

/// E[f(z) f(z')] for variance q and covariance c by the trapezoidal rule in the plane.
double pair_mean(const std::function<double(double)>& f, double q, double c) {
    const double step = 0.125, u = c / q;
    double sum = 0;
    for (int i = -72; i <= 72; ++i) {
        const double x = i * step, z = std::sqrt(q) * x, at_z = f(z) * std::exp(-x * x / 2);
        for (int j = -72; j <= 72; ++j) {
            const double y = j * step;
            sum += at_z * std::exp(-y * y / 2) * f(u * z + std::sqrt(q * std::max(0.0, 1 - u * u)) * y);
        }
    }
    return sum * step * step / (2 * std::numbers::pi);
}

/// mu_k on S^2 of F(c) + G(c) (t + trained), c = t + bias: (1/2) int kappa P_k dt with Legendre's polynomials.
double plain_eigenvalue(const Activation& sigma, int degree, double bias, double trained) {
    const QuadratureRule rule = gauss_legendre(24);
    double sum = 0;
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
        const double t = rule.nodes[i];
        const double kappa =
            pair_mean([&](double z) { return sigma.value(z); }, 1 + bias, t + bias) +
            (t + trained) * pair_mean([&](double z) { return sigma.derivative(z); }, 1 + bias, t + bias);
        sum += rule.weights[i] / 2 * kappa * std::legendre(static_cast<unsigned>(degree), t);
    }
    return sum;
}

}  // namespace

TEST_CASE("a user's activation gets certified eigenvalues, which a plain quadrature confirms") {
    const auto witch = std::make_shared<Witch>();
    for (const long bias : {0L, 1L}) {
        KernelSpec spec;
        spec.activation = witch;
        spec.layers.front().bias_variance = bias;
        spec.train_bias = bias == 1;
        const Kernel kernel(spec);
        for (const Eigenvalue& found : certified_eigenvalues(kernel, 3, {0, 1, 2, 3, 4}, 20)) {
            CAPTURE(bias);
            CAPTURE(found.degree);
            CHECK(found.route == (bias == 0 && found.degree % 2 == 0 ? Route::exact : Route::ridge));
            CHECK(found.enclosure.is_zero() == (bias == 0 && found.degree % 2 == 0));
            const double plain =
                plain_eigenvalue(*witch, found.degree, static_cast<double>(bias), static_cast<double>(bias));
            CHECK(std::abs(found.enclosure.midpoint() - plain) < 1e-8);
            CHECK(found.enclosure.radius() <= 1e-20 * found.enclosure.magnitude_upper());
        }
    }
}
