// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/spectrum/quadrature_route.hpp"
#include "ntk/spectrum/ridge_route.hpp"
#include "ntk/spectrum/route_comparison.hpp"
#include "ntk/spectrum/trace.hpp"
#include "ntk/sphere/harmonics.hpp"
#include "verify/cli/commands.hpp"
#include "verify/cli/kernel_options.hpp"
#include "verify/cli/spectrum_summary.hpp"
#include "verify/cli/table.hpp"
#include "verify/study/degrees.hpp"
#include "verify/study/kernel_text.hpp"

#include <memory>
#include <stdexcept>

/// ntk spectrum: analytic NTK eigenvalues on S^{d-1}.
namespace ntk::verify {
namespace {

using nlohmann::ordered_json;

struct SpectrumArguments {
    KernelOptions kernel;
    PrecisionOptions precision;
    std::string weights = "gaussian";
    std::string route = "auto";
    SummaryOptions summary;
    OutputOptions output;
};

/// One line of the result, ready to print.
struct Row {
    int degree = 0;
    std::string multiplicity, value, radius, exact, route;
    std::string estimate;      ///< instead of a radius, for values that are not certified
    ordered_json routes;       ///< with --route all: every route
    std::string disagreement;  ///< with --route all
    bool consistent = true;
    bool beyond_grammar = false;  ///< the closed form has a term that readers of the member "exact" need not know
};

CertifiedDecimal print_or_fail(const Eigenvalue& eigenvalue, long digits) {
    const auto printed = print_certified(eigenvalue.enclosure, digits);
    if (!printed) throw std::logic_error("an eigenvalue that was certified cannot be printed");
    return *printed;
}

Row certified_row(const Eigenvalue& eigenvalue, long digits) {
    Row row;
    const CertifiedDecimal printed = print_or_fail(eigenvalue, digits);
    row.degree = eigenvalue.degree;
    row.multiplicity = eigenvalue.multiplicity.str();
    row.value = printed.value;
    row.radius = printed.radius;
    row.exact = eigenvalue.exact ? to_string(*eigenvalue.exact) : "";
    row.beyond_grammar =
        eigenvalue.exact && eigenvalue.exact->coefficient(Exact::Basis::chi_over_pi_squared) != Rational(0);
    row.route = ntk::to_string(eigenvalue.route);
    return row;
}

std::vector<Row> certified_rows(const std::vector<Eigenvalue>& eigenvalues, long digits) {
    std::vector<Row> rows;
    for (const Eigenvalue& eigenvalue : eigenvalues) rows.push_back(certified_row(eigenvalue, digits));
    return rows;
}

/// Values without a rigorous radius: printed to the digits their estimate supports, and marked.
std::vector<Row> quadrature_rows(const Kernel& kernel, int dim, const std::vector<int>& degrees, long digits) {
    // Only the size of the eigenvalues is taken from the certified route: it decides the working precision.
    const long extra_digits = digits_below_diagonal(certified_eigenvalues(kernel, dim, degrees, 1), kernel);
    const RealPrecision precision(static_cast<unsigned>(quadrature_digits(digits, extra_digits)));
    const std::vector<EstimatedValue> values =
        quadrature_eigenvalues(kernel.real_form(), dim, degrees, digits, extra_digits);
    std::vector<Row> rows;
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        const Ball value = ball_from_real(values[i].value, values[i].estimate, 64);
        const CertifiedDecimal printed = print_enclosure(value, digits);
        Row row;
        row.degree = degrees[i];
        row.multiplicity = multiplicity(dim, degrees[i]).str();
        row.value = printed.value;
        row.estimate = printed.radius;
        row.route = "quadrature";
        rows.push_back(row);
    }
    return rows;
}

void add_routes(std::vector<Row>& rows, const Kernel& kernel, int dim, const std::vector<int>& degrees, long digits) {
    const std::vector<RouteComparison> comparisons = compare_routes(kernel, dim, degrees, digits);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const RouteValue& value : comparisons[i].values) {
            const CertifiedDecimal printed = print_enclosure(value.enclosure, digits + 2);
            rows[i].routes.push_back({{"route", value.route},
                                      {"value", printed.value},
                                      {value.certified ? "radius" : "estimate", printed.radius}});
        }
        rows[i].disagreement = print_rounded_up(comparisons[i].difference.exact_midpoint(), 2);
        rows[i].consistent = comparisons[i].consistent;
    }
}

ordered_json row_to_json(const Row& row) {
    ordered_json json = {{"degree", row.degree}, {"multiplicity", row.multiplicity}, {"value", row.value}};
    json["radius"] = row.radius.empty() ? ordered_json(nullptr) : ordered_json(row.radius);
    if (!row.estimate.empty()) json["estimate"] = row.estimate;
    if (!row.exact.empty()) json[row.beyond_grammar ? "closed_form" : "exact"] = row.exact;
    json["route"] = row.route;
    if (!row.routes.empty()) {
        json["routes"] = row.routes;
        json["disagreement"] = row.disagreement;
        json["consistent"] = row.consistent;
    }
    return json;
}

