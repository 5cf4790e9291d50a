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

Measurement measure(int repeat, const std::function<void()>& work) {
    if (repeat < 1) throw std::domain_error("measure: repeat = " + std::to_string(repeat) + ": must be >= 1");
    std::vector<double> cpu;
    std::vector<double> wall;
    for (int i = 0; i < repeat; ++i) {
        const double cpu_start = process_cpu_seconds();
        const auto wall_start = std::chrono::steady_clock::now();
        work();
        wall.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_start).count());
        cpu.push_back(process_cpu_seconds() - cpu_start);
    }
    return {spread_of(cpu), spread_of(wall)};
}

}  // namespace ntk::verify
