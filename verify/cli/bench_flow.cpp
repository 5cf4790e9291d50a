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
    ordered_json runs = ordered_json::array();
    std::vector<Integrator> integrators = {Integrator::dormand_prince, Integrator::exponential_rosenbrock};
    if (cvode_is_available()) integrators.push_back(Integrator::cvode);
    for (const Integrator integrator : integrators) {
        const Eigen::VectorXd& reference = integrator == Integrator::dormand_prince ? by_rosenbrock : by_dormand_prince;
        for (const double tolerance : arguments.tolerances) {
            Trajectory trajectory;
            const Measurement measured =
                measure(arguments.repeat.repeat, [&] { trajectory = integrate(integrator, tolerance); });
            ordered_json one = {{"integrator", to_string(integrator)}, {"tolerance", tolerance}};
            add_times(one, measured);
            one["steps"] = trajectory.steps;
            one["evaluations"] = trajectory.evaluations;
            one["derivative_products"] = trajectory.derivative_products;
            one["error"] = relative_residual_error(problem, trajectory.parameters.back(), reference);
            runs.push_back(one);
        }
    }
    return {{"reference_difference", relative_residual_error(problem, by_dormand_prince, by_rosenbrock)},
            {"runs", runs}};
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
    return fmt::format(
               "flow of {} up to t = {} (n = {}, m = {}, d = {}, {}), {} times with {} threads, SIMD level {}\n",
               json["study"].get<std::string>(), json["time"].get<double>(), json["samples"].dump(),
               json["width"].dump(), json["dim"].dump(), json["activation"].get<std::string>(), json["repeat"].dump(),
               json["threads"].dump(), json["simd"].get<std::string>()) +
           format_aligned(table) +
           fmt::format(
               "error: |f - f'| / |f' - y| at the end, f' by another integrator at a tolerance a thousand times "
               "tighter; the two references differ by {:.1e}\n",
               json["reference_difference"].get<double>());
}

ExitCode run(const FlowArguments& arguments, int threads) {
    const Study study = load_study(arguments.study, {});
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
    add_repeat_options(*command, arguments->repeat);
    command->footer("Example:\n  ntk bench flow default --time 100 --tolerances 1e-6,1e-8 --threads 1");
    command->callback([arguments, &context] {
        context.action = [arguments, threads = context.threads] { return run(*arguments, threads); };
    });
}

}  // namespace ntk::verify
