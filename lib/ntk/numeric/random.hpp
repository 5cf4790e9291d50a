// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace ntk {

/// A named stream of random numbers addressed by index (Philox4x64-10, Salmon et al. 2011, through Random123): number i
/// of a stream depends on seed, purpose and i alone, never on threads or order. Two purposes give unrelated streams; a
/// purpose must not be used for two things.
class RandomStream {
public:
    /// The key is (seed, 64-bit FNV-1a hash of the purpose).
    RandomStream(std::uint64_t seed, std::string_view purpose);

    /// 64 random bits.
    std::uint64_t bits(std::uint64_t index) const;
    /// Uniform on the open interval (0,1): (floor(bits/2^11) + 1/2) 2^-53, at most 1 - 2^-53.
    double uniform(std::uint64_t index) const;
    /// Standard normal by Box–Muller from two of the four words of counter `index`.
    double normal(std::uint64_t index) const;
    /// +1 or -1, each with probability 1/2.
    double rademacher(std::uint64_t index) const;

private:
    std::uint64_t seed_;
    std::uint64_t purpose_;
};

}  // namespace ntk
