// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/planned_law.hpp"

#include "ntk/deviation/experiment.hpp"
#include "ntk/deviation/random_terms.hpp"
#include "ntk/deviation/target_bounds.hpp"
#include "ntk/numeric/damping.hpp"
#include "ntk/sphere/harmonics.hpp"
#include "ntk/sphere/zonal_mean.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ntk::deviation {
namespace {

/// Roundings in one formula of this file.
constexpr double roundings = 60;

double longest_weight(const RadialLaw& law) {
    double longest = 0;
    for (const RadialAtom& atom : law.atoms) longest = std::max(longest, atom.radius.convert_to<double>());
    return longest;
}

}  // namespace

PlannedLaw::PlannedLaw(const Kernel& kernel, const TrajectorySetup& setup, const PlanQuestion& question)
    : setup_(setup),
      question_(question),
      constants_(kernel.spec().activation->constants()),
      kernel_at_one_(kernel_in_double(kernel, setup.law.weights, setup.shape.dim).at_one),
      target_bound_(target_bound(setup.target)),
      eigenvalues_(probe_eigenvalues(kernel, setup.law.weights, setup.shape.dim, setup.probes)) {
    for (const ZonalProbe& probe : setup.probes) {
        mean_of_absolute_.push_back(zonal_mean_of_absolute(setup.shape.dim, probe.degree));
        second_moments_.push_back(target_second_moment(probe, setup.target, target_bound_));
    }
}

ledger::Hypothesis PlannedLaw::applies() const {
    const auto fails = [](const std::string& reason) {
        return ledger::Hypothesis{"a plan from the law of the start", false, reason};
    };
    if (question_.bound == PlannedBound::linear_split) {
        return fails("the linear split is made from the Gram matrix of a start and a sample that are drawn");
    }
    if (!setup_.law.antisymmetric) return fails("the start is not antisymmetric: c(0) itself is drawn");
    if (!setup_.target_is_known() || setup_.noise != 0 || setup_.labels) {
        return fails("the labels are not the values of a known target");
    }
    const DriftBounds any = bounds(2, question_.failure_probability);
    for (const DriftForm form : forms_of(question_.bound)) {
        const ledger::Hypothesis hypothesis = any.applies(form);
        if (hypothesis.holds) return {"a plan from the law of the start", true, ""};
        if (form == forms_of(question_.bound).back()) return fails(hypothesis.reason);
    }
    throw std::logic_error("PlannedLaw: a bound without forms");
}

/// m neurons alike whose drift bounds are not below those of the start, with probability at least 1 - delta each for
/// ||v|| and |a|.
DriftBounds PlannedLaw::bounds(double width, double delta) const {
    const InitialLaw& law = setup_.law;
    const double pairs = width / 2, s = std::sqrt(law.bias_variance), dim = setup_.shape.dim;
    // ||v|| is a function of standard normal numbers with this Lipschitz constant, and its mean is at most its root
    // mean square; for weights of bounded length that of the largest length and b is.
    const double lipschitz = law.weights ? s : std::max(1.0, s);
    const double longest = law.weights ? longest_weight(*law.weights) : 0;
    const double typical = std::sqrt((law.weights ? longest * longest : dim) + law.bias_variance);
    const double radius = rounded_up(setup_.shape.hidden_bias ? std::sqrt(2.0) : 1, 8);
    const double scale = std::sqrt(law.output_weight_variance);
    double output = scale, input = 0;
    if (law.output_weights == OutputWeights::rademacher && std::isfinite(constants_.c_infinity)) {
        // Every bound is at most an affine function of the nu~ with coefficients >= 0, met where L1 R nu~ >= c_inf, so
        // the mean of the nu~ counts.
        const double mean = typical + lipschitz * std::sqrt(2 * std::log(1 / delta) / pairs);
        const double saturated = (constants_.c_infinity - constants_.c0) / (constants_.L1 * radius);
        input = std::max(mean, constants_.L1 > 0 ? saturated * (1 + 1e-12) : 0);
    } else {
        input = typical + lipschitz * std::sqrt(2 * std::log(pairs / delta));
        if (law.output_weights == OutputWeights::gaussian) output = scale * std::sqrt(2 * std::log(pairs / delta));
    }
    return {constants_,
            {Eigen::ArrayXd::Constant(2, rounded_up(output, roundings)),
             Eigen::ArrayXd::Constant(2, rounded_up(input, roundings)), true, pairs},
            radius};
}

