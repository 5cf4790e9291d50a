// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/kernel/kernel.hpp"
#include "ntk/ledger/verdict.hpp"
#include "ntk/ridge/weight_law.hpp"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace ntk::deviation {

/// The spectrum of the operator T of a kernel on the sphere, as far as it is compared with that of a Gram matrix.
struct OperatorSpectrum {
    Eigen::VectorXd eigenvalues;    ///< sigma_1 >= sigma_2 >= ...: the mu_k with multiplicity, as many as asked for
    double error;                   ///< of each, proved: also where degrees that are not computed belong
    ledger::Measured kappa_at_one;  ///< kappa(1) = tr T
    ledger::Measured square_sum;    ///< sum_k N mu_k^2 = E_y[kappa(<x,y>)^2] = ||T||_HS^2
    double largest_variance;        ///< a bound of max_k mu_k (kappa(1) - mu_k), the norm of E[(k_x (x) k_x - T)^2]

    /// kappa_c = (kappa(1)^2 - sum_k N mu_k^2)^{1/2}: the Hilbert-Schmidt norm of k_x (x) k_x - T, the same for every
    /// x.
    ledger::Measured centred_norm() const;
};

/// From the certified eigenvalues of the degrees 0..K and the rest R = kappa(1) - sum_{k<=K} N mu_k of the trace: every
/// mu_k with k > K is at most R/N(d,K+1), and sum_{k>K} N mu_k^2 at most R times that. K grows until this is a
/// thousandth of kappa(1)/sqrt(count), or to 256. Errors as certified_eigenvalues (ridge_eigenvalues with weights).
OperatorSpectrum operator_spectrum(const Kernel& kernel, const std::optional<RadialLaw>& weights, int dim,
                                   Eigen::Index count);

/// Bounds of sup_i |lambda_i - sigma_i| for n independent points of rho, each with probability at least 1 - delta.
struct SamplingBounds {
    double pinelis;    ///< kappa_c sqrt(2 log(2/delta)/n): Pinelis' inequality in the Hilbert-Schmidt norm
    double rosasco;    ///< 2 sqrt(2) kappa(1) sqrt(log(2/delta)/n): Rosasco, Belkin, De Vito 2010
    double bernstein;  ///< by the variance in the operator norm, with the intrinsic dimension (Tropp 2015)
};

/// 0 < delta < 1, points >= 1, else std::domain_error. kappa_c and the variance enter with their errors.
SamplingBounds sampling_bounds(const OperatorSpectrum& spectrum, Eigen::Index points, double delta);

/// ||T_n - T||_HS for T_n = (1/n) sum_j k_{x_j} (x) k_{x_j}, exactly (||G||_F^2 - sum_k N mu_k^2)^{1/2} for every
/// sample, as <T_n, T>_HS = E_y[kappa^2]. No two eigenvalues lambda_i, sigma_i are farther apart.
ledger::Measured operator_distance(const OperatorSpectrum& spectrum, const Eigen::MatrixXd& gram);

}  // namespace ntk::deviation
