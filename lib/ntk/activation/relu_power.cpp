// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/relu_power.hpp"

#include "ntk/activation/relu.hpp"
#include "ntk/activation/smooth.hpp"
#include "ntk/numeric/errors.hpp"

#include <algorithm>
#include <numbers>

namespace ntk {
namespace {

/// J_p at an angle.
template <class Scalar>
Scalar arc_cosine_kernel(int power, const Scalar& angle) {
    const Scalar sine = sin(angle), cosine = cos(angle);
    Scalar previous = pi_like(angle) - angle;
    if (power == 0) return previous;
    Scalar current = sine + previous * cosine;
    for (long p = 2; p <= power; ++p) {
        Scalar next = (2 * p - 1) * cosine * current + (p - 1) * (p - 1) * sine * sine * previous;
        previous = current;
        current = next;
    }
    return current;
}

/// S_p = (J_p(0) - J_p(x)) / (1 - cos x) for p >= 1, without dividing by what vanishes at x = 0: S_1 = pi
/// (1 - kappa_1)/(1 - cos x), and the recurrence of J_p subtracted from itself at 0 is
///     S_p = (2p-1) (cos(x) S_{p-1} + J_{p-1}(0)) - (p-1)^2 (1 + cos x) J_{p-2}(x),   J_p(0) = 1 3 5 ... (2p-1) pi.
template <class Scalar>
Scalar arc_cosine_secant(int power, const Scalar& angle) {
    const Scalar cosine = cos(angle), pi = pi_like(angle);
    Scalar secant = pi * kappa1_secant(angle), at_zero = pi;
    for (int p = 2; p <= power; ++p) {
        const long square = static_cast<long>(p - 1) * (p - 1);
        secant = (2L * p - 1) * (cosine * secant + at_zero) - square * (1 + cosine) * arc_cosine_kernel(p - 2, angle);
        at_zero = (2L * p - 1) * at_zero;
    }
    return secant;
}

/// J_p(0) - J_p(x).
template <class Scalar>
Scalar arc_cosine_deficit(int power, const Scalar& angle) {
    if (power == 0) return angle;
    const Scalar half_sine = sin(angle / 2);
    return 2 * half_sine * half_sine * arc_cosine_secant(power, angle);
}

class ReluPower final : public Activation {
public:
    explicit ReluPower(int power) : power_(power) {}

    std::string name() const override { return power_ == 0 ? "step" : "relu-power:" + std::to_string(power_); }
    std::string formula() const override { return power_ == 0 ? "1[z > 0]" : "max(0, z)^" + std::to_string(power_); }
    ActivationConstants constants() const override {
        if (power_ == 0) return {0.5, unbounded, unbounded, unbounded, 1};
        return {0, unbounded, power_ == 2 ? 2.0 : unbounded, power_ == 3 ? 6.0 : unbounded, unbounded};
    }
    Parity parity() const override { return power_ == 0 ? Parity::odd_plus_constant : Parity::none; }
    std::optional<Homogeneous> homogeneous() const override { return Homogeneous{power_, 0}; }
    std::vector<double> kinks() const override { return {0.0}; }
    bool has_gradient() const override { return power_ > 0; }

    double value(double z) const override {
        if (power_ == 0 && z == 0) return 0.5;
        return z > 0 ? std::pow(z, power_) : 0;
    }
    double derivative(double z) const override { return z > 0 && power_ > 0 ? power_ * std::pow(z, power_ - 1) : 0; }
    double second_derivative(double z) const override {
        if (power_ == 0) return 0;
        if (power_ == 2 && z == 0) return 1;
        return z > 0 ? power_ * (power_ - 1) * std::pow(z, power_ - 2) : 0;
    }
    Real value(const Real& z) const override {
        if (power_ == 0 && z == 0) return Real(1) / 2;
        return z > 0 ? Real(pow(z, power_)) : Real(0);
    }
    Real derivative(const Real& z) const override {
        return z > 0 && power_ > 0 ? Real(power_ * pow(z, power_ - 1)) : Real(0);
    }
    Ball value(const Ball& z) const override { return power_of(z, power_, 1); }
    Ball derivative(const Ball& z) const override {
        return power_ == 0 ? Ball(z.bits()) : power_of(z, power_ - 1, power_);
    }
    ComplexBall value(const ComplexBall& z) const override { return power_of(z, power_, 1); }
    ComplexBall derivative(const ComplexBall& z) const override {
        return power_ == 0 ? power_of(z, 0, 0) : power_of(z, power_ - 1, power_);
    }

