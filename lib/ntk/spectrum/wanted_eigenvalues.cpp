// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/wanted_eigenvalues.hpp"

#include <stdexcept>

namespace ntk {

std::vector<WantedValue> wanted_eigenvalues(int dim, const std::vector<int>& degrees, long digits) {
    std::vector<WantedValue> wanted;
    for (const int degree : degrees) {
        const long most_bits = 64L * (static_cast<long>(degree) + dim) + 4096 + bits_for_digits(digits);
        wanted.push_back({"eigenvalue of degree " + std::to_string(degree), most_bits});
    }
    return wanted;
}

void require_eigenvalue_arguments(const std::string& function, int dim, const std::vector<int>& degrees, long digits) {
    const auto require_at_least = [&](const char* name, long value, long least) {
        if (value >= least) return;
        throw std::domain_error(function + ": " + name + " = " + std::to_string(value) +
                                ": must be >= " + std::to_string(least));
    };
    require_at_least("dim", dim, 2);
    require_at_least("digits", digits, 1);
    for (const int degree : degrees) require_at_least("degree", degree, 0);
}

}  // namespace ntk
