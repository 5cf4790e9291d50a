// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/damped_paths.hpp"
#include "ntk/deviation/time_grid.hpp"
#include "ntk/ledger/check.hpp"

#include <map>
#include <string>

namespace ntk::deviation {

/// One identity path(t) = e^{-rate t} path(0) + sign int_0^t e^{-rate(t-s)} rate_of_deviation(s) ds at the breakpoints
/// of the grid. The distances from the other runs pass through zero now and then: their largest value so far is the
/// estimate of the trajectory's error on each side, and never less than `tolerance`. `extra_error` is that of a value
/// of either path; `errors` keeps the largest of each source.
ledger::Series identity_series(const std::string& label, const TimeGrid& grid, const Measured& rate, const Paths& path,
                               const Paths& deviation, double tolerance, double extra_error, double sign,
                               std::map<std::string, double>& errors);

}  // namespace ntk::deviation
