// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ntk::verify {

/// The whole program: reads the command line, runs the command, reports errors on stderr, and returns the exit code.
int run_application(int argument_count, char** arguments);

}  // namespace ntk::verify
