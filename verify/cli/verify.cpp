// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/errors.hpp"
#include "verify/cli/commands.hpp"
#include "verify/cli/progress.hpp"
#include "verify/cli/version.hpp"
#include "verify/files/atomic_file.hpp"
#include "verify/report/report.hpp"
#include "verify/report/verdict_table.hpp"
#include "verify/study/given_trajectory.hpp"
#include "verify/study/keys.hpp"
#include "verify/study/nearest.hpp"
#include "verify/study/parser.hpp"
#include "verify/study/proofs.hpp"
#include "verify/study/run_study.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

/// ntk verify: the main job.
namespace ntk::verify {
namespace {

struct VerifyArguments {
    std::vector<std::string> studies;
    std::string out = "ntk-report";
    bool list = false;
    bool keys = false;
    std::string format = "table";
    std::vector<std::string> only;
    std::optional<std::uint64_t> seed;
    std::optional<std::string> trajectory;
    std::optional<bool> proofs;
};

ExitCode list_everything(const std::vector<deviation::CheckDefinition>& definitions, const std::string& format) {
    if (format == "json") {
        nlohmann::ordered_json json = {{"presets", nlohmann::ordered_json::array()},
                                       {"checks", nlohmann::ordered_json::array()}};
        for (const auto& [name, title] : list_presets()) json["presets"].push_back({{"name", name}, {"title", title}});
        for (const auto& definition : definitions)
            json["checks"].push_back({{"id", definition.id}, {"title", definition.title}});
        std::cout << json.dump(2) << '\n';
        return exit_success;
    }
    const auto line = [](const std::string& name, const std::string& title) {
        std::cout << "  " << name << std::string(name.size() < 18 ? 18 - name.size() : 1, ' ') << title << '\n';
    };
    std::cout << "presets\n";
    for (const auto& [name, title] : list_presets()) line(name, title);
    std::cout << "checks\n";
    for (const auto& definition : definitions) line(definition.id, definition.title);
    return exit_success;
}

void require_known_ids(const std::vector<std::string>& ids, const std::vector<std::string>& known) {
    for (const std::string& id : ids) {
        if (std::find(known.begin(), known.end(), id) == known.end()) {
            throw InputError("--only: unknown check \"" + id + "\"" + suggestion(id, known) +
                             ": ntk verify --list shows the checks");
        }
    }
}

void set(std::vector<std::pair<std::string, std::string>>& settings, const std::string& name,
         const std::string& value) {
    for (auto& [setting, old] : settings) {
        if (setting == name) old = value;
    }
}

/// Reads every study before any is run, so that a mistake in the last one costs nothing.
std::vector<Study> load_studies(const VerifyArguments& arguments, const std::vector<std::string>& ids) {
    std::vector<std::string> names = arguments.studies;
    if (names.empty()) names = {"default", "relu-spectrum"};
    std::vector<Study> studies;
    for (const std::string& name : names) {
        studies.push_back(load_study(name, ids));
        Study& study = studies.back();
        if (arguments.seed && study.trajectory) {
            // What a study expects it expects of its own seed.
            if (study.trajectory->seed != *arguments.seed) study.expected.reset();
            study.trajectory->seed = *arguments.seed;
            set(study.settings, "seed", std::to_string(*arguments.seed));
        }
    }
    return studies;
}

/// Puts the network of a file in the place of the one that the study would train.
void take_trajectory(const std::string& file, std::vector<Study>& studies) {
    if (studies.size() != 1) {
        throw InputError("--trajectory: " + std::to_string(studies.size()) + " studies: expected exactly one");
    }
    Study& study = studies.front();
    if (!study.trajectory) {
        throw InputError("--trajectory: " + study.source +
                         " has no [network]: expected the sizes of the network there");
    }
    study.expected.reset();
    study.trajectory->given = read_given_trajectory(file, {shape_of(study), study.trajectory->samples});
    set(study.settings, "start", "of " + file);
    const std::vector<double>& times = study.trajectory->given->times;
    if (times.size() > 1) {
        set(study.settings, "flow",
            fmt::format("{} states of {} up to t = {}, compared with gradient flow at the tolerance {}", times.size(),
                        file, times.back(), study.trajectory->tolerance));
    }
}

ExitCode run(const VerifyArguments& arguments, int threads, bool quiet) {
    const std::vector<deviation::CheckDefinition> definitions = deviation::standard_checks();
    if (arguments.keys) {
        std::cout << study_keys_markdown();
        return exit_success;
    }
    if (arguments.list) return list_everything(definitions, arguments.format);
    const std::vector<std::string> ids = ids_of(definitions);
    require_known_ids(arguments.only, ids);
    if (arguments.trajectory && arguments.studies.empty()) {
        throw InputError("--trajectory: no study: expected the one that describes the network");
    }
    std::vector<Study> studies = load_studies(arguments, ids);
    if (arguments.trajectory) take_trajectory(*arguments.trajectory, studies);
    ensure_directory(arguments.out);
    ledger::Ledger ledger;
    ledger.environment = library_versions();
    {
        Progress progress(quiet);
        const auto pool = std::make_shared<ThreadPool>(threads);
        for (const Study& study : studies) {
            run_study(
                study, definitions, arguments.only, pool,
                [&](const std::string& stage, double share) { progress.report(stage, share); }, ledger);
        }
        if (arguments.proofs.value_or(arguments.only.empty())) {
            ledger.proofs = prove_everything(
                proofs::Limits{}, *pool, [&](double share, const std::string&) { progress.report("proofs", share); });
        }
        progress.report("report", 0);
        write_reports(ledger, arguments.out);
    }
    std::cout << verdict_table(ledger, stdout_shows_colour()) << "report: " << arguments.out << "/report.html\n";
    return static_cast<ExitCode>(ledger::exit_code(ledger));
}

}  // namespace

void add_verify_command(CLI::App& program, CommandContext& context) {
    const auto arguments = std::make_shared<VerifyArguments>();
    CLI::App* command =
        program.add_subcommand("verify", "spectrum, simulation and every applicable check, with a report");
    command->add_option("STUDY", arguments->studies,
                        "study files or names of presets; default: the presets default and relu-spectrum");
    command->add_option("--out", arguments->out, "folder of the report")->type_name("DIR")->capture_default_str();
    command->add_flag("--list", arguments->list, "list presets and checks");
    command->add_flag("--keys", arguments->keys, "print the table of all keys of a study file");
    command->add_option("--format", arguments->format, "format of --list")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    command->add_option("--only", arguments->only, "make only these checks")->type_name("ID")->take_all();
    command->add_option("--seed", arguments->seed, "seed in the place of the studies' own")->type_name("S");
    command->add_option("--trajectory", arguments->trajectory, "check a network that was trained elsewhere")
        ->type_name("FILE.npz");
    command->add_flag_function(
        "--proofs,!--no-proofs", [arguments](std::int64_t count) { arguments->proofs = count > 0; },
        "prove the statements behind the checks as ntk prove does; the default, unless --only is given");
    command->footer(
        "Writes report.html, report.json, report.md and junit.xml.\nExamples:\n  ntk verify --out report\n"
        "  ntk verify study.toml --only D3 U1 --seed 11\n  ntk verify study.toml --trajectory trained.npz");
    command->callback([arguments, &context] {
        context.action = [arguments, &context] { return run(*arguments, context.threads, context.quiet); };
    });
}

}  // namespace ntk::verify
