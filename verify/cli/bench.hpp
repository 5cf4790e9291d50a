// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verify/benchmarks/measure.hpp"
#include "verify/cli/commands.hpp"
#include "verify/cli/kernel_options.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>

/// What the benchmarks of ntk bench share; each is a subcommand in a file of its own.
namespace ntk::verify {

struct RepeatOptions {
    int repeat = 5;
    OutputOptions output;
};

/// Adds --repeat, --format and --out.
void add_repeat_options(CLI::App& command, RepeatOptions& options);

/// "cpu_s" and "wall_s" in seconds to a microsecond.
void add_times(nlohmann::ordered_json& json, const Measurement& measured);
/// Writes the result in the format that was asked for: as JSON, or as to_text makes it.
void write_benchmark(const OutputOptions& options, const nlohmann::ordered_json& json,
                     const std::function<std::string(const nlohmann::ordered_json&)>& to_text);
/// The two members as a table with one row each.
std::string times_as_table(const nlohmann::ordered_json& json);

void add_bench_spectrum(CLI::App& bench, CommandContext& context);
void add_bench_flow(CLI::App& bench, CommandContext& context);
void add_bench_network(CLI::App& bench, CommandContext& context);
void add_bench_population(CLI::App& bench, CommandContext& context);

}  // namespace ntk::verify
