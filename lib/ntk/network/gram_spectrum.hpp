// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/network/network.hpp"

namespace ntk {

/// The ends of the spectrum of a symmetric matrix and an estimate of their error.
struct SpectrumEnds {
    double smallest;
    double largest;
    double error_estimate;
};

/// From all eigenvalues (LAPACK-like, Eigen): error about n units of the largest. Throws std::domain_error for a matrix
/// that is empty, not square or not finite. Only the lower triangle is read. Cost O(n^3).
SpectrumEnds spectrum_ends(const Eigen::MatrixXd& symmetric);

/// lambda_max(G) at theta without the matrix: Lanczos with full reorthogonalisation from a fixed start, until the
/// residual of the Ritz pair is below `tolerance` times the value (the distance to an eigenvalue is at most the
/// residual), at most n steps. `error_estimate` is that residual plus rounding; `smallest` is 0, a lower bound of every
/// eigenvalue of G. Cost: a gram_product per step. Throws Unreachable if n steps do not suffice.
SpectrumEnds largest_gram_eigenvalue(const Network& network, const Eigen::VectorXd& theta, double tolerance = 1e-10);

}  // namespace ntk
