// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

namespace ntk {

/// sigma(z) = erf(z) = (2/sqrt(pi)) int_0^z e^{-s^2} ds. Dual activation (Williams 1997; theory.md):
///     F = (2/pi) arcsin(2c/(1+2q)),   G = (4/pi) / sqrt((1+2q)^2 - 4c^2).
/// Constants: L1 = 2/sqrt(pi), L2 = 2 sqrt(2/pi) e^{-1/2} (at z = 1/sqrt(2)), L3 = 4/sqrt(pi) (at z = 0), c_infinity
/// = 1.
ActivationPtr make_erf();

}  // namespace ntk
