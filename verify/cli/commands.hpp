// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verify/cli/exit_codes.hpp"

#include <CLI/CLI.hpp>

#include <functional>

namespace ntk::verify {

/// What all commands share: the global options, and the action of the command that was chosen.
struct CommandContext {
    int threads = 1;
    bool quiet = false;
    std::function<ExitCode()> action;  ///< set by the callback of the chosen command; run after parsing
};

/// Each command lives in one file of this folder and adds itself to the program.
void add_bench_command(CLI::App& program, CommandContext& context);
void add_kernel_command(CLI::App& program, CommandContext& context);
void add_plan_command(CLI::App& program, CommandContext& context);
void add_prove_command(CLI::App& program, CommandContext& context);
void add_ridge_command(CLI::App& program, CommandContext& context);
void add_simulate_command(CLI::App& program, CommandContext& context);
void add_spectrum_command(CLI::App& program, CommandContext& context);
void add_verify_command(CLI::App& program, CommandContext& context);

}  // namespace ntk::verify
