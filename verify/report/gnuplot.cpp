// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/gnuplot.hpp"

#include "ntk/numeric/errors.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

extern char** environ;

namespace ntk::verify {
namespace {

/// A file without a name, gone when closed. Files instead of pipes: neither side can wait for the other.
class NamelessFile {
public:
    NamelessFile() : file_(std::tmpfile()) {
        if (!file_) fail();
    }
    int descriptor() const { return ::fileno(file_.get()); }

    void write(const std::string& text) {
        if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size() || std::fflush(file_.get()) != 0)
            fail();
        std::rewind(file_.get());
    }

    std::string read() {
        std::rewind(file_.get());
        std::string text;
        std::array<char, 65536> block{};
        while (const std::size_t count = std::fread(block.data(), 1, block.size(), file_.get()))
            text.append(block.data(), count);
        if (std::ferror(file_.get()) != 0) fail();
        return text;
    }

private:
    [[noreturn]] static void fail() {
        throw ResourceError(std::string("temporary file for the plots: ") + std::strerror(errno));
    }

    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::unique_ptr<std::FILE, Close> file_;
};

/// Starts the program with its standard streams on the three files; the error number if that fails.
int start(const std::string& program, const std::array<int, 3>& streams, pid_t& process) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (int stream = 0; stream < 3; ++stream) {
        posix_spawn_file_actions_adddup2(&actions, streams[static_cast<std::size_t>(stream)], stream);
    }
    std::string name = program;
    std::string settings = "--default-settings";
    std::array<char*, 3> arguments = {name.data(), settings.data(), nullptr};
    const int error = ::posix_spawnp(&process, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/// Whether the process ended with exit code 0.
bool succeeded(pid_t process) {
    int status = 0;
    while (::waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

std::string run_gnuplot(const std::string& script, const std::string& program) {
    NamelessFile input;
    NamelessFile output;
    NamelessFile messages;
    input.write(script);
    pid_t process = 0;
    const int error = start(program, {input.descriptor(), output.descriptor(), messages.descriptor()}, process);
    if (error == ENOENT) {
        throw ResourceError(
            "the program " + program +
            ", which draws the plots of the report, is not installed (Debian: apt-get install gnuplot-nox)");
    }
    if (error != 0) throw ResourceError("the program " + program + " cannot be started: " + std::strerror(error));
    if (!succeeded(process)) throw ResourceError("the program " + program + " failed: " + messages.read());
    return output.read();
}

}  // namespace ntk::verify
