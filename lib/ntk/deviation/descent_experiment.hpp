// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/observables.hpp"
#include "ntk/deviation/start_quantities.hpp"
#include "ntk/deviation/training.hpp"
#include "ntk/ledger/verdict.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ntk::deviation {

using ledger::Measured;

/// What the steps theta_{j+1} = theta_j + Delta_j of gradient descent did, one column or entry per step (theory.md,
/// "Gradient descent"). With the whole sample Delta_j = -eta J_j^T Q r_j up to rounding and the noise is zero.
struct DescentSteps {
    Eigen::MatrixXd remainder;  ///< n x steps: e_j = f(theta_{j+1}) - f(theta_j) - J_j Delta_j
    Eigen::MatrixXd noise;      ///< n x steps: J_j (Delta_j + eta J_j^T Q r_j) of a mini-batch
    /// probes x steps: e^C_j = C(theta_{j+1}) - C(theta_j) - grad C(theta_j) . Delta_j. By quadrature along the step
    /// from gradients alone for a smooth activation, else as this difference.
    Eigen::MatrixXd probe_remainder;
    Eigen::MatrixXd probe_noise;            ///< probes x steps: grad C . (Delta_j + eta J_j^T Q r_j) of a mini-batch
    Eigen::VectorXd residual_error;         ///< estimated errors of entries of r_j, r_{j+1}
    Eigen::VectorXd product_error;          ///< of eta G_j r_j and of the noise
    Eigen::VectorXd remainder_error;        ///< of e_j
    Eigen::VectorXd probe_remainder_error;  ///< of e^C_j and of the noise of a probe
};

/// One run: all its states theta_0, ..., theta_J and all its steps.
struct DescentObservation {
    Observables states;
    DescentSteps steps;
};

/// Gradient descent of a finite network on a finite sample. The second run starts from theta_0 moved by rounding;
/// (number of steps + 1) times its distance estimates what the rounding of all steps does.
struct DescentResult {
    std::shared_ptr<const TrainingProblem> problem;
    double step;  ///< eta
    long steps;   ///< J
    std::vector<ZonalProbe> probes;
    std::vector<Measured> eigenvalues;  ///< of the probes
    DescentObservation seen, compared;
    Eigen::MatrixXd kernel_gram;  ///< G^inf; empty for more than most_eigenvector_points points
    double target_norm;           ///< ||f*||; 0 where f* is not known
    bool starts_at_zero;
    bool knows_target;
    std::vector<std::pair<std::string, std::string>> facts;
    bool mini_batches = false;
    /// What is known before training; null where the activation has kinks or the target is not known.
    std::shared_ptr<const StartQuantities> start = {};

    double rounding_factor() const { return static_cast<double>(steps) + 1; }
};

/// Beyond this many numbers n J a run is not kept.
constexpr double most_descent_entries = 1 << 24;

/// Makes both runs. The kernel must be the infinite-width kernel of the start. Throws std::domain_error for a setup
/// that is not gradient descent of a finite network on a finite sample, ResourceError beyond most_descent_entries;
/// errors as gradient_descent and population_coefficients. Cost per step: nine passes over the network (five with an
/// activation that has kinks) and four gradients of population coefficients.
DescentResult compute_descent(const Kernel& kernel, const TrajectorySetup& setup,
                              const std::shared_ptr<ThreadPool>& pool,
                              const std::function<void(const std::string& stage, double fraction)>& progress);

/// e^C_j and its error, for all probes. theta and next are consecutive states.
struct ProbeRemainders {
    Eigen::VectorXd value;
    double error;
};
ProbeRemainders probe_remainders(const NetworkShape& shape, const Activation& activation, const Eigen::VectorXd& theta,
                                 const Eigen::VectorXd& next, const std::vector<ZonalProbe>& probes);

}  // namespace ntk::deviation
