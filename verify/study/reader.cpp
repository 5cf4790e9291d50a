// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/reader.hpp"

#include "ntk/numeric/errors.hpp"
#include "verify/study/keys.hpp"
#include "verify/study/nearest.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ntk::verify {
namespace {

std::string path_of(const std::string& section, const std::string& key) {
    return section.empty() ? key : section + "." + key;
}

std::vector<std::string> known_sections() {
    std::vector<std::string> names;
    for (const Key& key : study_keys()) {
        if (!key.section.empty() && std::find(names.begin(), names.end(), key.section) == names.end())
            names.push_back(key.section);
    }
    return names;
}

std::vector<std::string> known_keys(const std::string& section) {
    std::vector<std::string> names;
    for (const Key& key : study_keys()) {
        if (key.section == section) names.push_back(key.name);
    }
    return names;
}

std::string place(const std::string& file, const toml::source_region& region) {
    return file + ":" + std::to_string(region.begin.line) + ": ";
}

}  // namespace

StudyReader::StudyReader(std::string file, std::string text) : file_(std::move(file)), text_(std::move(text)) {
    std::istringstream stream(text_);
    for (std::string line; std::getline(stream, line);) lines_.push_back(line);
    try {
        document_ = toml::parse(text_, file_);
    } catch (const toml::parse_error& error) {
        throw InputError(place(file_, error.source()) + "not valid TOML: " + std::string(error.description()));
    }
    reject_unknown();
}

void StudyReader::reject_unknown() const {
    const std::vector<std::string> sections = known_sections();
    const std::vector<std::string> top_level = known_keys("");
    for (const auto& [name, node] : document_) {
        const std::string section(name.str());
        if (std::find(top_level.begin(), top_level.end(), section) != top_level.end()) continue;
        if (std::find(sections.begin(), sections.end(), section) == sections.end()) {
            throw InputError(place(file_, name.source()) + "unknown section [" + section + "]" +
                             suggestion(section, sections) + ": ntk verify --keys lists what a study may contain");
        }
        const toml::table* table = node.as_table();
        if (table == nullptr) fail(node, section, "a section [" + section + "]");
        const std::vector<std::string> keys = known_keys(section);
        for (const auto& [key, value] : *table) {
            const std::string written(key.str());
            if (std::find(keys.begin(), keys.end(), written) != keys.end()) continue;
            throw InputError(place(file_, key.source()) + "unknown key " + section + "." + written +
                             suggestion(written, keys) + ": ntk verify --keys lists what a study may contain");
        }
    }
}

const toml::node* StudyReader::find(const std::string& section, const std::string& key) const {
    if (section.empty()) return document_.get(key);
    const toml::table* table = document_[section].as_table();
    return table == nullptr ? nullptr : table->get(key);
}

bool StudyReader::has_section(const std::string& section) const { return document_[section].is_table(); }

/// The value as it stands in the file, for messages and for exact numbers.
std::string StudyReader::source_of(const toml::node& node) const {
    const toml::source_region& region = node.source();
    if (region.begin.line == 0 || region.begin.line > lines_.size() || region.begin.column == 0) return "";
    const std::string& line = lines_[region.begin.line - 1];
    const std::size_t from = std::min<std::size_t>(region.begin.column - 1, line.size());
    const std::size_t to =
        region.end.line == region.begin.line ? std::min<std::size_t>(region.end.column - 1, line.size()) : line.size();
    std::string source = line.substr(from, to > from ? to - from : 0);
    while (!source.empty() && (source.back() == ' ' || source.back() == '\r')) source.pop_back();
    return source;
}

void StudyReader::fail(const toml::node& node, const std::string& path, const std::string& expected) const {
    throw InputError(place(file_, node.source()) + path + " = " + source_of(node) + ": expected " + expected);
}

void StudyReader::fail_at(const std::string& section, const std::string& key, const std::string& expected) const {
    const toml::node* node = find(section, key);
    if (node == nullptr) missing(path_of(section, key), expected);
    fail(*node, path_of(section, key), expected);
}

void StudyReader::missing(const std::string& path, const std::string& expected) const {
    throw InputError(file_ + ": " + path + " is missing: expected " + expected);
}

void StudyReader::with_place(const std::string& section, const std::string& key,
                             const std::function<void()>& conversion) const {
    try {
        conversion();
    } catch (const InputError& error) {
        const toml::node* node = find(section, key);
        if (node == nullptr) throw InputError(file_ + ": " + path_of(section, key) + ": " + error.what());
        throw InputError(place(file_, node->source()) + path_of(section, key) + " = " + source_of(*node) + ": " +
                         error.what());
    }
}

std::string StudyReader::text(const std::string& section, const std::string& key, const std::string& fallback) const {
    const toml::node* node = find(section, key);
    if (node == nullptr) return fallback;
    if (!node->is_string()) fail(*node, path_of(section, key), "a text in quotation marks");
    return node->as_string()->get();
}

