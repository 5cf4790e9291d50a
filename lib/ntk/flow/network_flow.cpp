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
    : network_(network), labels_(std::move(labels)) {
    if (labels_.size() != network_.sample_count()) {
        throw std::domain_error("NetworkFlow: " + std::to_string(labels_.size()) + " labels: expected " +
                                std::to_string(network_.sample_count()));
    }
}

std::unique_ptr<Linearisation> NetworkFlow::linearise(const Eigen::VectorXd& theta) const {
    const Eigen::VectorXd equal = Eigen::VectorXd::Constant(labels_.size(), 1 / static_cast<double>(labels_.size()));
    return std::make_unique<NetworkLinearisation>(LinearisedNetwork(network_, theta, labels_, equal));
}

}  // namespace ntk
