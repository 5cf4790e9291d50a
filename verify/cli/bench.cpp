// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/cli/bench.hpp"

#include "verify/cli/table.hpp"

#include <cmath>

/// ntk bench: measured speed with measured error.
namespace ntk::verify {
namespace {

using nlohmann::ordered_json;

/// Clocks say nothing below a microsecond.
double rounded(double seconds) { return std::round(seconds * 1e6) / 1e6; }

ordered_json spread_to_json(const Spread& spread) {
    return {{"min", rounded(spread.min)}, {"median", rounded(spread.median)}, {"max", rounded(spread.max)}};
}

}  // namespace

void add_repeat_options(CLI::App& command, RepeatOptions& options) {
    command.add_option("--repeat", options.repeat, "number of measurements")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("R")
        ->capture_default_str();
    command.add_option("--format", options.output.format, "default: table on a terminal, json otherwise")
        ->check(CLI::IsMember({"table", "json"}));
    command.add_option("--out", options.output.out, "write to a file instead of standard output")->type_name("FILE");
}

void add_times(ordered_json& json, const Measurement& measured) {
    json["cpu_s"] = spread_to_json(measured.cpu);
    json["wall_s"] = spread_to_json(measured.wall);
}

void write_benchmark(const OutputOptions& options, const ordered_json& json,
                     const std::function<std::string(const ordered_json&)>& to_text) {
    write_result(options, chosen_format(options) == "table" ? to_text(json) : json.dump(2) + "\n");
}

std::string times_as_table(const ordered_json& json) {
    const auto seconds = [&](const char* name) -> std::vector<std::string> {
        return {name, json[name]["min"].dump(), json[name]["median"].dump(), json[name]["max"].dump()};
    };
    return format_aligned(Table{{"", "min", "median", "max"}, {seconds("cpu_s"), seconds("wall_s")}});
}

void add_bench_command(CLI::App& program, CommandContext& context) {
    CLI::App* bench = program.add_subcommand("bench", "measured speed with measured error");
    bench->require_subcommand(1);
    add_bench_flow(*bench, context);
    add_bench_network(*bench, context);
    add_bench_population(*bench, context);
    add_bench_spectrum(*bench, context);
    bench->footer(
        "Example:\n  ntk bench rhs --activation erf --samples 1024 --width 4096 --dim 3\n"
        "  ntk bench spectrum --activation relu --bias 1 --output-bias --dim 3 --degrees 0:1000 --digits 100");
}

}  // namespace ntk::verify
