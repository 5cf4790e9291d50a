// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/kernel_distance.hpp"

#include "ntk/network/gram_spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ntk::deviation {
namespace {

/// The length of the path of the parameters between two recorded times: by Cauchy-Schwarz and the energy identity at
/// most sqrt((t - s)(Phi_s - Phi_t)). The rounding of the losses is added to their difference.
double path_length(const TrajectoryResult& run, const Observables& seen, Eigen::Index at) {
    const double time =
        run.grid.times()[static_cast<std::size_t>(at + 1)] - run.grid.times()[static_cast<std::size_t>(at)];
    const double rounding = 8 * std::numeric_limits<double>::epsilon() * seen.loss(0);
    return std::sqrt(time * (std::max(0.0, seen.loss(at) - seen.loss(at + 1)) + rounding));
}

}  // namespace

double KernelModulus::rise() const {
    const double step = hessian * path_length / 2;
    return step * (2 * std::sqrt(largest_eigenvalue) + step);
}

double hessian_bound(const Network& network, double largest_output_weight) {
    const ActivationConstants constants = network.activation().constants();
    const double square = network.shape().hidden_bias ? 2 : 1;  // R^2
    const double q = largest_output_weight * constants.L2 * square;
    const double omega = (q + std::sqrt(q * q + 4 * constants.L1 * constants.L1 * square)) / 2;
    return omega / std::sqrt(static_cast<double>(network.shape().width));
}

std::vector<Measured> kernel_distance_supremum(const TrajectoryResult& run, const Observables& seen) {
    const Network& network = run.problem->network;
    if (!std::isfinite(network.activation().constants().L2)) return run.grid.running_supremum(seen.gram_gap);
    const double largest_start = run.problem->start.head(network.shape().width).cwiseAbs().maxCoeff();
    const double largest_limit = spectrum_ends(run.kernel_gram).largest;
    double observed = seen.gram_gap(0), proved = observed;
    std::vector<Measured> result = {{observed, 0}};
    for (Eigen::Index at = 0; at + 1 < seen.times(); ++at) {
        const double length = path_length(run, seen, at);
        const double larger = std::max(seen.gram_gap(at), seen.gram_gap(at + 1));
        const double moved = std::max(seen.movement(at), seen.movement(at + 1)) + length;
        const KernelModulus modulus{hessian_bound(network, largest_start + moved), largest_limit + larger, length};
        observed = std::max(observed, larger);
        proved = std::max({proved, observed, larger + modulus.rise()});
        if (static_cast<std::size_t>(at + 1) == run.grid.place(result.size())) {
            result.push_back({(observed + proved) / 2, (proved - observed) / 2});
        }
    }
    return result;
}

}  // namespace ntk::deviation
