// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ledger/check.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace ntk::ledger;

namespace {

using Intervals = std::vector<std::pair<double, double>>;
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

std::vector<Measured> with_error(const std::vector<double>& values, double error) {
    std::vector<Measured> side;
    for (const double value : values) side.push_back({value, error});
    return side;
}

/// left = 1 at times 0, 1, 2, ... against the given right side.
Series against_one(const std::vector<double>& right, double error = 0) {
    Series series;
    series.label = "probe";
    for (std::size_t i = 0; i < right.size(); ++i) series.time.push_back(static_cast<double>(i));
    series.left = with_error(std::vector<double>(right.size(), 1), error);
    series.right = with_error(right, error);
    series.size.assign(right.size(), 1);
    return series;
}

Verdict judged_bound(Series series) {
    judge(series, Relation::at_most, 1);
    return series.verdict;
}

Verdict judged_identity(Series series) {
    judge(series, Relation::equal, 1);
    return series.verdict;
}

Check check_of(std::vector<Series> series, Relation relation = Relation::at_most) {
    Check check;
    check.relation = relation;
    check.series = std::move(series);
    return check;
}

}  // namespace

TEST_CASE("a series takes the worst over its times, wherever it stands") {
    CHECK(judged_bound(against_one({2, 2, 2, 2})) == Verdict::holds);
    for (std::size_t at = 1; at < 4; ++at) {
        std::vector<double> right = {2, 2, 2, 2};
        right[at] = 0.5;
        CHECK(judged_bound(against_one(right)) == Verdict::violated);
        right[at] = 1.125;
        CHECK(judged_bound(against_one(right, 0.25)) == Verdict::inconclusive);
        right[at] = not_a_number;
        CHECK(judged_bound(against_one(right)) == Verdict::inconclusive);
    }
    CHECK(judged_bound(against_one({2, not_a_number, 0.5})) == Verdict::violated);
    CHECK(judged_identity(against_one({1, 1, 1}, 1e-6)) == Verdict::holds);
    CHECK(judged_identity(against_one({1, 1, 2}, 1e-6)) == Verdict::violated);
    CHECK(judged_identity(against_one({1, 2, 1}, 1e-3)) == Verdict::violated);
    CHECK(judged_identity(against_one({1, 1, 1}, 1e-3)) == Verdict::inconclusive);
}

TEST_CASE("time 0 is left out, degree 0 is not") {
    for (const double at_start : {0.0, 0.5, not_a_number, -infinite}) {
        Series series = against_one({at_start, 2, 4});
        CHECK(judged_bound(series) == Verdict::holds);
        judge(series, Relation::at_most, 1);
        REQUIRE(series.margin);
        CHECK(*series.margin == std::log10(2.0));
        series.over_degrees = true;
        CHECK(judged_bound(series) != Verdict::holds);
    }
    CHECK(judged_identity(against_one({7, 1, 1}, 1e-9)) == Verdict::holds);
    Series over_degrees = against_one({7, 1, 1}, 1e-9);
    over_degrees.over_degrees = true;
    CHECK(judged_identity(over_degrees) == Verdict::violated);
}

TEST_CASE("a series with nothing to judge never holds") {
    CHECK(judged_bound(against_one({})) == Verdict::not_applicable);
    CHECK(judged_bound(against_one({2})) == Verdict::not_applicable);
    CHECK(judged_identity(against_one({1})) == Verdict::not_applicable);
}

TEST_CASE("vacuous only if the bound says nothing at every time after the start") {
    Series series = against_one({9, 9, 9, 9});
    series.says_nothing = {0, 5, 5, 5};
    CHECK(judged_bound(series) == Verdict::vacuous);
    series.says_nothing = {100, 5, 5, 5};
    CHECK(judged_bound(series) == Verdict::vacuous);
    for (std::size_t at = 1; at < 4; ++at) {
        Series spoken = series;
        spoken.says_nothing[at] = 9;
        CHECK(judged_bound(spoken) == Verdict::holds);
        spoken.says_nothing[at] = 10;
        CHECK(judged_bound(spoken) == Verdict::holds);
        spoken.says_nothing[at] = not_a_number;
        CHECK(judged_bound(spoken) == Verdict::holds);
    }
    series.right.back() = {infinite, 0};
    CHECK(judged_bound(series) == Verdict::vacuous);
    series.says_nothing.clear();
    CHECK(judged_bound(series) == Verdict::holds);
}

TEST_CASE("vacuous does not hide what is worse, and identities are never vacuous") {
    Series violated = against_one({9, 9, 0.5});
    violated.says_nothing = {0, 0, 0};
    CHECK(judged_bound(violated) == Verdict::violated);
    Series unclear = against_one({9, 9, 9}, 100);
    unclear.says_nothing = {0, 0, 0};
    CHECK(judged_bound(unclear) == Verdict::inconclusive);
    Series identity = against_one({1, 1, 1}, 1e-9);
    identity.says_nothing = {0, 0, 0};
    CHECK(judged_identity(identity) == Verdict::holds);
}

TEST_CASE("informative: the runs of times after the start at which the bound and its error stay below the separation") {
    Series series = against_one({2, 2, 2, 2, 2, 2}, 0.25);
    const auto informative = [&series](std::vector<double> separates) {
        series.separates = std::move(separates);
        judge(series, Relation::at_most, 1);
        return series.informative;
    };
    CHECK(informative({3, 3, 3, 3, 3, 3}) == Intervals{{1, 5}});
    CHECK(informative({3, 0, 3, 3, 0, 3}) == Intervals{{2, 3}, {5, 5}});
    CHECK(informative({0, 3, 0, 3, 0, 0}) == Intervals{{1, 1}, {3, 3}});
    CHECK(informative({3, 0, 0, 0, 0, 0}).empty());
    // 2 + 0.25 must be below: equality does not separate.
    CHECK(informative({9, 2.25, 2.25, 2.25, 2.25, 2.25}).empty());
    CHECK(informative({9, 2.5, 2.25, 2.25, 2.25, 2.25}) == Intervals{{1, 1}});
    CHECK(informative(std::vector<double>(6, not_a_number)).empty());
    CHECK(informative({}).empty());
}

