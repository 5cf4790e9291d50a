// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/fma_peak.hpp"

#include <algorithm>
#include <chrono>

namespace ntk {
namespace {

/// The portable form, which the compiler vectorises as far as the baseline goes.
long plain_chains(long rounds, double* result) {
    constexpr int count = 24;
    double chain[count];
    for (int i = 0; i < count; ++i) chain[i] = 1 + i;
    for (long r = 0; r < rounds; ++r) {
        for (double& x : chain) x = x * 0.999999 + 1e-6;
    }
    *result = 0;
    for (const double x : chain) *result += x;
    return count;
}

}  // namespace

double measured_fma_peak(SimdLevel level) {
    const FmaChains chains = !is_available(level)            ? plain_chains
                             : level == SimdLevel::avx512 ? fma_chains_avx512()
                             : level == SimdLevel::avx2   ? fma_chains_avx2()
                                                          : plain_chains;
    constexpr long rounds = 1'000'000;
    double best = 0;
    volatile double seen = 0;
    for (int run = 0; run < 8; ++run) {
        const auto start = std::chrono::steady_clock::now();
        double result = 0;
        const long numbers = chains(rounds, &result);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        seen = result;
        best = std::max(best, 2.0 * static_cast<double>(numbers * rounds) / seconds.count());
    }
    static_cast<void>(seen);
    return best;
}

}  // namespace ntk
