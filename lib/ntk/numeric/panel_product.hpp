// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/simd.hpp"

namespace ntk {

/// Columns of the right factor and multiple of the rows of the left one that panel_product takes.
inline constexpr long product_width = 24;
inline constexpr long product_row_step = 8;

/// c[r c_stride + v] = sum_{k < depth} a[k rows + r] b[k product_width + v] for r < rows, v < product_width; rows is a
/// multiple of product_row_step. Every level adds in the order of k; with fused multiply-add above the baseline, so that
/// levels differ by rounding.
void panel_product(SimdLevel level, const double* a, long rows, const double* b, long depth, double* c, long c_stride);

}  // namespace ntk
