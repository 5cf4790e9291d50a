// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/ledger.hpp"

#include <string>

namespace ntk::verify {

/// The report for continuous integration: a test suite per study and a test case per check. Violated is a failure,
/// inconclusive an error, not applicable is skipped, holds and vacuous pass.
std::string render_junit(const ledger::Ledger& ledger);

}  // namespace ntk::verify
