// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/lanczos.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace ntk {

Lanczos::Lanczos(const Eigen::VectorXd& start, Product product)
    : product_(std::move(product)), basis_(start.size(), 8), diagonal_(7), beside_(7) {
    const double norm = start.norm();
    if (!(norm > 0)) throw std::domain_error("Lanczos: the start must have a positive norm");
    basis_.col(0) = start / norm;
}

void Lanczos::extend() {
    if (invariant_) throw std::logic_error("Lanczos::extend: the space is invariant");
    if (dimension_ == diagonal_.size()) {
        const Eigen::Index room = 2 * dimension_;
        basis_.conservativeResize(Eigen::NoChange, room + 1);
        diagonal_.conservativeResize(room);
        beside_.conservativeResize(room);
    }
    Eigen::VectorXd next = product_(basis_.col(dimension_));
    const double size = next.norm();
    diagonal_(dimension_) = basis_.col(dimension_).dot(next);
    ++dimension_;
    // Twice: once is not enough to keep the basis orthogonal.
    for (int pass = 0; pass < 2; ++pass) next -= basis() * (basis().transpose() * next).eval();
    const double length = next.norm();
    beside_(dimension_ - 1) = length;
    constexpr double rounding = 64 * std::numeric_limits<double>::epsilon();
    invariant_ = dimension_ == next.size() || length <= rounding * size;
    if (!invariant_) basis_.col(dimension_) = next / length;
}

Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> Lanczos::eigenpairs() const {
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
    solver.computeFromTridiagonal(diagonal_.head(dimension_), beside_.head(std::max<Eigen::Index>(0, dimension_ - 1)));
    return solver;
}

}  // namespace ntk
