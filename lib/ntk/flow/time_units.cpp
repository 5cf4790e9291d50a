// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/time_units.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace ntk {

std::string to_string(LossConvention convention) {
    switch (convention) {
        case LossConvention::half_mean:
            return "1/(2n)";
        case LossConvention::mean:
            return "1/n";
        case LossConvention::half_sum:
            return "1/2";
        case LossConvention::sum:
            return "1";
    }
    throw std::logic_error("to_string: a loss convention without a name");
}

double loss_factor(LossConvention convention, long samples) {
    if (samples < 1) throw std::domain_error("loss_factor: samples = " + std::to_string(samples) + ": must be >= 1");
    const double n = static_cast<double>(samples);
    switch (convention) {
        case LossConvention::half_mean:
            return 1;
        case LossConvention::mean:
            return 2;
        case LossConvention::half_sum:
            return n;
        case LossConvention::sum:
            return 2 * n;
    }
    throw std::logic_error("loss_factor: a loss convention without a factor");
}

double to_our_time(LossConvention convention, long samples, double theirs) {
    return loss_factor(convention, samples) * theirs;
}

double from_our_time(LossConvention convention, long samples, double ours) {
    return ours / loss_factor(convention, samples);
}

double time_after_steps(double step, long steps) {
    if (!(step > 0 && std::isfinite(step) && steps >= 0)) {
        throw std::domain_error("time_after_steps: step = " + std::to_string(step) +
                                ", steps = " + std::to_string(steps) + ": expected a finite step > 0 and steps >= 0");
    }
    return step * static_cast<double>(steps);
}

long steps_to_reach(double time, double step) {
    const double quotient = time / step;
    if (!(step > 0 && time >= 0 && std::isfinite(step) && quotient < std::ldexp(1.0, 53))) {
        throw std::domain_error("steps_to_reach: time = " + std::to_string(time) + ", step = " + std::to_string(step) +
                                ": expected time >= 0, step > 0, both finite, and less than 2^53 steps");
    }
    const double nearest = std::round(quotient);
    const bool whole = std::abs(quotient - nearest) <= 4 * std::numeric_limits<double>::epsilon() * nearest;
    return static_cast<long>(whole ? nearest : std::ceil(quotient));
}

}  // namespace ntk
