// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/flow/trajectory.hpp"

namespace ntk {

/// Puts the states at the wanted times into a trajectory, step by step.
class Recorder {
public:
    /// Both must outlive the object; record_times as require_valid wants them.
    Recorder(const std::vector<double>& record_times, Trajectory& trajectory)
        : wanted_(record_times), trajectory_(trajectory) {}

    /// Whether all wanted times are recorded.
    bool done() const { return trajectory_.times.size() == wanted_.size(); }
    /// Records state_at(t) for every wanted t <= reached that is not recorded yet.
    template <class StateAt>
    void record_until(double reached, const StateAt& state_at) {
        for (std::size_t next = trajectory_.times.size(); next < wanted_.size() && wanted_[next] <= reached; ++next) {
            trajectory_.times.push_back(wanted_[next]);
            trajectory_.parameters.push_back(state_at(wanted_[next]));
        }
    }

private:
    const std::vector<double>& wanted_;
    Trajectory& trajectory_;
};

}  // namespace ntk
