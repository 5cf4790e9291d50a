// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace ntk::proofs {

/// A named theorem that proofs use and this room does not prove.
struct Axiom {
    std::string name;  ///< lower case with hyphens, unique in the theory map
    std::string statement;
    std::string reference;
};

/// All of them, by name.
const std::vector<Axiom>& axioms();

}  // namespace ntk::proofs
