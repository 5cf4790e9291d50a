// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/json_text.hpp"

#include "verify/report/text.hpp"

#include <algorithm>
#include <cmath>

namespace ntk::verify {
namespace {

using nlohmann::ordered_json;

void append_indented(std::string& text, const ordered_json& json, std::size_t depth) {
    const bool nested = json.is_object() ||
                        (json.is_array() &&
                         std::any_of(json.begin(), json.end(), [](const auto& item) { return item.is_structured(); }));
    if (!nested || json.empty()) {
        text += json.dump();
        return;
    }
    const std::string indent(2 * (depth + 1), ' ');
    text += json.is_object() ? "{" : "[";
    bool first = true;
    for (const auto& item : json.items()) {
        text += (first ? "\n" : ",\n") + indent;
        if (json.is_object()) text += ordered_json(item.key()).dump() + ": ";
        append_indented(text, item.value(), depth + 1);
        first = false;
    }
    text += "\n" + std::string(2 * depth, ' ') + (json.is_object() ? "}" : "]");
}

}  // namespace

ordered_json number(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr); }

ordered_json numbers(const std::vector<double>& values) {
    ordered_json json = ordered_json::array();
    for (const double value : values) json.push_back(number(value));
    return json;
}

ordered_json pairs(const std::vector<std::pair<std::string, std::string>>& list) {
    ordered_json json = ordered_json::object();
    for (const auto& [key, value] : list) json[printable(key)] = printable(value);
    return json;
}

std::string json_text(const ordered_json& json) {
    std::string text;
    append_indented(text, json, 0);
    return text + "\n";
}

}  // namespace ntk::verify
