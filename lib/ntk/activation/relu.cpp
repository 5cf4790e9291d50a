// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/relu.hpp"

#include "ntk/activation/smooth.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ntk {
namespace {

/// The angle form, for balls and complex balls: entire in the angle.
template <class Scalar>
DualValues<Scalar> dual_in_angle(const Correlation<Scalar>& at, const Rational& slope) {
    const Scalar angle = at.argument;
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

/// (sin x - x cos x) / x^3 = sum_n (-1)^n 2(n+1) x^{2n} / (2n+3)!, entire; for |x| < 1, where the quotient would lose
/// digits. The terms fall by more than 1/2 each, so the rest is below the first term left out, twice.
template <class Scalar>
Scalar sine_deficit_series(const Scalar& x) {
    const Scalar square = x * x;
    const double size = square.magnitude_upper();
    Scalar power = constant_like(Rational(1, 3), x);
    Scalar sum = power;
    double log2_term = 0;
    for (long n = 1; log2_term > -static_cast<double>(x.bits()) - 8; ++n) {
        // 2(n+1)/(2n+3)! over 2n/(2n+1)!.
        power = -power * square * (n + 1) / (n * (2 * n + 2) * (2 * n + 3));
        sum += power;
        log2_term = std::log2(size) * static_cast<double>(n) - std::lgamma(2.0 * static_cast<double>(n)) * 1.4426;
    }
    return enlarged(sum, 2 * power);
}

/// (1 - kappa_1(u)) / (1 - u) = 1 - (sin x - x cos x) / (pi (1 - cos x)) at the angle x, analytic around x = 0.
template <class Scalar>
Scalar plain_kappa1_secant(const Scalar& angle) {
    const Scalar pi = pi_like(angle);
    if (angle.magnitude_upper() < 1) {
        const Scalar half_sinc = sinc(angle / 2);
        return 1 - 2 * angle * sine_deficit_series(angle) / (pi * half_sinc * half_sinc);
    }
    const Scalar half_sine = sin(angle / 2);
    return 1 - (sin(angle) - angle * cos(angle)) / (2 * pi * half_sine * half_sine);
}

class LeakyRelu final : public Activation {
public:
    explicit LeakyRelu(const Rational& slope) : slope_(slope), slope_double_(slope.convert_to<double>()) {}

    std::string name() const override { return slope_ == 0 ? "relu" : "leaky-relu:" + to_string(slope_); }
    std::string formula() const override {
        return slope_ == 0 ? "max(0, z)" : "z for z >= 0, (" + to_string(slope_) + ") z for z < 0";
    }
    ActivationConstants constants() const override {
        if (slope_ == 1) return {0, 1, 0, 0, unbounded};
        // The double nearest to a rational slope can lie below it.
        const double size = std::abs(slope_double_);
        const double slope_bound = slope_ == 0 ? 0 : std::nextafter(size, unbounded);
        return {0, size <= 1 && boost::multiprecision::abs(slope_) <= 1 ? 1 : slope_bound, unbounded, unbounded,
                unbounded};
    }
    Parity parity() const override {
        if (slope_ == 1) return Parity::odd;
        return slope_ == -1 ? Parity::even : Parity::even_plus_linear;
    }
    std::optional<Homogeneous> homogeneous() const override { return Homogeneous{1, slope_}; }
    std::vector<Rational> polynomial() const override {
        return slope_ == 1 ? std::vector<Rational>{0, 1} : std::vector<Rational>{};
    }
    std::optional<VectorKernel> vector_kernel() const override {
        if (slope_ == 0) return VectorKernel{VectorFunction::relu};
        return VectorKernel{VectorFunction::leaky_relu, slope_double_, {}};
    }
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

    Ball value(const Ball& z) const override {
        const Ball negative = Ball(slope_, z.bits()) * z;
        if (z.certainly_at_most(Ball(z.bits()))) return negative;
        return Ball(z.bits()).certainly_at_most(z) ? z : hull(z, negative);
    }
    Ball derivative(const Ball& z) const override {
        const Ball left(slope_, z.bits()), right(1, z.bits());
        if (z.contains_zero()) return hull(left, right);
        return Ball(z.bits()).certainly_at_most(z) ? right : left;
    }
    ComplexBall value(const ComplexBall& z) const override { return z * derivative(z); }
    ComplexBall derivative(const ComplexBall& z) const override {
        if (slope_ != 1 && z.real().contains_zero()) return indeterminate_like(z);
        return ComplexBall(derivative(z.real()).at_precision(z.bits()));
    }

    DualArgument dual_argument() const override { return DualArgument::angle; }
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

    Ball secant(const Correlation<Ball>& at) const override { return secant_in_angle(at); }
    ComplexBall secant(const Correlation<ComplexBall>& at) const override { return secant_in_angle(at); }
    DualValues<Ball> deficits(const Correlation<Ball>& at) const override { return deficits_in_angle(at); }
    DualValues<ComplexBall> deficits(const Correlation<ComplexBall>& at) const override {
        return deficits_in_angle(at);
    }

    /// kappa_0 = 1/2 + arcsin(u)/pi, arcsin u = sum_m binom(2m,m) u^{2m+1} / (4^m (2m+1)), and kappa_1' = kappa_0 with
    /// kappa_1(0) = 1/pi. The linear terms are combined: (1-slope)^2/4 + slope = (1+slope)^2/4.
    std::optional<DualSeries> dual_series(const Ball& variance, long length, long bits) const override {
        const Ball bend_over_pi = Ball(Rational((1 - slope_) * (1 - slope_) / 2), bits) / Ball::pi(bits);
        const Ball linear(Rational((1 + slope_) * (1 + slope_) / 4), bits);
        std::vector<Ball> value(static_cast<std::size_t>(length), Ball(bits)), gradient = value;
        const auto set = [&](std::vector<Ball>& to, long i, const Ball& x) {
            if (i < length) to[static_cast<std::size_t>(i)] = x;
        };
        set(value, 0, bend_over_pi * variance);
        set(value, 1, linear * variance);
        set(gradient, 0, linear);
        Ball central = bend_over_pi;  // bend/(2 pi) binom(2m,m)/4^m
        for (long m = 0; 2 * m + 1 < length; ++m) {
            const Ball arcsine = central / (2 * m + 1);
            set(gradient, 2 * m + 1, arcsine);
            set(value, 2 * m + 2, arcsine * variance / (2 * m + 2));
            central *= Ball(2 * m + 1, bits) / (2 * m + 2);
        }
        const Ball gradient_at_one(Rational((1 + slope_ * slope_) / 2), bits);
        return DualSeries{PositiveSeries(value, gradient_at_one * variance, bits),
                          PositiveSeries(gradient, gradient_at_one, bits)};
    }

private:
    /// F by its secant, 1 - u = 2 sin^2(angle/2); kappa_0(1) - kappa_0(u) = angle/pi.
    template <class Scalar>
    DualValues<Scalar> deficits_in_angle(const Correlation<Scalar>& at) const {
        const Scalar half_sine = sin(at.argument / 2);
        const Rational half_bend = (1 - slope_) * (1 - slope_) / 2;
        return {2 * at.variance * half_sine * half_sine * secant_in_angle(at),
                constant_like(half_bend, at.argument) * at.argument / pi_like(at.argument)};
    }

    template <class Scalar>
    Scalar secant_in_angle(const Correlation<Scalar>& at) const {
        const Scalar angle = at.argument;
        return constant_like(Rational((1 - slope_) * (1 - slope_) / 2), angle) * kappa1_secant(angle) +
               constant_like(slope_, angle);
    }

    Rational slope_;
    double slope_double_;
};

}  // namespace

Ball kappa1_secant(const Ball& angle) { return plain_kappa1_secant(angle); }

/// Its derivative is cot(x/2) (kappa_0 - itself).
ComplexBall kappa1_secant(const ComplexBall& angle) {
    ComplexBall plain = plain_kappa1_secant(angle);
    if (!angle.is_wide()) return plain;
    const ComplexBall kappa0 = 1 - angle / pi_like(angle);
    const ComplexBall slope = cos(angle / 2) / sin(angle / 2) * (kappa0 - plain);
    return mean_value_form(plain, plain_kappa1_secant(angle.centre()), slope, angle);
}

ActivationPtr make_leaky_relu(const Rational& slope) { return std::make_shared<LeakyRelu>(slope); }

ActivationPtr make_relu() { return make_leaky_relu(0); }

}  // namespace ntk
