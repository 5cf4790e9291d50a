// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/files/atomic_file.hpp"

#include "ntk/numeric/errors.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

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

/// Owns the temporary file until it has been renamed.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::filesystem::path& target)
        : target_(target), name_(target.string() + ".partial-" + std::to_string(::getpid())) {
        if (name_.size() >= pending_temporary.size()) throw ResourceError(target.string() + ": the path is too long");
        std::memcpy(pending_temporary.data(), name_.c_str(), name_.size() + 1);
        descriptor_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        if (descriptor_ < 0) {
            const int error = errno;
            pending_temporary[0] = '\0';
            fail(target_, "cannot be written", error);
        }
    }
    ~TemporaryFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
        if (!renamed_) ::unlink(name_.c_str());
        pending_temporary[0] = '\0';
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    void write(std::string_view text) {
        while (!text.empty()) {
            const ssize_t written = ::write(descriptor_, text.data(), text.size());
            if (written < 0 && errno != EINTR) fail(target_, "cannot be written", errno);
            if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    void publish() {
        if (::fsync(descriptor_) != 0 && errno != EINVAL) fail(target_, "cannot be written", errno);
        const int closed = ::close(descriptor_);
        descriptor_ = -1;
        if (closed != 0) fail(target_, "cannot be written", errno);
        if (std::rename(name_.c_str(), target_.c_str()) != 0) fail(target_, "cannot be replaced", errno);
        renamed_ = true;
    }

private:
    std::filesystem::path target_;
    std::string name_;
    int descriptor_ = -1;
    bool renamed_ = false;
};

}  // namespace

void write_atomically(const std::filesystem::path& path, std::string_view text) {
    TemporaryFile file(path);
    file.write(text);
    file.publish();
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
