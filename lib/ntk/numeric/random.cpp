// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/random.hpp"

#include <Random123/philox.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ntk {
namespace {

using Philox = r123::Philox4x64;

std::uint64_t fnv1a(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3U;
    }
    return hash;
}

/// The four random words of one counter value.
Philox::ctr_type block(std::uint64_t seed, std::uint64_t purpose, std::uint64_t index) {
    Philox::ctr_type counter = {{index, 0, 0, 0}};
    Philox::key_type key = {{seed, purpose}};
    return Philox()(counter, key);
}

/// The largest word would round to 1.
double to_unit_interval(std::uint64_t word) {
    return std::min((static_cast<double>(word >> 11U) + 0.5) * 0x1p-53, 1 - 0x1p-53);
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, std::string_view purpose) : seed_(seed), purpose_(fnv1a(purpose)) {}

std::uint64_t RandomStream::bits(std::uint64_t index) const { return block(seed_, purpose_, index)[0]; }

double RandomStream::uniform(std::uint64_t index) const { return to_unit_interval(bits(index)); }

double RandomStream::normal(std::uint64_t index) const {
    const Philox::ctr_type words = block(seed_, purpose_, index);
    const double radius = std::sqrt(-2 * std::log(to_unit_interval(words[0])));
    return radius * std::cos(2 * std::numbers::pi * to_unit_interval(words[1]));
}

double RandomStream::rademacher(std::uint64_t index) const { return (bits(index) >> 63U) != 0 ? 1 : -1; }

}  // namespace ntk
