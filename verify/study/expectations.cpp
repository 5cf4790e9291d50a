// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/expectations.hpp"

#include "verify/study/nearest.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

namespace ntk::verify {
namespace {

using ledger::Verdict;
using Intervals = Expectations::Intervals;

constexpr std::array<std::pair<const char*, Verdict>, 5> verdict_keys = {{{"holds", Verdict::holds},
                                                                          {"vacuous", Verdict::vacuous},
                                                                          {"inconclusive", Verdict::inconclusive},
                                                                          {"violated", Verdict::violated},
                                                                          {"not_applicable", Verdict::not_applicable}}};

std::string path_of(const std::string& key) { return "expected." + key; }

void read_verdicts(const StudyReader& reader, const std::vector<std::string>& check_ids, Expectations& expected) {
    for (const auto& [key, verdict] : verdict_keys) {
        const toml::array* entries = reader.list("expected", key);
        if (entries == nullptr) continue;
        for (const toml::node& entry : *entries) {
            const std::string id = entry.is_string() ? entry.as_string()->get() : "";
            if (std::find(check_ids.begin(), check_ids.end(), id) == check_ids.end()) {
                reader.fail(entry, path_of(key),
                            "ids of checks as ntk verify --list shows them" + suggestion(id, check_ids));
            }
            if (!expected.verdicts.emplace(id, verdict).second) {
                reader.fail(entry, path_of(key), "an id that has no other verdict");
            }
        }
    }
}

Intervals read_intervals(const StudyReader& reader, const toml::node& node, const std::string& path) {
    const std::string wanted = "a list of intervals [from, to]";
    const toml::array* entries = node.as_array();
    if (entries == nullptr) reader.fail(node, path, wanted);
    Intervals intervals;
    for (const toml::node& entry : *entries) {
        const toml::array* ends = entry.as_array();
        if (ends == nullptr || ends->size() != 2) reader.fail(entry, path, wanted);
        intervals.emplace_back(reader.number_in(*ends->get(0), path), reader.number_in(*ends->get(1), path));
        if (!(intervals.back().first <= intervals.back().second)) reader.fail(entry, path, wanted);
    }
    return intervals;
}

std::string in_words(const Intervals& intervals) {
    std::string text;
    for (const auto& [from, to] : intervals) {
        text += fmt::format("{}{:.3g} to {:.3g}", text.empty() ? "" : ", ", from, to);
    }
    return text.empty() ? "nowhere" : text;
}

/// Whether an expected end of an interval is the one that was found, up to one time of the check.
bool same_end(double expected, double found, const std::set<double>& times) {
    constexpr double three_digits = 5e-3;
    const auto at = times.find(found);
    const double before = at == times.end() || at == times.begin() ? found : *std::prev(at);
    const double after = at == times.end() || std::next(at) == times.end() ? found : *std::next(at);
    return before * (1 - three_digits) <= expected && expected <= after * (1 + three_digits);
}

bool same(const Intervals& expected, const ledger::Check& check, const Intervals& found) {
    std::set<double> times;
    for (const ledger::Series& series : check.series) times.insert(series.time.begin(), series.time.end());
    return std::equal(expected.begin(), expected.end(), found.begin(), found.end(), [&](const auto& a, const auto& b) {
        return same_end(a.first, b.first, times) && same_end(a.second, b.second, times);
    });
}

}  // namespace

std::optional<Expectations> read_expectations(const StudyReader& reader, const std::vector<std::string>& check_ids) {
    if (!reader.has_section("expected")) return std::nullopt;
    Expectations expected;
    read_verdicts(reader, check_ids, expected);
    const toml::table* informative = reader.table("expected", "informative");
    if (informative == nullptr) return expected;
    expected.informative.emplace();
    for (const auto& [key, node] : *informative) {
        const std::string id(key.str());
        if (!expected.verdicts.contains(id)) {
            reader.fail(node, path_of("informative." + id), "the id of a check that has a verdict in [expected]");
        }
        (*expected.informative)[id] = read_intervals(reader, node, path_of("informative." + id));
    }
    return expected;
}

Comparison compare(const Expectations& expected, const std::vector<ledger::Check>& checks) {
    Comparison result;
    for (const ledger::Check& check : checks) {
        const auto at = expected.verdicts.find(check.id);
        if (at == expected.verdicts.end()) continue;
        ++result.compared;
        if (at->second != check.verdict) {
            result.differences.push_back(fmt::format("{} is expected to be \"{}\" and is \"{}\"", check.id,
                                                     to_string(at->second), to_string(check.verdict)));
        }
        if (!expected.informative) continue;
        const auto intervals = expected.informative->find(check.id);
        const Intervals wanted = intervals == expected.informative->end() ? Intervals{} : intervals->second;
        const Intervals found = check.informative();
        if (!same(wanted, check, found)) {
            result.differences.push_back(fmt::format("{} is expected to be informative {} and is {}", check.id,
                                                     in_words(wanted), in_words(found)));
        }
    }
    return result;
}

}  // namespace ntk::verify
