// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/proofs.hpp"

#include <chrono>

namespace ntk::verify {

std::string method_text(const proofs::ObligationResult& result) {
    std::string text;
    for (const proofs::Method method : result.methods) text += (text.empty() ? "" : ", ") + to_string(method);
    return text;
}

ledger::ProofRow proof_row(const proofs::ObligationResult& result, const proofs::Node* node) {
    const proofs::Obligation& obligation = *result.obligation;
    ledger::ProofRow row;
    row.name = obligation.name;
    row.kind = obligation.is_theorem ? "theorem" : "obligation";
    row.statement = obligation.statement;
    row.formula = obligation.formula;
    row.theory = obligation.theory;
    row.range = result.range;
    row.method = method_text(result);
    row.passed = result.passed;
    row.failure = result.failure;
    row.own_status = to_string(result.own_status);
    if (node != nullptr) {
        row.status = to_string(node->status);
        row.given = node->given;
    }
    row.uses = result.uses;
    row.left_open = result.left_open;
    for (const proofs::MutantResult& mutant : result.mutants) {
        row.mutants.push_back({mutant.mutant.name, to_string(mutant.mutant.change), mutant.mutant.description,
                               mutant.rejected, mutant.reason, mutant.counterexample});
    }
    row.steps = result.steps;
    row.seconds = result.seconds;
    return row;
}

ledger::ProofNode proof_node(const proofs::Node& node) {
    return {node.name, to_string(node.kind), node.statement, node.reference, to_string(node.status),
            node.uses, node.observers,       node.given};
}

std::vector<ledger::ProofNode> proof_nodes(const proofs::TheoryMap& map) {
    std::vector<ledger::ProofNode> nodes;
    for (const proofs::Node& node : map.nodes()) nodes.push_back(proof_node(node));
    return nodes;
}

ledger::ProofSection proof_section(const std::vector<proofs::ObligationResult>& results, const proofs::TheoryMap* map,
                                   const proofs::Limits& limits) {
    ledger::ProofSection section;
    section.max_degree = limits.max_degree;
    section.max_dim = limits.max_dim;
    for (const proofs::ObligationResult& result : results) {
        section.obligations.push_back(proof_row(result, map == nullptr ? nullptr : map->find(result.obligation->name)));
    }
    if (map != nullptr) section.nodes = proof_nodes(*map);
    return section;
}

ledger::ProofSection prove_everything(const proofs::Limits& limits, ThreadPool& pool,
                                      const std::function<void(double, const std::string&)>& done) {
    const auto start = std::chrono::steady_clock::now();
    const std::vector<proofs::Obligation> all = proofs::all_obligations();
    int finished = 0;
    const std::vector<proofs::ObligationResult> results =
        proofs::run_all(all, limits, pool, [&](const proofs::Obligation& obligation) {
            done(++finished / static_cast<double>(all.size()), obligation.name);
        });
    const proofs::TheoryMap map(results, proofs::axioms(), proofs::trajectory_checks());
    ledger::ProofSection section = proof_section(results, &map, limits);
    section.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return section;
}

}  // namespace ntk::verify
