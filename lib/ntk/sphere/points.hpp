// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/random.hpp"

#include <Eigen/Core>

namespace ntk {

/// `count` independent points of the uniform distribution rho on S^{d-1}, d = dim >= 2: a dim x count matrix with unit
/// columns (normalised Gaussian vectors). Throws std::domain_error for dim < 2 or count < 1.
Eigen::MatrixXd uniform_points(int dim, int count, const RandomStream& stream);

}  // namespace ntk
