// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <Eigen/Eigenvalues>

#include <functional>

namespace ntk {

/// Lanczos for a symmetric A that is known by its products (Golub, Van Loan, Matrix Computations, section 10.1): an
/// orthonormal basis V of span{v, Av, ..., A^{k-1} v} with A V = V T + beta_k v_{k+1} e_k^T, T tridiagonal. Every new
/// direction is made orthogonal to all old ones, twice, so that V^T V = 1 to rounding. Memory: up to 2 (k+1) vectors.
class Lanczos {
public:
    using Product = std::function<Eigen::VectorXd(const Eigen::VectorXd&)>;

    /// v = start, of positive norm; else std::domain_error.
    Lanczos(const Eigen::VectorXd& start, Product product);

    /// One dimension more; cost a product and 4 k inner products. Throws std::logic_error if the space is invariant.
    void extend();
    Eigen::Index dimension() const { return dimension_; }
    /// beta_k: the norm of A v_k outside the space.
    double beside() const { return beside_(dimension_ - 1); }
    /// Whether beta_k is rounding against |A v_k|: the space cannot grow.
    bool invariant() const { return invariant_; }
    /// V, size x k.
    Eigen::MatrixXd::ConstColsBlockXpr basis() const { return basis_.leftCols(dimension_); }
    /// v_{k+1}; meaningless if the space is invariant.
    Eigen::MatrixXd::ConstColXpr next() const { return basis_.col(dimension_); }
    /// Eigenvalues (increasing) and eigenvectors of T.
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigenpairs() const;

private:
    Product product_;
    Eigen::MatrixXd basis_;
    Eigen::VectorXd diagonal_, beside_;
    Eigen::Index dimension_ = 0;
    bool invariant_ = false;
};

}  // namespace ntk