ordered_json decimal_to_json(const CertifiedDecimal& decimal) {
    return {{"value", decimal.value}, {"radius", decimal.radius}};
}

std::string rounded_up(const Ball& x) { return print_rounded_up(Rational(x.exact_midpoint() + x.exact_radius()), 6); }

/// kappa(1), the sum over the printed degrees, and a bound of the rest if one is known.
ordered_json trace_to_json(const Ball& at_one, const std::vector<Eigenvalue>& eigenvalues,
                           const std::optional<Ball>& tail, long digits) {
    return {{"kappa(1)", decimal_to_json(print_enclosure(at_one, digits + 1))},
            {"sum", decimal_to_json(print_enclosure(trace_sum(eigenvalues), digits + 1))},
            {"tail_bound", tail ? ordered_json(rounded_up(*tail)) : ordered_json(nullptr)}};
}

/// Closed forms as people read them; the other formats have the long ones.
std::string shortened(const std::string& exact) {
    constexpr std::size_t longest = 72;
    return exact.size() <= longest ? exact : "(" + std::to_string(exact.size()) + " characters: --format json)";
}

Table rows_to_table(const std::vector<Row>& rows, bool for_people) {
    const bool all = !rows.empty() && !rows.front().routes.empty();
    Table table{{"degree", "multiplicity", "value", "radius", "exact", "route"}, {}};
    if (all) table.header.emplace_back("disagreement");
    for (const Row& row : rows) {
        const std::string error = row.estimate.empty() ? row.radius : "about " + row.estimate;
        const std::string exact = for_people ? shortened(row.exact) : row.exact;
        table.rows.push_back({std::to_string(row.degree), row.multiplicity, row.value, error, exact, row.route});
        if (all) table.rows.back().push_back(row.disagreement + (row.consistent ? "" : " !"));
    }
    return table;
}

std::string trace_to_text(const ordered_json& trace) {
    if (trace.is_null()) return "";
    std::string text = "\nkappa(1) = " + trace["kappa(1)"]["value"].get<std::string>() +
                       "\nsum      = " + trace["sum"]["value"].get<std::string>() + "  (over the degrees above)\n";
    if (!trace["tail_bound"].is_null()) {
        text += "the rest is at most " + trace["tail_bound"].get<std::string>() + "  (" +
                (trace["tail_bound_without_kappa(1)"].get<bool>() ? "bound found without kappa(1)"
                                                                  : "bound found from E[sigma^2]") +
                ")\n";
    }
    return text;
}

/// What the command found, ready to print.
struct Result {
    std::vector<Row> rows;
    ordered_json trace;    ///< null for values that are not certified
    ordered_json summary;  ///< what was asked for
};

ordered_json to_json(const SpectrumArguments& arguments, const KernelSpec& spec, const Result& result) {
    ordered_json json = {{"kernel", kernel_to_json(spec, arguments.weights)},
                         {"dim", arguments.kernel.dim},
                         {"digits", arguments.precision.digits}};
    json["eigenvalues"] = ordered_json::array();
    for (const Row& row : result.rows) json["eigenvalues"].push_back(row_to_json(row));
    json["trace"] = result.trace;
    json.update(result.summary);
    return json;
}

std::string to_text(const SpectrumArguments& arguments, const KernelSpec& spec, const Result& result) {
    const std::string format = chosen_format(arguments.output);
    if (format == "json") return to_json(arguments, spec, result).dump(2) + "\n";
    if (format == "csv") return format_csv(rows_to_table(result.rows, false));
    return format_aligned(rows_to_table(result.rows, true)) + trace_to_text(result.trace) +
           summary_to_text(result.summary);
}

/// Why the kernel lacks the route, for people; empty if it has it.
std::string missing_route(const Kernel& kernel, Route route) {
    if (has_route(kernel, route)) return "";
    switch (route) {
        case Route::exact:
            return "no closed form is known for this kernel (" + kernel.description() + ")";
        case Route::ball:
            return "the dual activation of " + kernel.spec().activation->name() + " has no closed form";
        case Route::ridge:
            return "no certified power series is known for this kernel (" + kernel.description() + ")";
    }
    throw std::logic_error("unknown route");
}

std::vector<Eigenvalue> gaussian_eigenvalues(const std::string& name, const Kernel& kernel, int dim,
                                             const std::vector<int>& degrees, long digits) {
    for (const Route route : {Route::exact, Route::ball, Route::ridge}) {
        if (ntk::to_string(route) != name) continue;
        const std::string missing = missing_route(kernel, route);
        if (!missing.empty()) throw InputError("--route " + name + ": " + missing + "; expected another route");
        return eigenvalues_by(route, kernel, dim, degrees, digits);
    }
    return certified_eigenvalues(kernel, dim, degrees, digits);
}

