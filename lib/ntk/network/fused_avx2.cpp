// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/fused_table.hpp"

namespace ntk::fused {

#ifdef __AVX2__
const FusedKernels* fused_kernels_avx2() { return fused_kernels<Avx2Lanes>(); }
#else
const FusedKernels* fused_kernels_avx2() { return nullptr; }
#endif

}  // namespace ntk::fused
