// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/check.hpp"
#include "verify/study/reader.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ntk::verify {

/// [expected]: what a study says that ntk verify will find.
struct Expectations {
    std::map<std::string, ledger::Verdict> verdicts;  ///< by the id of the check
    using Intervals = std::vector<std::pair<double, double>>;
    /// Where the bounds are informative, by the id of the check: those that are not named are nowhere. Nothing where
    /// the study does not say.
    std::optional<std::map<std::string, Intervals>> informative;
};

/// Nothing without a section [expected]. `check_ids` are the ids that it may name; each has one verdict at most, and
/// intervals only beside a verdict.
std::optional<Expectations> read_expectations(const StudyReader& reader, const std::vector<std::string>& check_ids);

/// How many of the checks the study has expectations for, and which of them differ, a sentence each. Verdicts are
/// compared as they are. An interval ends at a time of the check: the bound stops to separate somewhere between that
/// time and the next, and the expected end, of three digits, may be anything from the time before to the time after.
struct Comparison {
    long compared = 0;
    std::vector<std::string> differences;
};
Comparison compare(const Expectations& expected, const std::vector<ledger::Check>& checks);

}  // namespace ntk::verify
