// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/network.hpp"
#include "ntk/network/reference.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/fma_peak.hpp"
#include "ntk/numeric/random.hpp"
#include "ntk/sphere/points.hpp"
#include "verify/cli/bench.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

/// ntk bench rhs and ntk bench gram
namespace ntk::verify {
namespace {

using nlohmann::ordered_json;

struct NetworkArguments {
    std::string activation = "erf";
    int samples = 1024;
    int width = 4096;
    int dim = 3;
    RepeatOptions repeat;
};

/// A network with all biases, Gaussian output weights and labels x_1, drawn from the seed 1.
struct Instance {
    ActivationPtr activation;
    Network network;
    Eigen::VectorXd theta;
    Eigen::VectorXd labels;
};

Instance make_instance(const NetworkArguments& arguments, int threads) {
    const NetworkShape shape{arguments.dim, arguments.width, true, true};
    const ActivationPtr activation = make_activation(arguments.activation);
    if (!activation->has_gradient()) throw InputError("--activation " + arguments.activation + ": has no derivative");
    Eigen::MatrixXd points = uniform_points(arguments.dim, arguments.samples, RandomStream(1, "sample points"));
    const Eigen::VectorXd labels = points.row(0).transpose();
    return {activation, Network(shape, activation, std::move(points), std::make_shared<ThreadPool>(threads)),
            draw_parameters(shape, InitialLaw{false, OutputWeights::gaussian, 1}, 1), labels};
}

constexpr int checked = 8;  ///< samples, neurons, entries of a Gram matrix that are computed again slowly
constexpr unsigned reference_digits = 40;

ReferenceNetwork<Real> reference_of(const Instance& instance) {
    ReferenceNetwork<Real> reference{instance.network.shape(), instance.activation, {}};
    for (Eigen::Index j = 0; j < instance.network.sample_count(); ++j) {
        const Eigen::VectorXd x = instance.network.points().col(j);
        reference.points.emplace_back(x.begin(), x.end());
    }
    return reference;
}

std::vector<Real> exact_parameters(const Instance& instance) { return {instance.theta.begin(), instance.theta.end()}; }

/// Samples, neurons, ... spread over all of them.
std::vector<int> spread_over(Eigen::Index count) {
    std::vector<int> chosen;
    for (int i = 0; i < checked; ++i) chosen.push_back(static_cast<int>(i * count / checked));
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    return chosen;
}

/// The largest relative error of the outputs on some samples, plus that of the gradient by some neurons given the
/// outputs, each relative to the largest entry.
double velocity_error(const Instance& instance, const Eigen::VectorXd& velocity) {
    const RealPrecision precision(reference_digits);
    const ReferenceNetwork<Real> reference = reference_of(instance);
    const std::vector<Real> theta = exact_parameters(instance);
    const Eigen::VectorXd f = instance.network.values(instance.theta);
    const Eigen::VectorXd residual = instance.labels - f;
    ReferenceNetwork<Real> some = reference;
    some.points.clear();
    const std::vector<int> samples = spread_over(f.size());
    for (const int j : samples) some.points.push_back(reference.points[static_cast<std::size_t>(j)]);
    const std::vector<Real> exact = some.values(theta);
    Real by_output = 0, by_gradient = 0;
    for (std::size_t i = 0; i < samples.size(); ++i)
        by_output = std::max(by_output, Real(abs(exact[i] - f(samples[i]))));
    const NetworkShape& shape = instance.network.shape();
    const Real scale = 1 / (sqrt(Real(shape.width)) * Real(static_cast<long>(f.size())));
    for (const int l : spread_over(shape.width)) {
        Real output = 0, bias = 0;
        for (std::size_t j = 0; j < reference.points.size(); ++j) {
            const Real z = reference.preactivation(theta, l, j);
            const Real weight = residual(static_cast<Eigen::Index>(j)) * scale;
            output += weight * instance.activation->value(z);
            bias += weight * theta[static_cast<std::size_t>(l)] * instance.activation->derivative(z);
        }
        by_gradient = std::max(by_gradient, Real(abs(output - velocity(l))));
        by_gradient = std::max(by_gradient, Real(abs(bias - velocity(shape.biases_at() + l))));
    }
    return static_cast<double>(by_output) / residual.cwiseAbs().maxCoeff() +
           static_cast<double>(by_gradient) / velocity.cwiseAbs().maxCoeff();
}

/// The largest error of some entries relative to the largest one.
double gram_error(const Instance& instance, const Eigen::MatrixXd& gram) {
    const RealPrecision precision(reference_digits);
    const ReferenceNetwork<Real> reference = reference_of(instance);
    const std::vector<Real> theta = exact_parameters(instance);
    const std::vector<int> samples = spread_over(gram.rows());
    std::vector<std::vector<Real>> gradients;
    for (const int j : samples) gradients.push_back(reference.gradient(theta, static_cast<std::size_t>(j)));
    Real largest = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            Real sum = 0;
            for (std::size_t at = 0; at < theta.size(); ++at) sum += gradients[i][at] * gradients[j][at];
            const Real entry = sum / Real(static_cast<long>(gram.rows()));
            largest = std::max(largest, Real(abs(entry - gram(samples[i], samples[j]))));
        }
    }
    return static_cast<double>(largest) / gram.cwiseAbs().maxCoeff();
}

