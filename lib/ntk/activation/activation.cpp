// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/activation.hpp"

#include "ntk/activation/erf.hpp"
#include "ntk/activation/gaussian.hpp"
#include "ntk/activation/gelu.hpp"
#include "ntk/activation/hermite.hpp"
#include "ntk/activation/polynomial.hpp"
#include "ntk/activation/relu.hpp"
#include "ntk/activation/relu_power.hpp"
#include "ntk/activation/sigmoid.hpp"
#include "ntk/activation/silu.hpp"
#include "ntk/activation/softplus.hpp"
#include "ntk/activation/tanh.hpp"
#include "ntk/activation/trigonometric.hpp"
#include "ntk/numeric/errors.hpp"

#include <algorithm>
#include <stdexcept>

namespace ntk {
namespace {

/// One line per activation: its name, its parameter as the help shows it (empty if it has none), and its maker.
struct Entry {
    std::string name;
    std::string parameter;
    ActivationPtr (*make)(const std::string& parameter);
};

/// "1,0,-1/2"
std::vector<Rational> rationals(const std::string& text) {
    std::vector<Rational> result;
    std::size_t begin = 0;
    while (true) {
        const std::size_t comma = text.find(',', begin);
        result.push_back(parse_rational(text.substr(begin, comma == std::string::npos ? comma : comma - begin)));
        if (comma == std::string::npos) return result;
        begin = comma + 1;
    }
}

int positive_integer(const std::string& text) {
    const Rational value = parse_rational(text);
    if (denominator(value) != 1 || value < 1 || value > 1000) {
        throw InputError("\"" + text + "\": expected a positive integer");
    }
    return value.convert_to<int>();
}

const std::vector<Entry>& entries() {
    static const std::vector<Entry> table = {
        {"cos", "", [](const std::string&) { return make_cos(); }},
        {"erf", "", [](const std::string&) { return make_erf(); }},
        {"gaussian", "", [](const std::string&) { return make_gaussian(); }},
        {"gelu", "", [](const std::string&) { return make_gelu(); }},
        {"leaky-relu", "SLOPE", [](const std::string& text) { return make_leaky_relu(parse_rational(text)); }},
        {"polynomial", "C0,C1,...", [](const std::string& text) { return make_polynomial(rationals(text)); }},
        {"relu", "", [](const std::string&) { return make_relu(); }},
        {"relu-power", "POWER", [](const std::string& text) { return make_relu_power(positive_integer(text)); }},
        {"sigmoid", "", [](const std::string&) { return make_sigmoid(); }},
        {"silu", "", [](const std::string&) { return make_silu(); }},
        {"sin", "", [](const std::string&) { return make_sin(); }},
        {"softplus", "BETA", [](const std::string& text) { return make_softplus(parse_rational(text)); }},
        {"step", "", [](const std::string&) { return make_relu_power(0); }},
        {"tanh", "", [](const std::string&) { return make_tanh(); }},
    };
    return table;
}

std::string list_of_known() {
    std::string list;
    for (const std::string& name : known_activations()) list += (list.empty() ? "" : ", ") + name;
    return list;
}

[[noreturn]] void no_closed_dual(const Activation& activation) {
    throw std::logic_error("the dual activation of " + activation.name() + " has no such closed form");
}

}  // namespace

void Activation::evaluate(const double* z, double* values, double* derivatives, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) {
        const double at = z[i];  // a result may take the place of the arguments
        if (values != nullptr) values[i] = value(at);
        if (derivatives != nullptr) derivatives[i] = derivative(at);
    }
}

void Activation::second_derivatives(const double* z, const double*, const double*, double* curvatures,
                                    std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) curvatures[i] = second_derivative(z[i]);
}

void evaluate_at(SimdLevel level, const Activation& activation, const double* z, double* values, double* derivatives,
                 std::size_t count) {
    const std::optional<VectorKernel> kernel = activation.vector_kernel();
    if (level == SimdLevel::baseline || !kernel) return activation.evaluate(z, values, derivatives, count);
    evaluate_vectorised(level, *kernel, z, values, derivatives, count);
}

DualValues<Ball> Activation::dual(const Correlation<Ball>&) const { no_closed_dual(*this); }
DualValues<ComplexBall> Activation::dual(const Correlation<ComplexBall>&) const { no_closed_dual(*this); }
DualValues<Real> Activation::dual(const Real&, const Real&) const { no_closed_dual(*this); }
DualValues<double> Activation::dual(double, double) const { no_closed_dual(*this); }

Ball Activation::secant(const Correlation<Ball>&) const { no_closed_dual(*this); }
ComplexBall Activation::secant(const Correlation<ComplexBall>&) const { no_closed_dual(*this); }
DualValues<Ball> Activation::deficits(const Correlation<Ball>&) const { no_closed_dual(*this); }
DualValues<ComplexBall> Activation::deficits(const Correlation<ComplexBall>&) const { no_closed_dual(*this); }

std::optional<DualSeries> Activation::dual_series(const Ball& variance, long length, long bits) const {
    if (!strip()) return std::nullopt;
    return hermite_dual_series(*this, variance, length, bits);
}

ActivationPtr make_activation(const std::string& text) {
    const std::size_t colon = text.find(':');
    const std::string name = text.substr(0, colon);
    const std::string parameter = colon == std::string::npos ? "" : text.substr(colon + 1);
    const auto found = std::find_if(entries().begin(), entries().end(), [&](const Entry& e) { return e.name == name; });
    if (found == entries().end()) {
        throw InputError("activation \"" + text + "\": expected one of " + list_of_known());
    }
    if (found->parameter.empty() != (colon == std::string::npos)) {
        throw InputError("activation \"" + text + "\": expected " + name +
                         (found->parameter.empty() ? " without a parameter" : ":" + found->parameter));
    }
    return found->make(parameter);
}

std::vector<std::string> known_activations() {
    std::vector<std::string> names;
    for (const Entry& entry : entries())
        names.push_back(entry.name + (entry.parameter.empty() ? "" : ":" + entry.parameter));
    return names;
}

}  // namespace ntk
