// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/verdict_table.hpp"

#include "verify/report/text.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace ntk::verify {
namespace {

constexpr std::size_t column_count = 6;
using Row = std::array<std::string, column_count>;

/// Columns of a terminal that a text takes: code points of UTF-8.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string_view colour_of(ledger::Verdict verdict) {
    switch (verdict) {
        case ledger::Verdict::violated:
            return "\033[1;31m";
        case ledger::Verdict::inconclusive:
            return "\033[33m";
        case ledger::Verdict::vacuous:
            return "\033[36m";
        case ledger::Verdict::holds:
            return "\033[32m";
        case ledger::Verdict::not_applicable:
            return "\033[2m";
    }
    return "";
}

std::string format_row(const Row& row, const std::array<std::size_t, column_count>& widths, std::string_view colour) {
    std::string line;
    for (std::size_t i = 0; i < column_count; ++i) {
        line += i == 0 && !colour.empty() ? std::string(colour) + row[i] + "\033[0m" : row[i];
        line += std::string(widths[i] - width(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

/// Why a check does not apply: the first hypothesis that fails.
std::string why_not(const ledger::Check& check) {
    for (const ledger::Hypothesis& hypothesis : check.hypotheses) {
        if (!hypothesis.holds) return hypothesis.reason.empty() ? "not: " + hypothesis.statement : hypothesis.reason;
    }
    return "nothing to judge";
}

/// A reason may go on for a paragraph, which the report shows.
std::string first_sentence(const std::string& text) { return text.substr(0, text.find(". ")); }

/// The checks that do not apply, by study and reason: a study without a network has dozens of them.
std::string not_applicable_lines(const std::vector<ledger::Check>& checks) {
    struct Group {
        std::string study, reason;
        std::vector<std::string> ids;
    };
    std::vector<Group> groups;
    for (const ledger::Check& check : checks) {
        if (check.verdict != ledger::Verdict::not_applicable) continue;
        const std::string reason = why_not(check);
        const auto same = [&](const Group& group) { return group.study == check.study && group.reason == reason; };
        auto group = std::find_if(groups.begin(), groups.end(), same);
        if (group == groups.end()) group = groups.insert(groups.end(), {check.study, reason, {}});
        group->ids.push_back(check.id);
    }
    constexpr std::size_t shown = 6;
    std::string text;
    for (const Group& group : groups) {
        text += "not applicable in " + printable_line(group.study) + ": ";
        const std::size_t named = group.ids.size() <= shown + 1 ? group.ids.size() : shown;
        for (std::size_t i = 0; i < named; ++i) text += (i == 0 ? "" : ", ") + printable_line(group.ids[i]);
        if (named < group.ids.size()) text += " and " + std::to_string(group.ids.size() - named) + " more";
        text += " (" + printable_line(first_sentence(group.reason)) + ")\n";
    }
    return text;
}

}  // namespace

std::string verdict_table(const ledger::Ledger& ledger, bool colour) {
    std::vector<Row> rows = {{"verdict", "check", "study", "margin", "informative", "mutation control"}};
    std::vector<ledger::Verdict> verdicts;
    for (const ledger::Check& check : ledger.checks) {
        if (check.verdict == ledger::Verdict::not_applicable) continue;
        verdicts.push_back(check.verdict);
        rows.push_back({to_string(check.verdict), printable_line(check.id), printable_line(check.study),
                        format_margin(check.margin), format_informative(check), format_mutation_control(check)});
    }
    std::array<std::size_t, column_count> widths{};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < column_count; ++i) widths[i] = std::max(widths[i], width(row[i]));
    }
    std::string text = format_row(rows.front(), widths, colour ? "\033[1m" : "");
    for (std::size_t i = 1; i < rows.size(); ++i) {
        text += format_row(rows[i], widths, colour ? colour_of(verdicts[i - 1]) : "");
    }
    text += not_applicable_lines(ledger.checks) + format_counts(ledger.checks) + "\n";
    for (const ledger::StudySummary& study : ledger.studies) {
        if (!study.expectations) continue;
        for (const std::string& difference : study.expectations->differences) {
            text +=
                "not as the study expects: " + printable_line(study.name) + ": " + printable_line(difference) + "\n";
        }
    }
    return text;
}

bool stdout_shows_colour() {
    const char* terminal = std::getenv("TERM");
    const bool capable = terminal != nullptr && std::string_view(terminal) != "dumb";
    return capable && std::getenv("NO_COLOR") == nullptr && ::isatty(STDOUT_FILENO) == 1;
}

}  // namespace ntk::verify
