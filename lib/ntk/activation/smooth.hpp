// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

#include <cmath>
#include <limits>

/// What the files of smooth activations share.
namespace ntk {

inline Real pi_like(const Real& /*example*/) { return real_pi(); }
inline Real constant_like(const Rational& value, const Real& /*example*/) { return to_real(value); }

/// A double above x for every x that was computed with an error below two units in the last place.
inline double rounded_up(double x) {
    for (int i = 0; i < 4; ++i) x = std::nextafter(x, std::numeric_limits<double>::infinity());
    return x;
}

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

/// A smooth activation whose formulas are written once for all multiprecision scalars: Derived has the member templates
/// sigma(z) and slope(z) for Real, Ball and ComplexBall.
template <class Derived>
class SmoothActivation : public Activation {
public:
    using Activation::derivative;
    using Activation::value;
    Real value(const Real& z) const override { return self().sigma(z); }
    Real derivative(const Real& z) const override { return self().slope(z); }
    Ball value(const Ball& z) const override { return self().sigma(z); }
    Ball derivative(const Ball& z) const override { return self().slope(z); }
    ComplexBall value(const ComplexBall& z) const override { return self().sigma(z); }
    ComplexBall derivative(const ComplexBall& z) const override { return self().slope(z); }

private:
    const Derived& self() const { return static_cast<const Derived&>(*this); }
};

/// A smooth activation whose dual is analytic in the cosine: Derived also has dual_in_cosine(variance, cosine) for
/// balls and dual_in_covariance(variance, covariance) for Real and double.
template <class Derived>
class CosineDual : public SmoothActivation<Derived> {
public:
    using Activation::dual;
    DualValues<Ball> dual(const Correlation<Ball>& at) const override {
        return self().dual_in_cosine(at.variance, at.argument);
    }
    DualValues<ComplexBall> dual(const Correlation<ComplexBall>& at) const override {
        return self().dual_in_cosine(at.variance, at.argument);
    }
    DualValues<Real> dual(const Real& variance, const Real& covariance) const override {
        return self().dual_in_covariance(variance, covariance);
    }
    DualValues<double> dual(double variance, double covariance) const override {
        return self().dual_in_covariance(variance, covariance);
    }

private:
    const Derived& self() const { return static_cast<const Derived&>(*this); }
};

}  // namespace ntk
