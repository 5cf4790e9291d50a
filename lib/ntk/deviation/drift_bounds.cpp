// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/drift_bounds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace ntk::deviation {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// sinh x - x for x >= 0, to 24 units in the last place: by its series below 1, where the difference would cancel. The
/// terms fall by a factor of 20 or more, so 12 of them are enough. Beyond 1 the two terms are at most 13 times their
/// difference.
double sinh_minus_argument(double x) {
    if (x >= 1) return std::sinh(x) - x;
    double term = x * x * x / 6, sum = 0;
    for (int j = 3; j < 27; j += 2) {
        sum += term;
        term *= x * x / ((j + 1) * (j + 2));
    }
    return sum;
}

std::string in_short(double value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

void require_not_negative(const std::string& name, double value) {
    if (value >= 0) return;
    throw std::domain_error("drift bounds: " + name + " = " + in_short(value) + ": expected a number >= 0");
}

/// The norm of the symmetric matrix with the entries 0, `off` and `corner`.
double block_norm(double off, double corner) { return (corner + std::sqrt(corner * corner + 4 * off * off)) / 2; }

}  // namespace

double rounded_up(double value, double roundings) {
    if (std::isnan(value)) return infinity;
    // Products of tiny numbers can vanish: what they lose is far below 1e-300.
    return value == 0 ? 0 : value * (1 + (roundings + 4) * epsilon) + 1e-300;
}

NeuronSizes NeuronSizes::of(const NetworkShape& shape, const Eigen::VectorXd& start) {
    if (start.size() != shape.parameter_count()) {
        throw std::domain_error("NeuronSizes: " + std::to_string(start.size()) + " parameters: expected " +
                                std::to_string(shape.parameter_count()));
    }
    const ParameterView view(shape, start);
    const Eigen::Index m = shape.width, half = m / 2;
    Eigen::ArrayXd squares = view.weights.rowwise().squaredNorm().array();
    bool paired = m % 2 == 0 && view.output_weights.head(half) == -view.output_weights.tail(half) &&
                  view.weights.topRows(half) == view.weights.bottomRows(half);
    if (view.biases != nullptr) {
        const Eigen::Map<const Eigen::ArrayXd> biases(view.biases, m);
        squares += biases.square();
        paired = paired && (biases.head(half) == biases.tail(half)).all();
    }
    const double rounding = 1 + (shape.dim + 8) * epsilon;
    return {view.output_weights.cwiseAbs().array(), squares.sqrt() * rounding, paired};
}

Reach reach_before_training(double residual_norm, double time) {
    require_not_negative("residual norm", residual_norm);
    require_not_negative("time", time);
    return {rounded_up(residual_norm * time, 1), rounded_up(residual_norm * std::sqrt(time / 2), 3),
            rounded_up(std::sqrt(2.0) / 3 * residual_norm * residual_norm * time * std::sqrt(time), 8)};
}

Reach reach_of_convergence(double residual_norm, double eigenvalue) {
    require_not_negative("residual norm", residual_norm);
    if (!(eigenvalue > 0)) {
        throw std::domain_error("drift bounds: eigenvalue = " + in_short(eigenvalue) + ": expected a number > 0");
    }
    const double movement = residual_norm * std::sqrt(2 / eigenvalue);
    return {rounded_up(2 * residual_norm / eigenvalue, 2), rounded_up(movement, 4),
            rounded_up(2 * residual_norm * movement / eigenvalue, 8)};
}

std::string to_string(DriftForm form) {
    switch (form) {
        case DriftForm::basic:
            return "basic";
        case DriftForm::hessian:
            return "H";
        case DriftForm::pairs:
            return "A2";
        case DriftForm::pairs_l2:
            return "A2l2";
    }
    throw std::logic_error("unknown form of drift bound");
}

