// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/ledger.hpp"

#include <string>

namespace ntk::verify {

/// One line per check that applies (verdict, check, study, margin, informative times, mutation control) under a header,
/// columns aligned; then one line for each study and reason for which checks do not apply, and one that counts the
/// verdicts. With `colour` the verdicts carry ANSI colours.
std::string verdict_table(const ledger::Ledger& ledger, bool colour = false);

/// True if standard output is a terminal that shows colours and NO_COLOR is not set.
bool stdout_shows_colour();

}  // namespace ntk::verify
