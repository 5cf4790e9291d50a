// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/checks.hpp"

#include <vector>

/// The parts that overparameterised_checks (checks.hpp) is made of, one per file (overparameterised.md).
namespace ntk::deviation {

/// O1 and O4: bounds along the eigenvectors of G^inf.
std::vector<CheckDefinition> eigendirection_checks();
/// O2 and O3: the certificate of convergence and what follows from it.
std::vector<CheckDefinition> convergence_checks();
/// O5: the spectrum of G^inf against that of the operator.
std::vector<CheckDefinition> sampled_spectrum_checks();

/// The hypothesis that the trajectory was observed with an eigendecomposition of G^inf at hand.
ledger::Hypothesis has_eigendirections(const Experiment& experiment);
/// The hypothesis that ||G^inf - G_s|| was observed.
ledger::Hypothesis follows_kernel_distance(const Experiment& experiment);

}  // namespace ntk::deviation
