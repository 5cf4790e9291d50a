// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/convergence_certificate.hpp"

#include "ntk/network/gram_spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace ntk::deviation {
namespace {

/// Rounding of kappa, of the entries of a Gram matrix and of their eigenvalues, against the largest one: a few units
/// for each of n terms.
double gram_rounding(const SpectrumEnds& ends, Eigen::Index n) {
    const double units = 8 * std::numeric_limits<double>::epsilon() * static_cast<double>(n);
    return ends.error_estimate + units * std::max(std::abs(ends.smallest), std::abs(ends.largest));
}

double radius_of_inputs(const NetworkShape& shape) { return shape.hidden_bias ? std::sqrt(2.0) : 1; }

/// ||M_0|| with M_0 M_0^T = G_0 without the part of the output bias: (1/n) in every entry.
double moving_gradient_norm(const NetworkShape& shape, const Eigen::MatrixXd& gram) {
    const double share = shape.output_bias ? 1 / static_cast<double>(gram.rows()) : 0;
    const SpectrumEnds ends = spectrum_ends(gram.array() - share);
    return std::sqrt(std::max(0.0, ends.largest) + gram_rounding(ends, gram.rows()));
}

/// The factor c with distance c^{-1/2} + movement c^{-power} = room: the distance falls like m^{-1/2}, the movement
/// like m^{-power}. Infinite if they are not finite.
double widening(double distance, double movement, double power, double room) {
    if (!std::isfinite(distance + movement) || !(room > 0)) return std::numeric_limits<double>::infinity();
    const auto left = [&](double c) { return distance / std::sqrt(c) + movement * std::pow(c, -power); };
    double low = 1, high = 1;
    while (left(high) > room) high *= 2;
    for (int step = 0; step < 60 && high > low; ++step) {
        const double middle = (low + high) / 2;
        (left(middle) > room ? low : high) = middle;
    }
    return high;
}

std::string in_short(double value) {
    std::ostringstream text;
    text.precision(3);
    text << value;
    return text.str();
}

}  // namespace

double followed_movement(double residual_norm, double eigenvalue, double distance, double hessian,
                         double gradient_norm) {
    const double longest = residual_norm * std::sqrt(2 / eigenvalue);
    if (!std::isfinite(hessian)) return longest;
    constexpr int steps = 1000;
    double sum = 0;
    for (int i = 1; i <= steps; ++i) {
        const double path = longest * i / steps;
        const double left = eigenvalue - distance - gram_drift(hessian * path, gradient_norm);
        // The rounding of a thousand sums is far below this.
        sum += std::sqrt(std::max(left, eigenvalue / 2)) * longest / steps * (1 - 1e-12);
        if (sum >= residual_norm) return path;
    }
    return longest;
}

