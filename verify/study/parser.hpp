// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verify/embedded.hpp"
#include "verify/study/study.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace ntk::verify {

/// Reads a study from the text of a TOML file. `file` is what messages call it; the study's name is its last part
/// without ending. Throws InputError "FILE:LINE: section.key = value: expected ..." for anything that is not
/// understood. `check_ids` are the ids that [checks] include and [expected] may name. Files
/// that the study names are looked for among the embedded ones, then in the folder of the study.
Study parse_study(const std::string& file, const std::string& text, const std::vector<std::string>& check_ids,
                  std::span<const EmbeddedFile> embedded = {});

/// The study of a preset ("default", "relu-spectrum") or of a file. Anything with a dot or a slash is a file.
/// Throws InputError for an unknown preset (with the nearest name) or a missing file, ResourceError for one that cannot
/// be read.
Study load_study(const std::string& name_or_path, const std::vector<std::string>& check_ids);

/// Names and titles of the presets, sorted by name.
std::vector<std::pair<std::string, std::string>> list_presets();

}  // namespace ntk::verify
