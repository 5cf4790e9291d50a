// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/kernel/kernel.hpp"

#include "ntk/activation/hermite.hpp"
#include "ntk/numeric/errors.hpp"

#include <algorithm>
#include <optional>
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

/// F(q) and G(q), the dual activation of two equal arguments.
template <class Scalar>
DualValues<Scalar> dual_of_equals(const Activation& activation, const Scalar& variance) {
    const bool by_angle = activation.dual_argument() == DualArgument::angle;
    return activation.dual(Correlation<Scalar>{variance, constant_like(by_angle ? 0 : 1, variance)});
}

/// The angle x' of the next layer from the angle x of this one: 1 - cos x' = contraction (1 - cos x), that is,
/// sin(x'/2) = sin(x/2) sqrt(contraction), contraction = factor secant q / q'.
template <class Scalar>
struct AngleStep {
    Scalar contraction;
    Scalar half_sine;  ///< sin(x'/2)
    Scalar angle;      ///< x'
};

template <class Scalar>
AngleStep<Scalar> angle_step(const Activation& activation, const Correlation<Scalar>& at, const Scalar& factor,
                             const Scalar& next_variance) {
    const Scalar contraction = factor * activation.secant(at) * at.variance / next_variance;
    const Scalar half_sine = sin(at.argument / 2) * sqrt(contraction);
    return {contraction, half_sine, 2 * asin(half_sine)};
}

Ball next_angle(const Activation& activation, const Correlation<Ball>& at, const Ball& /*gradient*/, const Ball& factor,
                const Ball& next_variance) {
    return angle_step(activation, at, factor, next_variance).angle;
}

/// On a wide rectangle the formula is evaluated at the centre and continued by the mean value theorem, with
///     dx'/dx = factor G (q/q') sin x / sin x' = factor G (q/q') cos(x/2) / (sqrt(contraction) cos(x'/2)),
/// because otherwise the width would grow by a factor in every layer. The segment from the centre to any point stays in
/// the rectangle, where the derivative is enclosed; x' is analytic there if the plain formula is finite.
ComplexBall next_angle(const Activation& activation, const Correlation<ComplexBall>& at, const ComplexBall& gradient,
                       const ComplexBall& factor, const ComplexBall& next_variance) {
    const AngleStep<ComplexBall> wide = angle_step(activation, at, factor, next_variance);
    if (!wide.angle.is_finite() || !at.argument.is_wide()) return wide.angle;
    const Correlation<ComplexBall> centre{at.variance, at.argument.centre()};
    const ComplexBall at_centre = angle_step(activation, centre, factor, next_variance).angle;
    const ComplexBall slope = factor * gradient * at.variance / next_variance * cos(at.argument / 2) /
                              (sqrt(wide.contraction) * sqrt(1 - wide.half_sine * wide.half_sine));
    return mean_value_form(wide.angle, at_centre, slope, at.argument);
}

/// Terms beyond this number are not looked for.
constexpr long longest_series = 1 << 14;

double value_of(const std::vector<double>& series, double t) {
    double sum = 0;
    for (std::size_t i = series.size(); i-- > 0;) sum = sum * t + series[i];
    return sum;
}

}  // namespace

Kernel::Kernel(KernelSpec spec) : spec_(std::move(spec)) {
    if (spec_.activation == nullptr) throw std::domain_error("Kernel: an activation is needed");
    if (spec_.layers.empty()) throw std::domain_error("Kernel: at least one hidden layer is needed");
    for (const Layer& layer : spec_.layers) {
        if (layer.bias_variance < 0 || layer.weight_variance <= 0) {
            throw std::domain_error("Kernel: bias variance " + to_string(layer.bias_variance) +
                                    " must be >= 0 and weight variance " + to_string(layer.weight_variance) + " > 0");
        }
    }
    if (spec_.output_weight_variance < 0) {
        throw std::domain_error("Kernel: output weight variance " + to_string(spec_.output_weight_variance) +
                                " must be >= 0");
    }
    if (spec_.output_bias && spec_.part != KernelPart::ntk) {
        throw std::domain_error("Kernel: an output bias belongs to the whole kernel (part ntk) only");
    }
    if (has_gradient_part() && !spec_.activation->has_gradient()) {
        throw std::domain_error("Kernel: the activation " + spec_.activation->name() +
                                " has no derivative; only the part nngp exists");
    }
    if (!has_closed_form()) find_double_series();
}

