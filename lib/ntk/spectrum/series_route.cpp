// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/series_route.hpp"

#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
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
