// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/checks.hpp"

namespace ntk::deviation {

/// What a check is called and says, in the order of a report.
struct CheckTexts {
    std::string id, title, claim;
    std::string formula;  ///< MathML
    std::string theory;   ///< section of theory.md
    std::string left_name, right_name;
    std::string mutation;
    std::string abscissa = "time t";
};

/// A check over time whose errors are estimates.
CheckDefinition check_over_time(CheckTexts texts, ledger::Relation relation,
                                std::function<Evaluation(const Experiment&, Variant)> evaluate);

}  // namespace ntk::deviation
