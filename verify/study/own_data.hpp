// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verify/embedded.hpp"

#include <Eigen/Core>

#include <span>
#include <string>

namespace ntk::verify {

/// Where the files are that a study names: in the folder of the study, unless they are embedded beside it.
struct DataFolder {
    std::string path;
    std::span<const EmbeddedFile> embedded = {};
};

/// The own sample of a study: one point of S^{dim-1} per row of a table (number_table.hpp), as a dim x n matrix. Norms
/// within 1e-9 of 1 are made 1. Throws InputError that names file, line and norm.
Eigen::MatrixXd read_sphere_points(const DataFolder& folder, const std::string& name, int dim);

/// The own labels: one number per row, one row for each of `samples` points. Throws InputError.
Eigen::VectorXd read_labels(const DataFolder& folder, const std::string& name, int samples);

}  // namespace ntk::verify
