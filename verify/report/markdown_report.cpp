// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/markdown_report.hpp"

#include "verify/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace ntk::verify {
namespace {

/// Text that Markdown shows as it stands, also inside a table.
std::string plain(const std::string& text) {
    std::string escaped;
    for (const char c : printable_line(text)) {
        if (c == '<') {
            escaped += "&lt;";
        } else {
            if (std::string_view("\\`*_{}[]#|>~!").find(c) != std::string_view::npos) escaped += '\\';
            escaped += c;
        }
    }
    return escaped;
}

std::string table_row(const std::vector<std::string>& cells) {
    std::string line = "|";
    for (const std::string& cell : cells) line += " " + cell + " |";
    return line + "\n";
}

std::string table_head(const std::vector<std::string>& cells) {
    return table_row(cells) + table_row(std::vector<std::string>(cells.size(), "---"));
}

std::string verdicts(const ledger::Ledger& ledger) {
    std::string text = "## Verdicts\n\n" + table_head({"verdict", "check", "study", "margin (decades)",
                                                       "informative for t in", "mutation control"});
    for (const ledger::Check& check : ledger.checks) {
        text += table_row({"**" + to_string(check.verdict) + "**", plain(check.title) + " (" + plain(check.id) + ")",
                           plain(check.study), format_margin(check.margin), format_informative(check),
                           format_mutation_control(check)});
    }
    return text + "\n";
}

std::string study(const ledger::StudySummary& summary) {
    std::string text = "## Study " + plain(summary.name) + "\n\n" + plain(summary.title) + "\n\n";
    if (summary.settings.empty()) return text;
    text += table_head({"setting", "value"});
    for (const auto& [key, value] : summary.settings) text += table_row({plain(key), plain(value)});
    return text + "\n";
}

std::string spectrum(const ledger::SpectrumSection& section) {
    std::string text = fmt::format("## Spectrum of {}: {}, d = {}, {} digits\n\n", plain(section.study),
                                   plain(section.kernel), section.dim, section.digits);
    text += table_head({"degree", "multiplicity", "eigenvalue", "radius", "exact", "route", "disagreement of routes"});
    for (const ledger::SpectrumRow& row : section.rows) {
        text += table_row({std::to_string(row.degree), plain(row.multiplicity), plain(row.value), plain(row.radius),
                           plain(row.exact), plain(row.route), plain(row.disagreement)});
    }
    return text + "\n";
}

std::string errors(const ledger::Check& check) {
    if (check.errors.empty()) return "";
    std::string text;
    for (const auto& [source, error] : check.errors)
        text += (text.empty() ? "" : ", ") + plain(source) + " " + format_number(error);
    return "- numerical errors (" + to_string(check.evidence) + "): " + text + "\n";
}

std::string check_details(const ledger::Check& check) {
    std::string text = fmt::format("### {}: {} ({}, {})\n\n{}\n\n", to_string(check.verdict), plain(check.title),
                                   plain(check.id), plain(check.study), plain(check.claim));
    for (const ledger::Hypothesis& hypothesis : check.hypotheses) {
        text +=
            fmt::format("- hypothesis {}: {}{}\n", hypothesis.holds ? "holds" : "FAILS", plain(hypothesis.statement),
                        hypothesis.holds || hypothesis.reason.empty() ? "" : " (" + plain(hypothesis.reason) + ")");
    }
    text += errors(check);
    if (check.mutation_control && check.verdict != ledger::Verdict::not_applicable) {
        text += fmt::format("- mutation control: {}: {} ({})\n", plain(check.mutation_control->change),
                            to_string(check.mutation_control->verdict), format_mutation_control(check));
    }
    if (!check.theory.empty()) text += "- theory: " + plain(check.theory) + "\n";
    if (!check.reproduce.empty()) text += "- reproduce: " + plain(check.reproduce) + "\n";
    if (!check.note.empty()) text += "- note: " + plain(check.note) + "\n";
    return text + "\n";
}

std::string proofs(const ledger::ProofSection& section) {
    std::string text =
        fmt::format("## Proofs\n\n{} obligations in {}; checks on finite ranges up to degree {}, d = {}\n\n",
                    section.obligations.size(), format_seconds(section.seconds), section.max_degree, section.max_dim);
    text += table_head({"obligation", "statement", "status", "range", "method", "mutants rejected", "given"});
    for (const ledger::ProofRow& row : section.obligations) {
        const auto rejected = std::count_if(row.mutants.begin(), row.mutants.end(),
                                            [](const ledger::ProofRow::Mutant& mutant) { return mutant.rejected; });
        std::string given;
        for (const std::string& name : row.given) given += (given.empty() ? "" : ", ") + plain(name);
        text += table_row({plain(row.name), plain(row.statement),
                           row.passed ? plain(row.status) : "**failed**: " + plain(row.failure), plain(row.range),
                           plain(row.method), fmt::format("{} of {}", rejected, row.mutants.size()), given});
    }
    return text + "\n";
}

}  // namespace

std::string render_markdown(const ledger::Ledger& ledger) {
    std::string text = "# ntk verify: " + format_counts(ledger.checks) + "\n\n";
    text += verdicts(ledger);
    for (const auto& summary : ledger.studies) text += study(summary);
    for (const auto& section : ledger.spectra) text += spectrum(section);
    text += "## Checks\n\n";
    for (const auto& check : ledger.checks) text += check_details(check);
    if (ledger.proofs) text += proofs(*ledger.proofs);
    text += "## Environment\n\n";
    for (const auto& [key, value] : ledger.environment) text += "- " + plain(key) + ": " + plain(value) + "\n";
    return text;
}

}  // namespace ntk::verify
