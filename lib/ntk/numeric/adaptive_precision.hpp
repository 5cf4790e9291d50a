// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/ball.hpp"

#include <functional>
#include <string>
#include <vector>

/// Ziv's strategy: compute, look at the radius, repeat with the bits that are missing.
namespace ntk {

/// The bits of `digits` decimal digits, and a few more.
long bits_for_digits(long digits);

/// Whether x has one significant digit more than asked for (room for printing), or is exactly zero.
bool is_certain(const Ball& x, long digits);

/// One value of several that are computed together.
struct WantedValue {
    std::string name;    ///< for the message, e.g. "eigenvalue of degree 3"
    long most_bits = 0;  ///< absolute precision beyond which the search gives up
};

/// Throws Unreachable for a value whose digits were not found: its name, the digits reached and a bound of its size.
[[noreturn]] void throw_unreachable(const std::string& name, const Ball& value, long digits);

/// compute(bits) returns enclosures whose radii are about 2^{-bits}, one per wanted value; it is repeated with more
/// bits until every one is_certain. throw_unreachable for one that is still uncertain at its most_bits.
std::vector<Ball> until_certain(const std::vector<WantedValue>& wanted, long digits, long first_bits,
                                const std::function<std::vector<Ball>(long bits)>& compute);

}  // namespace ntk
