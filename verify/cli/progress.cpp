// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/cli/progress.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

namespace ntk::verify {

Progress::Progress(bool quiet)
    : quiet_(quiet), terminal_(isatty(STDERR_FILENO) == 1), last_shown_(Clock::now()), earlier_(Clock::now()) {}

Progress::~Progress() { finish(); }

void Progress::report(const std::string& stage, double share, const std::string& detail) {
    if (quiet_) return;
    const Clock::time_point now = Clock::now();
    const bool new_stage = stage != stage_;
    if (new_stage) {
        finish();
        stage_ = stage;
        earlier_ = now;
        earlier_share_ = share;
    }
    const double since_shown = std::chrono::duration<double>(now - last_shown_).count();
    if (!new_stage && since_shown < (terminal_ ? 0.1 : 10.0)) return;
    last_shown_ = now;
    const double elapsed = std::chrono::duration<double>(now - earlier_).count();
    const double gained = share - earlier_share_;
    const bool is_known = gained > 0 && elapsed > 0.5;
    const std::string left =
        is_known ? fmt::format(", about {:.0f} s left", elapsed * (1 - share) / gained) : std::string();
    // The rate is that of the last ten to twenty seconds: work may get cheaper or dearer on the way.
    constexpr double window = 20;
    if (elapsed > window) {
        earlier_ += (now - earlier_) / 2;
        earlier_share_ += gained / 2;
    }
    const std::string more = (detail.empty() ? "" : ", " + detail) + left;
    const std::string line = new_stage ? stage : fmt::format("{}: {:.0f} %{}", stage, 100 * share, more);
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
