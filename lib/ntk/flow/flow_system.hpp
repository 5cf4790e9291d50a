// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

#include <memory>

namespace ntk {

/// A velocity field F around one state.
class Linearisation {
public:
    virtual ~Linearisation() = default;
    /// F(state)
    virtual const Eigen::VectorXd& velocity() const = 0;
    /// F'(state) direction
    virtual Eigen::VectorXd derivative_product(const Eigen::VectorXd& direction) const = 0;
};

/// state' = F(state) with a symmetric F': F = - grad of a loss.
class FlowSystem {
public:
    virtual ~FlowSystem() = default;
    virtual Eigen::Index size() const = 0;
    virtual Eigen::VectorXd velocity(const Eigen::VectorXd& state) const = 0;
    virtual std::unique_ptr<Linearisation> linearise(const Eigen::VectorXd& state) const = 0;
};

}  // namespace ntk
