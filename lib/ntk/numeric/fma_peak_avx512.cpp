// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/fma_chains.hpp"
#include "ntk/numeric/fma_peak.hpp"

namespace ntk {

#ifdef __AVX512F__
FmaChains fma_chains_avx512() { return fma_chains<Avx512Lanes>; }
#else
FmaChains fma_chains_avx512() { return nullptr; }
#endif

}  // namespace ntk
