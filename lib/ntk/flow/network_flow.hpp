// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/flow/flow_system.hpp"
#include "ntk/network/network.hpp"
#include "ntk/numeric/large_buffer.hpp"

#include <memory>

namespace ntk {

/// theta' = -J^T Q (f - y), Q = diag(q): gradient flow of (1/2) sum_j q_j (f(x_j) - y_j)^2; q_j = 1/n is the empirical
/// loss, a cubature rule the population loss.
class NetworkFlow final : public FlowSystem {
public:
    /// With q_j = 1/n. The network must outlive the object. Throws std::domain_error for another number of labels than
    /// points.
    NetworkFlow(const Network& network, Eigen::VectorXd labels);
    /// With weights q_j > 0, of which there must be as many, too.
    NetworkFlow(const Network& network, Eigen::VectorXd labels, Eigen::VectorXd weights);

    Eigen::Index size() const override { return network_.shape().parameter_count(); }
    Eigen::VectorXd velocity(const Eigen::VectorXd& theta) const override;
    std::unique_ptr<Linearisation> linearise(const Eigen::VectorXd& theta) const override;

private:
    void require_valid() const;

    const Network& network_;
    Eigen::VectorXd labels_;
    Eigen::VectorXd weights_;
    bool equal_weights_;  ///< q_j = 1/n, for which the network has a way of its own
    std::shared_ptr<BufferStore> store_ = std::make_shared<BufferStore>();  ///< of the linearisations
};

}  // namespace ntk
