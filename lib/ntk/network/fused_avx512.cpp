// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/fused_table.hpp"

namespace ntk::fused {

#ifdef __AVX512F__
const FusedKernels* fused_kernels_avx512() { return fused_kernels<Avx512Lanes>(); }
#else
const FusedKernels* fused_kernels_avx512() { return nullptr; }
#endif

}  // namespace ntk::fused
