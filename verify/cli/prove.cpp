// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/errors.hpp"
#include "proofs-checks/registry.hpp"
#include "verify/cli/commands.hpp"
#include "verify/cli/progress.hpp"
#include "verify/cli/table.hpp"
#include "verify/report/proof_json.hpp"
#include "verify/study/nearest.hpp"
#include "verify/study/proofs.hpp"

#include <fmt/core.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <memory>

/// ntk prove: the obligations of proofs-checks and the theory map.
namespace ntk::verify {
namespace {

using proofs::Node;
using proofs::Obligation;
using proofs::ObligationResult;
using proofs::Status;
using proofs::TheoryMap;

struct ProveArguments {
    std::vector<std::string> names;
    proofs::Limits limits;
    std::string format;
    std::string status;
    std::string impact;
    bool list = false;
    bool graph = false;
    bool incomplete = false;
};

std::vector<std::string> names_of(const std::vector<Obligation>& obligations) {
    std::vector<std::string> names;
    for (const Obligation& obligation : obligations) names.push_back(obligation.name);
    return names;
}

std::vector<Obligation> chosen(const std::vector<Obligation>& all, const std::vector<std::string>& names) {
    if (names.empty()) return all;
    std::vector<Obligation> result;
    const std::vector<std::string> known = names_of(all);
    for (const std::string& name : names) {
        const auto place = std::find(known.begin(), known.end(), name);
        if (place == known.end()) {
            throw InputError("unknown obligation \"" + name + "\"" + suggestion(name, known) +
                             ": ntk prove --list shows them");
        }
        result.push_back(all[static_cast<std::size_t>(place - known.begin())]);
    }
    return result;
}

const Node& node_named(const TheoryMap& map, const std::string& option, const std::string& name) {
    const Node* node = map.find(name);
    if (node == nullptr) {
        throw InputError(option + ": unknown node \"" + name + "\"" + suggestion(name, map.names()) +
                         ": ntk prove --graph shows them");
    }
    return *node;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

std::string verdict_text(const ObligationResult& result) { return result.passed ? "passed" : "failed"; }

/// A list of nodes as table or JSON.
void print_nodes(const std::vector<const Node*>& nodes, const std::string& member, const std::string& format) {
    if (format == "json") {
        nlohmann::ordered_json json = {{member, nlohmann::ordered_json::array()}};
        for (const Node* node : nodes) json[member].push_back(to_json(proof_node(*node)));
        std::cout << json.dump(2) << '\n';
        return;
    }
    Table table{{"node", "kind", "status", "statement"}, {}};
    for (const Node* node : nodes) {
        table.rows.push_back({node->name, to_string(node->kind), to_string(node->status), node->statement});
    }
    std::cout << format_aligned(table);
}

void print_status(const TheoryMap& map, const Node& node, const std::string& format) {
    const std::vector<const Node*> blockers = map.blockers(node);
    if (format == "json") {
        nlohmann::ordered_json json = to_json(proof_node(node));
        json["blocked_by"] = nlohmann::ordered_json::array();
        for (const Node* blocker : blockers) json["blocked_by"].push_back(to_json(proof_node(*blocker)));
        std::cout << json.dump(2) << '\n';
        return;
    }
    std::cout << node.name << ": " << to_string(node.status) << '\n' << node.statement << '\n';
    if (!node.reference.empty()) std::cout << "reference: " << node.reference << '\n';
    if (!node.given.empty()) std::cout << "given: " << joined(node.given) << '\n';
    if (blockers.empty()) {
        std::cout << "nothing blocks it\n";
        return;
    }
    std::cout << "blocked by\n";
    for (const Node* blocker : blockers) {
        std::cout << "  " << blocker->name << " (" << to_string(blocker->status) << "): " << blocker->statement << '\n';
    }
}

void print_list(const std::vector<Obligation>& obligations, const std::string& format) {
    if (format == "json") {
        nlohmann::ordered_json json = {{"obligations", nlohmann::ordered_json::array()}};
        for (const Obligation& obligation : obligations) {
            json["obligations"].push_back({{"name", obligation.name},
                                           {"statement", obligation.statement},
                                           {"formula", obligation.formula},
                                           {"theory", obligation.theory},
                                           {"mutants", obligation.mutants.size()}});
        }
        std::cout << json.dump(2) << '\n';
        return;
    }
    Table table{{"obligation", "statement"}, {}};
    for (const Obligation& obligation : obligations) table.rows.push_back({obligation.name, obligation.statement});
    std::cout << format_aligned(table);
}

std::string escaped(std::string text) {
    for (std::size_t i = 0; (i = text.find('|', i)) != std::string::npos; i += 2) text.replace(i, 1, "\\|");
    return text;
}

/// The table of proofs-checks/README.md. Without seconds, so that it stays the same.
std::string to_markdown(const std::vector<ObligationResult>& results, const TheoryMap& map) {
    std::string text = "| statement | obligation | range | method | status | given |\n|---|---|---|---|---|---|\n";
    for (const ObligationResult& result : results) {
        const Node& node = *map.find(result.obligation->name);
        text += fmt::format("| {} | `{}` | {} | {} | {} | {} |\n", escaped(result.obligation->statement), node.name,
                            escaped(result.range), method_text(result), to_string(node.status), joined(node.given));
    }
    return text;
}

/// A range of many symbols would make the table too wide for a terminal; JSON and Markdown have all of it.
std::string in_a_column(const std::string& range) {
    constexpr std::size_t most = 48;
    if (range.size() <= most) return range;
    const std::size_t end = range.rfind(", ", most);
    return end == std::string::npos ? range : range.substr(0, end) + ", …";
}

std::string to_table(const std::vector<ObligationResult>& results, const TheoryMap* map) {
    Table table{{"obligation", "verdict", "status", "range", "method", "mutants", "seconds"}, {}};
    for (const ObligationResult& result : results) {
        const auto rejected = std::count_if(result.mutants.begin(), result.mutants.end(),
                                            [](const proofs::MutantResult& mutant) { return mutant.rejected; });
        const Status status = map == nullptr ? result.own_status : map->find(result.obligation->name)->status;
        table.rows.push_back({result.obligation->name, verdict_text(result), to_string(status),
                              in_a_column(result.range), method_text(result),
                              fmt::format("{} of {} rejected", rejected, result.mutants.size()),
                              fmt::format("{:.2f}", result.seconds)});
    }
    return format_aligned(table);
}

void print_results(const std::vector<ObligationResult>& results, const TheoryMap* map, const std::string& format) {
    if (format == "json") {
        nlohmann::ordered_json json = {{"obligations", nlohmann::ordered_json::array()}};
        for (const ObligationResult& result : results) {
            const Node* node = map == nullptr ? nullptr : map->find(result.obligation->name);
            json["obligations"].push_back(to_json(proof_row(result, node)));
        }
        std::cout << json.dump(2) << '\n';
        return;
    }
    if (format == "markdown") {
        std::cout << to_markdown(results, *map);
        return;
    }
    std::cout << to_table(results, map);
    std::map<Status, int> counts;
    for (const ObligationResult& result : results) {
        ++counts[map == nullptr ? result.own_status : map->find(result.obligation->name)->status];
        if (!result.passed) std::cout << "\n" << result.obligation->name << ": " << result.failure << '\n';
    }
    std::cout << fmt::format("\n{} obligations", results.size());
    for (const auto& [status, count] : counts) std::cout << fmt::format(", {} {}", count, to_string(status));
    std::cout << '\n';
}

std::vector<ObligationResult> run_with_progress(const std::vector<Obligation>& obligations,
                                                const proofs::Limits& limits, int threads, bool quiet) {
    ThreadPool pool(threads);
    Progress progress(quiet);
    int finished = 0;
    return proofs::run_all(obligations, limits, pool, [&](const Obligation& obligation) {
        progress.report("proofs", ++finished / static_cast<double>(obligations.size()), obligation.name);
    });
}

/// Options that cannot be combined, before anything runs.
void check_combination(const ProveArguments& arguments) {
    const bool about_map =
        arguments.graph || arguments.incomplete || !arguments.status.empty() || !arguments.impact.empty();
    const auto complain = [](const std::string& what) { throw InputError(what); };
    if (about_map && !arguments.names.empty()) complain("the theory map is about all obligations: expected no names");
    if (arguments.format == "dot" && !arguments.graph) complain("--format dot: expected with --graph only");
    if (arguments.format == "markdown" && (about_map || arguments.list || !arguments.names.empty())) {
        complain("--format markdown: expected for all obligations only");
    }
    if (arguments.graph && arguments.format == "table") complain("--graph: expected --format dot or json");
}

ExitCode run(const ProveArguments& arguments, int threads, bool quiet) {
    check_combination(arguments);
    const std::vector<Obligation> all = proofs::all_obligations();
    const std::string format = !arguments.format.empty()    ? arguments.format
                               : arguments.graph            ? "dot"
                               : isatty(STDOUT_FILENO) == 1 ? "table"
                                                            : "json";
    const std::vector<Obligation> obligations = chosen(all, arguments.names);
    if (arguments.list) {
        print_list(obligations, format);
        return exit_success;
    }
    const std::vector<ObligationResult> results = run_with_progress(obligations, arguments.limits, threads, quiet);
    const bool all_passed =
        std::all_of(results.begin(), results.end(), [](const ObligationResult& result) { return result.passed; });
    std::unique_ptr<TheoryMap> map;
    if (arguments.names.empty()) {
        map = std::make_unique<TheoryMap>(results, proofs::axioms(), proofs::trajectory_checks());
    }
    if (arguments.graph) {
        std::cout << (format == "json" ? map_to_json(proof_nodes(*map)).dump(2) + "\n" : to_dot(*map));
    } else if (!arguments.status.empty()) {
        print_status(*map, node_named(*map, "--status", arguments.status), format);
    } else if (!arguments.impact.empty()) {
        print_nodes(map->dependents(node_named(*map, "--impact", arguments.impact)), "dependents", format);
    } else if (arguments.incomplete) {
        print_nodes(map->incomplete(), "incomplete", format);
    } else {
        print_results(results, map.get(), format);
    }
    return all_passed ? exit_success : exit_violated;
}

}  // namespace

void add_prove_command(CLI::App& program, CommandContext& context) {
    const auto arguments = std::make_shared<ProveArguments>();
    CLI::App* command = program.add_subcommand(
        "prove", "the steps of the proofs, by exact algebra and certified enclosures, and the theory map");
    command->add_option("NAME", arguments->names, "only these obligations");
    command->add_flag("--list", arguments->list, "list the obligations without proving them");
    command->add_option("--max-degree", arguments->limits.max_degree, "checks on finite ranges go up to this degree")
        ->check(CLI::Range(4, 10'000))
        ->type_name("K")
        ->capture_default_str();
    command->add_option("--max-dim", arguments->limits.max_dim, "checks on finite ranges go up to this dimension")
        ->check(CLI::Range(3, 10'000))
        ->type_name("D")
        ->capture_default_str();
    CLI::Option* graph = command->add_flag("--graph", arguments->graph, "print the theory map (DOT, or JSON)");
    CLI::Option* status =
        command->add_option("--status", arguments->status, "what blocks a node of the map")->type_name("NODE");
    CLI::Option* impact =
        command->add_option("--impact", arguments->impact, "what depends on a node")->type_name("NODE");
    CLI::Option* incomplete =
        command->add_flag("--incomplete", arguments->incomplete, "what is not proved for all parameters");
    const std::vector<CLI::Option*> about_map = {graph, status, impact, incomplete};
    for (CLI::Option* one : about_map) {
        for (CLI::Option* other : about_map) {
            if (one != other) one->excludes(other);
        }
    }
    command->add_option("--format", arguments->format, "default: table on a terminal, json otherwise; dot with --graph")
        ->check(CLI::IsMember({"table", "json", "markdown", "dot"}));
    command->footer(
        "Every obligation is proved, and every mutant of it must be rejected. Exit code 1 if one fails.\nExamples:\n"
        "  ntk prove\n  ntk prove damping-factor-bounds --format json\n  ntk prove --max-degree 200 --max-dim 50\n"
        "  ntk prove --graph | dot -Tsvg > map.svg\n  ntk prove --status damped-half-rate");
    command->callback([arguments, &context] {
        context.action = [arguments, &context] { return run(*arguments, context.threads, context.quiet); };
    });
}

}  // namespace ntk::verify
