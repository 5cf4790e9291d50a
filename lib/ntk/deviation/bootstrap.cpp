// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/bootstrap.hpp"

#include "ntk/numeric/damping.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace ntk::deviation {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The march from one time to the next.
class March {
public:
    March(const DriftBounds& bounds, const std::optional<LinearisedFlow>& linearised, double residual_norm,
          double kernel_bound, const BootstrapOptions& options)
        : bounds_(bounds),
          linearised_(linearised),
          sampled_(options.sampled),
          beta_(residual_norm),
          gradient_norm_(linearised ? linearised->gradient_norm() : rounded_up(std::sqrt(kernel_bound), 2)),
          moving_norm_(std::min(gradient_norm_, options.moving_gradient_norm.value_or(infinity))),
          y_(residual_norm) {
        if (sampled_ == nullptr) gradients_ = {infinity, infinity, infinity, infinity};
        for (const DriftForm form : options.forms) {
            if (bounds.applies(form).holds) forms_.push_back(form);
        }
        hessian_ = std::find(forms_.begin(), forms_.end(), DriftForm::hessian) != forms_.end();
    }

    void step_to(double time) {
        const double h = rounded_up(time - time_, 1), y = y_;
        tau_ = rounded_up(tau_ + product_of_bounds(y, h), 2);
        const Reach known = reach_before_training(beta_, time);
        // The loss that is left bounds the rest of the path: int ||theta'|| <= sqrt(h (Phi - Phi_later)).
        double P = std::min(known.movement, rounded_up(movement_ + y * std::sqrt(h / 2), 4));
        double J = std::min(known.weighted_movement, rounded_up(weighted_ + product_of_bounds(y * P, h), 4));
        const NeuronMovement moved = bounds_.movement(tau_);
        const double H = hessian_ ? bounds_.hessian_norm(moved) : infinity;
        const DriftAndRemainder fixed = best_of({tau_, P, J}, moved, true);
        if (sampled_ != nullptr) gradients_ = sampled_->at(tau_, moved);
        const double of_sample = gradients_.gram_drift(moving_norm_);
        double distance = distance_, excess = excess_;
        // The second pass has the smaller P of the first.
        for (int pass = 0; pass < 2; ++pass) {
            now_ = best_of({tau_, P, J}, moved, false);
            now_ = {std::min(now_.drift, fixed.drift), std::min(now_.remainder, fixed.remainder)};
            hessian_movement_ = rounded_up(product_of_bounds(P, H), 1);
            gram_ = std::min({now_.drift, of_sample, deviation::gram_drift(hessian_movement_, moving_norm_)});
            const double change = std::min(hessian_movement_, gradients_.sample);
            const double speed = std::min(gradient_norm_ + change, std::sqrt(gradient_norm_ * gradient_norm_ + gram_));
            P = std::min(P, rounded_up(movement_ + product_of_bounds(y * h, speed), 8));
            distance = rounded_up(distance_ + product_of_bounds(y * h, gram_), 4);
            if (linearised_) {
                const double turning = std::min(change, speed + gradient_norm_);
                excess = rounded_up(excess_ + h * (product_of_bounds(y, turning) + gradient_norm_ * distance), 8);
                P = std::min(P, rounded_up(linearised_->movement(time) + excess, 2));
            }
            J = std::min(J, rounded_up(weighted_ + product_of_bounds(y * P, h), 4));
        }
        hessian_movement_ = rounded_up(product_of_bounds(P, H), 1);
        movement_ = P;
        weighted_ = J;
        distance_ = distance;
        excess_ = excess;
        if (linearised_) y_ = std::min(y_, rounded_up(linearised_->residual_norm(time) + distance_, 2));
        time_ = time;
    }

    double moving_norm() const { return moving_norm_; }

