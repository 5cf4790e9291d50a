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

std::string counts(const std::vector<ledger::Check>& checks) {
    double total = 0;
    for (const ledger::Check& check : checks) total += std::isfinite(check.seconds) ? check.seconds : 0.0;
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{}\"", checks.size(),
                       count_verdicts(checks, ledger::Verdict::violated),
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
    text += fmt::format("<testsuites name=\"ntk verify\" {}>\n", counts(ledger.checks));
    for (const std::string& study : studies) {
        std::vector<ledger::Check> checks;
        std::copy_if(ledger.checks.begin(), ledger.checks.end(), std::back_inserter(checks),
                     [&study](const auto& check) { return check.study == study; });
        text += suite(study, checks);
    }
    return text + "</testsuites>\n";
}

}  // namespace ntk::verify