ConvergenceCertificate convergence_certificate(const TrainingProblem& problem, const Eigen::MatrixXd& kernel_gram) {
    const Network& network = problem.network;
    const Eigen::Index n = network.sample_count();
    const double share = 1 / static_cast<double>(n);
    if (kernel_gram.rows() != n || kernel_gram.cols() != n ||
        !(problem.weights.array() - share).isZero(1e-12 * share)) {
        throw std::domain_error("convergence_certificate: expected an n x n matrix and the weights 1/n, n = " +
                                std::to_string(n));
    }
    const SpectrumEnds limit = spectrum_ends(kernel_gram);
    const Eigen::MatrixXd gram = network.gram_matrix(problem.start);
    const SpectrumEnds apart = spectrum_ends(kernel_gram - gram);
    const double rounding = gram_rounding(limit, n);
    ConvergenceCertificate made{};
    made.smallest_eigenvalue = {limit.smallest, rounding};
    made.distance = {std::max(std::abs(apart.smallest), std::abs(apart.largest)), 2 * rounding};
    const Eigen::VectorXd residual = network.values(problem.start) - problem.labels;
    // A value of the network carries about 1e-15 of the sum of its terms; 1e-13 leaves room for their cancellation.
    made.beta = std::sqrt(residual.squaredNorm() * share) * (1 + 1e-13);
    const double lambda = limit.smallest - rounding;
    const DriftBounds bounds(network.activation().constants(), NeuronSizes::of(network.shape(), problem.start),
                             radius_of_inputs(network.shape()));
    if (lambda > 0) made.reach = reach_of_convergence(made.beta, lambda);
    const double distance = made.distance.value + made.distance.error;
    const double gradient_norm = moving_gradient_norm(network.shape(), gram);
    const auto add = [&](const std::string& name, const ledger::Hypothesis& applies, double power,
                         const std::function<double()>& movement) {
        CertificateForm one{};
        one.name = name;
        one.applies = applies.holds && lambda > 0;
        one.reason = applies.holds ? "lambda_n is not known to be positive" : applies.reason;
        if (one.applies) {
            one.movement = movement();
            one.excess = (distance + one.movement) / (lambda / 2);
            one.fires = one.excess <= 1;
            one.blames_movement = one.movement > distance;
            if (!one.fires) one.widening = widening(distance, one.movement, power, lambda / 2);
        }
        made.forms.push_back(one);
    };
    const auto hessian = [&] { return bounds.hessian_norm(made.reach.residual_integral); };
    for (const DriftForm form : drift_forms) {
        // Movement terms fall like m^{-1/2}, and like 1/m where the first order cancels.
        const bool cancels = form == DriftForm::pairs || form == DriftForm::pairs_l2;
        add(to_string(form), bounds.applies(form), cancels ? 1 : 0.5, [&] {
            return form == DriftForm::hessian ? gram_drift(hessian() * made.reach.movement, gradient_norm)
                                              : bounds.bound(form, made.reach).drift;
        });
    }
    const auto followed = [&] { return followed_movement(made.beta, lambda, distance, hessian(), gradient_norm); };
    add("H-followed", bounds.applies(DriftForm::hessian), 0.5,
        [&] { return gram_drift(hessian() * followed(), gradient_norm); });
    add("A2l2-followed", bounds.applies(DriftForm::pairs_l2), 1, [&] {
        Reach reach = made.reach;
        reach.movement = followed();
        reach.weighted_movement /= 2;
        return bounds.bound(DriftForm::pairs_l2, reach).drift;
    });
    return made;
}

bool ConvergenceCertificate::fires() const {
    return std::any_of(forms.begin(), forms.end(), [](const CertificateForm& one) { return one.fires; });
}

const CertificateForm* ConvergenceCertificate::best() const {
    const CertificateForm* smallest = nullptr;
    for (const CertificateForm& one : forms) {
        if (one.applies && (smallest == nullptr || one.excess < smallest->excess)) smallest = &one;
    }
    return smallest;
}

const CertificateForm& ConvergenceCertificate::form(const std::string& name) const {
    for (const CertificateForm& one : forms) {
        if (one.name == name) return one;
    }
    throw std::domain_error("ConvergenceCertificate::form: there is no form " + name);
}

std::string ConvergenceCertificate::verdict() const {
    std::string text = "lambda_n/2 = " + in_short(smallest_eigenvalue.value / 2) +
                       ", ||G^inf - G_0|| = " + in_short(distance.value) + ".";
    for (const CertificateForm& one : forms) {
        text += " " + one.name;
        if (!one.applies) {
            text += " does not apply: " + one.reason + ".";
            continue;
        }
        text += " bounds the movement by " + in_short(one.movement) + (one.fires ? " and fires." : ":");
        if (one.fires) continue;
        text += " both together exceed lambda_n/2 by the factor " + in_short(one.excess) + ", " +
                (one.blames_movement ? "mostly by the movement term" : "mostly by ||G^inf - G_0||");
        text += std::isfinite(one.widening)
                    ? ", so the width falls short by a factor of about " + in_short(one.widening) + "."
                    : ", and no width is known that suffices.";
    }
    return text;
}

}  // namespace ntk::deviation
