// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/lanes.hpp"

namespace ntk {

/// Enough independent chains to hide the latency of a multiply-add on every processor so far.
inline constexpr int chain_count = 12;

#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__FMA__))
template <class Lanes>
long fma_chains(long rounds, double* result) {
    typename Lanes::Register chain[chain_count];
    const auto factor = Lanes::set(0.999999), summand = Lanes::set(1e-6);
    for (int i = 0; i < chain_count; ++i) chain[i] = Lanes::set(1 + i);
    for (long r = 0; r < rounds; ++r) {
#pragma GCC unroll 12
        for (int i = 0; i < chain_count; ++i) chain[i] = Lanes::fma(chain[i], factor, summand);
    }
    auto sum = chain[0];
    for (int i = 1; i < chain_count; ++i) sum = sum + chain[i];
    *result = Lanes::sum(sum);
    return chain_count * Lanes::count;
}
#endif

}  // namespace ntk
