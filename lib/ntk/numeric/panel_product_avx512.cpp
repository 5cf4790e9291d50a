// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/panel_product.hpp"
#include "ntk/numeric/panel_product_levels.hpp"

namespace ntk {

#ifdef __AVX512F__
PanelProduct panel_product_avx512() { return panel_product_in_blocks<Avx512Lanes, product_width>; }
#else
PanelProduct panel_product_avx512() { return nullptr; }
#endif

}  // namespace ntk
