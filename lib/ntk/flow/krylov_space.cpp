// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/krylov_space.hpp"

#include "ntk/flow/phi_functions.hpp"
#include "ntk/numeric/lanczos.hpp"

#include <algorithm>
#include <cmath>

namespace ntk {

KrylovSpace::KrylovSpace(const Linearisation& at, const Eigen::VectorXd& v, double h, double tolerance,
                         Eigen::Index largest)
    : size_(v.size()), norm_(v.norm()) {
    if (norm_ == 0) {
        converged_ = true;
        return;
    }
    Lanczos space(v, [&](const Eigen::VectorXd& x) { return at.derivative_product(x); });
    for (Eigen::Index k = 1; k <= largest && !space.invariant(); ++k) {
        space.extend();
        // The small eigenproblem is cubic in k: beyond 20 it is solved at some k only, growing by a tenth.
        if (!space.invariant() && k < largest && k % std::max<Eigen::Index>(1, k / 10) != 0) continue;
        const auto small = space.eigenpairs();
        eigenvalues_ = small.eigenvalues();
        eigenvectors_ = small.eigenvectors();
        double last = 0;
        for (Eigen::Index i = 0; i < k; ++i) {
            last += eigenvectors_(k - 1, i) * phi_function(1, h * eigenvalues_(i)) * eigenvectors_(0, i);
        }
        converged_ = space.invariant() || norm_ * h * std::abs(h * space.beside() * last) <= tolerance;
        if (converged_) break;
    }
    basis_ = space.basis();
    if (space.invariant()) {
        beside_ = Eigen::VectorXd::Zero(size_);
    } else {
        beside_ = space.beside() * space.next();
    }
}

Eigen::VectorXd KrylovSpace::along(const std::function<double(double)>& f) const {
    Eigen::VectorXd result = eigenvectors_.row(0).transpose();
    for (Eigen::Index i = 0; i < result.size(); ++i) result(i) *= norm_ * f(eigenvalues_(i));
    return result;
}

Eigen::VectorXd KrylovSpace::apply(const std::function<double(double)>& f) const {
    if (norm_ == 0) return Eigen::VectorXd::Zero(size_);
    return basis_ * (eigenvectors_ * along(f));
}

Eigen::VectorXd KrylovSpace::image(const std::function<double(double)>& f) const {
    if (norm_ == 0) return Eigen::VectorXd::Zero(size_);
    const Eigen::VectorXd coordinates = along(f);
    return basis_ * (eigenvectors_ * eigenvalues_.cwiseProduct(coordinates)) +
           eigenvectors_.row(eigenvectors_.rows() - 1).dot(coordinates) * beside_;
}

}  // namespace ntk
