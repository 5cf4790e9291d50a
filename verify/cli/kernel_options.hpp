// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/kernel/kernel.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

/// Options that several commands share: the kernel and its sphere, degrees, digits, and where results go.
namespace ntk::verify {

/// The kernel and the sphere as the user wrote them; numbers stay text so that they are read exactly.
struct KernelOptions {
    std::string activation = "relu";
    int dim = 3;
    std::string bias = "0";
    bool train_bias = false;
    bool output_bias = false;
    std::string output_weight_variance = "1";
    std::string part = "ntk";
    int depth = 1;
    std::string parametrization = "ntk";
};

/// Adds --activation, --dim, --bias, --train-bias, --output-bias, --output-weight-variance, --part, --depth and
/// --parametrization. `options` must outlive the parsing.
void add_kernel_options(CLI::App& command, KernelOptions& options);

/// The kernel that the options describe; every hidden layer has biases of the same variance. Throws InputError that
/// begins with the name of the option that is wrong.
KernelSpec kernel_spec_from(const KernelOptions& options);
Kernel kernel_from(const KernelOptions& options);

/// The degrees and digits as the user wrote them.
struct PrecisionOptions {
    std::string degrees = "0:10";
    long digits = 30;
};

/// Adds --degrees and --digits.
void add_precision_options(CLI::App& command, PrecisionOptions& options);

/// The degrees in the order written. Throws InputError that begins with "--degrees".
std::vector<int> degrees_from(const PrecisionOptions& options);
/// The same for commands that sum over degrees: InputError unless they are 0, 1, ..., K; returns K.
int last_of_initial_segment(const PrecisionOptions& options, const std::string& reason);

/// Where results go and in which form.
struct OutputOptions {
    std::string format;  ///< empty: table on a terminal, json otherwise
    std::string out;     ///< empty: standard output
};

/// Adds --format and --out.
void add_output_options(CLI::App& command, OutputOptions& options);

/// "table", "json" or "csv".
std::string chosen_format(const OutputOptions& options);

/// Writes a finished result at once. Throws ResourceError if the file cannot be written.
void write_result(const OutputOptions& options, const std::string& text);

/// An exact number >= 0. Throws InputError that begins with the name of the option.
Rational non_negative_option(const std::string& name, const std::string& text);

}  // namespace ntk::verify
