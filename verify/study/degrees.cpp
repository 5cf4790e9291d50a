// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/degrees.hpp"

#include "ntk/numeric/errors.hpp"

#include <algorithm>
#include <charconv>

namespace ntk::verify {
namespace {

constexpr int largest_degree = 1'000'000;

[[noreturn]] void reject(std::string_view piece, const std::string& expected) {
    throw InputError("degrees \"" + std::string(piece) + "\": expected " + expected);
}

int parse_number(std::string_view text, std::string_view piece) {
    int value = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc() || end != text.data() + text.size() || value < 0 || value > largest_degree) {
        reject(piece, "an integer from 0 to " + std::to_string(largest_degree) + ", A:B or A:B:STEP");
    }
    return value;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

}  // namespace

std::vector<int> parse_degrees(std::string_view text) {
    std::vector<int> degrees;
    const auto add = [&](int degree) {
        if (std::find(degrees.begin(), degrees.end(), degree) == degrees.end()) degrees.push_back(degree);
    };
    for (const std::string_view piece : split(text, ',')) {
        const std::vector<std::string_view> ends = split(piece, ':');
        if (ends.size() > 3) reject(piece, "an integer, A:B or A:B:STEP");
        const int first = parse_number(ends[0], piece);
        const int last = ends.size() > 1 ? parse_number(ends[1], piece) : first;
        const int step = ends.size() > 2 ? parse_number(ends[2], piece) : 1;
        if (last < first) reject(piece, "A <= B in A:B");
        if (step < 1) reject(piece, "a step of at least 1 in A:B:STEP");
        const bool fresh = degrees.empty();
        for (int degree = first; degree <= last; degree += step) {
            if (fresh) {
                degrees.push_back(degree);
            } else {
                add(degree);
            }
        }
    }
    return degrees;
}

bool is_initial_segment(const std::vector<int>& degrees) {
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        if (degrees[i] != static_cast<int>(i)) return false;
    }
    return !degrees.empty();
}

}  // namespace ntk::verify
