// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/panel_product.hpp"

#include "ntk/numeric/panel_product_levels.hpp"

#include <algorithm>

namespace ntk {
namespace {

void plain_product(const double* a, long rows, const double* b, long depth, double* c, long c_stride) {
    for (long r = 0; r < rows; ++r) {
        double* to = c + r * c_stride;
        std::fill(to, to + product_width, 0.0);
        for (long k = 0; k < depth; ++k) {
            const double factor = a[k * rows + r];
            for (long v = 0; v < product_width; ++v) to[v] += factor * b[k * product_width + v];
        }
    }
}

}  // namespace

void panel_product(SimdLevel level, const double* a, long rows, const double* b, long depth, double* c, long c_stride) {
    if (level == SimdLevel::avx512 && panel_product_avx512() != nullptr) {
        return panel_product_avx512()(a, rows, b, depth, c, c_stride);
    }
    if (level != SimdLevel::baseline && panel_product_avx2() != nullptr) {
        return panel_product_avx2()(a, rows, b, depth, c, c_stride);
    }
    plain_product(a, rows, b, depth, c, c_stride);
}

}  // namespace ntk
