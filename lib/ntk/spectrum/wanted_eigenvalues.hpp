// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/adaptive_precision.hpp"

#include <string>
#include <vector>

/// What all routes to certified eigenvalues ask of their arguments and promise about small values.
namespace ntk {

/// The eigenvalues of these degrees for until_certain. Eigenvalues of smooth kernels fall faster than any power of the
/// degree: the search for `digits` digits gives up at 64 (degree + dim) + 4096 bits below 1.
std::vector<WantedValue> wanted_eigenvalues(int dim, const std::vector<int>& degrees, long digits);

/// Throws std::domain_error "function: argument = value: rule" for dim < 2, a negative degree or digits < 1.
void require_eigenvalue_arguments(const std::string& function, int dim, const std::vector<int>& degrees, long digits);

}  // namespace ntk
