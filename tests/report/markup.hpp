// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ntk::verify {

/// Empty if `text` is well-formed markup: every element closed in its order, attributes quoted and not repeated, no
/// bare & or <. For HTML the elements without content may stay open. Else what is wrong and where.
std::string markup_error(const std::string& text, bool html);

/// How often `part` occurs in `text`.
std::size_t occurrences(const std::string& text, const std::string& part);

}  // namespace ntk::verify
