// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ntk::verify {

/// Reads a list of degrees: single ones, A:B (both ends included) and A:B:STEP, separated by commas: "0:12",
/// "1,3,5:20:5". Kept in the order written, repetitions dropped. Throws InputError that quotes the piece and says what
/// was expected.
std::vector<int> parse_degrees(std::string_view text);

/// Whether the degrees are exactly 0, 1, ..., K.
bool is_initial_segment(const std::vector<int>& degrees);

}  // namespace ntk::verify
