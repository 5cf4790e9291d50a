// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/theory_map.hpp"

#include <doctest/doctest.h>

using namespace ntk::proofs;

namespace {

Obligation node(const std::string& name, std::function<void(Proof&)> prove) {
    return {name, "statement of " + name, "", "", {}, [prove](Proof& proof, const Variant&) { prove(proof); }, true};
}

std::vector<ObligationResult> run(const std::vector<Obligation>& obligations) {
    std::vector<ObligationResult> results;
    for (const Obligation& obligation : obligations) results.push_back(run_obligation(obligation, {}));
    return results;
}

std::vector<std::string> names(const std::vector<const Node*>& nodes) {
    std::vector<std::string> result;
    for (const Node* one : nodes) result.push_back(one->name);
    return result;
}

const std::vector<Axiom> some_axioms = {{"axiom", "a named theorem", "a book"}};
const std::vector<TrajectoryCheck> some_checks = {{"D1", "an identity"}};

}  // namespace

TEST_CASE("theory map: nothing is proved above what is not") {
    const std::vector<Obligation> obligations = {node("base", [](Proof& proof) { proof.uses("axiom"); }),
                                                 node("observed",
                                                      [](Proof& proof) {
                                                          proof.uses("axiom");
                                                          proof.observed_by("D1");
                                                      }),
                                                 node("resting", [](Proof& proof) { proof.rests_on_check("D1"); }),
                                                 node("gap", [](Proof& proof) { proof.leaves_open("the hard part"); }),
                                                 node("top",
                                                      [](Proof& proof) {
                                                          proof.uses("base");
                                                          proof.uses("resting");
                                                      }),
                                                 node("topmost", [](Proof& proof) {
                                                     proof.uses("top");
                                                     proof.uses("gap");
                                                 })};
    const std::vector<ObligationResult> results = run(obligations);
    for (std::size_t i = 0; i < results.size(); ++i) CHECK_MESSAGE(results[i].passed, results[i].failure);
    const TheoryMap map(results, some_axioms, some_checks);
    CHECK(map.find("base")->status == Status::proved);
    CHECK(map.find("observed")->status == Status::proved);
    CHECK(map.find("resting")->status == Status::on_trajectories);
    CHECK(map.find("top")->status == Status::on_trajectories);
    CHECK(map.find("gap")->status == Status::open);
    CHECK(map.find("topmost")->status == Status::open);
    CHECK(map.find("topmost")->given == std::vector<std::string>{"axiom"});
    CHECK(map.find("nothing") == nullptr);
    CHECK(names(map.blockers(*map.find("top"))) == std::vector<std::string>{"check:D1"});
    CHECK(names(map.blockers(*map.find("topmost"))) == std::vector<std::string>{"open:gap:1", "check:D1"});
    CHECK(map.blockers(*map.find("base")).empty());
    CHECK(names(map.dependents(*map.find("base"))) == std::vector<std::string>{"top", "topmost"});
    CHECK(names(map.incomplete()) == std::vector<std::string>{"resting", "open:gap:1", "gap", "top", "topmost"});
    CHECK(to_dot(map).find("\"base\" -> \"top\";") != std::string::npos);
}

TEST_CASE("theory map: unknown nodes, cycles and equal names are errors") {
    const std::vector<Obligation> lone = {node("a", [](Proof& proof) { proof.uses("b"); })};
    CHECK_THROWS_AS(TheoryMap(run(lone), some_axioms, some_checks), std::logic_error);
    const std::vector<Obligation> circle = {node("a", [](Proof& proof) { proof.uses("b"); }),
                                            node("b", [](Proof& proof) { proof.uses("a"); })};
    CHECK_THROWS_AS(TheoryMap(run(circle), some_axioms, some_checks), std::logic_error);
    const std::vector<Obligation> twins = {node("a", [](Proof& proof) { proof.uses("axiom"); }),
                                           node("a", [](Proof& proof) { proof.uses("axiom"); })};
    CHECK_THROWS_AS(TheoryMap(run(twins), some_axioms, some_checks), std::logic_error);
}