TEST_CASE("informative of a check is the union over its series") {
    Check check;
    check.series.resize(4);
    check.series[0].informative = {{1, 2}, {5, 6}};
    check.series[1].informative = {{2, 3}, {5.5, 5.75}};
    check.series[2].informative = {{0.5, 0.75}};
    CHECK(check.informative() == Intervals{{0.5, 0.75}, {1, 3}, {5, 6}});
    CHECK(Check{}.informative().empty());
}

TEST_CASE("the margin of a series is the smallest over time and judging twice changes nothing") {
    Series series = against_one({0.5, 8, 2, 4});
    series.margin = -3;  // left over from before
    for (int round = 0; round < 2; ++round) {
        judge(series, Relation::at_most, 1);
        REQUIRE(series.margin);
        CHECK(*series.margin == std::log10(2.0));
        CHECK(series.verdict == Verdict::holds);
    }
    Series violated = against_one({9, 8, 0.5, 4});
    judge(violated, Relation::at_most, 1);
    REQUIRE(violated.margin);
    CHECK(*violated.margin == std::log10(0.5));
    Series exact = against_one({1, 1, 1});
    judge(exact, Relation::equal, 1);
    CHECK_FALSE(exact.margin);
}

TEST_CASE("columns of different length are an error of the program") {
    const auto throws = [](auto change, Relation relation) {
        Series series = against_one({2, 2, 2});
        change(series);
        CHECK_THROWS_AS(judge(series, relation, 1), std::logic_error);
    };
    for (const Relation relation : {Relation::equal, Relation::at_most}) {
        throws([](Series& s) { s.left.pop_back(); }, relation);
        throws([](Series& s) { s.right.push_back({1, 0}); }, relation);
        throws([](Series& s) { s.time.pop_back(); }, relation);
        throws([](Series& s) { s.separates = {1, 1}; }, relation);
        throws([](Series& s) { s.says_nothing = {1}; }, relation);
    }
    throws([](Series& s) { s.size.clear(); }, Relation::equal);
    Series bound = against_one({2, 2, 2});
    bound.size.clear();
    CHECK(judged_bound(bound) == Verdict::holds);
}

TEST_CASE("a check takes the worst verdict and the smallest margin of its series") {
    Series vacuous = against_one({9, 9});
    vacuous.says_nothing = {0, 5};
    const Series holds = against_one({2, 4}), unclear = against_one({2, 8}, 10), violated = against_one({2, 0.5});
    struct Case {
        std::vector<Series> series;
        Verdict verdict;
        double smallest_ratio;
    };
    const std::vector<Case> cases = {{{holds}, Verdict::holds, 4},
                                     {{holds, vacuous}, Verdict::vacuous, 4},
                                     {{vacuous, holds}, Verdict::vacuous, 4},
                                     {{vacuous, unclear, holds}, Verdict::inconclusive, 4},
                                     {{violated, unclear, vacuous}, Verdict::violated, 0.5},
                                     {{unclear, holds, violated}, Verdict::violated, 0.5}};
    for (const Case& one : cases) {
        Check check = check_of(one.series);
        judge(check, 1);
        CHECK(check.verdict == one.verdict);
        REQUIRE(check.margin);
        CHECK(*check.margin == std::log10(one.smallest_ratio));
    }
}

TEST_CASE("the scale reaches the rule for sides near 0") {
    Series tiny;
    tiny.time = {1};
    tiny.left = {{0, 5e-13}};
    tiny.right = {{0, 4e-13}};
    Check check = check_of({tiny});
    judge(check, 1);
    CHECK(check.verdict == Verdict::holds);
    judge(check, 0.5);
    CHECK(check.verdict == Verdict::inconclusive);
}

TEST_CASE("a hypothesis that fails makes a check not applicable, whatever its series say") {
    for (const double right : {2.0, 0.5, not_a_number}) {
        for (std::size_t failing = 0; failing < 3; ++failing) {
            Check check = check_of({against_one({right, right})});
            check.verdict = Verdict::holds;
            check.margin = 3;
            check.hypotheses = {{"first", true, ""}, {"second", true, ""}, {"third", true, ""}};
            CHECK(check.hypotheses_hold());
            check.hypotheses[failing] = {"this one", false, "it fails here"};
            CHECK_FALSE(check.hypotheses_hold());
            judge(check, 1);
            CHECK(check.verdict == Verdict::not_applicable);
            CHECK_FALSE(check.margin);
        }
    }
}

TEST_CASE("a check without series never holds") {
    Check check;
    CHECK(check.hypotheses_hold());
    judge(check, 1);
    CHECK(check.verdict == Verdict::inconclusive);
    check.series = {against_one({2})};
    judge(check, 1);
    CHECK(check.verdict == Verdict::inconclusive);
}

TEST_CASE("the words of the evidence") {
    CHECK(to_string(EvidenceKind::exact) == "exact");
    CHECK(to_string(EvidenceKind::enclosure) == "enclosure");
    CHECK(to_string(EvidenceKind::estimate) == "estimate");
    CHECK(to_string(EvidenceKind::statistical) == "statistical");
    CHECK_THROWS_AS(to_string(static_cast<EvidenceKind>(17)), std::logic_error);
}
