// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

/// Text files that the build puts inside the program, so that it runs without its source tree.
namespace ntk::verify {

struct EmbeddedFile {
    std::string_view name;  ///< file name with ending, without folder
    std::string_view text;
};

/// verify/study/presets/*, sorted by name: studies, and the tables of numbers that they name.
std::span<const EmbeddedFile> embedded_presets();
/// verify/report/templates/*, sorted by name.
std::span<const EmbeddedFile> embedded_templates();

}  // namespace ntk::verify
