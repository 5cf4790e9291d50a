// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/gradient_flow.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/simd.hpp"
#include "verify/cli/bench.hpp"
#include "verify/cli/table.hpp"
#include "verify/study/parser.hpp"
#include "verify/study/run_study.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <optional>

/// ntk bench flow: work against error of the integrators on the network of a study.
namespace ntk::verify {
namespace {

using nlohmann::ordered_json;

struct FlowArguments {
    std::string study;
    std::vector<double> tolerances = {1e-6, 1e-7, 1e-8, 1e-9};
    std::optional<double> time;
    double error = 1e-6;  ///< at which the integrators are compared
    RepeatOptions repeat;
};

/// The reference is this much tighter than the tightest run.
constexpr double reference_share = 1e-3;

/// |f - f'| / |f' - y| on the sample.
double relative_residual_error(const deviation::TrainingProblem& problem, const Eigen::VectorXd& theta,
                               const Eigen::VectorXd& reference) {
    const Eigen::VectorXd values = problem.network.values(reference);
    return (problem.network.values(theta) - values).norm() / (values - problem.labels).norm();
}

/// One integrator at one tolerance.
struct Run {
    Integrator integrator;
    double tolerance;
    Trajectory trajectory;
    Seconds seconds;
    double error;
};

/// The cheapest run of an integrator with at most this error; null if there is none.
const Run* cheapest(Integrator integrator, double error, const std::vector<Run>& runs) {
    const Run* best = nullptr;
    for (const Run& run : runs) {
        if (run.integrator != integrator || run.error > error) continue;
        if (best == nullptr || spread_of(run.seconds.cpu).median < spread_of(best->seconds.cpu).median) best = &run;
    }
    return best;
}

/// CPU time of the exponential method over that of each other one, each at its cheapest run with at most this error, by
/// pairs of calls.
ordered_json ratios_at(double error, const std::vector<Integrator>& integrators, const std::vector<Run>& runs) {
    ordered_json ratios = ordered_json::array();
    const Run* own = cheapest(Integrator::exponential_rosenbrock, error, runs);
    for (const Integrator integrator : integrators) {
        const Run* other = cheapest(integrator, error, runs);
        if (integrator == Integrator::exponential_rosenbrock || own == nullptr || other == nullptr) continue;
        std::vector<double> pairs;
        for (std::size_t i = 0; i < own->seconds.cpu.size(); ++i) {
            pairs.push_back(own->seconds.cpu[i] / other->seconds.cpu[i]);
        }
        const Spread spread = spread_of(pairs);
        ratios.push_back({{"integrator", to_string(integrator)},
                          {"errors", {own->error, other->error}},
                          {"cpu_ratio", {{"min", spread.min}, {"median", spread.median}, {"max", spread.max}}}});
    }
    return ratios;
}

ordered_json race(const deviation::TrainingProblem& problem, const FlowArguments& arguments, double end) {
    const auto integrate = [&](Integrator integrator, double tolerance) {
        FlowOptions options{tolerance, {end}, {}, integrator};
        return integrate_gradient_flow(problem.network, problem.start, problem.labels, options);
    };
    const double tightest = *std::min_element(arguments.tolerances.begin(), arguments.tolerances.end());
    // Each integrator is measured against a tight run of another one, so that errors in common cannot hide.
    const auto tight_end = [&](Integrator integrator) {
        return integrate(integrator, std::max(reference_share * tightest, 1e-13)).parameters.back();
    };
    const Eigen::VectorXd by_dormand_prince = tight_end(Integrator::dormand_prince);
    const Eigen::VectorXd by_rosenbrock = tight_end(Integrator::exponential_rosenbrock);
    std::vector<Integrator> integrators = {Integrator::dormand_prince, Integrator::exponential_rosenbrock};
    if (cvode_is_available()) integrators.push_back(Integrator::cvode);
    std::vector<Run> runs;
    for (const Integrator integrator : integrators) {
        for (const double tolerance : arguments.tolerances) runs.push_back({integrator, tolerance, {}, {}, 0});
    }
    std::vector<std::function<void()>> works;
    for (Run& run : runs) works.emplace_back([&] { run.trajectory = integrate(run.integrator, run.tolerance); });
    const std::vector<Seconds> seconds = measure_in_turn(arguments.repeat.repeat, works);
    ordered_json rows = ordered_json::array();
    for (std::size_t i = 0; i < runs.size(); ++i) {
        Run& run = runs[i];
        const bool own = run.integrator == Integrator::dormand_prince;
        run.seconds = seconds[i];
        run.error =
            relative_residual_error(problem, run.trajectory.parameters.back(), own ? by_rosenbrock : by_dormand_prince);
        ordered_json one = {{"integrator", to_string(run.integrator)}, {"tolerance", run.tolerance}};
        add_times(one, {spread_of(run.seconds.cpu), spread_of(run.seconds.wall)});
        one["steps"] = run.trajectory.steps;
        one["evaluations"] = run.trajectory.evaluations;
        one["derivative_products"] = run.trajectory.derivative_products;
        one["error"] = run.error;
        rows.push_back(one);
    }
    return {{"reference_difference", relative_residual_error(problem, by_dormand_prince, by_rosenbrock)},
            {"runs", rows},
            {"at_error", arguments.error},
            {"ratios", ratios_at(arguments.error, integrators, runs)}};
}

std::string to_text(const ordered_json& json) {
    Table table{{"integrator", "tolerance", "CPU s", "steps", "evaluations", "products", "error"}, {}};
    for (const ordered_json& one : json["runs"]) {
        table.rows.push_back({one["integrator"].get<std::string>(),
                              fmt::format("{:.0e}", one["tolerance"].get<double>()),
                              fmt::format("{:.4g}", one["cpu_s"]["median"].get<double>()), one["steps"].dump(),
                              one["evaluations"].dump(), one["derivative_products"].dump(),
                              fmt::format("{:.1e}", one["error"].get<double>())});
    }
    std::string ratios;
    for (const ordered_json& one : json["ratios"]) {
        ratios += fmt::format(
            "exponential-rosenbrock takes {:.3f} ({:.3f} to {:.3f}) of the CPU time of {}, errors {:.1e} and {:.1e}\n",
            one["cpu_ratio"]["median"].get<double>(), one["cpu_ratio"]["min"].get<double>(),
            one["cpu_ratio"]["max"].get<double>(), one["integrator"].get<std::string>(), one["errors"][0].get<double>(),
            one["errors"][1].get<double>());
    }
    return fmt::format(
               "flow of {} up to t = {} (n = {}, m = {}, d = {}, {}), {} times with {} threads, SIMD level {}\n",
               json["study"].get<std::string>(), json["time"].get<double>(), json["samples"].dump(),
               json["width"].dump(), json["dim"].dump(), json["activation"].get<std::string>(), json["repeat"].dump(),
               json["threads"].dump(), json["simd"].get<std::string>()) +
           format_aligned(table) +
           fmt::format(
               "error: |f - f'| / |f' - y| at the end, f' by another integrator at a tolerance a thousand times "
               "tighter; the two references differ by {:.1e}\n",
               json["reference_difference"].get<double>()) +
           fmt::format("cheapest runs with an error of at most {:.0e}, by pairs:\n", json["at_error"].get<double>()) +
           ratios;
}

ExitCode run(const FlowArguments& arguments, int threads) {
    const Study study = load_study(arguments.study, ids_of(deviation::standard_checks()));
    if (!study.trajectory || !study.kernel.activation->kinks().empty()) {
        throw InputError(arguments.study + ": expected a study with [network] and a smooth activation");
    }
    const deviation::TrajectorySetup setup = setup_of(study);
    const double end = arguments.time.value_or(setup.time);
    const deviation::TrainingProblem problem =
        deviation::make_training_problem(study.kernel.activation, setup, std::make_shared<ThreadPool>(threads));
    ordered_json json = {{"benchmark", "flow"},
                         {"study", study.name},
                         {"activation", study.kernel.activation->name()},
                         {"samples", setup.samples},
                         {"width", setup.shape.width},
                         {"dim", setup.shape.dim},
                         {"time", end},
                         {"repeat", arguments.repeat.repeat},
                         {"threads", threads},
                         {"simd", to_string(simd_level())}};
    json.update(race(problem, arguments, end));
    write_benchmark(arguments.repeat.output, json, to_text);
    return exit_success;
}

}  // namespace

void add_bench_flow(CLI::App& bench, CommandContext& context) {
    const auto arguments = std::make_shared<FlowArguments>();
    CLI::App* command = bench.add_subcommand("flow", "work against error of the integrators of gradient flow");
    command->add_option("STUDY", arguments->study, "study file or name of a preset, with a network")->required();
    command->add_option("--tolerances", arguments->tolerances, "tolerances of a step")
        ->check(CLI::Range(1e-12, 1e-2))
        ->type_name("LIST")
        ->delimiter(',')
        ->capture_default_str();
    command->add_option("--time", arguments->time, "end of the flow in the place of the study's own")
        ->check(CLI::PositiveNumber)
        ->type_name("T");
    command->add_option("--error", arguments->error, "error at which the integrators are compared")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    add_repeat_options(*command, arguments->repeat);
    command->footer("Example:\n  ntk bench flow default --time 100 --tolerances 1e-6,1e-8 --threads 1");
    command->callback([arguments, &context] {
        context.action = [arguments, threads = context.threads] { return run(*arguments, threads); };
    });
}

}  // namespace ntk::verify
