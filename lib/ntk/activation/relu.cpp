// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/relu.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace ntk {
namespace {

/// The angle form, for balls and complex balls: entire in the angle.
template <class Scalar>
DualValues<Scalar> dual_in_angle(const Correlation<Scalar>& at, const Rational& slope) {
    const Scalar angle = at.angle();
    const Scalar pi = pi_like(angle);
    const Scalar alpha = constant_like(slope, angle);
    const Scalar bend = constant_like(Rational((1 - slope) * (1 - slope)), angle);
    const Scalar cosine = cos(angle);
    const Scalar kappa1 = (sin(angle) + (pi - angle) * cosine) / pi;
    const Scalar kappa0 = (pi - angle) / pi;
    return {bend * at.variance * kappa1 / 2 + alpha * at.variance * cosine, bend * kappa0 / 2 + alpha};
}

/// The covariance form, written anew from E[max(0,z) max(0,z')] = (sqrt(q^2-c^2) + c arccos(-c/q)) / (2 pi).
template <class Scalar>
DualValues<Scalar> dual_in_covariance(const Scalar& q, const Scalar& c, const Scalar& slope, const Scalar& pi) {
    using std::acos, std::sqrt;
    const Scalar half_angle_measure = acos(Scalar(-c / q)) / (2 * pi);
    const Scalar positive_part = sqrt(Scalar((q - c) * (q + c))) / (2 * pi) + c * half_angle_measure;
    // sigma = (1-slope) relu + slope identity; E[relu(z) z'] = c/2.
    const Scalar one_minus = 1 - slope;
    return {one_minus * one_minus * positive_part + slope * one_minus * c + slope * slope * c,
            one_minus * one_minus * half_angle_measure + slope * one_minus + slope * slope};
}

class LeakyRelu final : public Activation {
public:
    explicit LeakyRelu(const Rational& slope) : slope_(slope), slope_double_(slope.convert_to<double>()) {}

    std::string name() const override { return slope_ == 0 ? "relu" : "leaky-relu:" + to_string(slope_); }
    std::string formula() const override {
        return slope_ == 0 ? "max(0, z)" : "z for z >= 0, (" + to_string(slope_) + ") z for z < 0";
    }
    ActivationConstants constants() const override {
        constexpr double unbounded = std::numeric_limits<double>::infinity();
        // The double nearest to a rational slope can lie below it.
        const double size = std::abs(slope_double_);
        const double slope_bound = slope_ == 0 ? 0 : std::nextafter(size, unbounded);
        return {0, size <= 1 && boost::multiprecision::abs(slope_) <= 1 ? 1 : slope_bound, unbounded, unbounded,
                unbounded};
    }
    Parity parity() const override {
        if (slope_ == 1) return Parity::odd;
        return slope_ == -1 ? Parity::even : Parity::none;
    }
    std::optional<Rational> negative_slope() const override { return slope_; }
    std::vector<double> kinks() const override {
        return slope_ == 1 ? std::vector<double>{} : std::vector<double>{0.0};
    }

    double value(double z) const override { return z >= 0 ? z : slope_double_ * z; }
    double derivative(double z) const override {
        if (z == 0) return (1 + slope_double_) / 2;
        return z > 0 ? 1 : slope_double_;
    }
    double second_derivative(double) const override { return 0; }
    Real value(const Real& z) const override { return z >= 0 ? z : Real(to_real(slope_) * z); }
    Real derivative(const Real& z) const override {
        if (z == 0) return Real((1 + to_real(slope_)) / 2);
        return z > 0 ? Real(1) : to_real(slope_);
    }

    DualValues<Ball> dual(const Correlation<Ball>& at) const override { return dual_in_angle(at, slope_); }
    DualValues<ComplexBall> dual(const Correlation<ComplexBall>& at) const override {
        return dual_in_angle(at, slope_);
    }
    DualValues<Real> dual(const Real& variance, const Real& covariance) const override {
        return dual_in_covariance<Real>(variance, covariance, to_real(slope_), real_pi());
    }
    DualValues<double> dual(double variance, double covariance) const override {
        return dual_in_covariance<double>(variance, std::clamp(covariance, -variance, variance), slope_double_,
                                          std::numbers::pi);
    }

private:
    Rational slope_;
    double slope_double_;
};

}  // namespace

ActivationPtr make_leaky_relu(const Rational& slope) { return std::make_shared<LeakyRelu>(slope); }

ActivationPtr make_relu() { return make_leaky_relu(0); }

}  // namespace ntk