DriftBounds::DriftBounds(const ActivationConstants& constants, NeuronSizes neurons, double input_radius)
    : constants_(constants),
      neurons_(std::move(neurons)),
      radius_(rounded_up(input_radius, 1)),
      slope_(rounded_up(constants.L1 * radius_, 1)),
      width_(neurons_.copies * static_cast<double>(neurons_.output_weights.size())) {
    const auto good = [](const Eigen::ArrayXd& sizes) { return sizes.allFinite() && (sizes >= 0).all(); };
    if (neurons_.output_weights.size() == 0 || neurons_.input_norms.size() != neurons_.output_weights.size() ||
        !good(neurons_.output_weights) || !good(neurons_.input_norms)) {
        throw std::domain_error("DriftBounds: expected as many |a_0| as ||v_0||, at least one, finite and >= 0");
    }
    require_not_negative("input radius", input_radius);
    if (!(neurons_.copies >= 1) || std::isinf(neurons_.copies)) {
        throw std::domain_error("DriftBounds: copies = " + in_short(neurons_.copies) + ": expected a number >= 1");
    }
    // c0/(L1 R) must not come out too small: L1 R is not rounded up there.
    stretched_ =
        neurons_.input_norms + (constants.c0 == 0 ? 0 : rounded_up(constants.c0 / (constants.L1 * input_radius), 4));
    stretched_ *= 1 + 4 * epsilon;
    values_ = value_bound(Eigen::ArrayXd::Zero(stretched_.size()));
    kernel_diagonal_ =
        rounded(per_neuron((values_.square() + neurons_.output_weights.square() * (slope_ * slope_)).sum()));
}

double DriftBounds::per_neuron(double sum) const { return sum / static_cast<double>(neurons_.output_weights.size()); }

/// Relative error of everything that is a sum over neurons of terms with at most 60 roundings each.
double DriftBounds::rounded(double value) const { return rounded_up(value, width_ + 60); }

ledger::Hypothesis DriftBounds::applies(DriftForm form) const {
    const auto fails = [&](const std::string& reason) {
        return ledger::Hypothesis{"the drift bound (" + to_string(form) + ") applies", false, reason};
    };
    if (!std::isfinite(constants_.L1)) return fails("sigma has no bounded first derivative");
    if (!(constants_.L1 > 0)) return fails("sigma is constant");
    if (!std::isfinite(constants_.L2)) return fails("sigma has no bounded second derivative");
    const bool paired = form == DriftForm::pairs || form == DriftForm::pairs_l2;
    if (paired && !neurons_.antisymmetric) return fails("the start is not antisymmetric");
    if (paired && !std::isfinite(constants_.L3)) return fails("sigma has no bounded third derivative");
    return {"the drift bound (" + to_string(form) + ") applies", true, ""};
}

void DriftBounds::require_movement() const {
    if (std::isfinite(constants_.L1) && constants_.L1 > 0) return;
    throw std::domain_error("DriftBounds: sigma has no bounded first derivative, or is constant");
}

NeuronMovement DriftBounds::movement(double residual_integral) const {
    require_movement();
    require_not_negative("tau", residual_integral);
    const Eigen::ArrayXd& a = neurons_.output_weights;
    const double scaled_time = rounded_up(residual_integral / std::sqrt(width_), 4);
    const double gamma = rounded_up(slope_ * scaled_time, 1);
    NeuronMovement result;
    // cosh overflows soon after.
    if (gamma <= 700) {
        const double sinh = rounded_up(std::sinh(gamma), 4), half = std::sinh(gamma / 2), up = 1 + 4 * epsilon;
        const double c = rounded_up(2 * half * half, 8);
        result = {(a * c + stretched_ * sinh) * up, (stretched_ * c + a * sinh) * up, c,
                  rounded_up(sinh_minus_argument(gamma), 40)};
    } else {
        const Eigen::ArrayXd unknown = Eigen::ArrayXd::Constant(a.size(), infinity);
        result = {unknown, unknown, infinity, infinity};
    }
    if (std::isfinite(constants_.c_infinity)) {
        const double longest = rounded_up(constants_.c_infinity * scaled_time, 2);
        const double turned = rounded_up(longest * gamma / 2, 2);
        result.output_weights = result.output_weights.min(longest);
        result.inputs = result.inputs.min((a * gamma + turned) * (1 + 4 * epsilon));
    }
    return result;
}

Eigen::ArrayXd DriftBounds::value_bound(const Eigen::ArrayXd& more) const {
    return (slope_ * (stretched_ + more) * (1 + 4 * epsilon)).min(constants_.c_infinity);
}

