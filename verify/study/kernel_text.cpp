// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/kernel_text.hpp"

#include "ntk/numeric/errors.hpp"
#include "verify/study/nearest.hpp"

#include <algorithm>

namespace ntk::verify {

ActivationPtr activation_from_text(const std::string& text) {
    std::vector<std::string> names = known_activations();
    for (std::string& name : names) name = name.substr(0, name.find(':'));
    const std::string name = text.substr(0, text.find(':'));
    try {
        return make_activation(text);
    } catch (const InputError& error) {
        const bool known = std::find(names.begin(), names.end(), name) != names.end();
        throw InputError(error.what() + (known ? std::string() : suggestion(name, names)));
    }
}

std::string to_string(KernelPart part) {
    switch (part) {
        case KernelPart::ntk:
            return "ntk";
        case KernelPart::nngp:
            return "nngp";
        case KernelPart::gradient:
            return "gradient";
    }
    throw std::logic_error("unknown kernel part");
}

std::string describe_kernel(const Kernel& kernel, const std::string& weights) {
    return kernel.description() + (weights == "gaussian" ? "" : ", hidden weights " + weights);
}

nlohmann::ordered_json kernel_to_json(const KernelSpec& spec, const std::string& weights) {
    return {{"activation", spec.activation->name()},
            {"depth", spec.layers.size()},
            {"weights", weights},
            {"weight_variance", ntk::to_string(spec.layers.front().weight_variance)},
            {"bias", ntk::to_string(spec.layers.front().bias_variance)},
            {"train_bias", spec.train_bias},
            {"output_bias", spec.output_bias},
            {"output_weight_variance", ntk::to_string(spec.output_weight_variance)},
            {"part", to_string(spec.part)}};
}

}  // namespace ntk::verify
