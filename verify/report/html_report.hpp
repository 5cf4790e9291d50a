// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/ledger.hpp"

#include <string>

namespace ntk::verify {

/// The report as one self-contained page: no script, formulas in MathML, plots as inline SVG drawn by one gnuplot
/// process, light and dark, 400 to 1280 pixels wide, printable. All text of the ledger is escaped. Throws ResourceError
/// if gnuplot is missing or fails.
std::string render_html(const ledger::Ledger& ledger);

}  // namespace ntk::verify
