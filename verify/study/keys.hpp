// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace ntk::verify {

/// One key that a study may contain. The parser reads only keys of this table, and the printed table is made from it.
struct Key {
    std::string section;  ///< empty for the top level
    std::string name;
    std::string type;
    std::string range;
    std::string fallback;  ///< the default, as text; "required" if there is none
    std::string meaning;

    std::string path() const { return section.empty() ? name : section + "." + name; }
};

/// All keys, section by section.
const std::vector<Key>& study_keys();

/// The table of keys in Markdown.
std::string study_keys_markdown();

}  // namespace ntk::verify
