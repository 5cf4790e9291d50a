// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <utility>
#include <vector>

/// How the program writes JSON files.
namespace ntk::verify {

/// A number that reads back to the same double; null for what is not finite.
nlohmann::ordered_json number(double value);
nlohmann::ordered_json numbers(const std::vector<double>& values);
/// An object of printable texts.
nlohmann::ordered_json pairs(const std::vector<std::pair<std::string, std::string>>& list);

/// Indented, but an array of numbers stays on one line; with a line feed at the end.
std::string json_text(const nlohmann::ordered_json& json);

}  // namespace ntk::verify
