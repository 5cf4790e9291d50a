// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/check.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Text as the renderers share it: clean strings, numbers and verdicts for people.
namespace ntk::verify {

/// A dash, where there is no value to show.
constexpr std::string_view no_value = "\xE2\x80\x93";

/// Valid UTF-8 that XML and terminals take: bytes that are not UTF-8 and control characters other than line feed and
/// tabulator become U+FFFD.
std::string printable(std::string_view text);
/// The same with line feeds and tabulators as spaces.
std::string printable_line(std::string_view text);
/// printable() with the five characters of markup as entities.
std::string escape_xml(std::string_view text);

/// `value` rounded to `significant` digits; "infinite" or "not a number" for what is not finite.
std::string format_number(double value, int significant = 3);
/// "0.21 s"; "under 0.01 s" for less.
std::string format_seconds(double seconds);
/// Decades with sign, "+1.25"; a dash if there is none.
std::string format_margin(const std::optional<double>& margin);
/// "0.1 to 5, 10 to 50".
std::string format_intervals(const std::vector<std::pair<double, double>>& intervals);
/// The times at which the bound is informative; "never", or a dash where the question does not arise.
std::string format_informative(const ledger::Check& check);
/// "caught" if the mutated claim came out violated, "NOT caught" if not, a dash without control.
std::string format_mutation_control(const ledger::Check& check);
/// A decimal number cut (not rounded) to `digits` significant digits with an ellipsis in place of the rest; the
/// exponent stays.
std::string shorten_decimal(const std::string& decimal, std::size_t digits);

/// All verdicts, worst first.
constexpr std::array<ledger::Verdict, 5> verdicts_worst_first = {
    ledger::Verdict::violated, ledger::Verdict::inconclusive, ledger::Verdict::vacuous, ledger::Verdict::holds,
    ledger::Verdict::not_applicable};
std::size_t count_verdicts(const std::vector<ledger::Check>& checks, ledger::Verdict verdict);
/// "2 violated, 11 hold": the verdicts that occur, worst first.
std::string format_counts(const std::vector<ledger::Check>& checks);
/// The verdict of one series; not_applicable if that is the check's.
ledger::Verdict series_verdict(const ledger::Check& check, const ledger::Series& series);
/// "0.001712 \u00b1 2e-09": the last value of one side of a series, and the largest error along it.
std::string format_last_value(const std::vector<ledger::Measured>& side);
/// Why a check is not applicable: the hypotheses that fail, with reasons; else empty.
std::string failed_hypotheses(const ledger::Check& check);

}  // namespace ntk::verify
