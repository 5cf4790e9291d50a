// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ntk::verify {

/// The candidate with the smallest edit distance (Levenshtein) to `text`; empty if none is closer than half its length.
std::string nearest_name(std::string_view text, const std::vector<std::string>& candidates);

/// " (did you mean \"NAME\"?)" for the nearest candidate, or nothing.
std::string suggestion(std::string_view text, const std::vector<std::string>& candidates);

}  // namespace ntk::verify
