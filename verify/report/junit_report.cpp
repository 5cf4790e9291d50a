// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/junit_report.hpp"

#include "verify/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ntk::verify {
namespace {

/// Line feeds in an attribute would be read as spaces; say so openly.
std::string attribute(const std::string& text) { return escape_xml(printable_line(text)); }

std::string seconds(double value) { return fmt::format("{:.3f}", std::isfinite(value) ? value : 0.0); }

std::string element(const std::string& name, const std::string& message, const std::string& text) {
    return fmt::format("      <{} message=\"{}\">{}</{}>\n", name, attribute(message), escape_xml(text), name);
}

std::string details(const ledger::Check& check) {
    std::string text = check.claim + "\n";
    for (const ledger::Series& series : check.series) {
        text +=
            fmt::format("{}: {}, margin {}\n", series.label, to_string(series.verdict), format_margin(series.margin));
    }
    return text + (check.reproduce.empty() ? "" : "reproduce: " + check.reproduce + "\n");
}

std::string outcome(const ledger::Check& check) {
    const std::string message = check.note.empty() ? check.title : check.title + ": " + check.note;
    switch (check.verdict) {
        case ledger::Verdict::violated:
            return element("failure", message, details(check));
        case ledger::Verdict::inconclusive:
            return element("error", message, details(check));
        case ledger::Verdict::not_applicable:
            return element("skipped", failed_hypotheses(check), "");
        default:
            return fmt::format("      <system-out>{}</system-out>\n",
                               escape_xml(to_string(check.verdict) + "\n" + details(check)));
    }
}

/// The obligations as one more suite.
struct ProofCounts {
    std::size_t tests = 0;
    std::size_t failures = 0;
    double time = 0;
};

ProofCounts count(const std::optional<ledger::ProofSection>& proofs) {
    if (!proofs) return {};
    const auto failed = std::count_if(proofs->obligations.begin(), proofs->obligations.end(),
                                      [](const ledger::ProofRow& row) { return !row.passed; });
    return {proofs->obligations.size(), static_cast<std::size_t>(failed),
            std::isfinite(proofs->seconds) ? proofs->seconds : 0.0};
}

std::string proof_suite(const ledger::ProofSection& proofs) {
    const ProofCounts counted = count(proofs);
    std::string text = fmt::format(
        "  <testsuite name=\"proofs\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\" time=\"{}\">\n",
        counted.tests, counted.failures, seconds(counted.time));
    for (const ledger::ProofRow& row : proofs.obligations) {
        text += fmt::format("    <testcase classname=\"proofs\" name=\"{}\" time=\"{}\">\n{}    </testcase>\n",
                            attribute(row.name), seconds(row.seconds),
                            row.passed ? fmt::format("      <system-out>{}</system-out>\n",
                                                     escape_xml(row.status + "\n" + row.statement + "\n"))
                                       : element("failure", row.statement, row.failure));
    }
    return text + "  </testsuite>\n";
}

std::string counts(const std::vector<ledger::Check>& checks, const ProofCounts& proofs = {}) {
    double total = proofs.time;
    for (const ledger::Check& check : checks) total += std::isfinite(check.seconds) ? check.seconds : 0.0;
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{}\"",
                       checks.size() + proofs.tests,
                       count_verdicts(checks, ledger::Verdict::violated) + proofs.failures,
                       count_verdicts(checks, ledger::Verdict::inconclusive),
                       count_verdicts(checks, ledger::Verdict::not_applicable), seconds(total));
}

std::string suite(const std::string& study, const std::vector<ledger::Check>& checks) {
    std::string text = fmt::format("  <testsuite name=\"{}\" {}>\n", attribute(study), counts(checks));
    for (const ledger::Check& check : checks) {
        text += fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{}\">\n{}    </testcase>\n",
                            attribute(check.study), attribute(check.id), seconds(check.seconds), outcome(check));
    }
    return text + "  </testsuite>\n";
}

}  // namespace

std::string render_junit(const ledger::Ledger& ledger) {
    std::vector<std::string> studies;
    for (const ledger::Check& check : ledger.checks) {
        if (std::find(studies.begin(), studies.end(), check.study) == studies.end()) studies.push_back(check.study);
    }
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    text += fmt::format("<testsuites name=\"ntk verify\" {}>\n", counts(ledger.checks, count(ledger.proofs)));
    for (const std::string& study : studies) {
        std::vector<ledger::Check> checks;
        std::copy_if(ledger.checks.begin(), ledger.checks.end(), std::back_inserter(checks),
                     [&study](const auto& check) { return check.study == study; });
        text += suite(study, checks);
    }
    if (ledger.proofs) text += proof_suite(*ledger.proofs);
    return text + "</testsuites>\n";
}

}  // namespace ntk::verify