double DriftBounds::hessian_norm(double residual_integral) const {
    return std::isfinite(constants_.L2) ? hessian_norm(movement(residual_integral)) : infinity;
}

double DriftBounds::hessian_norm(const NeuronMovement& moved) const {
    if (!std::isfinite(constants_.L2)) return infinity;
    const double largest = (neurons_.output_weights + moved.output_weights).maxCoeff();
    // A factor 0 (sigma linear) wins over an infinite movement.
    const double corner = constants_.L2 == 0 ? 0 : largest * constants_.L2 * radius_ * radius_;
    return rounded_up(block_norm(slope_, corner) / std::sqrt(width_), 20);
}

double DriftBounds::output_bound() const {
    return rounded(per_neuron((neurons_.output_weights * values_).sum()) * std::sqrt(width_));
}

DriftAndRemainder DriftBounds::bound(DriftForm form, const Reach& reach) const {
    return bound(form, reach, movement(reach.residual_integral));
}

DriftAndRemainder DriftBounds::bound(DriftForm form, const Reach& reach, const NeuronMovement& moved) const {
    const ledger::Hypothesis hypothesis = applies(form);
    if (!hypothesis.holds) {
        throw std::domain_error("DriftBounds: form " + to_string(form) + ": " + hypothesis.reason);
    }
    require_not_negative("P", reach.movement);
    require_not_negative("J", reach.weighted_movement);
    switch (form) {
        case DriftForm::basic:
            return basic(moved);
        case DriftForm::hessian:
            return by_hessian(reach.movement, moved);
        case DriftForm::pairs:
            return by_pairs(moved);
        case DriftForm::pairs_l2:
            return by_pairs_l2(reach, moved);
    }
    throw std::logic_error("unknown form of drift bound");
}

DriftAndRemainder DriftBounds::smallest(const Reach& reach) const {
    DriftAndRemainder result{infinity, infinity};
    if (!applies(DriftForm::basic).holds) return result;  // nor does any other
    const NeuronMovement moved = movement(reach.residual_integral);
    for (const DriftForm form : drift_forms) {
        if (!applies(form).holds) continue;
        const DriftAndRemainder one = bound(form, reach, moved);
        result = {std::min(result.drift, one.drift), std::min(result.remainder, one.remainder)};
    }
    return result;
}

DriftAndRemainder DriftBounds::basic(const NeuronMovement& moved) const {
    const double L1 = constants_.L1, L2 = constants_.L2, R = radius_;
    const Eigen::ArrayXd& a = neurons_.output_weights;
    const Eigen::ArrayXd &da = moved.output_weights, &dn = moved.inputs;
    const Eigen::ArrayXd values = values_ + value_bound(dn);
    const double drift =
        (slope_ * dn * values + slope_ * slope_ * da * (2 * a + da) + 2 * R * R * R * L1 * L2 * a.square() * dn).sum();
    const double remainder = (slope_ * da * dn + L2 * R * R / 2 * a * dn.square()).sum();
    return {rounded(per_neuron(drift)), rounded(per_neuron(remainder) * std::sqrt(width_))};
}

DriftAndRemainder DriftBounds::by_hessian(double path_length, const NeuronMovement& moved) const {
    const double H = hessian_norm(moved), P = path_length;
    return {rounded_up(H * P * (2 * std::sqrt(kernel_diagonal_) + H * P), 10), rounded_up(H * P * P / 2, 4)};
}

