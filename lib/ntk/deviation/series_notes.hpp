// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/check.hpp"

#include <string>
#include <vector>

/// Sentences on how sharp the bounds of a check are.
namespace ntk::deviation {

/// "Ratio of the right side to the left: median 3.1, from 1.02 to 47 (at t > 0)." Empty where there is none.
std::string tightness_note(const std::vector<ledger::Series>& series);
/// "Last time at which the bound is informative: degree 0: 3.5; degree 1: never." Empty where that question does not
/// arise.
std::string informative_note(const std::vector<ledger::Series>& series);
/// Those that are not empty, in one line.
std::string joined_notes(const std::vector<std::string>& notes);

}  // namespace ntk::deviation
