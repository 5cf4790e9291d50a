// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

namespace ntk::verify {

/// Smallest, middle and largest of some measurements; the median of an even number is the mean of the two in the
/// middle.
struct Spread {
    double min = 0;
    double median = 0;
    double max = 0;
};

/// Throws std::domain_error for no measurements.
Spread spread_of(std::vector<double> values);

/// Seconds of one piece of work, done several times.
struct Measurement {
    Spread cpu;   ///< of the whole process: all threads together
    Spread wall;  ///< from a clock that does not jump
};

/// Seconds of every call, in order.
struct Seconds {
    std::vector<double> cpu, wall;
};

/// Calls each piece of work once, then each once more, `repeat` >= 1 times (else std::domain_error): a disturbance of
/// the machine meets them all, and entries of the same place make pairs.
std::vector<Seconds> measure_in_turn(int repeat, const std::vector<std::function<void()>>& works);

/// Calls `work` `repeat` >= 1 times (else std::domain_error) and measures each call. The first is not left out: what it
/// fills in (constants in caches) is part of the work of a user who computes once.
Measurement measure(int repeat, const std::function<void()>& work);

}  // namespace ntk::verify
