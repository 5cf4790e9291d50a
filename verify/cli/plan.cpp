// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/planned_draw.hpp"
#include "ntk/deviation/planned_law.hpp"
#include "ntk/numeric/errors.hpp"
#include "verify/cli/commands.hpp"
#include "verify/cli/kernel_options.hpp"
#include "verify/cli/plan_output.hpp"
#include "verify/cli/progress.hpp"
#include "verify/study/degrees.hpp"
#include "verify/study/parser.hpp"
#include "verify/study/reader.hpp"
#include "verify/study/run_study.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

/// ntk plan: how wide, how many samples.
namespace ntk::verify {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// What a draw of a start and a sample can take in reasonable time.
constexpr double most_drawn_width = 1 << 20, most_drawn_samples = 1 << 16, most_drawn_product = 1 << 28;

struct PlanArguments {
    std::string study;
    std::string probe;
    std::string time;
    std::string bound = "best";
    std::string start = "both";
    std::optional<std::string> confidence, failure_probability;
    std::optional<long> width;
    std::optional<std::string> samples;
    long largest_width = 1L << 26;
    long largest_samples = 1L << 30;
    std::optional<std::uint64_t> seed;
    OutputOptions output;
};

double positive(const std::string& option, const std::string& text, bool below_one) {
    const Rational value = non_negative_option(option, text);
    if (value <= 0 || (below_one && value >= 1)) {
        throw InputError(option + ": \"" + text + "\": expected a number > 0" + (below_one ? " and < 1" : ""));
    }
    return value.convert_to<double>();
}

deviation::PlanQuestion question_from(const PlanArguments& arguments, const Study& study) {
    deviation::PlanQuestion question;
    for (const deviation::PlannedBound bound : deviation::planned_bounds) {
        if (deviation::to_string(bound) == arguments.bound) question.bound = bound;
    }
    question.time = positive("--time", arguments.time, false);
    question.failure_probability = study.failure_probability;
    if (arguments.confidence) question.failure_probability = 1 - positive("--confidence", *arguments.confidence, true);
    if (arguments.failure_probability) {
        question.failure_probability = positive("--failure-probability", *arguments.failure_probability, true);
    }
    return question;
}

/// A study that the planner can do nothing with, at the key that is to blame.
void require_plannable(const Study& study) {
    if (!study.trajectory) throw InputError(study.source + ": expected a study with a [network]");
    const StudyReader reader(study.source, study.text);
    if (study.target.probes.empty())
        reader.missing("target.probes", "at least one probe: what the network is to learn");
    if (study.trajectory->points) {
        reader.fail_at("data", "points", "data.samples in its place: the planner chooses n and draws the sample");
    }
    if (study.trajectory->noise > 0) reader.fail_at("data", "noise", "0: the planner bounds labels without noise");
    if (study.trajectory->method == deviation::TrainingMethod::gradient_descent) {
        reader.fail_at("flow", "method", "\"gradient-flow\": the bounds of the planner are those of the flow");
    }
    const ActivationConstants constants = study.kernel.activation->constants();
    if (!study.kernel.activation->kinks().empty() || !std::isfinite(constants.L1) || !std::isfinite(constants.L2)) {
        reader.fail_at("kernel", "activation",
                       "an activation with bounded first and second derivatives: without them no bound is known before "
                       "training");
    }
}

/// The probes of these degrees: those of the checks, or else of the target.
std::vector<ZonalProbe> probes_from(const PlanArguments& arguments, const Study& study) {
    std::vector<int> degrees;
    try {
        degrees = parse_degrees(arguments.probe);
    } catch (const InputError& error) {
        throw InputError(std::string("--probe: ") + error.what());
    }
    std::vector<ZonalProbe> result;
    for (const int degree : degrees) {
        const std::size_t before = result.size();
        for (const std::vector<ZonalProbe>* known : {&study.probes, &study.target.probes}) {
            for (const ZonalProbe& probe : *known) {
                const bool seen = std::abs(study.target.inner_product(probe)) > 1e-12 * study.target.norm();
                if (probe.degree == degree && seen) result.push_back(probe);
            }
            if (result.size() > before) break;
        }
        if (result.size() == before) {
            std::string learned;
            for (const ZonalProbe& probe : study.target.probes) {
                learned += (learned.empty() ? "" : ", ") + std::to_string(probe.degree);
            }
            throw InputError("--probe: degree " + std::to_string(degree) +
                             ": the target has nothing along a probe of that degree, c(0) = 0, and no bound can say "
                             "how it is learned: expected degrees of the target: " +
                             learned);
        }
    }
    return result;
}

deviation::PlanLimits limits_from(const PlanArguments& arguments, bool antisymmetric) {
    deviation::PlanLimits limits;
    limits.width_step = antisymmetric ? 2 : 1;
    limits.largest_width = static_cast<double>(arguments.largest_width);
    limits.largest_samples = static_cast<double>(arguments.largest_samples);
    if (arguments.width) {
        limits.width = static_cast<double>(*arguments.width);
        if (antisymmetric && *arguments.width % 2 != 0) {
            throw InputError("--width: " + std::to_string(*arguments.width) +
                             ": expected an even integer with an antisymmetric start");
        }
    }
    if (arguments.samples) {
        const std::string expected =
            "--samples: \"" + *arguments.samples + "\": expected an integer >= 1 or population";
        if (*arguments.samples == "population") {
            limits.samples = infinity;
        } else {
            const bool digits = arguments.samples->find_first_not_of("0123456789") == std::string::npos;
            if (!digits || arguments.samples->empty() || arguments.samples->size() > 15) throw InputError(expected);
            limits.samples = std::stod(*arguments.samples);
            if (*limits.samples < 1) throw InputError(expected);
        }
    }
    return limits;
}

/// Says where the search is.
std::function<deviation::PlanPoint(double, double)> reporting(
    Progress& progress, const std::string& start, const std::function<deviation::PlanPoint(double, double)>& at) {
    return [&progress, start, at](double width, double samples) {
        progress.report("plan (" + start + ")", 0, fmt::format("m = {:.0f}, n = {:.0f}", width, samples));
        return at(width, samples);
    };
}

PresentedPlan plan_from_law(const Kernel& kernel, const deviation::TrajectorySetup& setup,
                            const deviation::PlanQuestion& question, const deviation::PlanLimits& limits,
                            Progress& progress) {
    PresentedPlan result{"law",
                         fmt::format("with probability at least {:.6g} over the draw of start and sample",
                                     1 - question.failure_probability),
                         limits,
                         {},
                         ""};
    const deviation::PlannedLaw law(kernel, setup, question);
    const ledger::Hypothesis hypothesis = law.applies();
    if (!hypothesis.holds) {
        result.reason = hypothesis.reason;
        return result;
    }
    result.plan = make_plan(reporting(progress, "law", [&](double m, double n) { return law.at(m, n); }), limits);
    return result;
}

PresentedPlan plan_from_draw(const Kernel& kernel, const deviation::TrajectorySetup& setup,
                             const deviation::PlanQuestion& question, deviation::PlanLimits limits, int threads,
                             Progress& progress) {
    const bool paired = question.bound == deviation::PlannedBound::pairs;
    limits.largest_width = std::min(limits.largest_width, most_drawn_width);
    limits.largest_samples = std::min(limits.largest_samples, most_drawn_samples);
    limits.largest_product = most_drawn_product;
    if (question.bound == deviation::PlannedBound::linear_split) {
        limits.largest_samples =
            std::min(limits.largest_samples, static_cast<double>(deviation::most_linearised_points));
    }
    PresentedPlan result{"drawn", fmt::format("for the start and the sample of seed {}", setup.seed), limits, {}, ""};
    if (paired && !setup.law.antisymmetric) {
        result.reason = "the start is not antisymmetric";
        return result;
    }
    if (limits.width.value_or(1) > most_drawn_width ||
        (limits.samples && std::isfinite(*limits.samples) && *limits.samples > most_drawn_samples)) {
        result.reason =
            fmt::format("a draw takes at most m = {:.0f}, n = {:.0f}", most_drawn_width, most_drawn_samples);
        return result;
    }
    const deviation::PlannedDraw draw(kernel, setup, question, std::make_shared<ThreadPool>(threads));
    try {
        result.plan =
            make_plan(reporting(progress, "drawn", [&](double m, double n) { return draw.at(m, n); }), limits);
    } catch (const ResourceError& error) {
        // The cubature rule of n = infinity.
        result.reason = error.what();
    } catch (const Unreachable& error) {
        result.reason = error.what();
    }
    return result;
}

std::string to_text(const PresentedQuestion& presented) {
    std::string text;
    for (const PresentedPlan& one : presented.plans) {
        if (!one.plan) continue;
        for (const deviation::PlannedProbe& probe : one.plan->result().probes) {
            text += fmt::format("degree {}: mu = {:.6g}, needed at t = {:.6g}: bound < (1-e^(-mu t))|c(0)| = {:.4g}\n",
                                probe.probe.degree, probe.eigenvalue.value, presented.question.time, probe.needed);
        }
        break;
    }
    return text + format_aligned(plans_to_table(presented)) + plans_in_words(presented);
}

ExitCode run(const PlanArguments& arguments, int threads, bool quiet) {
    Study study = load_study(arguments.study, ids_of(deviation::standard_checks()));
    require_plannable(study);
    if (arguments.seed) study.trajectory->seed = *arguments.seed;
    PresentedQuestion presented{study.name, question_from(arguments, study), {}};
    study.probes = probes_from(arguments, study);
    const Kernel kernel(study.kernel);
    const deviation::TrajectorySetup setup = setup_of(study);
    const deviation::PlanLimits limits = limits_from(arguments, setup.law.antisymmetric);
    for (const deviation::Measured& mu :
         deviation::probe_eigenvalues(kernel, study.weight_law, study.dim, study.probes)) {
        if (mu.value > mu.error) continue;
        throw InputError("--probe: \"" + arguments.probe +
                         "\": the eigenvalue of one of these degrees is 0: it is not learned, and nothing is needed");
    }
    {
        Progress progress(quiet);
        if (arguments.start != "drawn") {
            presented.plans.push_back(plan_from_law(kernel, setup, presented.question, limits, progress));
            const PresentedPlan& law = presented.plans.back();
            if (arguments.start == "law" && !law.plan) throw InputError("--start law: " + law.reason);
        }
        if (arguments.start != "law") {
            presented.plans.push_back(plan_from_draw(kernel, setup, presented.question, limits, threads, progress));
        }
    }
    const std::string format = chosen_format(arguments.output);
    write_result(arguments.output, format == "json"  ? plans_to_json(presented).dump(2) + "\n"
                                   : format == "csv" ? format_csv(plans_to_table(presented))
                                                     : to_text(presented));
    if (std::any_of(presented.plans.begin(), presented.plans.end(),
                    [](const PresentedPlan& one) { return one.reached(); })) {
        return exit_success;
    }
    std::string message = "nothing found for the bound " + arguments.bound + ":";
    for (const PresentedPlan& one : presented.plans) message += "\n  " + one.start + ": " + what_blocks(one);
    throw Unreachable(message);
}

}  // namespace

