// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/vector_kernel.hpp"

#include "ntk/activation/vector_evaluate.hpp"

#include <cmath>
#include <stdexcept>

namespace ntk {
namespace {

/// sin and cos of angles that the kernels do not reduce.
void evaluate_large_angles(VectorFunction function, const double* z, double* values, double* derivatives,
                           std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        const double sine = std::sin(z[i]), cosine = std::cos(z[i]);
        const bool is_sine = function == VectorFunction::sine;
        if (values != nullptr) values[i] = is_sine ? sine : cosine;
        if (derivatives != nullptr) derivatives[i] = is_sine ? cosine : -sine;
    }
}

}  // namespace

void evaluate_vectorised(SimdLevel level, const VectorKernel& kernel, const double* z, double* values,
                         double* derivatives, std::size_t count) {
    if (!is_available(level) || level == SimdLevel::baseline) {
        throw std::domain_error("evaluate_vectorised: level = " + to_string(level) + ": there are no kernels for it here");
    }
    const auto evaluate = level == SimdLevel::avx512 ? vector_functions::evaluate_avx512()
                                                     : vector_functions::evaluate_avx2();
    if (evaluate(kernel, z, values, derivatives, count)) return;
    for (std::size_t i = 0; i < count; ++i) {
        if (!std::isfinite(z[i])) {
            throw std::domain_error("evaluate_vectorised: z = " + std::to_string(z[i]) + ": must be finite");
        }
    }
    evaluate_large_angles(kernel.function, z, values, derivatives, count);
}

}  // namespace ntk
