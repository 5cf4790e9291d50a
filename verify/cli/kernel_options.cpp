// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/cli/kernel_options.hpp"

#include "ntk/numeric/errors.hpp"
#include "verify/files/atomic_file.hpp"
#include "verify/study/degrees.hpp"
#include "verify/study/kernel_text.hpp"

#include <unistd.h>

#include <iostream>
#include <numeric>

namespace ntk::verify {
namespace {

KernelPart part_from(const std::string& text) {
    if (text == "nngp") return KernelPart::nngp;
    return text == "gradient" ? KernelPart::gradient : KernelPart::ntk;
}

/// "relu, leaky-relu:SLOPE, erf, ..."
std::string names_of_activations() {
    const std::vector<std::string> names = known_activations();
    return std::accumulate(std::next(names.begin()), names.end(), names.front(),
                           [](const std::string& list, const std::string& name) { return list + ", " + name; });
}

}  // namespace

void add_kernel_options(CLI::App& command, KernelOptions& options) {
    command.add_option("--activation", options.activation, names_of_activations())
        ->type_name("NAME")
        ->capture_default_str();
    command.add_option("--dim", options.dim, "ambient dimension d; the sphere is S^{d-1}")
        ->check(CLI::Range(2, 1'000'000))
        ->type_name("d")
        ->capture_default_str();
    command.add_option("--bias", options.bias, "variance of the hidden biases; they are trained if it is positive")
        ->type_name("V")
        ->capture_default_str();
    command.add_flag("--train-bias", options.train_bias, "train hidden biases that start at zero");
    command.add_flag("--output-bias", options.output_bias, "train an output bias (adds 1 to the kernel)");
    command.add_option("--output-weight-variance", options.output_weight_variance, "E[a^2]")
        ->type_name("V")
        ->capture_default_str();
    command.add_option("--part", options.part, "whole kernel, E[sigma sigma'] alone, or the gradient part alone")
        ->check(CLI::IsMember({"ntk", "nngp", "gradient"}))
        ->capture_default_str();
    command.add_option("--depth", options.depth, "number of hidden layers")
        ->check(CLI::Range(1, 1000))
        ->type_name("L")
        ->capture_default_str();
    command.add_option("--parametrization", options.parametrization, "variance of the weights of a layer: ntk 1, he 2")
        ->check(CLI::IsMember({"ntk", "he"}))
        ->capture_default_str();
}

KernelSpec kernel_spec_from(const KernelOptions& options) {
    KernelSpec spec;
    try {
        spec.activation = activation_from_text(options.activation);
    } catch (const InputError& error) {
        throw InputError(std::string("--activation: ") + error.what());
    }
    const Rational bias_variance = non_negative_option("--bias", options.bias);
    const Rational weight_variance = options.parametrization == "he" ? 2 : 1;
    spec.layers.assign(static_cast<std::size_t>(options.depth), Layer{bias_variance, weight_variance});
    spec.train_bias = options.train_bias || bias_variance > 0;
    spec.output_bias = options.output_bias;
    spec.output_weight_variance = non_negative_option("--output-weight-variance", options.output_weight_variance);
    spec.part = part_from(options.part);
    if (spec.output_bias && spec.part != KernelPart::ntk) {
        throw InputError("--output-bias: expected with --part ntk only; the part " + options.part +
                         " has no output bias");
    }
    if (spec.part != KernelPart::nngp && !spec.activation->has_gradient()) {
        throw InputError("--activation " + options.activation + ": its derivative is not square integrable, so that " +
                         "only E[sigma sigma'] is defined: expected with --part nngp");
    }
    return spec;
}

Kernel kernel_from(const KernelOptions& options) { return Kernel(kernel_spec_from(options)); }

void add_precision_options(CLI::App& command, PrecisionOptions& options) {
    command.add_option("--degrees", options.degrees, "degrees k: A:B, A:B:STEP, comma lists")
        ->type_name("LIST")
        ->capture_default_str();
    command.add_option("--digits", options.digits, "significant digits, all of them certified")
        ->check(CLI::Range(1, 100'000))
        ->type_name("D")
        ->capture_default_str();
}

std::vector<int> degrees_from(const PrecisionOptions& options) {
    try {
        return parse_degrees(options.degrees);
    } catch (const InputError& error) {
        throw InputError(std::string("--degrees: ") + error.what());
    }
}

int last_of_initial_segment(const PrecisionOptions& options, const std::string& reason) {
    const std::vector<int> degrees = degrees_from(options);
    if (!is_initial_segment(degrees)) {
        throw InputError("--degrees: \"" + options.degrees + "\": expected 0:K, all degrees from 0 on: " + reason);
    }
    return degrees.back();
}

void add_output_options(CLI::App& command, OutputOptions& options) {
    command.add_option("--format", options.format, "default: table on a terminal, json otherwise")
        ->check(CLI::IsMember({"table", "json", "csv"}));
    command.add_option("--out", options.out, "write to a file instead of standard output")->type_name("FILE");
}

std::string chosen_format(const OutputOptions& options) {
    if (!options.format.empty()) return options.format;
    return isatty(STDOUT_FILENO) == 1 ? "table" : "json";
}

void write_result(const OutputOptions& options, const std::string& text) {
    if (options.out.empty()) {
        std::cout << text;
    } else {
        write_atomically(options.out, text);
    }
}

Rational non_negative_option(const std::string& name, const std::string& text) {
    try {
        const Rational value = parse_rational(text);
        if (value < 0) throw InputError("\"" + text + "\": expected a number >= 0");
        return value;
    } catch (const InputError& error) {
        throw InputError(name + ": " + error.what());
    }
}

}  // namespace ntk::verify
