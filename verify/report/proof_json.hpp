// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/proofs.hpp"

#include <nlohmann/json.hpp>

namespace ntk::verify {

/// An obligation as ntk prove and report.json print it; "status" and "given" are null if the whole map was not run.
nlohmann::ordered_json to_json(const ledger::ProofRow& row);
nlohmann::ordered_json to_json(const ledger::ProofNode& node);
/// {"nodes": [...], "edges": [{"from", "to", "kind"}...]}, an edge from a node to what it uses or is observed by.
nlohmann::ordered_json map_to_json(const std::vector<ledger::ProofNode>& nodes);
nlohmann::ordered_json to_json(const ledger::ProofSection& section);

}  // namespace ntk::verify