/// Gaussian weights: every route.
Result gaussian_result(const SpectrumArguments& arguments, const Kernel& kernel, const std::vector<int>& degrees) {
    const int dim = arguments.kernel.dim;
    const long digits = arguments.precision.digits;
    Result result;
    std::vector<Eigenvalue> eigenvalues;
    if (arguments.route == "quadrature") {
        result.rows = quadrature_rows(kernel, dim, degrees, digits);
    } else {
        eigenvalues = gaussian_eigenvalues(arguments.route, kernel, dim, degrees, digits);
        result.rows = certified_rows(eigenvalues, digits);
        if (arguments.route == "all") add_routes(result.rows, kernel, dim, degrees, digits);
        std::optional<Ball> tail;
        if (is_initial_segment(degrees)) tail = trace_tail_bound(kernel, dim, eigenvalues);
        result.trace = trace_to_json(kernel.at_one(4 * digits + 64), eigenvalues, tail, digits);
        if (tail) result.trace["tail_bound_without_kappa(1)"] = tail_avoids_diagonal(kernel);
    }
    result.summary = summary_to_json(arguments.summary, kernel, dim, eigenvalues, digits);
    return result;
}

/// Other laws of the weights: the ridge route alone, which knows no bound of the rest.
Result radial_result(const SpectrumArguments& arguments, const KernelSpec& spec, const RadialLaw& law,
                     const std::vector<int>& degrees) {
    const std::string place = "--weights " + arguments.weights + ": ";
    if (const auto reason = no_ridge_route(spec)) throw InputError(place + *reason);
    if (arguments.route != "auto" && arguments.route != "ridge" && arguments.route != "all") {
        throw InputError("--route " + arguments.route + ": expected auto, ridge or all with --weights " +
                         arguments.weights);
    }
    if (is_asked_for(arguments.summary)) {
        throw InputError(place + "expected gaussian with --share, --effective-dimension or --asymptotics");
    }
    const int dim = arguments.kernel.dim;
    const long digits = arguments.precision.digits;
    const std::vector<Eigenvalue> eigenvalues = ridge_eigenvalues(spec, law, dim, degrees, digits);
    return {certified_rows(eigenvalues, digits),
            trace_to_json(ridge_kernel_at_one(spec, law, dim, digits), eigenvalues, std::nullopt, digits),
            ordered_json::object()};
}

std::optional<RadialLaw> weight_law_from(const SpectrumArguments& arguments) {
    try {
        return parse_weight_law(arguments.weights);
    } catch (const InputError& error) {
        throw InputError(std::string("--weights: ") + error.what());
    }
}

ExitCode run(const SpectrumArguments& arguments) {
    const std::vector<int> degrees = degrees_from(arguments.precision);
    const KernelSpec spec = kernel_spec_from(arguments.kernel);
    const std::optional<RadialLaw> law = weight_law_from(arguments);
    require_summary_options(arguments.summary, is_initial_segment(degrees), arguments.route != "quadrature");
    const Result result =
        law ? radial_result(arguments, spec, *law, degrees) : gaussian_result(arguments, Kernel(spec), degrees);
    write_result(arguments.output, to_text(arguments, spec, result));
    for (const Row& row : result.rows) {
        if (!row.consistent) return exit_violated;
    }
    return exit_success;
}

}  // namespace

void add_spectrum_command(CLI::App& program, CommandContext& context) {
    const auto arguments = std::make_shared<SpectrumArguments>();
    CLI::App* command =
        program.add_subcommand("spectrum", "analytic NTK eigenvalues on the sphere, every digit certified");
    add_kernel_options(*command, arguments->kernel);
    add_precision_options(*command, arguments->precision);
    command->add_option("--weights", arguments->weights, "law of the hidden weights: gaussian, sphere:R or radial:FILE")
        ->type_name("LAW")
        ->capture_default_str();
    command->add_option("--route", arguments->route, "how to compute; all compares every route that applies")
        ->check(CLI::IsMember({"auto", "exact", "ball", "quadrature", "ridge", "all"}))
        ->capture_default_str();
    add_summary_options(*command, arguments->summary);
    add_output_options(*command, arguments->output);
    command->footer(
        "Numbers are exact: 0.1 and -5/2 are read as rationals.\nExample:\n"
        "  ntk spectrum --activation erf --dim 12 --degrees 0:60 --bias 1 --output-bias --digits 60 --format json\n"
        "  ntk spectrum --activation relu --depth 4 --parametrization he --dim 6 --degrees 0:40 --digits 60\n"
        "A FILE with the law of the lengths of the weights has one line 'radius probability' per value.");
    command->callback([arguments, &context] { context.action = [arguments] { return run(*arguments); }; });
}

}  // namespace ntk::verify
