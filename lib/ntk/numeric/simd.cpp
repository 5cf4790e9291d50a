// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/simd.hpp"

#include "ntk/numeric/errors.hpp"

#include <cstdlib>

namespace ntk {

std::string to_string(SimdLevel level) {
    switch (level) {
        case SimdLevel::baseline: return "baseline";
        case SimdLevel::avx2: return "avx2";
        case SimdLevel::avx512: return "avx512";
    }
    return "";
}

bool is_available(SimdLevel level) {
#ifdef NTK_X86_KERNELS
    __builtin_cpu_init();
    if (level == SimdLevel::avx512) return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
    if (level == SimdLevel::avx2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
    return level == SimdLevel::baseline;
}

std::vector<SimdLevel> available_simd_levels() {
    std::vector<SimdLevel> levels;
    for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
        if (is_available(level)) levels.push_back(level);
    }
    return levels;
}

SimdLevel simd_level() {
    const char* wanted = std::getenv("NTK_SIMD");
    if (wanted == nullptr || *wanted == '\0') return available_simd_levels().back();
    for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
        if (to_string(level) != wanted) continue;
        if (is_available(level)) return level;
        throw InputError("NTK_SIMD = " + std::string(wanted) + ": this processor or this build does not have it");
    }
    throw InputError("NTK_SIMD = " + std::string(wanted) + ": expected avx512, avx2 or baseline");
}

}  // namespace ntk
