// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

#include <string>

namespace ntk {

/// Which summand of the neural tangent kernel: all of it, E[sigma(z)sigma(z')] alone, or the part of the hidden weights
/// and biases alone.
enum class KernelPart { ntk, nngp, gradient };

/// The shallow kernel of theory.md, "Shallow kernel":
///     kappa(t) = F(c) + E[a^2] G(c) (t + 1_bias) + 1_{b0},  variance q = 1 + s_b^2, covariance c = t + s_b^2.
struct KernelSpec {
    ActivationPtr activation;
    Rational bias_variance = 0;           ///< s_b^2 >= 0
    bool train_bias = false;              ///< 1_bias: hidden biases are trained
    bool output_bias = false;             ///< 1_{b0}: an output bias is trained
    Rational output_weight_variance = 1;  ///< E[a^2] >= 0
    KernelPart part = KernelPart::ntk;
};

/// A kernel kappa(<x,x'>) on the sphere as a function of the angle, in rigorous arithmetic. On complex balls a finite
/// value certifies that kappa(cos theta) is analytic on the whole ball.
class AngleKernel {
public:
    virtual ~AngleKernel() = default;
    virtual Ball at_angle(const Ball& theta) const = 0;
    virtual ComplexBall at_angle(const ComplexBall& theta) const = 0;
};

/// The infinite-width neural tangent kernel of a shallow network with rotation-invariant Gaussian hidden weights.
class Kernel final : public AngleKernel {
public:
    /// Throws std::domain_error for a missing activation, a negative variance, or an output bias in a part that has
    /// none.
    explicit Kernel(KernelSpec spec);

    const KernelSpec& spec() const { return spec_; }
    /// "erf, hidden bias variance 1 (trained), output bias": for people.
    std::string description() const;

    /// kappa(cos theta), theta in [0, pi]: the rigorous form.
    Ball at_angle(const Ball& theta) const override;
    ComplexBall at_angle(const ComplexBall& theta) const override;
    /// kappa(t), t in [-1,1]: the second form, which shares no formula of the dual activation with the first.
    Real at(const Real& t) const;
    /// kappa(t) within a few units in the last place of kappa(1).
    double at(double t) const;
    /// kappa(1).
    Ball at_one(long bits) const;

    /// q = 1 + s_b^2.
    Rational variance() const { return 1 + spec_.bias_variance; }
    bool has_value_part() const { return spec_.part != KernelPart::gradient; }
    bool has_gradient_part() const { return spec_.part != KernelPart::nngp; }

private:
    template <class Scalar>
    Scalar evaluate_at_angle(const Scalar& theta) const;
    template <class Scalar>
    Scalar combine(const DualValues<Scalar>& dual, const Scalar& t, const Scalar& output_weight_variance) const;

    KernelSpec spec_;
};

}  // namespace ntk
