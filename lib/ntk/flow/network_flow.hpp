// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/flow/flow_system.hpp"
#include "ntk/network/network.hpp"

namespace ntk {

/// theta' = -(1/n) J^T (f - y): gradient flow of (1/2n) sum_j (f(x_j) - y_j)^2.
class NetworkFlow final : public FlowSystem {
public:
    /// The network must outlive the object. Throws std::domain_error for another number of labels than points.
    NetworkFlow(const Network& network, Eigen::VectorXd labels);

    Eigen::Index size() const override { return network_.shape().parameter_count(); }
    Eigen::VectorXd velocity(const Eigen::VectorXd& theta) const override { return network_.velocity(theta, labels_); }
    std::unique_ptr<Linearisation> linearise(const Eigen::VectorXd& theta) const override;

private:
    const Network& network_;
    Eigen::VectorXd labels_;
};

}  // namespace ntk
