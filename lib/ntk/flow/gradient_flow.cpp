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

Trajectory integrate(const NetworkFlow& flow, const Network& network, const Eigen::VectorXd& start,
                     const FlowOptions& options) {
    require_valid(flow, start, options);
    const double duration = options.record_times.back() - options.start_time;
    switch (chosen_integrator(network, start, options.integrator, duration)) {
        case Integrator::exponential_rosenbrock:
            return integrate_exponential_rosenbrock(flow, start, options);
        case Integrator::cvode:
            return integrate_cvode(flow, start, options);
        default:
            return integrate_dormand_prince(flow, start, options);
    }
}

}  // namespace

Integrator chosen_integrator(const Network& network, const Eigen::VectorXd& start, Integrator wanted, double duration) {
    const bool smooth = network.activation().kinks().empty();
    if ((wanted == Integrator::exponential_rosenbrock || wanted == Integrator::cvode) && !smooth) {
        throw std::domain_error("gradient flow: " + network.activation().name() + " has kinks: the integrator " +
                                to_string(wanted) + " needs a smooth velocity");
    }
    if (wanted != Integrator::automatic) return wanted;
    if (!smooth) return Integrator::dormand_prince;
    constexpr double rough = 1e-2;
    const double stiffness = largest_gram_eigenvalue(network, start, rough).largest * duration;
    return stiffness > stiff_from ? Integrator::exponential_rosenbrock : Integrator::dormand_prince;
}

Trajectory integrate_gradient_flow(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                                   const FlowOptions& options) {
    return integrate(NetworkFlow(network, labels), network, start, options);
}

Trajectory integrate_gradient_flow(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                                   const Eigen::VectorXd& weights, const FlowOptions& options) {
    return integrate(NetworkFlow(network, labels, weights), network, start, options);
}

TrajectoryPair integrate_pair(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                              const FlowOptions& options) {
    FlowOptions tight = options;
    tight.tolerance = options.tolerance / 100;
    return {integrate_gradient_flow(network, start, labels, options),
            integrate_gradient_flow(network, start, labels, tight)};
}

}  // namespace ntk
