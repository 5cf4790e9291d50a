// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/ledger.hpp"

#include <filesystem>

namespace ntk::verify {

/// Writes report.html, report.json, report.md and junit.xml into `folder`, which is created if it does not exist. Every
/// text is rendered before the first file is written, and every file appears whole or not at all; if one cannot be
/// written, those already written by this call are removed again. Throws ResourceError (folder or file not writable,
/// gnuplot missing or failing).
void write_reports(const ledger::Ledger& ledger, const std::filesystem::path& folder);

}  // namespace ntk::verify