/// beta = ||f*||_n with probability at least 1 - delta: f*^2 is between 0 and its bound F^2, with a variance of at most
/// F^2 ||f*||^2.
double PlannedLaw::residual_norm(double samples, double delta) const {
    const double norm = setup_.target.norm(), square = norm * norm, largest = target_bound_ * target_bound_;
    if (std::isinf(samples)) return rounded_up(norm, roundings);
    const double fluctuation = pinelis_bound(largest * square, largest / 3, samples, delta);
    return rounded_up(std::sqrt(std::min(largest, square + fluctuation)), roundings);
}

PlannedProbe PlannedLaw::probe_at(std::size_t probe, double width, double samples, double delta) const {
    const ZonalProbe& phi = setup_.probes[probe];
    const double mu = eigenvalues_[probe].value, mean = mean_of_absolute_[probe];
    const double largest = rounded_up(std::sqrt(multiplicity_double(setup_.shape.dim, phi.degree)), 4);
    const double coefficient = -setup_.target.inner_product(phi);
    PlannedProbe result{phi,         eigenvalues_[probe],
                        coefficient, mu * damping_factor(mu, question_.time) * std::abs(coefficient),
                        {},          "U5"};
    const bool finite_width = std::isfinite(width);
    // An infinitely wide network does not move its kernel: its bounds are those of any width, without these terms.
    const double stand_in = finite_width ? width : 2;
    const DriftBounds of_network = bounds(stand_in, delta);
    RandomValues random{{0, 0}, {0, 0}, {0, 0}};
    ProbeSizes sizes{mean, mean, 0};
    const double bias = phi.degree == 0 && setup_.shape.output_bias ? 1 : 0;
    const double without_bias = std::max(mu + eigenvalues_[probe].error - bias, 0.0);
    if (finite_width) {
        NetworkShape shape = setup_.shape;
        shape.width = static_cast<int>(width);
        random.kernel_gap.value = kernel_gap_bound({constants_, setup_.law, shape, without_bias, mean}, delta).value;
        // |mu - ||grad C_0||^2| = |<phi, h_0>| <= ||h_0||.
        const double by_gap = std::sqrt(without_bias + random.kernel_gap.value);
        sizes.coefficient_gradient =
            rounded_up(std::min(by_gap, mean * std::sqrt(of_network.kernel_diagonal())), roundings);
    }
    if (std::isfinite(samples)) {
        const double kernel = finite_width
                                  ? rounded_up(of_network.kernel_diagonal() + (setup_.shape.output_bias ? 1 : 0), 1)
                                  : rounded_up(kernel_at_one_, roundings);
        const double moment = second_moments_[probe];
        random.sampling.value =
            sampling_bound({samples, largest, target_bound_, moment, moment, coefficient}, delta).value;
        random.gradient_gap.value = gradient_gap_bound({samples, largest, kernel, kernel_at_one_, mu}, delta).value;
        sizes.sample_mean_of_absolute = std::min(largest, mean + pinelis_bound(1, largest / 3, samples, delta));
    }
    const double beta = residual_norm(samples, delta);
    const std::vector<DriftForm> forms = forms_of(question_.bound);
    const DriftBeforeTraining known = drift_before_training(of_network, forms, beta, question_.time);
    result.terms = terms_before_training(known, forms, sizes, random, mu);
    if (!finite_width) result.terms.remainder = result.terms.drift = {0, 0};
    return result;
}

PlanPoint PlannedLaw::at(double width, double samples) const {
    const double probes = static_cast<double>(setup_.probes.size());
    double events = 0;
    // ||v|| and |a|; ||h_0|| on the sample and on the sphere.
    if (std::isfinite(width)) events += 2 + 2 * probes;
    // beta; the first term, Z and E_n|phi|.
    if (std::isfinite(samples)) events += 1 + 3 * probes;
    const double delta = question_.failure_probability / std::max(events, 1.0);
    PlanPoint point{width, samples, {}};
    for (std::size_t i = 0; i < setup_.probes.size(); ++i) point.probes.push_back(probe_at(i, width, samples, delta));
    return point;
}

}  // namespace ntk::deviation
