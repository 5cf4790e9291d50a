// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/kernel/kernel.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace ntk::verify {

/// make_activation with the nearest known name added to the message of an unknown one.
ActivationPtr activation_from_text(const std::string& text);

/// "ntk", "nngp" or "gradient".
std::string to_string(KernelPart part);

/// The description of the kernel, and the law of the hidden weights if it is not gaussian: for people.
std::string describe_kernel(const Kernel& kernel, const std::string& weights);

/// The kernel as the reports show it, with the law of its hidden weights as text. The variances are those of the first
/// layer; the program makes all layers alike.
nlohmann::ordered_json kernel_to_json(const KernelSpec& spec, const std::string& weights = "gaussian");

}  // namespace ntk::verify