DriftAndRemainder DriftBounds::by_pairs(const NeuronMovement& moved) const {
    const double L1 = constants_.L1, L2 = constants_.L2, L3 = constants_.L3, R = radius_;
    const Eigen::Index half = neurons_.output_weights.size() / 2;
    const Eigen::ArrayXd a = neurons_.output_weights.head(half), nu = stretched_.head(half);
    const Eigen::ArrayXd da = moved.output_weights.head(half), dn = moved.inputs.head(half);
    const Eigen::ArrayXd s = values_.head(half);
    // int Delta nu and int Delta alpha over gamma.
    const Eigen::ArrayXd sum_dn = nu * moved.sinh_minus_gamma + a * moved.cosh_minus_one;
    const Eigen::ArrayXd sum_da = a * moved.sinh_minus_gamma + nu * moved.cosh_minus_one;
    const Eigen::ArrayXd apart = 2 * sum_dn;                              // |da_+ - da_-|
    const Eigen::ArrayXd turn = 2 * (L2 * R / L1 * a * sum_dn + sum_da);  // ||dv_+ + dv_-||
    const Eigen::ArrayXd bend = dn.square();
    const double drift =
        (2 * s * (slope_ * turn + L2 * R * R * bend) + 2 * slope_ * slope_ * bend +
         R * R *
             (2 * a * (L1 * L1 * apart + 4 * L1 * L2 * R * da * dn) + 2 * L1 * L1 * da.square() +
              a.square() * (2 * L1 * (L2 * R * turn + L3 * R * R * bend) + 2 * L2 * L2 * R * R * bend)))
            .sum();
    const double remainder = (slope_ * (da * turn + apart * dn) + L2 * R * R * da * bend +
                              a * (L2 * R * R * dn * turn + L3 * R * R * R / 3 * dn * bend))
                                 .sum();
    return {rounded(per_neuron(drift)), rounded(per_neuron(remainder) * std::sqrt(width_))};
}

DriftAndRemainder DriftBounds::by_pairs_l2(const Reach& reach, const NeuronMovement& moved) const {
    const double L1 = constants_.L1, L2 = constants_.L2, L3 = constants_.L3, R = radius_;
    const double P = reach.movement, J = reach.weighted_movement, a = neurons_.output_weights.maxCoeff();
    const double s = values_.maxCoeff();
    const double V = R * J * std::sqrt(a * a * L2 * L2 * R * R + L1 * L1);  // sum of ||dv_+ + dv_-|| over pairs
    const double bend = s * L2 * R * R + L1 * L1 * R * R + R * R * R * R * a * a * (L1 * L3 + L2 * L2);
    const double drift = 2 * s * slope_ * V + 2 * a * slope_ * slope_ * slope_ * J +
                         2 * a * a * L1 * L2 * R * R * R * V +
                         (std::max(bend, slope_ * slope_) + 2 * a * L1 * L2 * R * R * R) * P * P;
    // No neuron moves further than all of them together.
    const double da = std::min(moved.output_weights.maxCoeff(), P), dn = std::min(moved.inputs.maxCoeff(), P);
    const double remainder = slope_ * (da * V + dn * slope_ * J) + L2 * R * R / 2 * da * P * P +
                             a * (L2 * R * R * dn * V + L3 * R * R * R / 6 * dn * P * P);
    return {rounded_up(drift / width_, 80), rounded_up(remainder / std::sqrt(width_), 80)};
}

DriftBeforeTraining drift_before_training(const DriftBounds& bounds, const std::vector<DriftForm>& forms,
                                          double residual_norm, double time) {
    const Reach reach = reach_before_training(residual_norm, time);
    DriftBeforeTraining result{time, residual_norm, reach.movement, infinity, bounds.kernel_diagonal(), {}};
    result.by_form.fill({infinity, infinity});
    if (!bounds.applies(DriftForm::basic).holds) return result;  // nor does any other
    const NeuronMovement moved = bounds.movement(reach.residual_integral);
    for (const DriftForm form : forms) {
        if (!bounds.applies(form).holds) continue;
        result.by_form[static_cast<std::size_t>(form)] = bounds.bound(form, reach, moved);
        if (form == DriftForm::hessian) {
            result.hessian_movement = product_of_bounds(reach.movement, bounds.hessian_norm(moved));
        }
    }
    return result;
}

double gram_drift(double hessian_times_movement, double gradient_norm) {
    return rounded_up(hessian_times_movement * (2 * gradient_norm + hessian_times_movement), 4);
}

double kernel_gap_drift(double hessian_times_movement, double coefficient_gradient, double mean_of_probe,
                        double kernel_diagonal) {
    return rounded_up(hessian_times_movement * (coefficient_gradient +
                                                mean_of_probe * (std::sqrt(kernel_diagonal) + hessian_times_movement)),
                      8);
}

}  // namespace ntk::deviation
