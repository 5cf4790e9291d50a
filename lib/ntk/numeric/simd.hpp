// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace ntk {

/// How wide the vectors of the double kernels are: 8 doubles with AVX-512 (F and DQ), 4 with AVX2 and FMA, and the
/// portable code of the compiler and its mathematical library.
enum class SimdLevel { baseline, avx2, avx512 };

/// "baseline", "avx2", "avx512".
std::string to_string(SimdLevel level);

/// Whether this program was built with the kernels of the level and this processor can run them.
bool is_available(SimdLevel level);

/// All levels that are available, the lowest first.
std::vector<SimdLevel> available_simd_levels();

/// The highest level that is available, or the one that the environment variable NTK_SIMD names
/// (avx512|avx2|baseline). Throws InputError for another name or a level that is not available.
SimdLevel simd_level();

}  // namespace ntk
