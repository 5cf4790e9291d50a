// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/registry.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace ntk::proofs;

namespace {

/// Small under the sanitizers.
Limits limits_of_this_run() {
    const char* size = std::getenv("NTK_TEST_SIZE");
    if (size != nullptr && std::string(size) == "reduced") return {4, 4};
    if (size != nullptr && std::string(size) == "full") return {60, 20};
    return {12, 6};
}

}  // namespace

TEST_CASE("obligations: each is proved and each of its mutants rejected; the theory map holds together") {
    const std::vector<Obligation> all = all_obligations();
    ntk::ThreadPool pool(2);
    const std::vector<ObligationResult> results = run_all(all, limits_of_this_run(), pool);
    for (const ObligationResult& result : results) {
        CAPTURE(result.obligation->name);
        CHECK_MESSAGE(result.passed, result.failure);
        CHECK(result.mutants.size() == result.obligation->mutants.size());
        for (const MutantResult& mutant : result.mutants) {
            CAPTURE(mutant.mutant.name);
            CHECK(mutant.rejected);
            CHECK(!mutant.counterexample.empty());
        }
        CHECK(!result.obligation->statement.empty());
        CHECK(!result.obligation->formula.empty());
        CHECK(!result.obligation->theory.empty());
    }
    const TheoryMap map(results, axioms(), trajectory_checks());
    for (const Node& node : map.nodes()) {
        CAPTURE(node.name);
        if (node.status != Status::proved) continue;
        for (const std::string& below : node.uses) {
            CAPTURE(below);
            const Status status = map.find(below)->status;
            CHECK((status == Status::proved || status == Status::assumed));
        }
        CHECK(map.blockers(node).empty());
    }
    for (const Node* node : map.incomplete()) {
        CAPTURE(node->name);
        CHECK(!map.blockers(*node).empty());
    }
}