/// Additions and multiplications per sample and neuron that the fused path spends on sigma and sigma', signs, lookups
/// and comparisons not counted (activation/vector_math.hpp).
double activation_operations(VectorFunction function) {
    constexpr double exponential = 23, gaussian = exponential + 6, erf = 30, sine = 27, logistic = exponential + 3;
    switch (function) {
        case VectorFunction::relu:
            return 1;
        case VectorFunction::leaky_relu:
            return 5;
        case VectorFunction::erf:
            return erf + gaussian;
        case VectorFunction::tanh:
            return exponential + 9 + 2;
        case VectorFunction::sigmoid:
            return logistic + 2;
        case VectorFunction::softplus:
            return exponential + 24 + 4 + logistic + 1;
        case VectorFunction::gelu:
            return erf + 4 + gaussian + 3;
        case VectorFunction::silu:
            return logistic + 1 + logistic + 4;
        case VectorFunction::sine:
        case VectorFunction::cosine:
            return 2 * sine;
        case VectorFunction::gaussian:
            return gaussian + 2;
        case VectorFunction::polynomial:
            return 0;
    }
    return 0;
}

/// Of one velocity per sample and neuron: z twice (once with ReLU, whose signs are kept), the output, and the sums by
/// a, b and w.
ordered_json peak_fraction(const Instance& instance, double nanoseconds, double peak) {
    const std::optional<VectorKernel> kernel = instance.activation->vector_kernel();
    if (!kernel || kernel->function == VectorFunction::polynomial || instance.network.level() == SimdLevel::baseline) {
        return nullptr;
    }
    const bool signs = kernel->function == VectorFunction::relu || kernel->function == VectorFunction::leaky_relu;
    const double d = instance.network.shape().dim;
    const double linear = (signs ? 2 * d : 4 * d) + 2 + (signs ? 1 : 4) + 2 * d;
    const double operations = linear + activation_operations(kernel->function);
    return std::round(operations / (nanoseconds * 1e-9) / peak * 1000) / 1000;
}

std::string to_text(const ordered_json& json) {
    const std::string shape = "n = " + json["samples"].dump() + ", m = " + json["width"].dump() +
                              ", d = " + json["dim"].dump() + ", " + json["activation"].get<std::string>();
    return json["benchmark"].get<std::string>() + " (" + shape + "), " + json["repeat"].dump() + " times with " +
           json["threads"].dump() + " threads, SIMD level " + json["simd"].get<std::string>() + "\n" +
           times_as_table(json) + "CPU time per unit: " + json["cost_per_unit_ns"].dump() + " ns, part of the peak " +
           json["fma_peak_fraction"].dump() + "; relative error " + json["error"].dump() + "\n";
}

ordered_json described(const std::string& name, const NetworkArguments& arguments, const Instance& instance,
                       const Measurement& measured) {
    ordered_json json = {{"benchmark", name},
                         {"activation", instance.activation->name()},
                         {"samples", arguments.samples},
                         {"width", arguments.width},
                         {"dim", arguments.dim},
                         {"repeat", arguments.repeat.repeat},
                         {"threads", instance.network.pool().threads()},
                         {"simd", to_string(instance.network.level())}};
    add_times(json, measured);
    return json;
}

