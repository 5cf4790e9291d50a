// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/vector_evaluate.hpp"

namespace ntk::vector_functions {

#ifdef __AVX512F__
Evaluate evaluate_avx512() { return evaluate<Avx512Lanes>; }
#else
Evaluate evaluate_avx512() { return nullptr; }
#endif

}  // namespace ntk::vector_functions
