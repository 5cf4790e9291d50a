// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/ledger.hpp"

#include <string>

namespace ntk::verify {

/// The report as Markdown with tables, for logs and review comments: verdicts, spectra, and each check's claim,
/// hypotheses and errors; no plots.
std::string render_markdown(const ledger::Ledger& ledger);

}  // namespace ntk::verify
