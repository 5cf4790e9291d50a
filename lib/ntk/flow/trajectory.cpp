// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/trajectory.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace ntk {

std::string to_string(Integrator integrator) {
    switch (integrator) {
        case Integrator::automatic:
            return "auto";
        case Integrator::dormand_prince:
            return "dormand-prince";
        case Integrator::exponential_rosenbrock:
            return "exponential-rosenbrock";
        case Integrator::cvode:
            return "cvode";
    }
    throw std::logic_error("to_string: an integrator without a name");
}

std::string to_string(KinkStop reason) {
    switch (reason) {
        case KinkStop::sliding:
            return "sliding";
        case KinkStop::ambiguous:
            return "ambiguous";
        case KinkStop::chattering:
            return "chattering";
    }
    throw std::logic_error("to_string: a reason without a name");
}

std::string describe(const Sliding& sliding) {
    std::ostringstream text;
    text.precision(6);
    text << to_string(sliding.reason) << " at time " << sliding.time << ": neuron " << sliding.neuron
         << " at the kink of point " << sliding.point << ", normal speeds " << sliding.negative_speed << " and "
         << sliding.positive_speed << " on the negative and the positive side";
    return text.str();
}

void require_valid(const FlowSystem& system, const Eigen::VectorXd& start, const FlowOptions& options) {
    const bool increasing = std::is_sorted(options.record_times.begin(), options.record_times.end()) &&
                            !options.record_times.empty() && options.record_times.front() >= options.start_time &&
                            options.first_step >= 0 && options.longest_step > 0;
    if (start.size() != system.size() || !increasing || !(options.tolerance > 0)) {
        throw std::domain_error("gradient flow: " + std::to_string(start.size()) + " parameters, tolerance " +
                                std::to_string(options.tolerance) + ": expected " + std::to_string(system.size()) +
                                " parameters, increasing times from the start on and a positive tolerance");
    }
}

void require_complete(const Trajectory& trajectory) {
    if (trajectory.sliding) throw FlowSlides("gradient flow ends at a kink: " + describe(*trajectory.sliding));
}

void stop_flow(double time, const std::string& why, double last_good) {
    throw Unreachable("gradient flow stopped at time " + std::to_string(time) + ": " + why +
                      "; last good state at time " + std::to_string(last_good));
}

}  // namespace ntk
