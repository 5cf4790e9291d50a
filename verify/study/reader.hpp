// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/rational.hpp"

#include <toml++/toml.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ntk::verify {

/// Typed access to a TOML document. Every failure is an InputError "FILE:LINE: section.key = value: expected ...".
class StudyReader {
public:
    /// Parses the text; syntax errors, unknown sections and unknown keys (with the nearest known one) are InputErrors.
    StudyReader(std::string file, std::string text);

    bool has_section(const std::string& section) const;
    bool has(const std::string& section, const std::string& key) const { return find(section, key) != nullptr; }

    std::string text(const std::string& section, const std::string& key, const std::string& fallback) const;
    /// The text, which must be one of the choices.
    std::string choice(const std::string& section, const std::string& key,
                       const std::vector<std::string>& choices) const;
    bool flag(const std::string& section, const std::string& key, bool fallback) const;
    long integer(const std::string& section, const std::string& key, std::optional<long> fallback, long least,
                 long most) const;
    /// Whether a key that takes an integer or this word in quotation marks has the word; any other text is an error.
    bool is_word(const std::string& section, const std::string& key, const std::string& word, long least) const;
    double number(const std::string& section, const std::string& key, double fallback, const std::string& expected,
                  const std::function<bool(double)>& accept) const;
    /// The number as it is written: 0.1 is 1/10.
    Rational exact(const std::string& section, const std::string& key, const Rational& fallback) const;
    /// A list of numbers > 0; empty without the key.
    std::vector<double> positive_numbers(const std::string& section, const std::string& key) const;
    const toml::array* list(const std::string& section, const std::string& key) const;
    /// A table such as [section.key]; null without the key.
    const toml::table* table(const std::string& section, const std::string& key) const;
    /// Whether the value is a list, for a key that takes a list or something else.
    bool is_list(const std::string& section, const std::string& key) const;

    /// A value inside a node of a list, under the path it is reported with.
    double number_in(const toml::node& node, const std::string& path) const;
    long integer_in(const toml::node& node, const std::string& path, long least, long most) const;
    /// Rejects keys of an inline table that are not among the known ones.
    void require_known(const toml::table& table, const std::string& path, const std::vector<std::string>& known) const;

    [[noreturn]] void fail(const toml::node& node, const std::string& path, const std::string& expected) const;
    /// The same for the value of a key that is there.
    [[noreturn]] void fail_at(const std::string& section, const std::string& key, const std::string& expected) const;
    /// For what is missing altogether: "FILE: section.key: expected ...".
    [[noreturn]] void missing(const std::string& path, const std::string& expected) const;
    /// Runs a conversion of the value at the key and gives its InputError the place in the file.
    void with_place(const std::string& section, const std::string& key, const std::function<void()>& conversion) const;

private:
    const toml::node* find(const std::string& section, const std::string& key) const;
    std::string source_of(const toml::node& node) const;
    void reject_unknown() const;

    std::string file_;
    std::string text_;
    std::vector<std::string> lines_;
    toml::table document_;
};

}  // namespace ntk::verify
