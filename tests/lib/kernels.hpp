// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/kernel/kernel.hpp"

#include <stdexcept>
#include <string>
#include <vector>

/// The kernels of tests/golden by their names there, and lists of degrees.
namespace ntk::test {

/// The degrees 0, ..., last.
inline std::vector<int> up_to(int last) {
    std::vector<int> degrees;
    for (int degree = 0; degree <= last; ++degree) degrees.push_back(degree);
    return degrees;
}

/// One of each kind.
inline std::vector<std::string> kernel_names() {
    return {"relu-nobias",           "relu-nngp",    "relu-gradient", "relu-bias", "erf-nobias", "erf-bias",
            "leaky-relu-0.1-nobias", "deep-relu-L2", "deep-relu-L3"};
}

/// "NAME-nobias" and "NAME-bias" (variance 1, trained, output bias), "relu-nngp", "relu-gradient",
/// "leaky-relu-0.1-nobias" and "deep-relu-LN" (N layers, he parametrisation).
inline Kernel kernel_named(const std::string& name) {
    KernelSpec spec;
    const std::string deep = "deep-relu-L";
    if (name.rfind(deep, 0) == 0) {
        spec.activation = make_activation("relu");
        spec.layers.assign(static_cast<std::size_t>(std::stoi(name.substr(deep.size()))), Layer{0, 2});
        return Kernel(spec);
    }
    const bool leaky = name.rfind("leaky", 0) == 0;
    spec.activation = make_activation(leaky                            ? "leaky-relu:0.1"
                                      : name.rfind("softplus", 0) == 0 ? "softplus:1"
                                                                       : name.substr(0, name.find('-')));
    if (name.find("-bias") != std::string::npos) {
        spec.layers.front().bias_variance = 1;
        spec.train_bias = true;
        spec.output_bias = true;
    }
    if (name == "relu-nngp") spec.part = KernelPart::nngp;
    if (name == "relu-gradient") spec.part = KernelPart::gradient;
    return Kernel(spec);
}

}  // namespace ntk::test
