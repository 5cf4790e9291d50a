// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace ntk::verify {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Length of the sequence that a lead byte announces; 0 for a byte that cannot lead.
std::size_t announced_length(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

bool is_allowed(std::uint32_t code, std::size_t length) {
    constexpr std::array<std::uint32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
    if (code < smallest[length] || code > 0x10FFFF) return false;
    if (code >= 0xD800 && code < 0xE000) return false;
    if (code < 0x20) return code == '\n' || code == '\t';
    return !(code >= 0x7F && code < 0xA0) && code != 0xFFFE && code != 0xFFFF;
}

/// Bytes of the well-formed and allowed character at the front, 0 if there is none.
std::size_t character_length(std::string_view text) {
    const std::size_t length = announced_length(static_cast<unsigned char>(text.front()));
    if (length == 0 || length > text.size()) return 0;
    std::uint32_t code = static_cast<unsigned char>(text.front());
    if (length > 1) code &= 0xFFU >> (length + 1);
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0U) != 0x80U) return 0;
        code = (code << 6U) | (byte & 0x3FU);
    }
    return is_allowed(code, length) ? length : 0;
}

double largest_error(const std::vector<ledger::Measured>& side) {
    double largest = 0;
    for (const ledger::Measured& one : side) {
        if (std::isnan(one.error)) return one.error;
        largest = std::max(largest, one.error);
    }
    return largest;
}

}  // namespace

std::string printable(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        clean += length > 0 ? text.substr(0, length) : replacement;
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return clean;
}

std::string printable_line(std::string_view text) {
    std::string line = printable(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return line;
}

std::string escape_xml(std::string_view text) {
    std::string escaped;
    for (const char c : printable(text)) {
        switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                escaped += c;
        }
    }
    return escaped;
}

std::string format_number(double value, int significant) {
    if (std::isnan(value)) return "not a number";
    if (std::isinf(value)) return value > 0 ? "infinite" : "minus infinite";
    return fmt::format("{:.{}g}", value, significant);
}

std::string format_seconds(double seconds) {
    if (!std::isfinite(seconds)) return "unknown time";
    return seconds < 0.01 ? "under 0.01 s" : fmt::format("{:.2f} s", seconds);
}

std::string format_margin(const std::optional<double>& margin) {
    if (!margin || !std::isfinite(*margin)) return std::string(no_value);
    const std::string text = fmt::format("{:+.2f}", *margin);
    return text == "-0.00" ? "+0.00" : text;
}

std::string format_intervals(const std::vector<std::pair<double, double>>& intervals) {
    std::string text;
    for (const auto& [from, to] : intervals) {
        if (!text.empty()) text += ", ";
        text += format_number(from);
        if (to > from) text += " to " + format_number(to);
    }
    return text;
}

std::string format_informative(const ledger::Check& check) {
    const bool arises =
        check.verdict != ledger::Verdict::not_applicable &&
        std::any_of(check.series.begin(), check.series.end(), [](const auto& s) { return !s.separates.empty(); });
    if (!arises) return std::string(no_value);
    const std::string intervals = format_intervals(check.informative());
    return intervals.empty() ? "never" : intervals;
}

std::string format_mutation_control(const ledger::Check& check) {
    if (check.verdict == ledger::Verdict::not_applicable || !check.mutation_control) return std::string(no_value);
    return check.mutation_control->verdict == ledger::Verdict::violated ? "caught" : "NOT caught";
}

std::string shorten_decimal(const std::string& decimal, std::size_t digits) {
    const std::size_t exponent = std::min(decimal.find_first_of("eE"), decimal.size());
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    std::size_t significant = 0;
    for (std::size_t i = 0; i < exponent; ++i) {
        if (!is_digit(decimal[i]) || (significant == 0 && decimal[i] == '0')) continue;
        if (++significant <= digits) continue;
        // Only digits behind the point may go, and an ellipsis in place of one digit would save nothing.
        const std::size_t point = decimal.find('.');
        if (point > i || exponent - i < 2) return decimal;
        return decimal.substr(0, i) + "\xE2\x80\xA6" + decimal.substr(exponent);
    }
    return decimal;
}

std::size_t count_verdicts(const std::vector<ledger::Check>& checks, ledger::Verdict verdict) {
    return static_cast<std::size_t>(
        std::count_if(checks.begin(), checks.end(), [verdict](const auto& check) { return check.verdict == verdict; }));
}

std::string format_counts(const std::vector<ledger::Check>& checks) {
    std::string text;
    for (const ledger::Verdict verdict : verdicts_worst_first) {
        const std::size_t count = count_verdicts(checks, verdict);
        if (count == 0) continue;
        const std::string word = verdict == ledger::Verdict::holds && count > 1 ? "hold" : to_string(verdict);
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, word);
    }
    return text.empty() ? "no checks" : text;
}

ledger::Verdict series_verdict(const ledger::Check& check, const ledger::Series& series) {
    return check.verdict == ledger::Verdict::not_applicable ? check.verdict : series.verdict;
}

std::string format_last_value(const std::vector<ledger::Measured>& side) {
    if (side.empty()) return std::string(no_value);
    return format_number(side.back().value, 4) + " \u00b1 " + format_number(largest_error(side), 2);
}

std::string failed_hypotheses(const ledger::Check& check) {
    std::string text;
    for (const ledger::Hypothesis& hypothesis : check.hypotheses) {
        if (hypothesis.holds) continue;
        if (!text.empty()) text += "; ";
        text += hypothesis.statement + (hypothesis.reason.empty() ? "" : " (" + hypothesis.reason + ")");
    }
    return text;
}

}  // namespace ntk::verify
