// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

namespace ntk {

/// sigma(z) = sin z. Dual activation: F = e^{-q} sinh c, G = e^{-q} cosh c. L1 = L2 = L3 = c_infinity = 1, c0 = 0.
ActivationPtr make_sin();

/// sigma(z) = cos z. Dual activation: F = e^{-q} cosh c, G = e^{-q} sinh c. L1 = L2 = L3 = c_infinity = c0 = 1.
ActivationPtr make_cos();

}  // namespace ntk
