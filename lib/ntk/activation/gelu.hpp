// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

namespace ntk {

/// sigma(z) = z Phi(z), Phi the standard normal distribution function, phi its density (not the tanh approximation):
/// sigma' = Phi + z phi, sigma'' = (2 - z^2) phi, sigma''' = (z^3 - 4 z) phi. Dual activation with D = (1+q)^2 - c^2,
/// A = 1/(2 pi sqrt D):  F = q^2 A + (1-q) c^2 A/(1+q) + c (1/4 + arcsin(c/(1+q))/(2 pi)),  G = F'.
/// Constants: L1 = Phi(sqrt 2) + sqrt(2) phi(sqrt 2), L2 = 2 phi(0), L3 at z^2 = (7 - sqrt 33)/2.
ActivationPtr make_gelu();

}  // namespace ntk
