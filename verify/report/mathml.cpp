// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/mathml.hpp"

#include "verify/report/text.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <string_view>
#include <vector>

namespace ntk::verify {
namespace {

constexpr std::array<std::string_view, 20> elements = {
    "mi",   "mn",   "mo",      "mtext",  "mspace", "mrow",       "mfrac",  "msqrt", "mroot", "mstyle",
    "msub", "msup", "msubsup", "munder", "mover",  "munderover", "mtable", "mtr",   "mtd",   "mpadded"};

/// One tag: optional slash, name, attributes that only lay out with quoted values, optional slash.
const std::regex& tag_pattern() {
    static const std::regex pattern(
        R"re((/?)([a-z]+)((?:\s+(?:mathvariant|stretchy|fence|separator|form|accent|displaystyle|linethickness|)re"
        R"re(width|lspace|rspace|minsize|maxsize|columnalign|movablelimits|largeop|symmetric|scriptlevel)="[-\w.% ]*")*)\s*(/?))re");
    return pattern;
}

/// Reads the tag between < and > into the stack of open elements; false if it is not allowed there.
bool accept_tag(const std::string& tag, std::vector<std::string>& open) {
    std::smatch match;
    if (!std::regex_match(tag, match, tag_pattern())) return false;
    const std::string name = match[2];
    const bool closes = match[1].length() > 0;
    const bool empty = match[4].length() > 0;
    if (std::find(elements.begin(), elements.end(), name) == elements.end() || (closes && empty)) return false;
    if (closes) {
        if (open.empty() || open.back() != name || match[3].length() > 0) return false;
        open.pop_back();
    } else if (!empty) {
        open.push_back(name);
    }
    return true;
}

bool is_mathml(const std::string& fragment) {
    static const std::regex bare_ampersand("&(?!(?:[a-zA-Z]+|#[0-9]+|#x[0-9a-fA-F]+);)");
    if (std::regex_search(fragment, bare_ampersand)) return false;
    std::vector<std::string> open;
    std::size_t at = 0;
    while ((at = fragment.find_first_of("<>", at)) != std::string::npos) {
        const std::size_t end = fragment.find('>', at);
        if (fragment[at] == '>' || end == std::string::npos) return false;
        if (!accept_tag(fragment.substr(at + 1, end - at - 1), open)) return false;
        at = end + 1;
    }
    return open.empty();
}

/// Parentheses and bars grow with the tallest neighbour unless told otherwise; an exponent should not make them tall.
std::string with_plain_fences(std::string fragment) {
    for (const std::string_view fence : {"(", ")", "[", "]", "{", "}", "|", "\u2016"}) {
        const std::string plain = "<mo>" + std::string(fence) + "</mo>";
        const std::string fixed = "<mo stretchy=\"false\">" + std::string(fence) + "</mo>";
        for (std::size_t at = fragment.find(plain); at != std::string::npos;
             at = fragment.find(plain, at + fixed.size())) {
            fragment.replace(at, plain.size(), fixed);
        }
    }
    return fragment;
}

}  // namespace

std::string embed_formula(const std::string& fragment) {
    if (fragment.empty()) return "";
    const std::string clean = printable(fragment);
    if (!is_mathml(clean)) return "<code>" + escape_xml(fragment) + "</code>";
    return "<math display=\"block\">" + with_plain_fences(clean) + "</math>";
}

}  // namespace ntk::verify
