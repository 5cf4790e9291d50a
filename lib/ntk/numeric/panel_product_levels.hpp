// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/panel_block.hpp"

namespace ntk {

/// panel_product at one level; null where the program was built without it.
using PanelProduct = void (*)(const double* a, long rows, const double* b, long depth, double* c, long c_stride);
PanelProduct panel_product_avx2();
PanelProduct panel_product_avx512();

#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__FMA__))
/// `width` columns in blocks of panel_width<Lanes>.
template <class Lanes, long width>
void panel_product_in_blocks(const double* a, long rows, const double* b, long depth, double* c, long c_stride) {
    using Block = PanelBlock<Lanes>;
    static_assert(width % panel_width<Lanes> == 0);
    for (long r = 0; r < rows; r += Block::rows) {
        for (long v = 0; v < width; v += panel_width<Lanes>) {
            Block(a + r, rows, b + v, width, depth).store(c + r * c_stride + v, c_stride);
        }
    }
}
#endif

}  // namespace ntk
