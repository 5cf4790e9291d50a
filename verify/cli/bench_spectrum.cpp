// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/decimal.hpp"
#include "ntk/spectrum/eigenvalues.hpp"
#include "ntk/spectrum/exact_route.hpp"
#include "verify/cli/bench.hpp"
#include "verify/cli/version.hpp"
#include "verify/study/kernel_text.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

/// ntk bench spectrum
namespace ntk::verify {
namespace {

using nlohmann::ordered_json;

struct BenchSpectrumArguments {
    KernelOptions kernel;
    PrecisionOptions precision;
    std::string route = "auto";
    RepeatOptions repeat;
};

std::vector<Eigenvalue> compute(const BenchSpectrumArguments& arguments, const Kernel& kernel,
                                const std::vector<int>& degrees, long digits) {
    const int dim = arguments.kernel.dim;
    return arguments.route == "ball" ? eigenvalues_by(Route::ball, kernel, dim, degrees, digits)
                                     : certified_eigenvalues(kernel, dim, degrees, digits);
}

/// The largest certified radius over |mu_k|, zeros left out.
Rational largest_relative_radius(const std::vector<Eigenvalue>& eigenvalues) {
    Rational largest = 0;
    for (const Eigenvalue& eigenvalue : eigenvalues) {
        if (eigenvalue.enclosure.is_zero()) continue;
        const Rational size = boost::multiprecision::abs(eigenvalue.enclosure.exact_midpoint());
        largest = std::max(largest, Rational(eigenvalue.enclosure.exact_radius() / size));
    }
    return largest;
}

/// The largest distance of a midpoint from the reference over the reference, and whether all enclosures overlap.
struct Distance {
    Rational largest = 0;
    bool consistent = true;
};

Distance distance_to(const std::vector<Eigenvalue>& values, const std::vector<Eigenvalue>& references) {
    Distance result;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Ball& value = values[i].enclosure;
        const Ball& reference = references[i].enclosure;
        result.consistent = result.consistent && value.overlaps(reference);
        if (reference.is_zero()) continue;
        const Rational midpoint = reference.exact_midpoint();
        const Rational difference = boost::multiprecision::abs(Rational(value.exact_midpoint() - midpoint));
        result.largest = std::max(result.largest, Rational(difference / boost::multiprecision::abs(midpoint)));
    }
    return result;
}

/// The closed form where the measured route is another one, otherwise the measured route with 40 digits more.
ordered_json error_to_json(const BenchSpectrumArguments& arguments, const Kernel& kernel,
                           const std::vector<int>& degrees, const std::vector<Eigenvalue>& values, bool& consistent) {
    constexpr long more_digits = 40;
    const bool by_closed_form = arguments.route == "ball" && has_exact_route(kernel);
    const long digits = arguments.precision.digits + more_digits;
    const std::vector<Eigenvalue> references =
        by_closed_form ? certified_eigenvalues(kernel, arguments.kernel.dim, degrees, digits)
                       : compute(arguments, kernel, degrees, digits);
    const Distance distance = distance_to(values, references);
    consistent = distance.consistent;
    return {{"largest_relative_radius", print_rounded_up(largest_relative_radius(values), 2)},
            {"largest_relative_distance", print_rounded_up(distance.largest, 2)},
            {"reference", by_closed_form ? "closed form" : "the same with 40 digits more"},
            {"consistent", distance.consistent}};
}

std::string to_text(const ordered_json& json) {
    return json["work"]["count"].dump() + " eigenvalues, " + json["digits"].dump() + " digits, " +
           json["repeat"].dump() + " times with " + json["threads"].dump() + " thread\n" + times_as_table(json) +
           "CPU time per eigenvalue: " + json["cost_per_unit_ns"].dump() + " ns\n" + "largest relative radius " +
           json["error"]["largest_relative_radius"].get<std::string>() + ", distance from the reference (" +
           json["error"]["reference"].get<std::string>() + ") " +
           json["error"]["largest_relative_distance"].get<std::string>() + "\n";
}

ExitCode run(const BenchSpectrumArguments& arguments) {
    const std::vector<int> degrees = degrees_from(arguments.precision);
    const Kernel kernel = kernel_from(arguments.kernel);
    std::vector<Eigenvalue> values;
    const Measurement measured = measure(
        arguments.repeat.repeat, [&] { values = compute(arguments, kernel, degrees, arguments.precision.digits); });
    bool consistent = true;
    ordered_json json = {
        {"benchmark", "spectrum"},
        {"kernel", kernel_to_json(kernel.spec())},
        {"dim", arguments.kernel.dim},
        {"degrees", arguments.precision.degrees},
        {"digits", arguments.precision.digits},
        {"route", ntk::to_string(values.front().route)},
        {"repeat", arguments.repeat.repeat},
        // The eigenvalue routes work in one thread, whatever --threads says.
        {"threads", 1},
        {"simd", library_versions().at("SIMD")},
    };
    add_times(json, measured);
    json["work"] = {{"unit", "eigenvalue"}, {"count", degrees.size()}};
    json["cost_per_unit_ns"] = std::round(measured.cpu.median * 1e9 / static_cast<double>(degrees.size()));
    json["fma_peak_fraction"] = nullptr;
    json["error"] = error_to_json(arguments, kernel, degrees, values, consistent);
    write_benchmark(arguments.repeat.output, json, to_text);
    return consistent ? exit_success : exit_violated;
}

}  // namespace

void add_bench_spectrum(CLI::App& bench, CommandContext& context) {
    const auto arguments = std::make_shared<BenchSpectrumArguments>();
    CLI::App* command = bench.add_subcommand("spectrum", "certified eigenvalues");
    add_kernel_options(*command, arguments->kernel);
    add_precision_options(*command, arguments->precision);
    command->add_option("--route", arguments->route, "auto: closed forms where they are known; ball: quadrature always")
        ->check(CLI::IsMember({"auto", "ball"}))
        ->capture_default_str();
    add_repeat_options(*command, arguments->repeat);
    command->footer(
        "Times are those of the computation alone, without start of the program and printing.\nExample:\n"
        "  ntk bench spectrum --activation relu --bias 1 --output-bias --dim 3 --degrees 0:1000 --digits 100");
    command->callback([arguments, &context] { context.action = [arguments] { return run(*arguments); }; });
}

}  // namespace ntk::verify
