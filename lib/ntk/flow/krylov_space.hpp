// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/flow/flow_system.hpp"

#include <functional>

namespace ntk {

/// span{v, Av, ..., A^{k-1} v} of a symmetric A = F' for functions of A times v: f(A) v is about |v| V_k f(T_k) e_1
/// (Saad 1992, SIAM J. Numer. Anal. 29, 209), V_k and T_k by Lanczos.
class KrylovSpace {
public:
    /// Grows until the estimate |v| h |h beta_k (phi_1(h T_k))_{k1}| of the error of h phi_1(hA) v is below
    /// `tolerance`, the space is invariant, or it has `largest` dimensions; see converged().
    KrylovSpace(const Linearisation& at, const Eigen::VectorXd& v, double h, double tolerance, Eigen::Index largest);

    bool converged() const { return converged_; }
    Eigen::Index dimension() const { return eigenvalues_.size(); }
    /// f(A) v for an f given on the eigenvalues.
    Eigen::VectorXd apply(const std::function<double(double)>& f) const;
    /// A apply(f) without a product: A V_k = V_k T_k + beta_k v_{k+1} e_k^T, exact to rounding.
    Eigen::VectorXd image(const std::function<double(double)>& f) const;

private:
    /// The coordinates of f(A) v along the eigenvectors of T_k.
    Eigen::VectorXd along(const std::function<double(double)>& f) const;

    Eigen::Index size_;
    double norm_;
    Eigen::MatrixXd basis_;   ///< V_k
    Eigen::VectorXd beside_;  ///< beta_k v_{k+1}; zero if the space is invariant
    Eigen::VectorXd eigenvalues_;
    Eigen::MatrixXd eigenvectors_;
    bool converged_ = false;
};

}  // namespace ntk