bool Kernel::has_random_bias() const {
    return std::any_of(spec_.layers.begin(), spec_.layers.end(),
                       [](const Layer& layer) { return layer.bias_variance != 0; });
}

std::string Kernel::description() const {
    std::string text = spec_.activation->name();
    if (!is_shallow()) text += ", " + std::to_string(depth()) + " hidden layers";
    if (spec_.part == KernelPart::nngp) text += ", E[sigma sigma'] alone";
    if (spec_.part == KernelPart::gradient) text += ", gradient part alone";
    const Layer& first = spec_.layers.front();
    const bool alike = std::all_of(spec_.layers.begin(), spec_.layers.end(), [&](const Layer& layer) {
        return layer.bias_variance == first.bias_variance && layer.weight_variance == first.weight_variance;
    });
    if (!alike) {
        text += ", layers that differ";
    } else if (first.bias_variance == 0) {
        text += spec_.train_bias ? ", hidden bias trained from zero" : ", no hidden bias";
    } else {
        text +=
            ", hidden bias variance " + to_string(first.bias_variance) + (spec_.train_bias ? " (trained)" : " (fixed)");
    }
    if (alike && first.weight_variance != 1) text += ", weight variance " + to_string(first.weight_variance);
    if (spec_.output_bias) text += ", output bias";
    if (spec_.output_weight_variance != 1) text += ", E[a^2] = " + to_string(spec_.output_weight_variance);
    return text;
}

template <class Scalar>
Scalar Kernel::combine(const Scalar& value_part, const Scalar& gradient_part,
                       const Scalar& output_weight_variance) const {
    switch (spec_.part) {
        case KernelPart::nngp:
            return value_part;
        case KernelPart::gradient:
            return output_weight_variance * gradient_part;
        case KernelPart::ntk:
            break;
    }
    const Scalar sum = value_part + output_weight_variance * gradient_part;
    return spec_.output_bias ? Scalar(sum + 1) : sum;
}

/// Near theta = 0 a correlation is close to 1 and its arccosine has few digits. So an activation that reads the angle x
/// is handed it from layer to layer: with 1 - u = 2 sin^2(x/2) and the next variance q',
///     1 - u' = sigma_w^2 (F(q) - F(c)) / q' = sigma_w^2 secant (q/q') (1 - u).
template <class Scalar>
Scalar Kernel::evaluate_at_angle(const Scalar& theta) const {
    const Activation& activation = *spec_.activation;
    const bool by_angle = activation.dual_argument() == DualArgument::angle;
    const auto constant = [&](const Rational& value) { return constant_like(value, theta); };
    const Scalar t = cos(theta);
    Scalar tangent = spec_.train_bias ? Scalar(t + 1) : t;  // Theta of KernelSpec
    Correlation<Scalar> at{constant(variance()), by_angle
                                                     ? correlation_angle(theta, bias_variance())
                                                     : Scalar((t + constant(bias_variance())) / constant(variance()))};
    for (std::size_t l = 0;; ++l) {
        const Scalar factor = constant(spec_.layers[l].weight_variance);
        const DualValues<Scalar> dual = activation.dual(at);
        const Scalar value = factor * dual.value;
        if (has_gradient_part()) tangent = factor * dual.gradient * tangent;
        if (l + 1 == depth()) return combine<Scalar>(value, tangent, constant(spec_.output_weight_variance));
        tangent = value + tangent;
        if (spec_.train_bias) tangent = tangent + 1;
        const Scalar bias = constant(spec_.layers[l + 1].bias_variance);
        const Scalar next_variance = factor * dual_of_equals(activation, at.variance).value + bias;
        if (by_angle) {
            at.argument = next_angle(activation, at, dual.gradient, factor, next_variance);
        } else {
            at.argument = (value + bias) / next_variance;
        }
        at.variance = next_variance;
    }
}

