// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/gram_spectrum.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/lanczos.hpp"
#include "ntk/numeric/random.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace ntk {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

}  // namespace

SpectrumEnds spectrum_ends(const Eigen::MatrixXd& symmetric) {
    if (symmetric.rows() == 0 || symmetric.rows() != symmetric.cols() || !symmetric.allFinite()) {
        throw std::domain_error("spectrum_ends: " + std::to_string(symmetric.rows()) + " x " +
                                std::to_string(symmetric.cols()) + ": expected a square matrix of finite numbers");
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(symmetric, Eigen::EigenvaluesOnly);
    if (solver.info() != Eigen::Success) throw Unreachable("spectrum_ends: the eigenvalues did not converge");
    const Eigen::VectorXd& values = solver.eigenvalues();
    const double size = std::max(std::abs(values(0)), std::abs(values(values.size() - 1)));
    return {values(0), values(values.size() - 1), 2 * epsilon * static_cast<double>(values.size()) * size};
}

SpectrumEnds largest_gram_eigenvalue(const Network& network, const Eigen::VectorXd& theta, double tolerance) {
    const Eigen::Index n = network.sample_count();
    const RandomStream stream(1, "start of Lanczos");
    Eigen::VectorXd first(n);
    for (Eigen::Index j = 0; j < n; ++j) first(j) = stream.normal(static_cast<std::uint64_t>(j));
    Lanczos space(first, [&](const Eigen::VectorXd& x) { return network.gram_product(theta, x); });
    while (!space.invariant()) {
        space.extend();
        const auto ritz = space.eigenpairs();
        const Eigen::Index last = space.dimension() - 1;
        const double value = ritz.eigenvalues()(last);
        const double residual = space.beside() * std::abs(ritz.eigenvectors()(last, last));
        const double rounding = 4 * epsilon * static_cast<double>(n) * std::abs(value);
        if (residual <= tolerance * std::abs(value) + rounding) return {0, value, residual + rounding};
    }
    throw Unreachable("largest_gram_eigenvalue: " + std::to_string(n) + " steps did not suffice");
}

}  // namespace ntk