void add_plan_command(CLI::App& program, CommandContext& context) {
    const auto arguments = std::make_shared<PlanArguments>();
    CLI::App* command = program.add_subcommand("plan", "how wide a network and how large a sample a bound needs");
    command->add_option("STUDY", arguments->study, "study file or name of a preset")->required();
    command
        ->add_option("--probe", arguments->probe, "degrees of the target, as A:B or a list; all of them are to be met")
        ->type_name("K")
        ->required();
    command->add_option("--time", arguments->time, "the time at which the bound is to be informative")
        ->type_name("T")
        ->required();
    command->add_option("--bound", arguments->bound, "which bound known before training")
        ->check(CLI::IsMember({"best", "basic", "H", "A2", "linear-split"}))
        ->capture_default_str();
    command
        ->add_option("--start", arguments->start,
                     "law: from the law alone, with probability; drawn: for the start of the study's seed")
        ->check(CLI::IsMember({"law", "drawn", "both"}))
        ->capture_default_str();
    CLI::Option* failure = command->add_option("--failure-probability", arguments->failure_probability,
                                               "of a plan from the law, in the place of the study's own");
    failure->type_name("P");
    command->add_option("--confidence", arguments->confidence, "the same as 1 - P")->type_name("C")->excludes(failure);
    command->add_option("--width", arguments->width, "plan n for this m")
        ->check(CLI::Range(1L, 1L << 30))
        ->type_name("M");
    command->add_option("--samples", arguments->samples, "plan m for this n, or for population (n = infinity)")
        ->type_name("N");
    command->add_option("--largest-width", arguments->largest_width, "where the search for m ends")
        ->check(CLI::Range(2L, 1L << 30))
        ->capture_default_str();
    command->add_option("--largest-samples", arguments->largest_samples, "where the search for n ends")
        ->check(CLI::Range(1L, 1L << 40))
        ->capture_default_str();
    command->add_option("--seed", arguments->seed, "seed in the place of the study's own")->type_name("S");
    add_output_options(*command, arguments->output);
    command->footer(
        "A bound is informative at the time t where it is below (1-e^(-mu t))|c(0)|. First the smallest m with an\n"
        "infinite sample is sought; then the smallest n at twice that m, as at m itself nothing is left for a finite\n"
        "sample. The search doubles and bisects, and looks at two neighbours beyond: that bounds fall with m and n is\n"
        "no theorem for a start that is drawn. A start is drawn up to m = 2^20, n = 2^16, m n = 2^28 (linear-split:\n"
        "n = 1024).\n"
        "Nothing is trained. Exit code 3 if nothing is found below the limits: the message says by which factor, and\n"
        "which term blocks.\nExamples:\n  ntk plan study.toml --probe 1 --time 3\n"
        "  ntk plan study.toml --probe 1,3 --time 3 --bound A2 --samples 512 --confidence 0.99 --format json");
    command->callback([arguments, &context] {
        context.action = [arguments, &context] { return run(*arguments, context.threads, context.quiet); };
    });
}

}  // namespace ntk::verify
