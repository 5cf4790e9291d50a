// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

Integer binomial(int upper, int lower) {
    const int short_side = std::min(lower, upper - lower);
    Integer result = 1;
    for (int i = 1; i <= short_side; ++i) result = result * (upper - short_side + i) / i;
    return result;
}

}  // namespace

Integer multiplicity(int dim, int degree) {
    if (dim < 2) throw std::domain_error("multiplicity: dim = " + std::to_string(dim) + ": must be >= 2");
    if (degree < 0) throw std::domain_error("multiplicity: degree = " + std::to_string(degree) + ": must be >= 0");
    if (degree == 0) return 1;
    // dim = 2 has binomial(k-1, k-1) = 1 and gives (2k)/k = 2.
    return Integer(2 * static_cast<long>(degree) + dim - 2) * binomial(degree + dim - 3, degree - 1) / degree;
}

double multiplicity_double(int dim, int degree) { return multiplicity(dim, degree).convert_to<double>(); }

Ball zonal_density_constant(int dim, long bits) {
    if (dim < 2) throw std::domain_error("zonal_density_constant: dim = " + std::to_string(dim) + ": must be >= 2");
    return gamma_of_half(dim, bits) / (gamma_of_half(1, bits) * gamma_of_half(dim - 1, bits));
}

}  // namespace ntk
