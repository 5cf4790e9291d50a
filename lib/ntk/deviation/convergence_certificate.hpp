// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/drift_bounds.hpp"
#include "ntk/deviation/training.hpp"

#include <string>
#include <vector>

namespace ntk::deviation {

/// One bound of ||G_t - G_0||_op for all t, and the certificate with it.
struct CertificateForm {
    std::string name;  ///< "basic", "H", "A2", "A2l2" as DriftForm; "H-followed", "A2l2-followed"
    bool applies;
    std::string reason;   ///< why it does not apply
    double movement = 0;  ///< the bound, if it applies
    double excess = 0;    ///< (||G^inf - G_0|| + movement)/(lambda_n/2) with all errors: the certificate fires iff <= 1
    double widening = 1;  ///< estimated factor by which the network is too narrow; infinite where no width helps
    bool fires = false;
    bool blames_movement;  ///< whether the movement is the larger of the two terms
};

/// A proof before training that gradient flow on a sample converges: if
///     ||G^inf - G_0||_op + (bound of ||G_t - G_0||_op as long as ||G^inf - G_s|| <= lambda_n/2) <= lambda_n/2
/// then for all t: ||r_t||_n <= beta e^{-lambda_n t/2} and ||G^inf - G_t||_op <= lambda_n/2 (overparameterised.md,
/// "The certificate").
struct ConvergenceCertificate {
    ledger::Measured smallest_eigenvalue;  ///< lambda_n of G^inf
    ledger::Measured distance;             ///< ||G^inf - G_0||_op
    double beta;                           ///< ||r_0||_n, rounded up
    Reach reach;                           ///< what convergence at the rate lambda_n/2 allows
    std::vector<CertificateForm> forms;    ///< in the order of drift_forms, and then the followed ones

    bool fires() const;
    /// The form with the smallest excess; null if none applies.
    const CertificateForm* best() const;
    /// Throws std::domain_error for a name that no form has.
    const CertificateForm& form(const std::string& name) const;
    /// "A2 fires", or by which factor the width falls short and which term is to blame: one sentence for each form.
    std::string verdict() const;
};

/// A bound of the movement of the parameters while ||G^inf - G_s|| <= lambda_n/2 that follows the distance along the
/// path, p its length: G_s >= lambda_n - ||G^inf - G_0|| - psi(p) with psi(p) = H p (2 g + H p), g = ||M_0||, and
/// sqrt(Phi) falls by sqrt(that/2) per length, so that p stays below the P with int_0^P sqrt(max(that, lambda_n/2)) dp
/// = beta. At most beta sqrt(2/lambda_n). A lower Riemann sum of 1000 steps: rigorous, wide by at most a thousandth.
double followed_movement(double residual_norm, double eigenvalue, double distance, double hessian,
                         double gradient_norm);

/// `kernel_gram` is G^inf of the sample of the problem, whose weights must be 1/n, else std::domain_error. The bounds
/// of forms basic, A2 and A2l2 are Drift with the reach of convergence: |K_t - K_0| <= Drift at every pair of points
/// bounds the sums of the rows of G_t - G_0 and so its norm. H is gram_drift, with the norm of G_0 without the part of
/// the output bias, which does not move; H-followed and
/// A2l2-followed have followed_movement in the place of P = beta sqrt(2/lambda_n), the latter also half of J. Errors
/// are estimates of rounding; a certificate that is not decided by them does not fire. Cost: a Gram matrix and the
/// eigenvalues of three n x n matrices.
ConvergenceCertificate convergence_certificate(const TrainingProblem& problem, const Eigen::MatrixXd& kernel_gram);

}  // namespace ntk::deviation