    void record(Bootstrap& into) const {
        into.time.push_back(time_);
        into.residual_norm.push_back(y_);
        into.movement.push_back(movement_);
        into.hessian_movement.push_back(hessian_movement_);
        into.drift.push_back(now_.drift);
        into.remainder.push_back(now_.remainder);
        into.gram_drift.push_back(gram_);
        into.gradients.push_back(gradients_);
    }

private:
    /// Over the forms that depend on tau alone, or over the others.
    DriftAndRemainder best_of(const Reach& reach, const NeuronMovement& moved, bool on_tau_alone) const {
        DriftAndRemainder best{infinity, infinity};
        for (const DriftForm form : forms_) {
            if ((form == DriftForm::basic || form == DriftForm::pairs) != on_tau_alone) continue;
            const DriftAndRemainder one = bounds_.bound(form, reach, moved);
            best = {std::min(best.drift, one.drift), std::min(best.remainder, one.remainder)};
        }
        return best;
    }

    const DriftBounds& bounds_;
    const std::optional<LinearisedFlow>& linearised_;
    const SampledDrift* sampled_;
    std::vector<DriftForm> forms_;
    bool hessian_ = false;
    double beta_;
    double gradient_norm_;  ///< ||M_0||
    double moving_norm_;    ///< the same without the output bias
    double time_ = 0, tau_ = 0;
    double y_;
    double movement_ = 0, weighted_ = 0;
    double distance_ = 0;  ///< >= ||r_s - e^{-G_0 s} r_0||_q
    double excess_ = 0;    ///< >= how far theta_s is from the linearised path
    double hessian_movement_ = 0, gram_ = 0;
    DriftAndRemainder now_{0, 0};
    GradientDrift gradients_{0, 0, 0, 0};
};

}  // namespace

double LinearisedFlow::residual_norm(double time) const {
    const double sum = ((-time * eigenvalues.array()).exp() * residual.array()).square().sum();
    const double change = time * gram_error * residual.norm();
    return rounded_up(std::sqrt(sum) + change, static_cast<double>(residual.size()) + 20);
}

double LinearisedFlow::movement(double time) const {
    double sum = 0;
    for (Eigen::Index i = 0; i < residual.size(); ++i) {
        const double moved = damping_factor(eigenvalues(i), time) * residual(i);
        sum += eigenvalues(i) * moved * moved;
    }
    // ||M_0^T int e^{-G_0 s} r_0 ds||^2 = <A r_0, G_0 A r_0>; an error E of G_0 changes A r_0 by t^2 ||E|| beta/2 and
    // the form by t^2 ||E|| beta^2 besides.
    const double size = time * residual.norm();
    const double change = size * (std::sqrt(gram_error) + gradient_norm() * time * gram_error / 2);
    return rounded_up(std::sqrt(sum) + change, static_cast<double>(residual.size()) + 30);
}

double LinearisedFlow::gradient_norm() const { return rounded_up(std::sqrt(eigenvalues.maxCoeff() + gram_error), 4); }

Bootstrap march(const DriftBounds& bounds, const std::optional<LinearisedFlow>& linearised, double residual_norm,
                double kernel_bound, const std::vector<double>& breakpoints, const BootstrapOptions& options) {
    const ledger::Hypothesis basic = bounds.applies(DriftForm::basic);
    if (!basic.holds) throw std::domain_error("march: " + basic.reason);
    if (breakpoints.empty() || breakpoints.front() != 0 || options.parts == 0 || !(residual_norm >= 0)) {
        throw std::domain_error("march: expected breakpoints from 0, parts > 0 and a residual norm >= 0");
    }
    March marching(bounds, linearised, residual_norm, kernel_bound, options);
    Bootstrap result;
    result.parts = options.parts;
    result.moving_gradient_norm = marching.moving_norm();
    marching.record(result);
    for (std::size_t i = 1; i < breakpoints.size(); ++i) {
        const double from = breakpoints[i - 1], length = breakpoints[i] - from;
        for (std::size_t part = 1; part <= options.parts; ++part) {
            const double share = static_cast<double>(part) / static_cast<double>(options.parts);
            marching.step_to(part == options.parts ? breakpoints[i] : from + share * length);
            marching.record(result);
        }
    }
    return result;
}

}  // namespace ntk::deviation
