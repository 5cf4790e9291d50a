// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/lanczos.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

using namespace ntk;

namespace {

/// H_ij = 1/(i+j-1), symmetric with eigenvalues over many orders of magnitude.
Eigen::MatrixXd hilbert(Eigen::Index size) {
    Eigen::MatrixXd matrix(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
        for (Eigen::Index j = 0; j < size; ++j) matrix(i, j) = 1.0 / static_cast<double>(i + j + 1);
    }
    return matrix;
}

}  // namespace

TEST_CASE("the basis is orthonormal and satisfies the recurrence, at every size") {
    const Eigen::MatrixXd matrix = hilbert(30) + Eigen::MatrixXd(Eigen::VectorXd::LinSpaced(30, 0, 3).asDiagonal());
    Lanczos space(Eigen::VectorXd::Ones(30), [&](const Eigen::VectorXd& x) -> Eigen::VectorXd { return matrix * x; });
    while (!space.invariant()) {
        space.extend();
        const Eigen::Index k = space.dimension();
        const Eigen::MatrixXd basis = space.basis();
        CHECK((basis.transpose() * basis - Eigen::MatrixXd::Identity(k, k)).cwiseAbs().maxCoeff() < 1e-14);
        const auto pairs = space.eigenpairs();
        const Eigen::MatrixXd small =
            pairs.eigenvectors() * pairs.eigenvalues().asDiagonal() * pairs.eigenvectors().transpose();
        Eigen::MatrixXd rest = matrix * basis - basis * small;
        CHECK(std::abs(rest.col(k - 1).norm() - space.beside()) < 1e-13);
        rest.col(k - 1).setZero();
        CHECK(rest.cwiseAbs().maxCoeff() < 1e-13);
    }
    CHECK(space.dimension() == 30);
    const Eigen::VectorXd all = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(matrix).eigenvalues();
    CHECK((space.eigenpairs().eigenvalues() - all).cwiseAbs().maxCoeff() < 1e-13);
}

TEST_CASE("an invariant space is noticed") {
    const Eigen::VectorXd vector = Eigen::VectorXd::LinSpaced(5, 1, 2);
    for (const double factor : {1.0, 0.0}) {
        Lanczos space(vector,
                      [&](const Eigen::VectorXd& x) -> Eigen::VectorXd { return factor * vector * vector.dot(x); });
        space.extend();
        CHECK(space.invariant());
        CHECK(std::abs(space.eigenpairs().eigenvalues()(0) - factor * vector.squaredNorm()) < 1e-14);
        CHECK_THROWS_AS(space.extend(), std::logic_error);
    }
    CHECK_THROWS_AS(Lanczos(Eigen::VectorXd::Zero(3), {}), std::domain_error);
}
