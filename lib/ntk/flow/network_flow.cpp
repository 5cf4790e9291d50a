// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/network_flow.hpp"

#include "ntk/network/linearised_network.hpp"

#include <stdexcept>
#include <string>

namespace ntk {
namespace {

class NetworkLinearisation final : public Linearisation {
public:
    explicit NetworkLinearisation(LinearisedNetwork network) : network_(std::move(network)) {}
    const Eigen::VectorXd& velocity() const override { return network_.velocity(); }
    Eigen::VectorXd derivative_product(const Eigen::VectorXd& direction) const override {
        return -network_.hessian_product(direction);
    }

private:
    LinearisedNetwork network_;
};

}  // namespace

NetworkFlow::NetworkFlow(const Network& network, Eigen::VectorXd labels)
    : network_(network),
      labels_(std::move(labels)),
      weights_(Eigen::VectorXd::Constant(network.sample_count(), 1 / static_cast<double>(network.sample_count()))),
      equal_weights_(true) {
    require_valid();
}

NetworkFlow::NetworkFlow(const Network& network, Eigen::VectorXd labels, Eigen::VectorXd weights)
    : network_(network), labels_(std::move(labels)), weights_(std::move(weights)), equal_weights_(false) {
    require_valid();
}

void NetworkFlow::require_valid() const {
    const Eigen::Index n = network_.sample_count();
    if (labels_.size() != n || weights_.size() != n || !(weights_.array() > 0).all()) {
        throw std::domain_error("NetworkFlow: " + std::to_string(labels_.size()) + " labels and " +
                                std::to_string(weights_.size()) + " weights: expected " + std::to_string(n) +
                                " of each, and positive weights");
    }
}

Eigen::VectorXd NetworkFlow::velocity(const Eigen::VectorXd& theta) const {
    if (equal_weights_) return network_.velocity(theta, labels_);
    return -network_.transposed_jacobian_product(theta, weights_.cwiseProduct(network_.values(theta) - labels_));
}

std::unique_ptr<Linearisation> NetworkFlow::linearise(const Eigen::VectorXd& theta) const {
    return std::make_unique<NetworkLinearisation>(LinearisedNetwork(network_, theta, labels_, weights_, store_));
}

}  // namespace ntk
