// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/homogeneity.hpp"

#include <stdexcept>
#include <string>

namespace ntk {

std::optional<int> homogeneity(const Activation& activation) {
    const std::optional<Homogeneous> homogeneous = activation.homogeneous();
    if (!homogeneous || homogeneous->power < 1) return std::nullopt;
    return homogeneous->power;
}

Eigen::VectorXd balances(const NetworkShape& shape, int p, const Eigen::VectorXd& theta) {
    if (p < 1 || theta.size() != shape.parameter_count()) {
        throw std::domain_error("balances: p = " + std::to_string(p) + " and " + std::to_string(theta.size()) +
                                " parameters: expected p >= 1 and " + std::to_string(shape.parameter_count()));
    }
    const ParameterView view(shape, theta);
    Eigen::VectorXd result =
        static_cast<double>(p) * view.output_weights.array().square().matrix() - view.weights.rowwise().squaredNorm();
    if (view.biases != nullptr) {
        result -= Eigen::Map<const Eigen::VectorXd>(view.biases, shape.width).array().square().matrix();
    }
    return result;
}

}  // namespace ntk
