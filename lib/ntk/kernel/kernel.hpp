// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"
#include "ntk/sphere/angle_function.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ntk {

/// Which summand of the neural tangent kernel: all of it, E[sigma(z)sigma(z')] alone, or the part of the hidden weights
/// and biases alone.
enum class KernelPart { ntk, nngp, gradient };

/// One hidden layer: s_b^2, the variance of its biases, and sigma_w^2, the factor with which its activations enter the
/// next layer.
struct Layer {
    Rational bias_variance = 0;
    Rational weight_variance = 1;
};

/// The kernel of theory.md, "Kernels": with F, G of the activation and variances carried along in the same way,
///     Sigma^0 = t + s_b^2,  Theta^0 = t + 1_bias,  and for each hidden layer but the last
///     S = sigma_w^2 F(Sigma),  Theta <- S + 1_bias + sigma_w^2 G(Sigma) Theta,  Sigma <- S + s_b^2 of the next layer;
///     kappa = sigma_w^2 F(Sigma) + E[a^2] sigma_w^2 G(Sigma) Theta + 1_{b0}   in the last.
/// One layer with sigma_w^2 = 1 is the shallow kernel F(c) + E[a^2] G(c) (t + 1_bias) + 1_{b0}.
struct KernelSpec {
    ActivationPtr activation;
    std::vector<Layer> layers = {Layer{}};  ///< hidden layers, the first one first
    bool train_bias = false;                ///< 1_bias: hidden biases are trained
    bool output_bias = false;               ///< 1_{b0}: an output bias is trained
    Rational output_weight_variance = 1;    ///< E[a^2] >= 0
    KernelPart part = KernelPart::ntk;
};

/// The infinite-width neural tangent kernel of a network with Gaussian hidden weights on the sphere S^{d-1}.
class Kernel final : public AngleFunction {
public:
    /// Throws std::domain_error for a missing activation, no layer, a negative variance, a gradient part of an
    /// activation that has none, or an output bias in a part that has none.
    explicit Kernel(KernelSpec spec);

    const KernelSpec& spec() const { return spec_; }
    /// "erf, hidden bias variance 1 (trained), output bias": for people.
    std::string description() const;

    std::size_t depth() const { return spec_.layers.size(); }
    bool is_shallow() const { return depth() == 1; }
    bool has_value_part() const { return spec_.part != KernelPart::gradient; }
    bool has_gradient_part() const { return spec_.part != KernelPart::nngp; }
    /// Whether some layer has random biases.
    bool has_random_bias() const;
    /// s_b^2 and 1 + s_b^2 of the first layer.
    const Rational& bias_variance() const { return spec_.layers.front().bias_variance; }
    Rational variance() const { return 1 + bias_variance(); }

    /// Whether kappa is known in closed form at an angle; otherwise the functions at_angle throw std::logic_error, and
    /// series() is the certified form.
    bool has_closed_form() const { return spec_.activation->has_closed_dual(); }
    /// kappa(cos theta), theta in [0, pi]: the rigorous form.
    Ball at_angle(const Ball& theta) const override;
    ComplexBall at_angle(const ComplexBall& theta) const override;
    /// kappa(1) - kappa(cos theta), put together from differences: kappa(1) is not looked at. For activations that read
    /// the angle; std::logic_error for others.
    Ball deficit_at_angle(const Ball& theta) const;
    ComplexBall deficit_at_angle(const ComplexBall& theta) const;
    /// kappa(t) = sum_i c_i t^i with c_i >= 0; empty if the activation has no series.
    std::optional<PositiveSeries> series(long length, long bits) const;
    /// kappa(1).
    Ball at_one(long bits) const;

    /// kappa(t), t in [-1,1], as a function that shares no formula of the dual activation with at_angle and series. It
    /// belongs to the precision of Real at which it was made and must not outlive the kernel.
    std::function<Real(const Real&)> real_form() const;
    /// The same once: real_form()(t).
    Real at(const Real& t) const { return real_form()(t); }
    /// kappa(t) within a few units in the last place of kappa(1).
    double at(double t) const;

private:
    template <class Scalar>
    Scalar evaluate_at_angle(const Scalar& theta) const;
    template <class Scalar>
    Scalar evaluate_deficit(const Scalar& theta) const;
    /// The recursion of KernelSpec on covariances; dual(layer, variance, covariance) gives F and G.
    template <class Scalar, class Dual>
    Scalar evaluate_in_covariance(const Scalar& t, const std::function<Scalar(const Rational&)>& constant,
                                  const Dual& dual) const;
    template <class Scalar>
    Scalar combine(const Scalar& value_part, const Scalar& gradient_part, const Scalar& output_weight_variance) const;
    PositiveSeries combine_series(PositiveSeries value_part, PositiveSeries gradient_part, long bits) const;
    void find_double_series();

    KernelSpec spec_;
    std::vector<double> double_series_;  ///< c_i of kappa where there is no closed form
};

}  // namespace ntk
