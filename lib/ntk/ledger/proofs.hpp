// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

/// What ntk prove found, as plain data for reports.
namespace ntk::ledger {

/// One obligation, printed.
struct ProofRow {
    std::string name;
    std::string kind;  ///< "obligation" or "theorem"
    std::string statement;
    std::string formula;
    std::string theory;  ///< section of theory.md or numerics.md
    std::string range;
    std::string method;
    bool passed = false;
    std::string failure;  ///< empty if it passed
    std::string own_status;
    std::string status;              ///< with everything below; empty if that was not run
    std::vector<std::string> uses;   ///< nodes of the map
    std::vector<std::string> given;  ///< named theorems below, at any depth
    std::vector<std::string> left_open;
    struct Mutant {
        std::string name;
        std::string change;
        std::string description;
        bool rejected = false;
        std::string reason;
        std::string counterexample;
    };
    std::vector<Mutant> mutants;
    std::size_t steps = 0;
    double seconds = 0;
};

/// A node of the theory map.
struct ProofNode {
    std::string name;
    std::string kind;  ///< "obligation", "theorem", "axiom", "check" or "gap"
    std::string statement;
    std::string reference;
    std::string status;
    std::vector<std::string> uses;
    std::vector<std::string> observers;
    std::vector<std::string> given;
};

struct ProofSection {
    int max_degree = 0;  ///< of checks on finite ranges
    int max_dim = 0;
    double seconds = 0;
    std::vector<ProofRow> obligations;
    std::vector<ProofNode> nodes;
};

}  // namespace ntk::ledger
