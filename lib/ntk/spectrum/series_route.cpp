// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/series_route.hpp"

#include "ntk/spectrum/wanted_eigenvalues.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

/// sum_{i >= from} c_i m_{ik} for the diagonal moment m_{kk}.
Ball moment_sum(const PositiveSeries& kernel, long dim, long k, long from, const Ball& diagonal) {
    Ball moment = diagonal;
    Ball sum(kernel.bits());
    for (long i = k; i < kernel.length(); i += 2) {
        if (i >= from) sum += kernel.coefficient(i) * moment;
        moment *= Ball((i + 1) * (i + 2), kernel.bits());
        moment /= Ball((i - k + 2) * (i + k + dim), kernel.bits());
    }
    return sum;
}

/// m_{kk} for k = 0..max_degree.
std::vector<Ball> diagonal_moments(int dim, int max_degree, long bits) {
    std::vector<Ball> result = {Ball(1, bits)};
    for (long k = 0; k < max_degree; ++k) result.push_back(result.back() * (k + 1) / (2 * k + dim));
    return result;
}

/// The size of a series for the next attempt: its length for the rest, its bits for the rounding.
struct SeriesSize {
    long length;
    long bits;
};

/// The exponent of 2 that the absolute error of every value has to reach, and the one that the rest has to: of the rest
/// the eigenvalue of degree k gets at most the part 1/N(d,k). Values that are not yet separated from 0 count with their
/// upper bound, so the true need may be greater.
struct SeriesNeed {
    long error;
    long rest;
};

SeriesNeed series_need(const std::vector<int>& degrees, const std::vector<Ball>& values, int dim, long digits) {
    SeriesNeed need{0, 0};
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        if (is_certain(values[i], digits)) continue;
        const long error = values[i].magnitude_exponent() - bits_for_digits(digits);
        need.error = std::min(need.error, error);
        const auto multiplicity_bits = static_cast<long>(boost::multiprecision::msb(multiplicity(dim, degrees[i])));
        need.rest = std::min(need.rest, error + multiplicity_bits);
    }
    return need;
}

/// Grows what is too small. The rest of a series falls like e^{-c sqrt(length)} for an activation with poles, faster
/// for an entire one, which gives the length to try next; the rest is never below what rounding leaves of f(1) - P(1).
SeriesSize next_size(const SeriesSize& size, const PositiveSeries& series, const SeriesNeed& need) {
    const long at_one = series.at_one().magnitude_exponent();
    const long floor =
        at_one - size.bits + static_cast<long>(std::bit_width(static_cast<unsigned long>(size.length))) + 4;
    const long rest = series.rest().magnitude_exponent();
    SeriesSize next = size;
    next.bits = std::max(size.bits, at_one - std::min(need.error, need.rest) + 48);
    if (rest > need.rest && rest > floor) {
        const double ratio =
            static_cast<double>(need.rest - at_one) / static_cast<double>(std::min(rest - at_one, -1L));
        next.length = static_cast<long>(static_cast<double>(size.length) * std::clamp(1.1 * ratio * ratio, 1.25, 4.0));
    } else if (next.bits == size.bits) {
        next.bits += size.bits / 2;
    }
    return next;
}

}  // namespace

std::vector<Ball> series_eigenvalues(const PositiveSeries& kernel, int dim, const std::vector<int>& degrees) {
    if (dim < 2) throw std::domain_error("series_eigenvalues: dim = " + std::to_string(dim) + ": must be >= 2");
    for (const int degree : degrees) {
        if (degree < 0)
            throw std::domain_error("series_eigenvalues: degree = " + std::to_string(degree) + ": must be >= 0");
    }
    if (degrees.empty()) return {};
    const std::vector<Ball> diagonals =
        diagonal_moments(dim, *std::max_element(degrees.begin(), degrees.end()), kernel.bits());
    const Ball rest = kernel.rest();
    std::vector<Ball> result;
    for (const int degree : degrees) {
        const Ball found = moment_sum(kernel, dim, degree, 0, diagonals[static_cast<std::size_t>(degree)]);
        // The rest adds something in [0, rest/N].
        const Ball half = (rest / 2 / Ball(multiplicity(dim, degree), 64)).at_precision(kernel.bits());
        result.push_back(enlarged(found + half, half));
    }
    return result;
}

std::vector<Ball> certain_series_eigenvalues(const MakeSeries& make_series, int dim, const std::vector<int>& degrees,
                                             long digits) {
    require_eigenvalue_arguments("certain_series_eigenvalues", dim, degrees, digits);
    if (degrees.empty()) return {};
    constexpr long longest = 1 << 14;
    const std::vector<WantedValue> wanted = wanted_eigenvalues(dim, degrees, digits);
    const long largest = *std::max_element(degrees.begin(), degrees.end());
    SeriesSize size{std::max(128L, 2 * largest + 64), bits_for_digits(digits) + 64};
    for (;;) {
        const PositiveSeries series = make_series(size.length, size.bits);
        std::vector<Ball> values = series_eigenvalues(series, dim, degrees);
        const auto open =
            std::find_if(values.begin(), values.end(), [&](const Ball& value) { return !is_certain(value, digits); });
        if (open == values.end()) return values;
        const auto& [name, most_bits] = wanted[static_cast<std::size_t>(open - values.begin())];
        const SeriesSize next = next_size(size, series, series_need(degrees, values, dim, digits));
        const bool stuck = next.length == size.length && next.bits == size.bits;
        if (stuck || size.length >= longest || size.bits >= most_bits) throw_unreachable(name, *open, digits);
        size = {std::min(next.length, longest), std::min(next.bits, most_bits)};
    }
}

std::vector<Ball> moment_sums(const PositiveSeries& kernel, int dim, int max_degree, long from) {
    const std::vector<Ball> diagonals = diagonal_moments(dim, max_degree, kernel.bits());
    std::vector<Ball> result;
    for (int k = 0; k <= max_degree; ++k) {
        result.push_back(moment_sum(kernel, dim, k, from, diagonals[static_cast<std::size_t>(k)]) *
                         Ball(multiplicity(dim, k), kernel.bits()));
    }
    return result;
}

}  // namespace ntk
