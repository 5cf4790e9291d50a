// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/phi_functions.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

constexpr int largest_order = 4;

/// sum_j z^j/(j+k)!; the terms beyond the last one are below 1e-18 for |z| <= 2.
double phi_series(int k, double z) {
    constexpr int terms = 28;
    double factorial = 1;
    for (int i = 2; i <= k; ++i) factorial *= i;
    double sum = 0;
    // Horner: 1 + z/(k+1) (1 + z/(k+2) (...)).
    for (int j = terms; j >= 1; --j) sum = z / (k + j) * (1 + sum);
    return (1 + sum) / factorial;
}

}  // namespace

double phi_function(int k, double z) {
    if (k < 0 || k > largest_order) {
        throw std::domain_error("phi_function: k = " + std::to_string(k) + ": must be from 0 to 4");
    }
    if (k == 0) return std::exp(z);
    // Below, every division by z makes the error smaller and 1/(k-1)! the value: no digits are lost for |z| > 2.
    if (std::abs(z) <= 2) return phi_series(k, z);
    double value = std::expm1(z) / z, factorial = 1;
    for (int j = 2; j <= k; ++j) {
        factorial *= j - 1;
        value = (value - 1 / factorial) / z;
    }
    return value;
}

}  // namespace ntk
