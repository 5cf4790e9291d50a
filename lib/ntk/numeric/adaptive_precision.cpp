// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/adaptive_precision.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"

#include <algorithm>
#include <cmath>

namespace ntk {
namespace {

/// The precision that the next attempt needs for this value.
long needed_bits(const WantedValue& wanted, const Ball& value, long digits, long bits) {
    if (bits >= wanted.most_bits) throw_unreachable(wanted.name, value, digits);
    // A value that cannot be told from zero says nothing about its size.
    const long seen = value.contains_zero() ? 2 * bits : bits_for_digits(digits) - value.magnitude_exponent() + 16;
    return std::min(std::max(seen, bits + 32), wanted.most_bits);
}

}  // namespace

long bits_for_digits(long digits) {
    return static_cast<long>(std::ceil(static_cast<double>(digits) * 3.3219280948873627)) + 8;
}

/// The bits decide at once when there are plenty.
bool is_certain(const Ball& x, long digits) {
    return x.is_zero() || x.relative_accuracy_bits() >= bits_for_digits(digits + 1) || certified_digits(x) > digits;
}

void throw_unreachable(const std::string& name, const Ball& value, long digits) {
    const Rational size = boost::multiprecision::abs(value.exact_midpoint()) + value.exact_radius();
    throw Unreachable(name + ": " + std::to_string(digits) + " digits could not be certified, reached " +
                      std::to_string(certified_digits(value)) + "; it is at most " + print_rounded_up(size, 2) +
                      " in absolute value");
}

std::vector<Ball> until_certain(const std::vector<WantedValue>& wanted, long digits, long first_bits,
                                const std::function<std::vector<Ball>(long bits)>& compute) {
    for (long bits = first_bits;;) {
        std::vector<Ball> values = compute(bits);
        long next = 0;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (!is_certain(values[i], digits)) next = std::max(next, needed_bits(wanted[i], values[i], digits, bits));
        }
        if (next == 0) return values;
        bits = next;
    }
}

}  // namespace ntk
