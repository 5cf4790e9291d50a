// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

#include <functional>

namespace ntk {

/// [sqrt(q_i q_j) kappa(<x_i,x_j>)] of a zonal kernel on points of the sphere (d x n, unit columns) with weights q:
/// G^inf = (1/n) [K^inf(x_i,x_j)] for q_j = 1/n. Symmetric. `kappa` is asked at n(n-1)/2 arguments in [-1,1] and at 1.
/// Throws std::domain_error for sizes that do not fit and for a weight or a value that is not finite or a weight <= 0.
Eigen::MatrixXd zonal_gram_matrix(const std::function<double(double)>& kappa, const Eigen::MatrixXd& points,
                                  const Eigen::VectorXd& weights);

/// A vector on the sample, or a number, with an estimate of its error by rounding.
struct SampleVector {
    Eigen::VectorXd value;
    double error;  ///< in the norm ||v||_q = (sum_j q_j v_j^2)^{1/2}
};
struct FlowCoefficient {
    double value;
    double error;
};

/// Training at m = infinity: the residual on the sample under a kernel that does not move,
///     r_t' = - K Q r_t,  Q = diag(q),  that is  r_t = Q^{-1/2} e^{-G t} Q^{1/2} r_0  with G = Q^{1/2} K Q^{1/2},
/// which is r' = -G r for q_j = 1/n, and with cubature weights the limit n = infinity, too. One eigendecomposition
/// G = U L U^T solves it for all times; gradient descent with step eta replaces e^{-lambda t} by (1 - eta lambda)^j.
/// Errors are estimates: the computed eigenpairs are taken for those of G + E with ||E|| at most 4 n units (2^-52) of
/// ||G||, which moves r_t by at most ||E|| t e^{-lambda_min t} ||r_0|| (Duhamel), to which 4 n units e^{-lambda_min t}
/// ||r_0|| for the products with U come (numerics.md, "Limits of training"). Cost O(n^3) once, O(n^2) per time. Safe to
/// share between threads.
class KernelFlow {
public:
    /// `gram`: G, of which the lower triangle is read. Eigenvalues that rounding made negative count as 0. Throws
    /// std::domain_error for sizes that do not fit, entries that are not finite, a weight <= 0 and a G that is not
    /// positive semi-definite; Unreachable if the eigenvalues do not converge.
    KernelFlow(const Eigen::MatrixXd& gram, const Eigen::VectorXd& start, const Eigen::VectorXd& weights);
    /// The same with q_j = 1/n.
    KernelFlow(const Eigen::MatrixXd& gram, const Eigen::VectorXd& start);

    /// Ascending, none negative.
    const Eigen::VectorXd& eigenvalues() const { return eigenvalues_; }
    double norm(const Eigen::VectorXd& on_sample) const;

    /// r_t, t >= 0.
    SampleVector residual(double time) const;
    /// ||r_t||_q
    FlowCoefficient residual_norm(double time) const;
    /// int_0^t r_s ds, in closed form by the damping factors D(lambda_i, t).
    SampleVector integrated_residual(double time) const;
    /// The population coefficient of a probe with <K(., x_j), phi> = mu phi(x_j), such as a zonal probe under K^inf:
    ///     c(t) = c(0) - mu sum_j q_j phi(x_j) int_0^t r_s(x_j) ds.
    /// `probe` has the n values phi(x_j). The error leaves out those of c(0) and mu.
    FlowCoefficient coefficient(double time, double first, double mu, const Eigen::VectorXd& probe) const;

    /// The same for gradient descent: r_j = (I - eta G)^j r_0 (under Q as above), eta sum_{i<j} r_i, and
    /// c_j = c_0 - mu sum_l q_l phi(x_l) eta sum_{i<j} r_i(x_l). eta > 0, steps >= 0. Beyond eta = 2/lambda_max it
    /// grows; values that are no longer finite throw Unreachable.
    SampleVector residual_after(double step, long steps) const;
    SampleVector summed_residual_after(double step, long steps) const;
    FlowCoefficient coefficient_after(double step, long steps, double first, double mu,
                                      const Eigen::VectorXd& probe) const;
    /// 2/lambda_max(G), +infinity for G = 0.
    double stability_limit() const;

private:
    /// sup over the spectrum of |1 - eta lambda|.
    double growth(double step) const;
    void require_time(double time) const;
    void require_steps(double step, long steps) const;
    Eigen::VectorXd mapped(const std::function<double(double)>& factor) const;
    FlowCoefficient paired(const SampleVector& integral, double first, double mu, const Eigen::VectorXd& probe) const;

    Eigen::VectorXd roots_;         ///< sqrt(q_j)
    Eigen::VectorXd eigenvalues_;   ///< L
    Eigen::MatrixXd eigenvectors_;  ///< U
    Eigen::VectorXd start_;         ///< U^T Q^{1/2} r_0
    double start_norm_ = 0;         ///< ||r_0||_q
    double units_ = 0;              ///< n units in the last place
};

/// Sum of a geometric series, eta sum_{i<j} (1 - eta lambda)^i = (1 - (1 - eta lambda)^j)/lambda, and eta j at
/// lambda = 0: what the damping factor D(lambda, eta j) is to the flow. lambda >= 0, eta > 0, j >= 0; relative error a
/// few units in the last place plus j units of rounding in 1 - eta lambda where that is near -1.
double descent_damping_factor(double lambda, double step, long steps);

}  // namespace ntk
