// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace ntk::verify {

/// Progress on standard error: one line that is rewritten on a terminal, with share done and time left; plain lines
/// when a stage begins and every ten seconds otherwise; nothing when quiet.
class Progress {
public:
    explicit Progress(bool quiet);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// Reports that `stage` has reached `share` in [0,1]; `detail` is shown behind it.
    void report(const std::string& stage, double share, const std::string& detail = "");
    /// Ends the live line.
    void finish();

private:
    using Clock = std::chrono::steady_clock;

    bool quiet_;
    bool terminal_;
    bool line_open_ = false;
    std::string stage_;
    Clock::time_point last_shown_;
    /// The share some seconds ago: the time left follows from the rate since then.
    double earlier_share_ = 0;
    Clock::time_point earlier_;
};

}  // namespace ntk::verify
