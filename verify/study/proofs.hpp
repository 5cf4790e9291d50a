// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/proofs.hpp"
#include "proofs-checks/registry.hpp"

namespace ntk::verify {

/// "polynomial identity, positivity".
std::string method_text(const proofs::ObligationResult& result);
/// One result as plain data; `node` is its node in the whole map, null if only some obligations were run.
ledger::ProofRow proof_row(const proofs::ObligationResult& result, const proofs::Node* node);
ledger::ProofNode proof_node(const proofs::Node& node);
std::vector<ledger::ProofNode> proof_nodes(const proofs::TheoryMap& map);

/// All results with the map; without one, with what is known of them alone.
ledger::ProofSection proof_section(const std::vector<proofs::ObligationResult>& results, const proofs::TheoryMap* map,
                                   const proofs::Limits& limits);

/// Runs every obligation. `done` is called after each with the share of them that are finished and the name of this
/// one.
ledger::ProofSection prove_everything(const proofs::Limits& limits, ThreadPool& pool,
                                      const std::function<void(double, const std::string&)>& done);

}  // namespace ntk::verify
