// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/kernel/kernel.hpp"

#include <stdexcept>

namespace ntk {
namespace {

/// The angle arccos((cos theta + s_b^2)/(1 + s_b^2)): without bias theta itself; otherwise, from
/// 1 - u = 2 sin^2(theta/2)/q, twice the arcsine of sin(theta/2)/sqrt(q), which keeps all digits near theta = 0.
template <class Scalar>
Scalar correlation_angle(const Scalar& theta, const Rational& bias_variance) {
    if (bias_variance == 0) return theta;
    const Scalar q = constant_like(Rational(1 + bias_variance), theta);
    return 2 * asin(sin(theta / 2) / sqrt(q));
}

}  // namespace

Kernel::Kernel(KernelSpec spec) : spec_(std::move(spec)) {
    if (spec_.activation == nullptr) throw std::domain_error("Kernel: an activation is needed");
    if (spec_.bias_variance < 0 || spec_.output_weight_variance < 0) {
        throw std::domain_error("Kernel: bias variance " + to_string(spec_.bias_variance) +
                                " and output weight variance " + to_string(spec_.output_weight_variance) +
                                " must be >= 0");
    }
    if (spec_.output_bias && spec_.part != KernelPart::ntk) {
        throw std::domain_error("Kernel: an output bias belongs to the whole kernel (part ntk) only");
    }
}

std::string Kernel::description() const {
    std::string text = spec_.activation->name();
    if (spec_.part == KernelPart::nngp) text += ", E[sigma sigma'] alone";
    if (spec_.part == KernelPart::gradient) text += ", gradient part alone";
    if (spec_.bias_variance == 0) {
        text += spec_.train_bias ? ", hidden bias trained from zero" : ", no hidden bias";
    } else {
        text +=
            ", hidden bias variance " + to_string(spec_.bias_variance) + (spec_.train_bias ? " (trained)" : " (fixed)");
    }
    if (spec_.output_bias) text += ", output bias";
    if (spec_.output_weight_variance != 1) text += ", E[a^2] = " + to_string(spec_.output_weight_variance);
    return text;
}

template <class Scalar>
Scalar Kernel::combine(const DualValues<Scalar>& dual, const Scalar& t, const Scalar& output_weight_variance) const {
    const Scalar inner_product = spec_.train_bias ? Scalar(t + 1) : t;
    const Scalar gradient_part = output_weight_variance * dual.gradient * inner_product;
    switch (spec_.part) {
        case KernelPart::nngp:
            return dual.value;
        case KernelPart::gradient:
            return gradient_part;
        case KernelPart::ntk:
            break;
    }
    const Scalar sum = dual.value + gradient_part;
    return spec_.output_bias ? Scalar(sum + 1) : sum;
}

template <class Scalar>
Scalar Kernel::evaluate_at_angle(const Scalar& theta) const {
    const Scalar t = cos(theta);
    const Scalar bias = constant_like(spec_.bias_variance, theta);
    const Scalar q = constant_like(variance(), theta);
    const Correlation<Scalar> at{q, [&] { return (t + bias) / q; },
                                 [&] { return correlation_angle(theta, spec_.bias_variance); }};
    return combine<Scalar>(spec_.activation->dual(at), t, constant_like(spec_.output_weight_variance, theta));
}

Ball Kernel::at_angle(const Ball& theta) const { return evaluate_at_angle(theta); }

ComplexBall Kernel::at_angle(const ComplexBall& theta) const { return evaluate_at_angle(theta); }

Ball Kernel::at_one(long bits) const { return at_angle(Ball(bits)); }

Real Kernel::at(const Real& t) const {
    const Real bias = to_real(spec_.bias_variance);
    return combine<Real>(spec_.activation->dual(Real(1 + bias), Real(t + bias)), t,
                         to_real(spec_.output_weight_variance));
}

double Kernel::at(double t) const {
    const auto bias = spec_.bias_variance.convert_to<double>();
    return combine<double>(spec_.activation->dual(1 + bias, t + bias), t,
                           spec_.output_weight_variance.convert_to<double>());
}

}  // namespace ntk
