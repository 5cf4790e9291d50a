// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ntk::verify {

/// Writes `text` to `path` so that a reader sees either the old file or the whole new one: a temporary file in the same
/// folder is written, flushed to disk and renamed. Throws ResourceError with path and reason; the temporary file is
/// removed then, and also when a signal ends the program.
void write_atomically(const std::filesystem::path& path, std::string_view text);

/// Creates the folder and its parents if they do not exist. Throws ResourceError.
void ensure_directory(const std::filesystem::path& path);

/// The whole file. A file that does not exist is an InputError, one that cannot be read (a folder, no permission) a
/// ResourceError.
std::string read_text_file(const std::filesystem::path& path);

/// From now on SIGINT and SIGTERM remove the temporary file that is being written, if any, and end the program with 130
/// or 143.
void install_signal_handlers();

}  // namespace ntk::verify