std::string StudyReader::choice(const std::string& section, const std::string& key,
                                const std::vector<std::string>& choices) const {
    const toml::node* node = find(section, key);
    if (node == nullptr) return choices.front();
    std::string listed;
    for (const std::string& candidate : choices) listed += (listed.empty() ? "\"" : ", \"") + candidate + "\"";
    const std::string expected = (choices.size() > 1 ? "one of " : "") + listed;
    if (!node->is_string()) fail(*node, path_of(section, key), expected);
    const std::string value = node->as_string()->get();
    if (std::find(choices.begin(), choices.end(), value) == choices.end()) {
        fail(*node, path_of(section, key), expected + suggestion(value, choices));
    }
    return value;
}

bool StudyReader::flag(const std::string& section, const std::string& key, bool fallback) const {
    const toml::node* node = find(section, key);
    if (node == nullptr) return fallback;
    if (!node->is_boolean()) fail(*node, path_of(section, key), "true or false");
    return node->as_boolean()->get();
}

long StudyReader::integer(const std::string& section, const std::string& key, std::optional<long> fallback, long least,
                          long most) const {
    const toml::node* node = find(section, key);
    if (node != nullptr) return integer_in(*node, path_of(section, key), least, most);
    if (!fallback) missing(path_of(section, key), "an integer >= " + std::to_string(least));
    return *fallback;
}

bool StudyReader::is_word(const std::string& section, const std::string& key, const std::string& word,
                          long least) const {
    const toml::node* node = find(section, key);
    if (node == nullptr || !node->is_string()) return false;
    if (node->as_string()->get() == word) return true;
    fail(*node, path_of(section, key), "an integer >= " + std::to_string(least) + " or \"" + word + "\"");
}

long StudyReader::integer_in(const toml::node& node, const std::string& path, long least, long most) const {
    const std::string expected = "an integer >= " + std::to_string(least);
    if (!node.is_integer() || node.as_integer()->get() < least) fail(node, path, expected);
    if (node.as_integer()->get() > most)
        fail(node, path, "an integer from " + std::to_string(least) + " to " + std::to_string(most));
    return node.as_integer()->get();
}

double StudyReader::number_in(const toml::node& node, const std::string& path) const {
    if (node.is_integer()) return static_cast<double>(node.as_integer()->get());
    if (!node.is_floating_point() || !std::isfinite(node.as_floating_point()->get()))
        fail(node, path, "a finite number");
    return node.as_floating_point()->get();
}

double StudyReader::number(const std::string& section, const std::string& key, double fallback,
                           const std::string& expected, const std::function<bool(double)>& accept) const {
    const toml::node* node = find(section, key);
    if (node == nullptr) return fallback;
    const double value = number_in(*node, path_of(section, key));
    if (!accept(value)) fail(*node, path_of(section, key), expected);
    return value;
}

Rational StudyReader::exact(const std::string& section, const std::string& key, const Rational& fallback) const {
    const toml::node* node = find(section, key);
    if (node == nullptr) return fallback;
    const std::string expected = "a number >= 0 such as 0.1, or a fraction in quotation marks such as \"5/2\"";
    if (!node->is_number() && !node->is_string()) fail(*node, path_of(section, key), expected);
    std::string written = node->is_string() ? node->as_string()->get() : source_of(*node);
    written.erase(std::remove(written.begin(), written.end(), '_'), written.end());
    try {
        const Rational value = parse_rational(written);
        if (value >= 0) return value;
    } catch (const InputError&) {
        fail(*node, path_of(section, key), expected);
    }
    fail(*node, path_of(section, key), expected);
}

const toml::array* StudyReader::list(const std::string& section, const std::string& key) const {
    const toml::node* node = find(section, key);
    if (node == nullptr) return nullptr;
    if (!node->is_array()) fail(*node, path_of(section, key), "a list in square brackets");
    return node->as_array();
}

const toml::table* StudyReader::table(const std::string& section, const std::string& key) const {
    const toml::node* node = find(section, key);
    if (node != nullptr && !node->is_table()) fail(*node, path_of(section, key), "a table");
    return node == nullptr ? nullptr : node->as_table();
}

bool StudyReader::is_list(const std::string& section, const std::string& key) const {
    const toml::node* node = find(section, key);
    return node != nullptr && node->is_array();
}

std::vector<double> StudyReader::positive_numbers(const std::string& section, const std::string& key) const {
    std::vector<double> values;
    const toml::array* entries = list(section, key);
    if (entries == nullptr) return values;
    for (const toml::node& entry : *entries) {
        values.push_back(number_in(entry, path_of(section, key)));
        if (!(values.back() > 0)) fail(entry, path_of(section, key), "numbers > 0");
    }
    return values;
}

void StudyReader::require_known(const toml::table& table, const std::string& path,
                                const std::vector<std::string>& known) const {
    for (const auto& [key, value] : table) {
        const std::string written(key.str());
        if (std::find(known.begin(), known.end(), written) != known.end()) continue;
        throw InputError(place(file_, key.source()) + "unknown key " + path + "." + written +
                         suggestion(written, known));
    }
}

}  // namespace ntk::verify
