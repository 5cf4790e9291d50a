// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/ridge_coefficients.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"
#include "verify/cli/commands.hpp"
#include "verify/cli/table.hpp"
#include "verify/files/atomic_file.hpp"
#include "verify/study/degrees.hpp"
#include "verify/study/kernel_text.hpp"

#include <unistd.h>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>
#include <stdexcept>

/// ntk ridge: Lambda_k(r,b), the coefficients of one neuron in spherical harmonics.
namespace ntk::verify {
namespace {

using nlohmann::ordered_json;

/// The options as the user wrote them.
struct RidgeArguments {
    std::string activation = "relu";
    int dim = 3;
    std::string radius = "1";
    std::string offset = "0";
    std::string degrees = "0:10";
    bool derivative = false;
    long digits = 30;
    std::string format;
    std::string out;
};

/// The value of an option with the name of the option in the message of an error.
template <class Read>
auto read_option(const std::string& name, const Read& read) {
    try {
        return read();
    } catch (const InputError& error) {
        throw InputError(name + ": " + error.what());
    }
}

RidgePoint point_from(const RidgeArguments& arguments) {
    const Rational radius = read_option("--radius", [&] {
        const Rational value = parse_rational(arguments.radius);
        if (value < 0) throw InputError("\"" + arguments.radius + "\": expected a number >= 0");
        return value;
    });
    return {radius, read_option("--offset", [&] { return parse_rational(arguments.offset); })};
}

std::vector<CertifiedDecimal> print_all(const std::vector<Ball>& values, long digits) {
    std::vector<CertifiedDecimal> printed;
    for (const Ball& value : values) {
        const auto decimal = print_certified(value, digits);
        if (!decimal) throw std::logic_error("a ridge coefficient that was certified cannot be printed");
        printed.push_back(*decimal);
    }
    return printed;
}

std::string to_json_text(const RidgeArguments& arguments, const ActivationPtr& activation, const RidgePoint& at,
                         const std::vector<int>& degrees, const std::vector<CertifiedDecimal>& values) {
    ordered_json json = {
        {"activation", activation->name()},     {"derivative", arguments.derivative},  {"dim", arguments.dim},
        {"radius", ntk::to_string(at.radius)},  {"offset", ntk::to_string(at.offset)}, {"digits", arguments.digits},
        {"coefficients", ordered_json::array()}};
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        json["coefficients"].push_back(
            {{"degree", degrees[i]}, {"value", values[i].value}, {"radius", values[i].radius}});
    }
    return json.dump(2) + "\n";
}

Table to_table(const std::vector<int>& degrees, const std::vector<CertifiedDecimal>& values) {
    Table table{{"degree", "value", "radius"}, {}};
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        table.rows.push_back({std::to_string(degrees[i]), values[i].value, values[i].radius});
    }
    return table;
}

ExitCode run(const RidgeArguments& arguments) {
    const ActivationPtr activation =
        read_option("--activation", [&] { return activation_from_text(arguments.activation); });
    const std::vector<int> degrees = read_option("--degrees", [&] { return parse_degrees(arguments.degrees); });
    const RidgePoint at = point_from(arguments);
    if (arguments.derivative && !activation->has_gradient()) {
        throw InputError("--derivative: " + activation->name() + " has no derivative");
    }
    const RidgeFunction g(activation, arguments.derivative ? RidgePart::derivative : RidgePart::value);
    const std::vector<CertifiedDecimal> values =
        print_all(ridge_coefficients(g, arguments.dim, at, degrees, arguments.digits), arguments.digits);
    const std::string format = !arguments.format.empty()    ? arguments.format
                               : isatty(STDOUT_FILENO) == 1 ? "table"
                                                            : "json";
    const std::string text = format == "json"  ? to_json_text(arguments, activation, at, degrees, values)
                             : format == "csv" ? format_csv(to_table(degrees, values))
                                               : format_aligned(to_table(degrees, values));
    if (arguments.out.empty()) {
        std::cout << text;
    } else {
        write_atomically(arguments.out, text);
    }
    return exit_success;
}

}  // namespace

void add_ridge_command(CLI::App& program, CommandContext& context) {
    const auto arguments = std::make_shared<RidgeArguments>();
    CLI::App* command = program.add_subcommand(
        "ridge", "coefficients of one neuron sigma(r <w,x> + b) in spherical harmonics, every digit certified");
    command->add_option("--activation", arguments->activation, "sigma: a known activation")
        ->type_name("NAME")
        ->capture_default_str();
    command->add_option("--dim", arguments->dim, "ambient dimension d; the sphere is S^{d-1}")
        ->check(CLI::Range(2, 1'000'000))
        ->type_name("d")
        ->capture_default_str();
    command->add_option("--radius", arguments->radius, "length r of the hidden weights, >= 0")
        ->type_name("R")
        ->capture_default_str();
    command->add_option("--offset", arguments->offset, "hidden bias b")->type_name("B")->capture_default_str();
    command->add_option("--degrees", arguments->degrees, "degrees k: A:B, A:B:STEP, comma lists")
        ->type_name("LIST")
        ->capture_default_str();
    command->add_flag("--derivative", arguments->derivative, "with sigma' in place of sigma");
    command->add_option("--digits", arguments->digits, "significant digits, all of them certified")
        ->check(CLI::Range(1, 100'000))
        ->type_name("D")
        ->capture_default_str();
    command->add_option("--format", arguments->format, "default: table on a terminal, json otherwise")
        ->check(CLI::IsMember({"table", "json", "csv"}));
    command->add_option("--out", arguments->out, "write to a file instead of standard output")->type_name("FILE");
    command->footer(
        "Lambda_k(r,b) = c_d int sigma(rt+b) P_k(t) (1-t^2)^{(d-3)/2} dt. Numbers are exact: 1.3 and -5/2 are read as\n"
        "rationals. The radius of a coefficient is a bound of its error.\nExample:\n"
        "  ntk ridge --activation erf --dim 5 --radius 1.3 --offset -5/2 --degrees 0:12 --digits 30 --format json");
    command->callback([arguments, &context] { context.action = [arguments] { return run(*arguments); }; });
}

}  // namespace ntk::verify
