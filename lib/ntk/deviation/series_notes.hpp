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
/// Takes out the series in which nothing deviates and names them: "Left out, as nothing deviates there: degree 0".
/// A degree that parity forbids to the network has a residual that does not move: an identity or a bound of zeros, of
/// which both sides are rounding, says nothing. Zero is 1e-12 of the scale.
std::string leave_out_zeros(std::vector<ledger::Series>& series, double scale);
/// Those that are not empty, in one line.
std::string joined_notes(const std::vector<std::string>& notes);

}  // namespace ntk::deviation
