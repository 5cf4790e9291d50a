// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/axioms.hpp"
#include "proofs-checks/engine/obligation.hpp"

namespace ntk::proofs {

enum class NodeKind { obligation, theorem, axiom, check, gap };

/// "obligation", "theorem", "axiom", "check", "gap".
std::string to_string(NodeKind kind);

struct Node {
    std::string name;
    NodeKind kind;
    std::string statement;
    std::string reference;  ///< of an axiom: its source; of an obligation: the section of theory.md
    /// With everything below: the worst of the node's own steps and of all that it uses. Named theorems below do not
    /// lower it (they are listed in `given`); gaps, checks of trajectories and failures do.
    Status status;
    std::vector<std::string> uses;       ///< edges downwards
    std::vector<std::string> observers;  ///< checks of trajectories that observe the statement
    std::vector<std::string> given;      ///< the named theorems below, at any depth
};

/// A check of trajectories that the map may name.
struct TrajectoryCheck {
    std::string id;
    std::string title;
};

/// The theory map: what rests on what, from named theorems to the results of the paper. Nodes and edges are those that
/// the proofs reported when they ran.
class TheoryMap {
public:
    /// std::logic_error if a proof uses a node that does not exist, if two nodes have one name, or if there is a cycle.
    TheoryMap(const std::vector<ObligationResult>& results, const std::vector<Axiom>& axioms,
              const std::vector<TrajectoryCheck>& checks);

    const std::vector<Node>& nodes() const { return nodes_; }
    std::vector<std::string> names() const;
    /// Null if there is none.
    const Node* find(const std::string& name) const;
    /// The nodes below that keep the node from being proved for all parameters, nearest first: those whose own status
    /// is the cause. Empty for a proved node and for an axiom.
    std::vector<const Node*> blockers(const Node& node) const;
    /// The nodes above, at any depth, in the order of the map.
    std::vector<const Node*> dependents(const Node& node) const;
    /// Obligations, theorems and gaps that are not proved for all parameters.
    std::vector<const Node*> incomplete() const;

private:
    std::size_t index(const std::string& name, const std::string& user) const;
    Status settle(std::size_t i, std::vector<int>& visited);

    std::vector<Node> nodes_;
    std::vector<Status> own_;  ///< without what is below
    std::map<std::string, std::size_t> places_;
};

/// Graphviz: an arrow from a node to what uses it, dashed from the checks that observe a node; shape by kind, colour by
/// status.
std::string to_dot(const TheoryMap& map);

}  // namespace ntk::proofs
