// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/obligation.hpp"

/// The results of the paper, in the explicit forms of theory.md, as the last nodes of the theory map: what they are put
/// together from.
namespace ntk::proofs {

std::vector<Obligation> theorem_obligations();

Obligation underparameterised_theorem();
Obligation corollary_on_sphere();
Obligation extension_of_arora();
Obligation extension_of_su_and_yang();

}  // namespace ntk::proofs
