// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/gradient_flow.hpp"

#include "ntk/flow/network_flow.hpp"
#include "ntk/network/gram_spectrum.hpp"

#include <stdexcept>

namespace ntk {
namespace {

/// About the lambda_max t from which the exponential method costs less at equal error: a choice of speed, not of
/// correctness (`ntk bench flow` compares them on a study).
constexpr double stiff_from = 150;

Integrator choice(const Network& network, const Eigen::VectorXd& start, const FlowOptions& options) {
    const bool smooth = network.activation().kinks().empty();
    if (options.integrator == Integrator::exponential_rosenbrock && !smooth) {
        throw std::domain_error("integrate_gradient_flow: " + network.activation().name() +
                                " has kinks: the exponential Rosenbrock method needs a smooth velocity");
    }
    if (options.integrator != Integrator::automatic) return options.integrator;
    if (!smooth) return Integrator::dormand_prince;
    constexpr double rough = 1e-2;
    const double stiffness = largest_gram_eigenvalue(network, start, rough).largest * options.record_times.back();
    return stiffness > stiff_from ? Integrator::exponential_rosenbrock : Integrator::dormand_prince;
}

}  // namespace

Trajectory integrate_gradient_flow(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                                   const FlowOptions& options) {
    const NetworkFlow flow(network, labels);
    require_valid(flow, start, options);
    return choice(network, start, options) == Integrator::dormand_prince
               ? integrate_dormand_prince(flow, start, options)
               : integrate_exponential_rosenbrock(flow, start, options);
}

TrajectoryPair integrate_pair(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                              const FlowOptions& options) {
    FlowOptions tight = options;
    tight.tolerance = options.tolerance / 100;
    return {integrate_gradient_flow(network, start, labels, options),
            integrate_gradient_flow(network, start, labels, tight)};
}

}  // namespace ntk
