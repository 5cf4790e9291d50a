// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

#include <string>

namespace ntk::verify {

/// The own sample of a study: one point of S^{dim-1} per row of a table (number_table.hpp), as a dim x n matrix. Norms
/// within 1e-9 of 1 are made 1. Throws InputError that names file, line and norm.
Eigen::MatrixXd read_sphere_points(const std::string& file, int dim);

/// The own labels: one number per row, one row for each of `samples` points. Throws InputError.
Eigen::VectorXd read_labels(const std::string& file, int samples);

}  // namespace ntk::verify
