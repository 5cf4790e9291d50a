// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/theory_map.hpp"

#include <algorithm>
#include <deque>

namespace ntk::proofs {

std::string to_string(NodeKind kind) {
    switch (kind) {
        case NodeKind::obligation:
            return "obligation";
        case NodeKind::theorem:
            return "theorem";
        case NodeKind::axiom:
            return "axiom";
        case NodeKind::check:
            return "check";
        case NodeKind::gap:
            return "gap";
    }
    throw std::logic_error("to_string: a NodeKind without name");
}

TheoryMap::TheoryMap(const std::vector<ObligationResult>& results, const std::vector<Axiom>& axioms,
                     const std::vector<TrajectoryCheck>& checks) {
    const auto add = [&](Node node, Status own) {
        if (!places_.emplace(node.name, nodes_.size()).second) {
            throw std::logic_error("theory map: two nodes are called " + node.name);
        }
        node.status = own;
        own_.push_back(own);
        nodes_.push_back(std::move(node));
    };
    for (const Axiom& axiom : axioms) {
        add({axiom.name, NodeKind::axiom, axiom.statement, axiom.reference, {}, {}, {}, {}}, Status::assumed);
    }
    for (const ObligationResult& result : results) {
        const Obligation& obligation = *result.obligation;
        std::vector<std::string> uses = result.uses;
        for (std::size_t i = 0; i < result.left_open.size(); ++i) {
            uses.push_back("open:" + obligation.name + ":" + std::to_string(i + 1));
            add({uses.back(), NodeKind::gap, result.left_open[i], "", {}, {}, {}, {}}, Status::open);
        }
        add({obligation.name,
             obligation.is_theorem ? NodeKind::theorem : NodeKind::obligation,
             obligation.statement,
             obligation.theory,
             {},
             uses,
             result.observers,
             {}},
            result.own_status);
    }
    for (const TrajectoryCheck& check : checks) {
        add({"check:" + check.id, NodeKind::check, check.title, "", {}, {}, {}, {}}, Status::on_trajectories);
    }
    std::vector<int> visited(nodes_.size(), 0);
    for (std::size_t i = 0; i < nodes_.size(); ++i) settle(i, visited);
}

std::size_t TheoryMap::index(const std::string& name, const std::string& user) const {
    const auto place = places_.find(name);
    if (place == places_.end())
        throw std::logic_error("theory map: " + user + " names " + name + ", which does not exist");
    return place->second;
}

Status TheoryMap::settle(std::size_t i, std::vector<int>& visited) {
    if (visited[i] == 1) throw std::logic_error("theory map: " + nodes_[i].name + " uses itself");
    if (visited[i] == 2) return nodes_[i].status;
    visited[i] = 1;
    std::set<std::string> given;
    for (const std::string& name : nodes_[i].uses) {
        const std::size_t below = index(name, nodes_[i].name);
        const Status status = settle(below, visited);
        if (nodes_[below].kind == NodeKind::axiom) {
            given.insert(name);
        } else {
            nodes_[i].status = std::max(nodes_[i].status, status);
            given.insert(nodes_[below].given.begin(), nodes_[below].given.end());
        }
    }
    for (const std::string& name : nodes_[i].observers) index(name, nodes_[i].name);
    nodes_[i].given.assign(given.begin(), given.end());
    visited[i] = 2;
    return nodes_[i].status;
}

std::vector<std::string> TheoryMap::names() const {
    std::vector<std::string> result;
    for (const Node& node : nodes_) result.push_back(node.name);
    return result;
}

const Node* TheoryMap::find(const std::string& name) const {
    const auto place = places_.find(name);
    return place == places_.end() ? nullptr : &nodes_[place->second];
}

std::vector<const Node*> TheoryMap::blockers(const Node& node) const {
    std::vector<const Node*> found;
    std::set<std::string> seen{node.name};
    std::deque<const Node*> queue{&node};
    while (!queue.empty()) {
        const Node* current = queue.front();
        queue.pop_front();
        const Status own = own_[places_.at(current->name)];
        // A node with an open part is not blocked by itself but by the gap.
        if (current->kind != NodeKind::axiom && own != Status::proved &&
            (own != Status::open || current->kind == NodeKind::gap)) {
            found.push_back(current);
        }
        for (const std::string& name : current->uses) {
            if (seen.insert(name).second) queue.push_back(find(name));
        }
    }
    return found;
}

std::vector<const Node*> TheoryMap::dependents(const Node& node) const {
    std::set<std::string> above{node.name};
    for (bool grew = true; grew;) {
        grew = false;
        for (const Node& other : nodes_) {
            const bool touches = std::any_of(other.uses.begin(), other.uses.end(),
                                             [&](const std::string& name) { return above.count(name) > 0; });
            if (touches) grew = above.insert(other.name).second || grew;
        }
    }
    std::vector<const Node*> found;
    for (const Node& other : nodes_) {
        if (other.name != node.name && above.count(other.name) > 0) found.push_back(&other);
    }
    return found;
}

std::vector<const Node*> TheoryMap::incomplete() const {
    std::vector<const Node*> found;
    for (const Node& node : nodes_) {
        const bool counts = node.kind != NodeKind::axiom && node.kind != NodeKind::check;
        if (counts && node.status != Status::proved) found.push_back(&node);
    }
    return found;
}

namespace {

std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') result += '\\';
        result += letter;
    }
    return result + "\"";
}

std::string colour(Status status) {
    switch (status) {
        case Status::proved:
            return "#cfe8cf";
        case Status::on_range:
            return "#fff2c2";
        case Status::on_trajectories:
            return "#fbdcb8";
        case Status::assumed:
            return "#dde6f2";
        case Status::open:
            return "#ffffff";
        case Status::failed:
            return "#f4b6b6";
    }
    throw std::logic_error("to_dot: a Status without colour");
}

std::string shape(NodeKind kind) {
    switch (kind) {
        case NodeKind::obligation:
            return "box";
        case NodeKind::theorem:
            return "doubleoctagon";
        case NodeKind::axiom:
            return "ellipse";
        case NodeKind::check:
            return "note";
        case NodeKind::gap:
            return "diamond";
    }
    throw std::logic_error("to_dot: a NodeKind without shape");
}

}  // namespace

std::string to_dot(const TheoryMap& map) {
    std::string text = "digraph theory {\n  rankdir = BT;\n  node [style = filled];\n";
    for (const Node& node : map.nodes()) {
        text += "  " + quoted(node.name) + " [shape = " + shape(node.kind) +
                ", fillcolor = " + quoted(colour(node.status)) +
                ", tooltip = " + quoted(node.statement + " (" + to_string(node.status) + ")") + "];\n";
    }
    for (const Node& node : map.nodes()) {
        for (const std::string& name : node.uses) text += "  " + quoted(name) + " -> " + quoted(node.name) + ";\n";
        for (const std::string& name : node.observers) {
            text += "  " + quoted(name) + " -> " + quoted(node.name) + " [style = dashed];\n";
        }
    }
    return text + "}\n";
}

}  // namespace ntk::proofs