double rounded_ns(double seconds) { return std::round(seconds * 1e12) / 1e3; }

ExitCode run_rhs(const NetworkArguments& arguments, int threads) {
    const Instance instance = make_instance(arguments, threads);
    Eigen::VectorXd velocity;
    const Measurement measured = measure(
        arguments.repeat.repeat, [&] { velocity = instance.network.velocity(instance.theta, instance.labels); });
    ordered_json json = described("rhs", arguments, instance, measured);
    const double units = static_cast<double>(arguments.samples) * arguments.width;
    const double peak = measured_fma_peak(instance.network.level());
    json["work"] = {{"unit", "sample x neuron"}, {"count", units}};
    json["cost_per_unit_ns"] = rounded_ns(measured.cpu.median / units);
    json["error"] = velocity_error(instance, velocity);
    json["fma_peak_gflops"] = std::round(peak / 1e8) / 10;
    json["fma_peak_fraction"] = peak_fraction(instance, measured.cpu.median / units * 1e9, peak);
    write_benchmark(arguments.repeat.output, json, to_text);
    return exit_success;
}

ExitCode run_gram(const NetworkArguments& arguments, int threads) {
    const Instance instance = make_instance(arguments, threads);
    Eigen::MatrixXd gram;
    const Measurement measured =
        measure(arguments.repeat.repeat, [&] { gram = instance.network.gram_matrix(instance.theta); });
    ordered_json json = described("gram", arguments, instance, measured);
    const double units = 0.5 * arguments.samples * (arguments.samples + 1.0) * arguments.width;
    const double peak = measured_fma_peak(instance.network.level());
    json["work"] = {{"unit", "pair x neuron"}, {"count", units}};
    json["cost_per_unit_ns"] = rounded_ns(measured.cpu.median / units);
    json["error"] = gram_error(instance, gram);
    json["fma_peak_gflops"] = std::round(peak / 1e8) / 10;
    json["fma_peak_fraction"] = std::round(4 * units / measured.cpu.median / peak * 1000) / 1000;
    write_benchmark(arguments.repeat.output, json, to_text);
    return exit_success;
}

CLI::App* add_network_command(CLI::App& bench, const std::string& name, const std::string& title,
                              NetworkArguments& arguments) {
    CLI::App* command = bench.add_subcommand(name, title);
    command->add_option("--activation", arguments.activation, "name of the activation, with its parameter")
        ->type_name("NAME")
        ->capture_default_str();
    const auto add_count = [&](const char* option, int& value, const char* text, int least, int most) {
        command->add_option(option, value, text)->check(CLI::Range(least, most))->capture_default_str();
    };
    add_count("--samples", arguments.samples, "points n", 1, 1 << 20);
    add_count("--width", arguments.width, "neurons m", 1, 1 << 24);
    add_count("--dim", arguments.dim, "ambient dimension d", 2, 1 << 16);
    add_repeat_options(*command, arguments.repeat);
    return command;
}

}  // namespace

void add_bench_network(CLI::App& bench, CommandContext& context) {
    const auto rhs = std::make_shared<NetworkArguments>();
    CLI::App* rhs_command = add_network_command(bench, "rhs", "right-hand side of the gradient flow", *rhs);
    rhs_command->footer(
        "One unit is a sample times a neuron; the error is against 40 digits on some samples and neurons.\nExample:\n"
        "  ntk bench rhs --activation erf --samples 1024 --width 4096 --dim 3 --threads 1");
    rhs_command->callback(
        [rhs, &context] { context.action = [rhs, threads = context.threads] { return run_rhs(*rhs, threads); }; });
    const auto gram = std::make_shared<NetworkArguments>();
    gram->samples = 256;
    gram->dim = 10;
    CLI::App* gram_command = add_network_command(bench, "gram", "Gram matrix of the empirical NTK", *gram);
    gram_command->footer(
        "One unit is a pair of samples times a neuron.\nExample:\n"
        "  ntk bench gram --activation erf --samples 1000 --width 4096 --dim 10 --threads 1");
    gram_command->callback(
        [gram, &context] { context.action = [gram, threads = context.threads] { return run_gram(*gram, threads); }; });
}

}  // namespace ntk::verify
