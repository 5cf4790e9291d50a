// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/proof_json.hpp"

#include "verify/report/json_text.hpp"
#include "verify/report/text.hpp"

namespace ntk::verify {
namespace {

using nlohmann::ordered_json;

ordered_json list(const std::vector<std::string>& texts) {
    ordered_json json = ordered_json::array();
    for (const std::string& text : texts) json.push_back(printable(text));
    return json;
}

}  // namespace

ordered_json to_json(const ledger::ProofRow& row) {
    ordered_json mutants = ordered_json::array();
    for (const ledger::ProofRow::Mutant& mutant : row.mutants) {
        mutants.push_back({{"name", printable(mutant.name)},
                           {"change", printable(mutant.change)},
                           {"description", printable(mutant.description)},
                           {"verdict", mutant.rejected ? "rejected" : "not rejected"},
                           {"reason", printable(mutant.reason)},
                           {"counterexample", printable(mutant.counterexample)}});
    }
    const bool is_placed = !row.status.empty();
    return {{"name", printable(row.name)},
            {"statement", printable(row.statement)},
            {"range", printable(row.range)},
            {"method", printable(row.method)},
            {"verdict", row.passed ? "passed" : "failed"},
            {"seconds", number(row.seconds)},
            {"assumes", list(row.uses)},
            {"formula", printable(row.formula)},
            {"theory", printable(row.theory)},
            {"kind", printable(row.kind)},
            {"steps", row.steps},
            {"own_status", printable(row.own_status)},
            {"status", is_placed ? ordered_json(printable(row.status)) : ordered_json(nullptr)},
            {"given", is_placed ? list(row.given) : ordered_json(nullptr)},
            {"left_open", list(row.left_open)},
            {"failure", row.passed ? ordered_json(nullptr) : ordered_json(printable(row.failure))},
            {"mutants", mutants}};
}

ordered_json to_json(const ledger::ProofNode& node) {
    return {{"name", printable(node.name)},           {"kind", printable(node.kind)},
            {"statement", printable(node.statement)}, {"reference", printable(node.reference)},
            {"status", printable(node.status)},       {"uses", list(node.uses)},
            {"observers", list(node.observers)},      {"given", list(node.given)}};
}

ordered_json map_to_json(const std::vector<ledger::ProofNode>& nodes) {
    ordered_json json = {{"nodes", ordered_json::array()}, {"edges", ordered_json::array()}};
    for (const ledger::ProofNode& node : nodes) {
        json["nodes"].push_back(to_json(node));
        const auto edge = [&](const std::string& name, const char* kind) {
            json["edges"].push_back({{"from", printable(node.name)}, {"to", printable(name)}, {"kind", kind}});
        };
        for (const std::string& name : node.uses) edge(name, "uses");
        for (const std::string& name : node.observers) edge(name, "observed by");
    }
    return json;
}

ordered_json to_json(const ledger::ProofSection& section) {
    ordered_json json = {{"max_degree", section.max_degree},
                         {"max_dim", section.max_dim},
                         {"seconds", number(section.seconds)},
                         {"obligations", ordered_json::array()}};
    for (const ledger::ProofRow& row : section.obligations) json["obligations"].push_back(to_json(row));
    json["map"] = map_to_json(section.nodes);
    return json;
}

}  // namespace ntk::verify
