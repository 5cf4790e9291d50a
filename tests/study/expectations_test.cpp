// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/expectations.hpp"
#include "ntk/numeric/errors.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ntk::verify;
using ntk::ledger::Check;
using ntk::ledger::Verdict;

namespace {

const std::vector<std::string> check_ids = {"D3", "U1", "U2"};

std::optional<Expectations> read(const std::string& text) {
    return read_expectations(StudyReader("s.toml", text), check_ids);
}

/// A bound at the times 0, 1, ..., 5 that is informative on this interval.
Check bound(const std::string& id, Verdict verdict, double from, double to) {
    Check check;
    check.id = id;
    check.verdict = verdict;
    check.series.resize(1);
    check.series.front().time = {0, 1, 2, 3, 4, 5};
    check.series.front().informative = {{from, to}};
    return check;
}

}  // namespace

TEST_CASE("expectations: verdicts and intervals arrive; none without the section") {
    CHECK_FALSE(read("title = \"x\"\n"));
    const auto expected = read(
        "[expected]\nholds = [\"D3\", \"U2\"]\nnot_applicable = [\"U1\"]\n[expected.informative]\n"
        "U2 = [[0.5, 1], [2, 3.5]]\n");
    REQUIRE(expected);
    CHECK(expected->verdicts.at("D3") == Verdict::holds);
    CHECK(expected->verdicts.at("U1") == Verdict::not_applicable);
    REQUIRE(expected->informative);
    CHECK(expected->informative->at("U2") == Expectations::Intervals{{0.5, 1}, {2, 3.5}});
    CHECK_FALSE(read("[expected]\nvacuous = [\"U2\"]\n")->informative);
}

TEST_CASE("expectations: what is not understood is named with its line") {
    const auto rejected = [](const std::string& text, const std::string& message) {
        CAPTURE(text);
        CHECK_THROWS_WITH_AS(read(text), doctest::Contains(message.c_str()), ntk::InputError);
    };
    rejected("[expected]\nholds = [\"U3\"]\n", "s.toml:2: expected.holds = \"U3\": expected ids of checks");
    rejected("[expected]\nholds = [\"D3\"]\nvacuous = [\"D3\"]\n", "s.toml:3: expected.vacuous");
    rejected("[expected]\nholds = \"D3\"\n", "s.toml:2: expected.holds");
    rejected("[expected]\nhold = [\"D3\"]\n", "did you mean \"holds\"?");
    rejected("[expected]\ninformative = 3\n", "s.toml:2: expected.informative");
    rejected("[expected]\nholds = [\"U2\"]\n[expected.informative]\nU1 = [[1, 2]]\n", "expected.informative.U1");
    for (const std::string bad : {"1", "[1, 2]", "[[1]]", "[[2, 1]]", "[[1, \"2\"]]"}) {
        rejected("[expected]\nholds = [\"U2\"]\n[expected.informative]\nU2 = " + bad + "\n",
                 "s.toml:4: expected.informative.U2");
    }
}

TEST_CASE("expectations: verdicts are compared as they are, ends of intervals up to one time of the check") {
    const auto differences = [](const std::string& text, const Check& check) {
        return compare(*read("[expected]\n" + text), {check}).differences.size();
    };
    const Check holds = bound("U2", Verdict::holds, 2, 4);
    CHECK(compare(*read("[expected]\nholds = [\"D3\"]\n"), {holds}).compared == 0);
    CHECK(differences("holds = [\"U2\"]\n", holds) == 0);
    CHECK(differences("vacuous = [\"U2\"]\n", holds) == 1);
    const auto interval = [&](const std::string& intervals) {
        return differences("holds = [\"U2\"]\n[expected.informative]\nU2 = [" + intervals + "]\n", holds);
    };
    CHECK(interval("[2, 4]") == 0);
    CHECK(interval("[1, 5]") == 0);
    CHECK(interval("[3, 3]") == 0);
    CHECK(interval("[0.9, 4]") == 1);
    CHECK(interval("[2, 5.1]") == 1);
    CHECK(interval("[2, 2.9]") == 1);
    CHECK(interval("[2, 4], [5, 5]") == 1);
    CHECK(interval("") == 1);
    // Where the table is there, a bound that it does not name is expected to be informative nowhere.
    CHECK(differences("holds = [\"U2\", \"U1\"]\n[expected.informative]\nU1 = [[1, 2]]\n", holds) == 1);
}
