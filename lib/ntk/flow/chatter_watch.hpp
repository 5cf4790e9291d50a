// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

#include <limits>
#include <vector>

namespace ntk {

/// Tells events of one neuron that accumulate from those of a neuron that comes close to v_l = 0, where all its points
/// change sides within a short time.
class ChatterWatch {
public:
    ChatterWatch(Eigen::Index neurons, Eigen::Index points, double duration)
        : window_(1e-6 * duration),
          most_(4 * points + 64),
          first_(static_cast<std::size_t>(neurons), -std::numeric_limits<double>::infinity()),
          count_(static_cast<std::size_t>(neurons), 0) {}

    /// Counts an event; times must not decrease. Whether it is one more than 4 n + 64 within a millionth of the
    /// duration; windows begin with an event and do not overlap, so that up to twice as many may pass.
    bool add(Eigen::Index neuron, double time) {
        const auto l = static_cast<std::size_t>(neuron);
        if (time - first_[l] > window_) {
            first_[l] = time;
            count_[l] = 0;
        }
        return ++count_[l] > most_;
    }

private:
    double window_;
    Eigen::Index most_;
    std::vector<double> first_;
    std::vector<Eigen::Index> count_;
};

}  // namespace ntk
