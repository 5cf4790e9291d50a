// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/proofs.hpp"

#include <string>

namespace ntk::verify {

/// How a status is shown: a sign and the name of a style of report.css.
struct StatusLook {
    const char* sign;
    const char* style;
};

/// The look of "proved for all parameters", ...; that of "open" for what is unknown.
StatusLook status_look(const std::string& status);

/// The theory map as <svg>: rows from named theorems and checks at the bottom to the results of the paper at the top,
/// an arrow from a node to what uses it unless it follows from other arrows. Pointing at a node brings out its arrows.
/// Nodes link to "#proof-NUMBER", the place of the node in the list. Without nodes empty; edges to nodes that are not
/// in the list and cycles are left out.
std::string draw_theory_map(const std::vector<ledger::ProofNode>& nodes);

}  // namespace ntk::verify
