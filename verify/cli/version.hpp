// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

namespace ntk::verify {

/// The versions of this program and of every numerical library it runs with, and the SIMD level in use.
std::map<std::string, std::string> library_versions();

/// The same as lines of text.
std::string version_text();

}  // namespace ntk::verify
