// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/gradient_flow.hpp"

#include "ntk/flow/kink_flow.hpp"
#include "ntk/flow/network_flow.hpp"
#include "ntk/network/gram_spectrum.hpp"
#include "ntk/network/linearised_network.hpp"

#include <stdexcept>

namespace ntk {
namespace {

/// About the lambda_max t from which the exponential method costs less at equal error: a choice of speed, not of
/// correctness (`ntk bench flow` compares them on a study).
constexpr double stiff_from = 150;
/// The same where the products with F' keep nothing (LinearisedNetwork::keeps) and cost several velocities each.
constexpr double stiff_from_without_memory = 5000;

/// weights: null for q_j = 1/n, for which the network has a way of its own.
Trajectory integrate(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                     const Eigen::VectorXd* weights, const FlowOptions& options) {
    const NetworkFlow flow = weights == nullptr ? NetworkFlow(network, labels) : NetworkFlow(network, labels, *weights);
    require_valid(flow, start, options);
    const double duration = options.record_times.back() - options.start_time;
    const Integrator integrator = chosen_integrator(network, start, options.integrator, duration);
    if (integrator == Integrator::exponential_rosenbrock) {
        return integrate_exponential_rosenbrock(flow, start, options);
    }
    if (integrator == Integrator::cvode) return integrate_cvode(flow, start, options);
    if (!options.locate_kinks || !has_velocity_jumps(network.activation())) {
        return integrate_dormand_prince(flow, start, options);
    }
    const Eigen::Index n = network.sample_count();
    return integrate_kink_flow(network, start, labels,
                               weights != nullptr ? *weights : Eigen::VectorXd::Constant(n, 1 / static_cast<double>(n)),
                               options);
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
    const bool keeps = LinearisedNetwork::keeps(network.sample_count(), network.shape().width);
    return stiffness > (keeps ? stiff_from : stiff_from_without_memory) ? Integrator::exponential_rosenbrock
                                                                        : Integrator::dormand_prince;
}

Trajectory integrate_gradient_flow(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                                   const FlowOptions& options) {
    return integrate(network, start, labels, nullptr, options);
}

Trajectory integrate_gradient_flow(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                                   const Eigen::VectorXd& weights, const FlowOptions& options) {
    return integrate(network, start, labels, &weights, options);
}

TrajectoryPair integrate_pair(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                              const FlowOptions& options) {
    FlowOptions tight = options;
    tight.tolerance = tight_part * options.tolerance;
    return {integrate_gradient_flow(network, start, labels, options),
            integrate_gradient_flow(network, start, labels, tight)};
}

}  // namespace ntk
