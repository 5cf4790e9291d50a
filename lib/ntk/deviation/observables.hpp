// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/flow/gradient_flow.hpp"
#include "ntk/network/network.hpp"
#include "ntk/sphere/zonal.hpp"

#include <functional>
#include <vector>

namespace ntk::deviation {

/// What the checks see of a trajectory, one column per recorded time. Notation of theory.md, "Damped-deviation
/// identities": r the residual on the sample, phi a probe with eigenvalue mu, c = <r_t, phi>, h(x_j) = mu phi(x_j) -
/// grad C . grad f(x_j).
struct Observables {
    Eigen::MatrixXd residual;       ///< n x times: f(x_j) - y_j
    Eigen::MatrixXd gram_residual;  ///< n x times: G_s r_s = (1/n) J J^T r_s
    Eigen::MatrixXd coefficient;    ///< probes x times: c
    Eigen::MatrixXd
        deviation;  ///< probes x times: delta = mu c - (1/n) sum_j grad C . grad f(x_j) r_j = <(T - T_n^s) r_s, phi>
    Eigen::MatrixXd sampling;       ///< probes x times: (E - E_n)[phi r_s]
    Eigen::MatrixXd kernel_gap;     ///< probes x times: ||h_s||_n
    Eigen::VectorXd residual_norm;  ///< ||r_s||_n
    double coefficient_error = 0;   ///< estimated error of a coefficient by quadrature and rounding
};

/// Evaluates all of it along a trajectory. eigenvalues[i] belongs to probes[i]. `progress` (may be empty) is told the
/// number of states done. Needs a smooth activation (population_coefficients). Cost: three passes over the network per
/// recorded time.
Observables observe(const Network& network, const Trajectory& trajectory, const Eigen::VectorXd& labels,
                    const ZonalTarget& target, const std::vector<ZonalProbe>& probes,
                    const std::vector<double>& eigenvalues, const std::function<void(std::size_t)>& progress);

}  // namespace ntk::deviation
