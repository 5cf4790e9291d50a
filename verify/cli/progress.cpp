// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/cli/progress.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

namespace ntk::verify {

Progress::Progress(bool quiet)
    : quiet_(quiet), terminal_(isatty(STDERR_FILENO) == 1), stage_start_(Clock::now()), last_shown_(Clock::now()) {}

Progress::~Progress() { finish(); }

void Progress::report(const std::string& stage, double share) {
    if (quiet_) return;
    const Clock::time_point now = Clock::now();
    const bool new_stage = stage != stage_;
    if (new_stage) {
        finish();
        stage_ = stage;
        stage_start_ = now;
    }
    const double since_shown = std::chrono::duration<double>(now - last_shown_).count();
    if (!new_stage && since_shown < (terminal_ ? 0.1 : 10.0)) return;
    last_shown_ = now;
    const double elapsed = std::chrono::duration<double>(now - stage_start_).count();
    const std::string left = share > 0.02 ? fmt::format(", about {:.0f} s left", elapsed * (1 - share) / share) : "";
    const std::string line = new_stage ? stage : fmt::format("{}: {:.0f} %{}", stage, 100 * share, left);
    if (terminal_) {
        fmt::print(stderr, "\r\033[K{}", line);
        line_open_ = true;
    } else {
        fmt::print(stderr, "{}\n", line);
    }
    std::fflush(stderr);
}

void Progress::finish() {
    if (line_open_) fmt::print(stderr, "\r\033[K");
    std::fflush(stderr);
    line_open_ = false;
    stage_.clear();
}

}  // namespace ntk::verify
