// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"
#include "ntk/network/parameters.hpp"
#include "ntk/sphere/zonal.hpp"

#include <vector>

namespace ntk {

/// What a network is to a zonal probe, at population level and without sampling (theory.md, "Population coefficients").
struct PopulationCoefficients {
    Eigen::VectorXd value;     ///< C_{k,e}(theta) = <f_theta, phi_{k,e}> in L^2(rho), one entry per probe
    Eigen::MatrixXd gradient;  ///< grad C, p x probes, laid out like theta
    double error_estimate;  ///< estimated absolute error of an entry of value, and of the gradient per neuron times its
                            ///< size
};

/// C = sqrt(N) m^{-1/2} sum_l a_l Lambda_k(|w_l|, b_l) P_k(<w^_l, e>) + b_0 1[k=0] and its gradient, for all probes at
/// once. Needs a smooth activation and probes on S^{d-1} of the network's d, else std::domain_error. At w_l = 0 the
/// limit Lambda_k/r -> Lambda^{(r)}_k is taken. Error: ridge coefficients to about 2e-14, sums to rounding. Cost: m
/// times about 70 activations plus O(m d) per probe.
PopulationCoefficients population_coefficients(const NetworkShape& shape, const Activation& activation,
                                               const Eigen::VectorXd& theta, const std::vector<ZonalProbe>& probes);

/// C alone: `gradient` is empty. The same values to rounding at about a fifth of the cost; also for activations with
/// kinks that ridge_table takes.
PopulationCoefficients population_values(const NetworkShape& shape, const Activation& activation,
                                         const Eigen::VectorXd& theta, const std::vector<ZonalProbe>& probes);

}  // namespace ntk
