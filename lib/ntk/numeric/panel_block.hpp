// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/lanes.hpp"

#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__FMA__))

namespace ntk {

/// The columns that one block of a product has.
template <class Lanes>
inline constexpr int panel_width = Lanes::product_registers * Lanes::count;

/// A block of a matrix product, all of it in registers:
///     block[r][v] = sum_{k < depth} a[k a_stride + r] b[k b_stride + v],  r < product_rows, v < panel_width.
template <class Lanes>
struct PanelBlock {
    using Register = typename Lanes::Register;
    static constexpr int rows = Lanes::product_rows;
    static constexpr int registers = Lanes::product_registers;

    Register entry[rows][registers];

    NTK_INLINE PanelBlock(const double* a, long a_stride, const double* b, long b_stride, long depth) {
#pragma GCC unroll 8
        for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 3
            for (int v = 0; v < registers; ++v) entry[r][v] = Lanes::set(0);
        }
        for (long k = 0; k < depth; ++k) {
            Register column[registers];
#pragma GCC unroll 3
            for (int v = 0; v < registers; ++v) column[v] = Lanes::load(b + k * b_stride + v * Lanes::count);
#pragma GCC unroll 8
            for (int r = 0; r < rows; ++r) {
                const Register row = Lanes::set(a[k * a_stride + r]);
#pragma GCC unroll 3
                for (int v = 0; v < registers; ++v) entry[r][v] = Lanes::fma(row, column[v], entry[r][v]);
            }
        }
    }

    /// c[r c_stride + v] = block[r][v].
    NTK_INLINE void store(double* c, long c_stride) const {
#pragma GCC unroll 8
        for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 3
            for (int v = 0; v < registers; ++v) Lanes::store(c + r * c_stride + v * Lanes::count, entry[r][v]);
        }
    }
};

}  // namespace ntk
#endif
