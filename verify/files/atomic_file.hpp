// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ntk::verify {

/// A file that is written piece by piece so that a reader sees either the old file or the whole new one: the pieces go
/// to a temporary file in the same folder, which is flushed to disk and renamed by commit(). Without commit() the
/// temporary file is removed; also when a signal ends the program, and, where it was killed without one, when the same
/// file is written the next time. One object at a time. Everything throws ResourceError with path and reason.
class AtomicFile {
public:
    explicit AtomicFile(const std::filesystem::path& target);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void write(std::string_view bytes);
    void commit();

private:
    std::filesystem::path target_;
    std::string name_;
    int descriptor_ = -1;
    bool renamed_ = false;
};

/// Writes `text` to `path` by an AtomicFile.
void write_atomically(const std::filesystem::path& path, std::string_view text);

/// Removes a file if it is there. Throws ResourceError.
void remove_file(const std::filesystem::path& path);

/// Creates the folder and its parents if they do not exist. Throws ResourceError.
void ensure_directory(const std::filesystem::path& path);

/// The whole file. A file that does not exist is an InputError, one that cannot be read (a folder, no permission) a
/// ResourceError.
std::string read_text_file(const std::filesystem::path& path);

/// From now on SIGINT and SIGTERM remove the temporary file that is being written, if any, and end the program with 130
/// or 143.
void install_signal_handlers();

}  // namespace ntk::verify
