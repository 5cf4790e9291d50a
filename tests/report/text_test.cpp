// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/text.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace ntk::verify;
using ntk::ledger::Check;
using ntk::ledger::Series;
using ntk::ledger::Verdict;

TEST_CASE("text: printable keeps good characters and replaces bad ones") {
    CHECK(printable("plain \xC3\xA9 \xE2\x88\xAB \xF0\x9D\x94\xBC\n\t") ==
          "plain \xC3\xA9 \xE2\x88\xAB \xF0\x9D\x94\xBC\n\t");
    const std::string bad = "\xEF\xBF\xBD";
    CHECK(printable(std::string("a\0b", 3)) == "a" + bad + "b");
    CHECK(printable("\x1b[31m") == bad + "[31m");
    CHECK(printable("\xC3(") == bad + "(");                         // a lead byte without its second byte
    CHECK(printable("\xC3") == bad);                                // the same at the end
    CHECK(printable("\xC0\xAF") == bad + bad);                      // an overlong slash
    CHECK(printable("\xE0\x80\x80") == bad + bad + bad);            // an overlong null
    CHECK(printable("\xED\xA0\x80") == bad + bad + bad);            // half of a surrogate pair
    CHECK(printable("\xF4\x90\x80\x80") == bad + bad + bad + bad);  // above the last code point
    CHECK(printable("\xC2\x85") == bad + bad);                      // a control character of two bytes
    CHECK(printable_line("a\nb\tc") == "a b c");
    CHECK(escape_xml("<a b='\"'>&") == "&lt;a b=&#39;&quot;&#39;&gt;&amp;");
}

TEST_CASE("text: numbers for people") {
    CHECK(format_number(0.0123456) == "0.0123");
    CHECK(format_number(1.6e-9, 2) == "1.6e-09");
    CHECK(format_number(HUGE_VAL) == "infinite");
    CHECK(format_number(std::numeric_limits<double>::quiet_NaN()) == "not a number");
    CHECK(format_margin(1.234) == "+1.23");
    CHECK(format_margin(-0.301) == "-0.30");
    CHECK(format_margin(-0.004) == "+0.00");
    CHECK(format_margin(0.0) == "+0.00");
    CHECK(format_margin(std::nullopt) == no_value);
    CHECK(format_seconds(0.214) == "0.21 s");
    CHECK(format_seconds(3.5e-5) == "under 0.01 s");
    CHECK(format_seconds(HUGE_VAL) == "unknown time");
    CHECK(format_last_value({}) == no_value);
    CHECK(format_last_value({{1, 3e-9}, {0.00171234, 2e-9}}) == "0.001712 \u00b1 3e-09");
    CHECK(format_last_value({{1, std::numeric_limits<double>::quiet_NaN()}, {1, 2e-9}}) == "1 \u00b1 not a number");
    CHECK(format_intervals({{0.1, 5}, {7, 7}}) == "0.1 to 5, 7");
}

TEST_CASE("text: decimals are cut, never rounded") {
    CHECK(shorten_decimal("0.16666666666666667", 6) == "0.166666\xE2\x80\xA6");
    CHECK(shorten_decimal("0.000999999999", 3) == "0.000999\xE2\x80\xA6");
    CHECK(shorten_decimal("2.8610229492187500e-4", 4) ==
          "2.861\xE2\x80\xA6"
          "e-4");
    CHECK(shorten_decimal("0.25", 12) == "0.25");
    CHECK(shorten_decimal("0", 12) == "0");
    CHECK(shorten_decimal("1234567", 3) == "1234567");  // digits before the point stay
    CHECK(shorten_decimal("1234567.25", 3) == "1234567.25");
    CHECK(shorten_decimal("0.1234", 3) == "0.1234");  // nothing saved
    CHECK(shorten_decimal("", 3).empty());
}

TEST_CASE("text: informative times and mutation control of a check") {
    Check check;
    check.verdict = Verdict::holds;
    CHECK(format_informative(check) == no_value);
    check.series.emplace_back();
    CHECK(format_informative(check) == no_value);
    check.series.back().separates = {1.0};
    CHECK(format_informative(check) == "never");
    check.series.back().informative = {{0.5, 2}};
    CHECK(format_informative(check) == "0.5 to 2");
    CHECK(format_mutation_control(check) == no_value);
    check.mutation_control = ntk::ledger::MutationControl{"sign", Verdict::violated};
    CHECK(format_mutation_control(check) == "caught");
    for (const Verdict verdict : {Verdict::holds, Verdict::vacuous, Verdict::inconclusive, Verdict::not_applicable}) {
        check.mutation_control->verdict = verdict;
        CHECK(format_mutation_control(check) == "NOT caught");
    }
    check.verdict = Verdict::not_applicable;
    CHECK(format_informative(check) == no_value);
    CHECK(format_mutation_control(check) == no_value);
    CHECK(series_verdict(check, check.series.back()) == Verdict::not_applicable);
}

TEST_CASE("text: counts name the worst first") {
    std::vector<Check> checks(4);
    CHECK(format_counts({}) == "no checks");
    checks[0].verdict = checks[1].verdict = Verdict::holds;
    checks[2].verdict = Verdict::violated;
    checks[3].verdict = Verdict::not_applicable;
    CHECK(format_counts(checks) == "1 violated, 2 hold, 1 not applicable");
}