Ball Kernel::at_angle(const Ball& theta) const { return evaluate_at_angle(theta); }

ComplexBall Kernel::at_angle(const ComplexBall& theta) const { return evaluate_at_angle(theta); }

/// The recursion of evaluate_at_angle for differences to theta = 0, with
/// G(q) Theta(1) - G Theta = (G(q) - G) Theta + G(q) (Theta(1) - Theta).
template <class Scalar>
Scalar Kernel::evaluate_deficit(const Scalar& theta) const {
    const Activation& activation = *spec_.activation;
    if (activation.dual_argument() != DualArgument::angle) {
        throw std::logic_error("Kernel: differences are written for activations that read the angle");
    }
    const auto constant = [&](const Rational& value) { return constant_like(value, theta); };
    const Scalar half_sine = sin(theta / 2);
    Scalar tangent = spec_.train_bias ? Scalar(cos(theta) + 1) : cos(theta);
    Scalar tangent_deficit = 2 * half_sine * half_sine;
    Correlation<Scalar> at{constant(variance()), correlation_angle(theta, bias_variance())};
    for (std::size_t l = 0;; ++l) {
        const Scalar factor = constant(spec_.layers[l].weight_variance);
        const DualValues<Scalar> dual = activation.dual(at);
        const DualValues<Scalar> equal = dual_of_equals(activation, at.variance);
        const DualValues<Scalar> deficits = activation.deficits(at);
        const Scalar value_deficit = factor * deficits.value;
        Scalar gradient_deficit = constant(0);
        if (has_gradient_part()) {
            gradient_deficit = factor * (deficits.gradient * tangent + equal.gradient * tangent_deficit);
        }
        if (l + 1 == depth()) {
            const Scalar weight = constant(spec_.output_weight_variance);
            const Scalar value_part = has_value_part() ? value_deficit : constant(0);
            return has_gradient_part() ? Scalar(value_part + weight * gradient_deficit) : value_part;
        }
        tangent = factor * (dual.value + dual.gradient * tangent);
        if (spec_.train_bias) tangent = tangent + 1;
        tangent_deficit = value_deficit + gradient_deficit;
        const Scalar next_variance = factor * equal.value + constant(spec_.layers[l + 1].bias_variance);
        at = {next_variance, next_angle(activation, at, dual.gradient, factor, next_variance)};
    }
}

Ball Kernel::deficit_at_angle(const Ball& theta) const { return evaluate_deficit(theta); }

ComplexBall Kernel::deficit_at_angle(const ComplexBall& theta) const { return evaluate_deficit(theta); }

std::optional<PositiveSeries> Kernel::series(long length, long bits) const {
    const Activation& activation = *spec_.activation;
    const auto constant = [&](const Rational& value) { return Ball(value, bits); };
    Ball variance = constant(this->variance());
    PositiveSeries correlation = PositiveSeries::affine(constant(Rational(bias_variance() / this->variance())),
                                                        constant(Rational(1 / this->variance())), length, bits);
    PositiveSeries tangent = PositiveSeries::affine(constant(spec_.train_bias ? 1 : 0), constant(1), length, bits);
    for (std::size_t l = 0;; ++l) {
        const std::optional<DualSeries> dual = activation.dual_series(variance, length, bits);
        if (!dual) return std::nullopt;
        const Ball factor = constant(spec_.layers[l].weight_variance);
        PositiveSeries value = dual->value.compose(correlation);
        value *= factor;
        if (has_gradient_part()) {
            tangent = dual->gradient.compose(correlation) * tangent;
            tangent *= factor;
        }
        if (l + 1 == depth()) return combine_series(std::move(value), std::move(tangent), bits);
        tangent += value;
        if (spec_.train_bias) tangent += constant(1);
        const Ball bias = constant(spec_.layers[l + 1].bias_variance);
        variance = value.at_one() + bias;
        correlation = std::move(value);
        correlation += bias;
        correlation *= constant(1) / variance;
    }
}

