// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/obligation.hpp"

#include <chrono>

namespace ntk::proofs {

std::string to_string(Change change) {
    switch (change) {
        case Change::constant:
            return "constant";
        case Change::exponent:
            return "exponent";
        case Change::sign:
            return "sign";
        case Change::hypothesis:
            return "hypothesis dropped";
        case Change::formula:
            return "formula";
    }
    throw std::logic_error("to_string: a Change without name");
}

namespace {

void prove_claim(const Obligation& obligation, const Limits& limits, ObligationResult& result) {
    Proof proof(limits);
    const Variant claim;
    obligation.prove(proof, claim);
    proof.finish(obligation.is_theorem);
    std::set<std::string> declared;
    for (const Mutant& mutant : obligation.mutants) declared.insert(mutant.name);
    for (const std::string& name : claim.asked()) {
        if (declared.count(name) == 0)
            throw std::logic_error("the proof asks for a mutant \"" + name + "\" that is not declared");
    }
    if (obligation.mutants.empty() && proof.steps() > 0) throw std::logic_error("the obligation has no mutant");
    result.own_status = proof.status();
    result.range = proof.range();
    result.methods = proof.methods();
    result.steps = proof.steps();
    result.uses = proof.used();
    result.observers = proof.observers();
    result.left_open = proof.left_open();
}

MutantResult run_mutant(const Obligation& obligation, const Mutant& mutant, const Limits& limits) {
    MutantResult result{mutant, false, "", ""};
    const Variant variant(mutant.name);
    try {
        Proof proof(limits);
        obligation.prove(proof, variant);
        result.reason = "every step holds";
    } catch (const Rejected& rejection) {
        result.rejected = true;
        result.reason = rejection.what();
        result.counterexample = rejection.counterexample.empty() ? "none found" : rejection.counterexample;
    }
    if (variant.asked().count(mutant.name) == 0) {
        throw std::logic_error("the proof never asks for the mutant \"" + mutant.name + "\"");
    }
    return result;
}

}  // namespace

ObligationResult run_obligation(const Obligation& obligation, const Limits& limits) {
    const auto start = std::chrono::steady_clock::now();
    ObligationResult result;
    result.obligation = &obligation;
    try {
        prove_claim(obligation, limits, result);
        for (const Mutant& mutant : obligation.mutants) {
            result.mutants.push_back(run_mutant(obligation, mutant, limits));
            if (!result.mutants.back().rejected && result.failure.empty()) {
                result.failure = "the mutant \"" + mutant.name + "\" (" + mutant.description + ") was not rejected";
            }
        }
    } catch (const Rejected& rejection) {
        result.failure = std::string(rejection.what()) +
                         (rejection.counterexample.empty() ? "" : " (" + rejection.counterexample + ")");
    } catch (const std::exception& error) {
        result.failure = std::string("badly written: ") + error.what();
    }
    result.passed = result.failure.empty();
    if (!result.passed) result.own_status = Status::failed;
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

}  // namespace ntk::proofs
