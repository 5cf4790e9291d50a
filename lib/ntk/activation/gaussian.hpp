// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

namespace ntk {

/// sigma(z) = e^{-z^2/2}. Dual activation with D = (1+q)^2 - c^2: F = D^{-1/2}, G = c D^{-3/2}.
/// Constants: c0 = c_infinity = 1, L1 = e^{-1/2} (at z = 1), L2 = 1 (at 0), L3 at z^2 = 3 - sqrt 6.
ActivationPtr make_gaussian();

}  // namespace ntk