PositiveSeries Kernel::combine_series(PositiveSeries value_part, PositiveSeries gradient_part, long bits) const {
    if (spec_.part == KernelPart::nngp) return value_part;
    gradient_part *= Ball(spec_.output_weight_variance, bits);
    if (spec_.part == KernelPart::gradient) return gradient_part;
    value_part += gradient_part;
    if (spec_.output_bias) value_part += Ball(1, bits);
    return value_part;
}

Ball Kernel::at_one(long bits) const {
    if (has_closed_form()) return at_angle(Ball(bits));
    return series(2, bits)->at_one();
}

template <class Scalar, class Dual>
Scalar Kernel::evaluate_in_covariance(const Scalar& t, const std::function<Scalar(const Rational&)>& constant,
                                      const Dual& dual) const {
    Scalar variance = constant(this->variance());
    Scalar covariance = t + constant(bias_variance());
    Scalar tangent = spec_.train_bias ? Scalar(t + 1) : t;
    for (std::size_t l = 0;; ++l) {
        const Scalar factor = constant(spec_.layers[l].weight_variance);
        const DualValues<Scalar> values = dual(l, variance, covariance);
        const Scalar value = factor * values.value;
        if (has_gradient_part()) tangent = factor * values.gradient * tangent;
        if (l + 1 == depth()) return combine<Scalar>(value, tangent, constant(spec_.output_weight_variance));
        tangent = value + tangent;
        if (spec_.train_bias) tangent = tangent + 1;
        const Scalar bias = constant(spec_.layers[l + 1].bias_variance);
        variance = factor * dual(l, variance, variance).value + bias;
        covariance = value + bias;
    }
}

std::function<Real(const Real&)> Kernel::real_form() const {
    if (has_closed_form()) {
        return [this](const Real& t) {
            return evaluate_in_covariance<Real>(
                t, to_real, [&](std::size_t, const Real& q, const Real& c) { return spec_.activation->dual(q, c); });
        };
    }
    // One series per layer, for the variance of that layer, found while walking the diagonal t = 1.
    auto layers = std::make_shared<std::vector<RealDualSeries>>();
    const auto dual = [layers, activation = spec_.activation](std::size_t l, const Real& q, const Real& c) {
        if (l == layers->size()) layers->push_back(real_hermite_dual_series(*activation, q));
        return (*layers)[l].at(Real(c / q));
    };
    evaluate_in_covariance<Real>(Real(1), to_real, dual);
    return [this, dual](const Real& t) { return evaluate_in_covariance<Real>(t, to_real, dual); };
}

double Kernel::at(double t) const {
    if (!has_closed_form()) return value_of(double_series_, t);
    return evaluate_in_covariance<double>(
        t, [](const Rational& value) { return value.convert_to<double>(); },
        [&](std::size_t, double q, double c) { return spec_.activation->dual(q, c); });
}

void Kernel::find_double_series() {
    constexpr long bits = 96;
    for (long length = 64; length <= longest_series; length *= 2) {
        const std::optional<PositiveSeries> found = series(length, bits);
        if (!found) throw std::domain_error("Kernel: " + spec_.activation->name() + " has neither a dual nor a strip");
        if (found->rest().magnitude_upper() > 0x1p-56 * found->at_one().magnitude_upper() && length < longest_series)
            continue;
        for (long i = 0; i < length; ++i) double_series_.push_back(found->coefficient(i).midpoint());
        return;
    }
}

}  // namespace ntk
