// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/spectrum/expansion.hpp"
#include "ntk/spectrum/trace.hpp"
#include "verify/cli/commands.hpp"
#include "verify/cli/kernel_options.hpp"
#include "verify/cli/table.hpp"
#include "verify/study/kernel_text.hpp"

#include <memory>
#include <sstream>

/// ntk kernel: kappa(t) and its Gegenbauer expansion.
namespace ntk::verify {
namespace {

using nlohmann::ordered_json;

struct KernelArguments {
    KernelOptions kernel;
    PrecisionOptions precision{"0:20", 30};
    std::string at;
    OutputOptions output;
};

/// One point, ready to print.
struct PointRow {
    std::string t;
    CertifiedDecimal kernel, partial_sum, rest;
    ledger::Verdict verdict;
};

std::vector<Rational> points_from(const std::string& text) {
    std::vector<Rational> points;
    std::istringstream stream(text);
    for (std::string piece; std::getline(stream, piece, ',');) {
        try {
            const Rational t = parse_rational(piece);
            if (t < -1 || t > 1) throw InputError("\"" + piece + "\": expected a number from -1 to 1");
            points.push_back(t);
        } catch (const InputError& error) {
            throw InputError(std::string("--at: ") + error.what());
        }
    }
    if (points.empty()) throw InputError("--at: \"" + text + "\": expected numbers from -1 to 1");
    return points;
}

/// An enclosure of zero that says no digit is printed as 0 with its whole width.
CertifiedDecimal print_value(const Ball& value, long digits) {
    if (value.contains_zero()) {
        const Rational size = boost::multiprecision::abs(value.exact_midpoint());
        return {"0", print_rounded_up(Rational(size + value.exact_radius()), 2)};
    }
    const auto printed = print_certified(value, digits);
    return printed ? *printed : print_enclosure(value, digits + 1);
}

std::string rounded_up(const Ball& x) { return print_rounded_up(Rational(x.exact_midpoint() + x.exact_radius()), 6); }

ordered_json decimal_to_json(const CertifiedDecimal& decimal) {
    return {{"value", decimal.value}, {"radius", decimal.radius}};
}

ordered_json to_json(const Kernel& kernel, const KernelArguments& arguments, int last,
                     const std::optional<Ball>& remainder, const std::vector<PointRow>& rows) {
    ordered_json json = {{"kernel", kernel_to_json(kernel.spec())},
                         {"dim", arguments.kernel.dim},
                         {"digits", arguments.precision.digits},
                         {"max_degree", last}};
    json["remainder_bound"] = remainder ? ordered_json(rounded_up(*remainder)) : ordered_json(nullptr);
    json["points"] = ordered_json::array();
    for (const PointRow& row : rows) {
        json["points"].push_back({{"t", row.t},
                                  {"kappa", decimal_to_json(row.kernel)},
                                  {"partial_sum", decimal_to_json(row.partial_sum)},
                                  {"rest", decimal_to_json(row.rest)},
                                  {"verdict", ledger::to_string(row.verdict)}});
    }
    return json;
}

Table to_table(const std::vector<PointRow>& rows) {
    Table table{{"t", "kappa(t)", "radius", "partial sum", "rest", "verdict"}, {}};
    for (const PointRow& row : rows) {
        table.rows.push_back({row.t, row.kernel.value, row.kernel.radius, row.partial_sum.value, row.rest.value,
                              ledger::to_string(row.verdict)});
    }
    return table;
}

std::string remainder_text(const Kernel& kernel, const std::optional<Ball>& remainder, int last) {
    if (!remainder) return "\nno bound of the rest beyond degree " + std::to_string(last) + " is known here\n";
    return "\nrest: kappa(t) minus the sum over degrees 0 to " + std::to_string(last) + ", at most " +
           rounded_up(*remainder) + " at every t  (" +
           (tail_avoids_diagonal(kernel) ? "bound found without kappa(1)" : "bound found from E[sigma^2]") + ")\n";
}

ExitCode exit_code_of(const std::vector<PointRow>& rows) {
    ledger::Verdict worst = ledger::Verdict::not_applicable;
    for (const PointRow& row : rows) worst = ledger::worst(worst, row.verdict);
    if (worst == ledger::Verdict::violated) return exit_violated;
    return worst == ledger::Verdict::inconclusive ? exit_inconclusive : exit_success;
}

ExitCode run(const KernelArguments& arguments) {
    const std::vector<Rational> points = points_from(arguments.at);
    const int last = last_of_initial_segment(arguments.precision, "the remainder is that of a sum cut after K");
    const Kernel kernel = kernel_from(arguments.kernel);
    const int dim = arguments.kernel.dim;
    const long digits = arguments.precision.digits;
    const auto eigenvalues = certified_eigenvalues(kernel, dim, degrees_from(arguments.precision), digits + 2);
    const std::optional<Ball> remainder = trace_tail_bound(kernel, dim, eigenvalues);
    std::vector<PointRow> rows;
    for (const Rational& t : points) {
        const Expansion expansion = expand(kernel, dim, eigenvalues, remainder, t, digits);
        constexpr long digits_of_rest = 6;
        rows.push_back({ntk::to_string(t), print_value(expansion.kernel, digits),
                        print_value(expansion.partial_sum, digits), print_value(expansion.rest, digits_of_rest),
                        expansion.verdict});
    }
    const std::string format = chosen_format(arguments.output);
    if (format == "json") {
        write_result(arguments.output, to_json(kernel, arguments, last, remainder, rows).dump(2) + "\n");
    } else if (format == "csv") {
        write_result(arguments.output, format_csv(to_table(rows)));
    } else {
        write_result(arguments.output, format_aligned(to_table(rows)) + remainder_text(kernel, remainder, last));
    }
    return exit_code_of(rows);
}

}  // namespace

void add_kernel_command(CLI::App& program, CommandContext& context) {
    const auto arguments = std::make_shared<KernelArguments>();
    CLI::App* command =
        program.add_subcommand("kernel", "the kernel at a point and its Gegenbauer expansion, certified");
    command->add_option("--at", arguments->at, "points t = <x,x'> from -1 to 1, separated by commas")
        ->type_name("T")
        ->required();
    add_kernel_options(*command, arguments->kernel);
    add_precision_options(*command, arguments->precision);
    add_output_options(*command, arguments->output);
    command->footer(
        "kappa(t) = sum_k N(d,k) mu_k P_k(t), P_k(1) = 1. The sum is cut after the last degree; what it lacks is "
        "bounded.\n"
        "Numbers are exact: 0.1 and -5/2 are read as rationals.\nExample:\n"
        "  ntk kernel --activation erf --bias 1 --dim 5 --at 0.3 --degrees 0:40 --digits 30");
    command->callback([arguments, &context] { context.action = [arguments] { return run(*arguments); }; });
}

}  // namespace ntk::verify
