// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ntk::verify {

/// Runs the program gnuplot (found in PATH; no shell) with `script` on standard input and returns what it writes to
/// standard output. Throws ResourceError: not installed (says what to install), failed (says with which message), or no
/// room for temporary files.
std::string run_gnuplot(const std::string& script, const std::string& program = "gnuplot");

}  // namespace ntk::verify
