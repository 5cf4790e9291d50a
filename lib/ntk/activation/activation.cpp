// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/activation.hpp"

#include "ntk/activation/erf.hpp"
#include "ntk/activation/hermite.hpp"
#include "ntk/activation/relu.hpp"
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

const std::vector<Entry>& entries() {
    static const std::vector<Entry> table = {
        {"erf", "", [](const std::string&) { return make_erf(); }},
        {"leaky-relu", "SLOPE", [](const std::string& text) { return make_leaky_relu(parse_rational(text)); }},
        {"relu", "", [](const std::string&) { return make_relu(); }},
    };
    return table;
}

std::string list_of_known() {
    std::string list;
    for (const std::string& name : known_activations()) list += (list.empty() ? "" : ", ") + name;
    return list;
}

[[noreturn]] void no_closed_dual(const Activation& activation) {
    throw std::logic_error("the dual activation of " + activation.name() + " has no closed form");
}

}  // namespace

void Activation::evaluate(const double* z, double* values, double* derivatives, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) values[i] = value(z[i]);
    if (derivatives == nullptr) return;
    for (std::size_t i = 0; i < count; ++i) derivatives[i] = derivative(z[i]);
}

DualValues<Ball> Activation::dual(const Correlation<Ball>&) const { no_closed_dual(*this); }
DualValues<ComplexBall> Activation::dual(const Correlation<ComplexBall>&) const { no_closed_dual(*this); }
DualValues<Real> Activation::dual(const Real&, const Real&) const { no_closed_dual(*this); }
DualValues<double> Activation::dual(double, double) const { no_closed_dual(*this); }

Ball Activation::secant(const Correlation<Ball>&) const { no_closed_dual(*this); }
ComplexBall Activation::secant(const Correlation<ComplexBall>&) const { no_closed_dual(*this); }

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