    DualArgument dual_argument() const override { return DualArgument::angle; }
    using Activation::dual;
    DualValues<Ball> dual(const Correlation<Ball>& at) const override { return dual_in_angle(at); }
    DualValues<ComplexBall> dual(const Correlation<ComplexBall>& at) const override { return dual_in_angle(at); }
    DualValues<Real> dual(const Real& variance, const Real& covariance) const override {
        return dual_in_covariance(variance, covariance, real_pi());
    }
    DualValues<double> dual(double variance, double covariance) const override {
        return dual_in_covariance(variance, std::clamp(covariance, -variance, variance), std::numbers::pi);
    }
    Ball secant(const Correlation<Ball>& at) const override { return secant_in_angle(at); }
    ComplexBall secant(const Correlation<ComplexBall>& at) const override { return secant_in_angle(at); }
    DualValues<Ball> deficits(const Correlation<Ball>& at) const override { return deficits_in_angle(at); }
    DualValues<ComplexBall> deficits(const Correlation<ComplexBall>& at) const override {
        return deficits_in_angle(at);
    }

private:
    /// factor z^p for z > 0.
    static Ball power_of(const Ball& z, int p, long factor) {
        const Ball zero(z.bits());
        if (z.certainly_at_most(zero) && !z.contains_zero()) return zero;
        const Ball positive = factor * pow(z, static_cast<unsigned>(p));
        return z.contains_zero() ? hull(positive, zero) : positive;
    }
    static ComplexBall power_of(const ComplexBall& z, int p, long factor) {
        const Ball zero(z.bits());
        if (z.real().contains_zero()) return indeterminate_like(z);
        return z.real().certainly_at_most(zero) ? ComplexBall(zero) : factor * pow(z, static_cast<unsigned>(p));
    }

    template <class Scalar>
    DualValues<Scalar> dual_in_angle(const Correlation<Scalar>& at) const {
        const Scalar two_pi = 2 * pi_like(at.argument);
        const Scalar value = pow(at.variance, static_cast<unsigned>(power_)) * arc_cosine_kernel(power_, at.argument);
        if (power_ == 0) return {value / two_pi, constant_like(0, at.argument)};
        const Scalar slope =
            pow(at.variance, static_cast<unsigned>(power_ - 1)) * arc_cosine_kernel(power_ - 1, at.argument);
        return {value / two_pi, static_cast<long>(power_) * power_ * slope / two_pi};
    }

    template <class Scalar>
    Scalar secant_in_angle(const Correlation<Scalar>& at) const {
        if (power_ == 0) throw std::logic_error("step: its dual has no secant at equal arguments");
        return pow(at.variance, static_cast<unsigned>(power_ - 1)) * arc_cosine_secant(power_, at.argument) /
               (2 * pi_like(at.argument));
    }

    /// q^p (J_p(0) - J_p(x)) / (2 pi) and p^2 q^{p-1} (J_{p-1}(0) - J_{p-1}(x)) / (2 pi).
    template <class Scalar>
    DualValues<Scalar> deficits_in_angle(const Correlation<Scalar>& at) const {
        const Scalar two_pi = 2 * pi_like(at.argument);
        const Scalar value = pow(at.variance, static_cast<unsigned>(power_)) * arc_cosine_deficit(power_, at.argument);
        if (power_ == 0) return {value / two_pi, constant_like(0, at.argument)};
        const Scalar slope =
            pow(at.variance, static_cast<unsigned>(power_ - 1)) * arc_cosine_deficit(power_ - 1, at.argument);
        return {value / two_pi, static_cast<long>(power_) * power_ * slope / two_pi};
    }

    /// Written anew without the angle: I_0 = arccos(-c/q), I_1 = s + c I_0, I_p = (2p-1) c I_{p-1} + (p-1)^2 s^2
    /// I_{p-2} with s^2 = (q-c)(q+c), and F = I_p/(2 pi), G = p^2 I_{p-1}/(2 pi).
    template <class Scalar>
    DualValues<Scalar> dual_in_covariance(const Scalar& q, const Scalar& c, const Scalar& pi) const {
        using std::acos, std::sqrt;
        const Scalar square = (q - c) * (q + c);
        Scalar below = 0, current = acos(Scalar(-c / q));
        for (int p = 1; p <= power_; ++p) {
            const Scalar next = p == 1 ? Scalar(sqrt(square) + c * current)
                                       : Scalar((2 * p - 1) * c * current + (p - 1) * (p - 1) * square * below);
            below = current;
            current = next;
        }
        return {current / (2 * pi), power_ * power_ * below / (2 * pi)};
    }

    int power_;
};

}  // namespace

ActivationPtr make_relu_power(int power) {
    constexpr int largest = 60;
    if (power < 0 || power > largest) {
        throw InputError("relu-power:" + std::to_string(power) + ": expected an integer from 1 to " +
                         std::to_string(largest));
    }
    return power == 1 ? make_relu() : std::make_shared<ReluPower>(power);
}

}  // namespace ntk
