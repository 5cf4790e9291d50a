// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/errors.hpp"
#include "verify/cli/commands.hpp"
#include "verify/cli/progress.hpp"
#include "verify/cli/table.hpp"
#include "verify/cli/version.hpp"
#include "verify/files/atomic_file.hpp"
#include "verify/report/verdict_table.hpp"
#include "verify/simulation/run_simulation.hpp"
#include "verify/simulation/trajectory_files.hpp"
#include "verify/study/parser.hpp"
#include "verify/study/run_study.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>
#include <memory>
#include <optional>

/// ntk simulate: trains one network and writes its trajectory.
namespace ntk::verify {
namespace {

struct SimulateArguments {
    std::string study;
    std::string out = "ntk-trajectory";
    std::optional<std::uint64_t> seed;
    bool restart = false;
};

/// A value with the digits that its error leaves, and the error.
std::string with_error(double value, double error) {
    const double size = std::max(std::abs(value), error);
    const int digits =
        error > 0 && size > 0 ? std::clamp(static_cast<int>(std::ceil(std::log10(size / error))), 1, 10) : 10;
    // No "-0".
    return fmt::format("{:.{}g} +- {:.0e}", value + 0.0, digits, error);
}

/// What happened at the checkpoints.
Table summary_of(const Study& study, const deviation::SimulationResult& result) {
    Table table{{"time", "||r||"}, {}};
    for (const ZonalProbe& probe : study.probes) table.header.push_back(fmt::format("c, degree {}", probe.degree));
    for (const double time : result.state_times) {
        const auto found = std::lower_bound(result.times.begin(), result.times.end(), time);
        if (found == result.times.end()) continue;
        const Eigen::Index at = found - result.times.begin();
        std::vector<std::string> row = {fmt::format("{:.6g}", time),
                                        with_error(result.residual_norm.value(at), result.residual_norm.error(at))};
        for (const deviation::MeasuredPath& path : result.coefficients) {
            row.push_back(with_error(path.value(at), path.error(at)));
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

/// "t = 3.1, 532 evaluations, 15.2 steps/s".
class RateOfSteps {
public:
    std::string detail(const deviation::SimulationStatus& status) {
        const Clock::time_point now = Clock::now();
        if (status.stage != stage_ || status.steps < first_steps_) {
            stage_ = status.stage;
            first_steps_ = status.steps;
            start_ = now;
        }
        const double elapsed = std::chrono::duration<double>(now - start_).count();
        const double rate = elapsed > 0 ? static_cast<double>(status.steps - first_steps_) / elapsed : 0;
        return fmt::format("{}, t = {:.4g}, {} evaluations, {:.3g} steps/s", status.stage, status.time,
                           status.evaluations, rate);
    }

private:
    using Clock = std::chrono::steady_clock;
    std::string stage_;
    long first_steps_ = 0;
    Clock::time_point start_;
};

ExitCode run(const SimulateArguments& arguments, int threads, bool quiet) {
    Study study = load_study(arguments.study, ids_of(deviation::standard_checks()));
    if (!study.trajectory) throw InputError(arguments.study + ": expected a study with a [network]");
    if (arguments.seed) study.trajectory->seed = *arguments.seed;
    ensure_directory(arguments.out);
    const std::filesystem::path folder = arguments.out;
    std::optional<SimulationRun> simulated;
    {
        Progress progress(quiet);
        RateOfSteps rate;
        const auto show = [&](const deviation::SimulationStatus& status) {
            progress.report("training", status.share, rate.detail(status));
        };
        progress.report("training", 0);
        simulated = run_simulation(study, folder, arguments.restart, std::make_shared<ThreadPool>(threads), show);
    }
    SimulationRun& made = *simulated;
    made.ledger.environment = library_versions();
    const SimulatedStudy whole{study, made.result, made.ledger};
    write_trajectory_json(folder / "trajectory.json", whole);
    write_trajectory_arrays(folder / "trajectory.npz", whole);
    finish_simulation(folder);
    if (!made.result.warning.empty()) std::cerr << "ntk: warning: " << made.result.warning << '\n';
    if (made.taken_up) std::cout << "taken up at a checkpoint of an earlier run\n";
    std::cout << format_aligned(summary_of(study, made.result));
    if (!made.ledger.checks.empty()) std::cout << verdict_table(made.ledger, stdout_shows_colour());
    std::cout << "trajectory: " << arguments.out << "/trajectory.json, " << arguments.out << "/trajectory.npz\n";
    if (made.result.stopped.empty()) return static_cast<ExitCode>(ledger::exit_code(made.ledger));
    if (!made.result.sliding) throw Unreachable(made.result.stopped);
    std::cout << "not applicable (sliding): " << made.result.stopped << '\n';
    return exit_success;
}

}  // namespace

void add_simulate_command(CLI::App& program, CommandContext& context) {
    const auto arguments = std::make_shared<SimulateArguments>();
    CLI::App* command = program.add_subcommand("simulate", "train one network and write its trajectory with its error");
    command->add_option("STUDY", arguments->study, "study file or name of a preset")->required();
    command->add_option("--out", arguments->out, "folder of the trajectory")->type_name("DIR")->capture_default_str();
    command->add_option("--seed", arguments->seed, "seed in the place of the study's own")->type_name("S");
    command->add_flag("--restart", arguments->restart, "discard the checkpoint of an interrupted run");
    command->footer(
        "Writes trajectory.json and trajectory.npz. A run that was interrupted is taken up at its last checkpoint when "
        "the same command is given again.\nExamples:\n  ntk simulate study.toml --out run\n"
        "  ntk verify study.toml --trajectory run/trajectory.npz");
    command->callback([arguments, &context] {
        context.action = [arguments, &context] { return run(*arguments, context.threads, context.quiet); };
    });
}

}  // namespace ntk::verify
