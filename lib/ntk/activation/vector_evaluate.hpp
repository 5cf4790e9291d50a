// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/vector_functions.hpp"

namespace ntk::vector_functions {

/// What evaluate_vectorised does at one level. Returns false if an argument is not finite.
using Evaluate = bool (*)(const VectorKernel& kernel, const double* z, double* values, double* derivatives,
                          std::size_t count);

/// Null where the program was built without the level.
Evaluate evaluate_avx2();
Evaluate evaluate_avx512();

#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__FMA__))

/// The sine of large angles needs more digits of pi than the kernels have; the argument stays finite for all others.
template <class Function>
constexpr double largest_argument(const Function& /*function*/) {
    return 0x1.fffffffffffffp+1023;
}
constexpr double largest_argument(const Sine& /*function*/) { return vector_math::largest_reduced_angle; }
constexpr double largest_argument(const Cosine& /*function*/) { return vector_math::largest_reduced_angle; }

template <class P, class Function>
NTK_INLINE void evaluate_pack(const Function& function, const double* z, double* values, double* derivatives) {
    const P at = P::load(z);
    const P kept = function.kept(at);
    if (values != nullptr) function.value(at, kept).store(values);
    if (derivatives != nullptr) {
        const P derivative = function.derivative(at, kept);
        (Function::derivative_scale == 1 ? derivative : derivative * P(Function::derivative_scale)).store(derivatives);
    }
}

/// False if an argument is beyond the largest one (or not a number).
template <class Lanes, class Function>
bool evaluate_all(const Function& function, const double* z, double* values, double* derivatives, std::size_t count) {
    using P = Pack<Lanes>;
    constexpr auto size = static_cast<std::size_t>(P::size);
    P largest(0), sum(0);
    std::size_t i = 0;
    for (; i + size <= count; i += size) {
        const P at = P::load(z + i);
        largest = max(largest, abs(at));
        sum = sum + (at - at);  // 0, or not a number
        evaluate_pack<P>(function, z + i, values == nullptr ? nullptr : values + i,
                         derivatives == nullptr ? nullptr : derivatives + i);
    }
    if (i < count) {
        alignas(64) double rest[3][size] = {};
        for (std::size_t j = i; j < count; ++j) rest[0][j - i] = z[j];
        const P at = P::load(rest[0]);
        largest = max(largest, abs(at));
        sum = sum + (at - at);
        evaluate_pack<P>(function, rest[0], rest[1], rest[2]);
        for (std::size_t j = i; j < count; ++j) {
            if (values != nullptr) values[j] = rest[1][j - i];
            if (derivatives != nullptr) derivatives[j] = rest[2][j - i];
        }
    }
    return largest.largest() <= largest_argument(function) && sum.sum() == 0;
}

template <class Lanes>
bool evaluate(const VectorKernel& kernel, const double* z, double* values, double* derivatives, std::size_t count) {
    bool fits = false;
    with_function(kernel,
                  [&](const auto& function) { fits = evaluate_all<Lanes>(function, z, values, derivatives, count); });
    return fits;
}
#endif

}  // namespace ntk::vector_functions
