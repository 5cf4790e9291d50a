// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/benchmarks/measure.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <stdexcept>
#include <string>

namespace ntk::verify {
namespace {

double process_cpu_seconds() {
    std::timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace

Spread spread_of(std::vector<double> values) {
    if (values.empty()) throw std::domain_error("spread_of: needs at least one measurement");
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    const double median = values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    return {values.front(), median, values.back()};
}

std::vector<Seconds> measure_in_turn(int repeat, const std::vector<std::function<void()>>& works) {
    if (repeat < 1) throw std::domain_error("measure: repeat = " + std::to_string(repeat) + ": must be >= 1");
    std::vector<Seconds> seconds(works.size());
    for (int round = 0; round < repeat; ++round) {
        for (std::size_t i = 0; i < works.size(); ++i) {
            const double cpu_start = process_cpu_seconds();
            const auto wall_start = std::chrono::steady_clock::now();
            works[i]();
            const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - wall_start;
            seconds[i].wall.push_back(wall.count());
            seconds[i].cpu.push_back(process_cpu_seconds() - cpu_start);
        }
    }
    return seconds;
}

Measurement measure(int repeat, const std::function<void()>& work) {
    const Seconds seconds = measure_in_turn(repeat, {work}).front();
    return {spread_of(seconds.cpu), spread_of(seconds.wall)};
}

}  // namespace ntk::verify
