// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/erf.hpp"

#include "ntk/activation/smooth.hpp"

#include <Eigen/Core>

#include <cmath>
#include <limits>
#include <numbers>

namespace ntk {
namespace {

constexpr double two_over_sqrt_pi = 2 * std::numbers::inv_sqrtpi;

/// The arcsine form, for balls and complex balls: analytic where 2c/(1+2q) avoids the real axis beyond +-1.
template <class Scalar>
DualValues<Scalar> dual_in_cosine(const Correlation<Scalar>& at) {
    const Scalar c = at.variance * at.argument;
    const Scalar pi = pi_like(c);
    const Scalar width = 1 + 2 * at.variance;
    const Scalar sine = 2 * c / width;
    const Scalar root = sqrt(1 - sine * sine);
    return {2 * asin(sine) / pi, constant_like(4, c) / (pi * width * root)};
}

/// Written anew with the arctangent: arcsin(x) = arctan(x / sqrt(1-x^2)), x = 2c/(1+2q).
template <class Scalar>
DualValues<Scalar> dual_in_covariance(const Scalar& q, const Scalar& c, const Scalar& pi) {
    using std::atan2, std::sqrt;
    const Scalar root = sqrt(Scalar((1 + 2 * (q - c)) * (1 + 2 * (q + c))));
    return {2 * atan2(Scalar(2 * c), root) / pi, 4 / (pi * root)};
}

/// (2/sqrt(pi)) e^{-z^2}.
template <class Scalar>
Scalar derivative_of(const Scalar& z) {
    return 2 * exp(-(z * z)) / sqrt(pi_like(z));
}

class Erf final : public Activation {
public:
    std::string name() const override { return "erf"; }
    std::string formula() const override { return "erf(z)"; }
    ActivationConstants constants() const override {
        return {0, rounded_up(two_over_sqrt_pi), rounded_up(2 * std::sqrt(2 / std::numbers::pi) * std::exp(-0.5)),
                rounded_up(2 * two_over_sqrt_pi), 1};
    }
    Parity parity() const override { return Parity::odd; }
    std::optional<VectorKernel> vector_kernel() const override { return VectorKernel{VectorFunction::erf}; }

    double value(double z) const override { return std::erf(z); }
    double derivative(double z) const override { return two_over_sqrt_pi * std::exp(-z * z); }
    double second_derivative(double z) const override { return -2 * z * derivative(z); }
    void second_derivatives(const double* z, const double*, const double* derivatives, double* curvatures,
                            std::size_t count) const override {
        for (std::size_t i = 0; i < count; ++i) curvatures[i] = -2 * z[i] * derivatives[i];
    }
    Real value(const Real& z) const override { return real_erf(z); }
    Ball value(const Ball& z) const override { return erf(z); }
    Ball derivative(const Ball& z) const override { return derivative_of(z); }
    ComplexBall value(const ComplexBall& z) const override { return erf(z); }
    ComplexBall derivative(const ComplexBall& z) const override { return derivative_of(z); }
    Real derivative(const Real& z) const override { return Real(2 / sqrt(real_pi()) * exp(Real(-z * z))); }

    /// |e^{-(x+is)^2}| = e^{s^2-x^2}, so for |y| <= 3
    ///     |erf(x+iy)| <= |erf x| + (2/sqrt(pi)) int_0^|y| e^{s^2} ds <= 1 + (2/sqrt(pi)) 3 e^9 < 27432,
    ///     |erf'(x+iy)| <= (2/sqrt(pi)) e^9 < 9144.
    std::optional<StripBound> strip() const override { return StripBound{3, 27432, 0, 9144, 0}; }

    DualValues<Ball> dual(const Correlation<Ball>& at) const override { return dual_in_cosine(at); }
    DualValues<ComplexBall> dual(const Correlation<ComplexBall>& at) const override { return dual_in_cosine(at); }
    DualValues<Real> dual(const Real& variance, const Real& covariance) const override {
        return dual_in_covariance<Real>(variance, covariance, real_pi());
    }
    DualValues<double> dual(double variance, double covariance) const override {
        return dual_in_covariance<double>(variance, covariance, std::numbers::pi);
    }

    /// With x = s u, s = 2q/(1+2q), and c_m = binom(2m,m)/4^m:
    ///     F = (2/pi) sum_m c_m x^{2m+1}/(2m+1),   G = 4/(pi (1+2q)) sum_m c_m x^{2m}.
    std::optional<DualSeries> dual_series(const Ball& variance, long length, long bits) const override {
        const Ball width = 1 + 2 * variance;
        const Ball scale = 2 * variance / width;
        std::vector<Ball> value(static_cast<std::size_t>(length), Ball(bits)), gradient = value;
        Ball term = Ball(2, bits) / Ball::pi(bits);  // (2/pi) c_m s^{2m}
        for (long i = 0; i < length; i += 2) {
            gradient[static_cast<std::size_t>(i)] = 2 * term / width;
            if (i + 1 < length) value[static_cast<std::size_t>(i + 1)] = scale * term / (i + 1);
            term *= scale * scale * (i + 1) / (i + 2);
        }
        const Ball one(1, bits);
        const DualValues<Ball> at_one = dual_in_cosine<Ball>({variance.at_precision(bits), one});
        return DualSeries{PositiveSeries(value, at_one.value, bits), PositiveSeries(gradient, at_one.gradient, bits)};
    }
};

}  // namespace

ActivationPtr make_erf() { return std::make_shared<Erf>(); }

}  // namespace ntk
