// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/proof.hpp"
#include "proofs-checks/engine/variant.hpp"

namespace ntk::proofs {

/// What a mutant changes.
enum class Change { constant, exponent, sign, hypothesis, formula };

/// "constant", "exponent", "sign", "hypothesis dropped", "formula".
std::string to_string(Change change);

/// A statement that differs from the claimed one in one thing and must be rejected.
struct Mutant {
    std::string name;  ///< by which the proof asks for it: Variant::is, Variant::pick
    Change change;
    std::string description;  ///< "1/4 replaced by 1/5"
};

/// One statement with the function that proves it. The function is run once for the claim and once for each mutant.
struct Obligation {
    std::string name;       ///< lower case with hyphens, unique in the theory map
    std::string statement;  ///< in words
    std::string formula;    ///< plain text
    std::string theory;     ///< section of theory.md or numerics.md
    std::vector<Mutant> mutants;
    std::function<void(Proof&, const Variant&)> prove;
    /// A result of the paper: may put other nodes together without steps of its own, and needs no mutant then.
    bool is_theorem = false;
};

struct MutantResult {
    Mutant mutant;
    bool rejected = false;
    std::string reason;
    std::string counterexample;  ///< "none found" if the rejection came without
};

struct ObligationResult {
    const Obligation* obligation = nullptr;
    bool passed = false;
    std::string failure;  ///< why not: a step, a mutant that was not rejected, a proof that is badly written
    Status own_status = Status::failed;
    std::string range;
    std::vector<Method> methods;
    std::size_t steps = 0;
    std::vector<std::string> uses;
    std::vector<std::string> observers;
    std::vector<std::string> left_open;
    std::vector<MutantResult> mutants;
    double seconds = 0;
};

/// Proves one obligation and runs its mutants. It passes if every step holds, every mutant is rejected by a step, and
/// the mutants that the proof asks for are those that are declared, at least one unless it only composes.
ObligationResult run_obligation(const Obligation& obligation, const Limits& limits);

}  // namespace ntk::proofs
