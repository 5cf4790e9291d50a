// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

namespace ntk {

/// sigma(z) = s = 1/(1 + e^{-z}), s' = s (1 - s), s'' = s' (1 - 2 s), s''' = s' (1 - 6 s').
/// Constants: c0 = 1/2, L1 = 1/4, L2 = 1/(6 sqrt 3), L3 = 1/8 (s' <= 1/4), c_infinity = 1. No dual in closed form.
ActivationPtr make_sigmoid();

}  // namespace ntk
