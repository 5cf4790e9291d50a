// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/simd.hpp"

namespace ntk {

/// The floating-point operations per second that one core reaches with nothing but independent multiply-adds in
/// registers (two operations each) at the level: the best of several runs, about 0.1 s in all.
double measured_fma_peak(SimdLevel level);

/// `rounds` times a fixed number of multiply-adds; returns how many numbers were worked on in each round and writes a
/// result that depends on all of them. Null where the program was built without the level.
using FmaChains = long (*)(long rounds, double* result);
FmaChains fma_chains_avx2();
FmaChains fma_chains_avx512();

}  // namespace ntk
