// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/flow/trajectory.hpp"

namespace ntk {

/// Hands the states at the wanted times to FlowOptions::observe or puts them into a trajectory, step by step.
class Recorder {
public:
    /// Both must outlive the object; options as require_valid wants them.
    Recorder(const FlowOptions& options, Trajectory& trajectory) : options_(options), trajectory_(trajectory) {}

    /// Whether all wanted times are recorded.
    bool done() const { return trajectory_.times.size() == options_.record_times.size(); }
    /// Records state_at(t) for every wanted t <= reached that is not recorded yet.
    template <class StateAt>
    void record_until(double reached, const StateAt& state_at) {
        const std::vector<double>& wanted = options_.record_times;
        for (std::size_t next = trajectory_.times.size(); next < wanted.size() && wanted[next] <= reached; ++next) {
            trajectory_.times.push_back(wanted[next]);
            if (options_.observe) {
                options_.observe(wanted[next], state_at(wanted[next]));
            } else {
                trajectory_.parameters.push_back(state_at(wanted[next]));
            }
        }
    }

private:
    const FlowOptions& options_;
    Trajectory& trajectory_;
};

}  // namespace ntk
