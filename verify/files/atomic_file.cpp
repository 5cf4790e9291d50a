// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/files/atomic_file.hpp"

#include "ntk/numeric/errors.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <sstream>
#include <vector>

namespace ntk::verify {
namespace {

/// The name of the temporary file that a signal must remove; empty if there is none. A signal handler can see nothing
/// but static storage.
std::array<char, 4096> pending_temporary{};

extern "C" void end_on_signal(int signal_number) {
    if (pending_temporary[0] != '\0') ::unlink(pending_temporary.data());
    ::_exit(128 + signal_number);
}

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& action, int error) {
    throw ResourceError(path.string() + ": " + action + ": " + std::strerror(error));
}

const std::string temporary_ending = ".partial-";

/// Whether a process of this number runs; one of another user counts.
bool is_running(const std::string& process) {
    pid_t number = 0;
    const auto read = std::from_chars(process.data(), process.data() + process.size(), number);
    if (read.ec != std::errc() || read.ptr != process.data() + process.size() || number <= 0) return true;
    return ::kill(number, 0) == 0 || errno != ESRCH;
}

/// Removes what killed processes left behind. Nothing depends on its success.
void remove_leftovers(const std::filesystem::path& target) {
    const std::string prefix = target.filename().string() + temporary_ending;
    const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : ".";
    std::error_code error;
    std::vector<std::filesystem::path> leftovers;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with(prefix) && !is_running(name.substr(prefix.size()))) leftovers.push_back(entry->path());
    }
    for (const std::filesystem::path& leftover : leftovers) std::filesystem::remove(leftover, error);
}

}  // namespace

AtomicFile::AtomicFile(const std::filesystem::path& target)
    : target_(target), name_(target.string() + temporary_ending + std::to_string(::getpid())) {
    if (name_.size() >= pending_temporary.size()) throw ResourceError(target.string() + ": the path is too long");
    remove_leftovers(target_);
    std::memcpy(pending_temporary.data(), name_.c_str(), name_.size() + 1);
    descriptor_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor_ < 0) {
        const int error = errno;
        pending_temporary[0] = '\0';
        fail(target_, "cannot be written", error);
    }
}

AtomicFile::~AtomicFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!renamed_) ::unlink(name_.c_str());
    pending_temporary[0] = '\0';
}

void AtomicFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) fail(target_, "cannot be written", errno);
        if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void AtomicFile::commit() {
    if (::fsync(descriptor_) != 0 && errno != EINVAL) fail(target_, "cannot be written", errno);
    const int closed = ::close(descriptor_);
    descriptor_ = -1;
    if (closed != 0) fail(target_, "cannot be written", errno);
    if (std::rename(name_.c_str(), target_.c_str()) != 0) fail(target_, "cannot be replaced", errno);
    renamed_ = true;
}

void write_atomically(const std::filesystem::path& path, std::string_view text) {
    AtomicFile file(path);
    file.write(text);
    file.commit();
}

void remove_file(const std::filesystem::path& path) {
    std::error_code error;
    std::filesystem::remove(path, error);
    if (error) throw ResourceError(path.string() + ": cannot be removed: " + error.message());
}

void ensure_directory(const std::filesystem::path& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error || !std::filesystem::is_directory(path, error)) {
        throw ResourceError(path.string() + ": the folder cannot be created" + (error ? ": " + error.message() : ""));
    }
}

std::string read_text_file(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) throw InputError(path.string() + ": no such file");
    if (std::filesystem::is_directory(path, error))
        throw ResourceError(path.string() + ": is a folder, expected a file");
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    if (stream) text << stream.rdbuf();
    if (!stream || stream.bad()) throw ResourceError(path.string() + ": cannot be read");
    return text.str();
}

void install_signal_handlers() {
    struct sigaction action = {};
    action.sa_handler = end_on_signal;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

}  // namespace ntk::verify
