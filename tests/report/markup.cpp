// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/report/markup.hpp"

#include <regex>
#include <set>
#include <vector>

namespace ntk::verify {
namespace {

const std::set<std::string> elements_without_content = {"meta", "link", "br", "hr", "img", "input"};

std::string complaint(const std::string& what, const std::string& text, std::size_t at) {
    return what + " at byte " + std::to_string(at) + ": " + text.substr(at, 60);
}

bool bare_ampersand(const std::string& text) {
    static const std::regex entity("&(?!(?:[a-zA-Z]+|#[0-9]+);)");
    return std::regex_search(text, entity);
}

bool attributes_are_good(const std::string& attributes) {
    static const std::regex whole(R"re((?:\s+[a-zA-Z][-:a-zA-Z]*(?:=(?:"[^"<]*"|'[^'<]*'))?)*\s*)re");
    static const std::regex name(R"re(\s([a-zA-Z][-:a-zA-Z]*)(?:=(?:"[^"]*"|'[^']*'))?)re");
    if (!std::regex_match(attributes, whole)) return false;
    std::set<std::string> seen;
    for (auto it = std::sregex_iterator(attributes.begin(), attributes.end(), name); it != std::sregex_iterator();
         ++it) {
        if (!seen.insert((*it)[1]).second) return false;
    }
    return true;
}

}  // namespace

std::string markup_error(const std::string& text, bool html) {
    static const std::regex tag(R"re((/?)([a-zA-Z][a-zA-Z0-9-]*)([^]*?)(/?))re");
    std::vector<std::string> open;
    std::size_t from = 0;
    std::size_t at = 0;
    while ((at = text.find('<', from)) != std::string::npos) {
        if (bare_ampersand(text.substr(from, at - from))) return complaint("bare &", text, from);
        const std::size_t end = text.find('>', at);
        if (end == std::string::npos) return complaint("tag without end", text, at);
        const std::string inner = text.substr(at + 1, end - at - 1);
        from = end + 1;
        if (inner.front() == '?' || inner == "!DOCTYPE html") continue;
        std::smatch match;
        if (!std::regex_match(inner, match, tag)) return complaint("not a tag", text, at);
        if (!attributes_are_good(match[3])) return complaint("attributes", text, at);
        const std::string name = match[2];
        if (match[1].length() > 0) {
            if (open.empty() || open.back() != name) return complaint("closes what is not open", text, at);
            open.pop_back();
        } else if (match[4].length() == 0 && !(html && elements_without_content.count(name) > 0)) {
            open.push_back(name);
        }
    }
    return open.empty() ? "" : "left open: " + open.back();
}

std::size_t occurrences(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

}  // namespace ntk::verify
