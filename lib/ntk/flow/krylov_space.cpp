// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/krylov_space.hpp"

#include "ntk/flow/phi_functions.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ntk {

KrylovSpace::KrylovSpace(const Linearisation& at, const Eigen::VectorXd& v, double h, double tolerance,
                         Eigen::Index largest)
    : size_(v.size()), norm_(v.norm()) {
    if (norm_ == 0) {
        converged_ = true;
        return;
    }
    largest = std::min(largest, size_);
    basis_.resize(size_, largest + 1);
    basis_.col(0) = v / norm_;
    Eigen::VectorXd diagonal(largest), beside(largest);
    for (Eigen::Index k = 1; k <= largest && !converged_; ++k) {
        const auto so_far = basis_.leftCols(k);
        Eigen::VectorXd next = at.derivative_product(basis_.col(k - 1));
        diagonal(k - 1) = next.dot(basis_.col(k - 1));
        const double size = next.norm();
        // Twice is enough (Parlett): what rounding leaves of the old directions is taken away again.
        for (int pass = 0; pass < 2; ++pass) next -= so_far * (so_far.transpose() * next).eval();
        beside(k - 1) = next.norm();
        const bool invariant = beside(k - 1) <= 64 * std::numeric_limits<double>::epsilon() * size;
        // The small eigenproblem is cubic in k: it is solved at some k only, growing by a tenth.
        if (!invariant && k < largest && k % std::max<Eigen::Index>(2, k / 10) != 0) {
            basis_.col(k) = next / beside(k - 1);
            continue;
        }
        Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
        solver.computeFromTridiagonal(diagonal.head(k), beside.head(k - 1));
        eigenvalues_ = solver.eigenvalues();
        eigenvectors_ = solver.eigenvectors();
        double last = 0;
        for (Eigen::Index i = 0; i < k; ++i) {
            last += eigenvectors_(k - 1, i) * phi_function(1, h * eigenvalues_(i)) * eigenvectors_(0, i);
        }
        converged_ = invariant || norm_ * h * std::abs(h * beside(k - 1) * last) <= tolerance;
        if (!converged_) basis_.col(k) = next / beside(k - 1);
    }
}

Eigen::VectorXd KrylovSpace::apply(const std::function<double(double)>& f) const {
    if (norm_ == 0) return Eigen::VectorXd::Zero(size_);
    Eigen::VectorXd along = eigenvectors_.row(0).transpose();
    for (Eigen::Index i = 0; i < along.size(); ++i) along(i) *= norm_ * f(eigenvalues_(i));
    return basis_.leftCols(dimension()) * (eigenvectors_ * along);
}

}  // namespace ntk
