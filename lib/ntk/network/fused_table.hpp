// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/network/fused_linearised_templates.hpp"
#include "ntk/network/fused_pair_templates.hpp"
#include "ntk/network/fused_templates.hpp"

#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__FMA__))

namespace ntk::fused {

/// All kernels of a level.
template <class Lanes>
const FusedKernels* fused_kernels() {
    static constexpr FusedKernels kernels = {Lanes::count,        Pack<Lanes>::size, panel_width<Lanes>,
                                             kept_bits<Lanes>,    forward<Lanes>,    backward<Lanes>,
                                             tangent<Lanes>,      keep<Lanes>,       kept_tangent<Lanes>,
                                             second_order<Lanes>, panel<Lanes>,      add_panel_products<Lanes>,
                                             pair_sums<Lanes>};
    return &kernels;
}

}  // namespace ntk::fused
#endif
