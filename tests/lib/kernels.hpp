// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/kernel/kernel.hpp"

#include <stdexcept>
#include <string>
#include <vector>

/// The kernels of tests/golden by their names there.
namespace ntk::test {

inline std::vector<std::string> kernel_names() {
    return {"relu-nobias", "relu-nngp", "relu-gradient",        "relu-bias",
            "erf-nobias",  "erf-bias",  "leaky-relu-0.1-nobias"};
}

inline Kernel kernel_named(const std::string& name) {
    KernelSpec spec;
    const bool leaky = name.rfind("leaky", 0) == 0;
    spec.activation = make_activation(leaky ? "leaky-relu:0.1" : name.substr(0, name.find('-')));
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
