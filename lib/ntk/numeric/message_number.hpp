// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <string>

namespace ntk {

/// A number as error messages show it: rounded to `digits` significant digits (1 to 17), without an exponent where that
/// fits. Not for results.
inline std::string message_number(double value, int digits = 6) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    return text;
}

}  // namespace ntk
