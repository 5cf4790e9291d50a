// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

namespace ntk {

/// sigma(z) = max(0, z)^p, integer p >= 0; p = 0 is the step function 1[z > 0], which has no gradient part; p = 1 is
/// ReLU. Dual activation (arc-cosine kernels, Cho and Saul 2009), x the angle:
///     F = q^p J_p(x)/(2 pi),  G = p^2 q^{p-1} J_{p-1}(x)/(2 pi),  J_0 = pi - x,  J_1 = sin x + (pi - x) cos x,
///     J_p = (2p-1) cos(x) J_{p-1} + (p-1)^2 sin^2(x) J_{p-2}.
/// Constants: all infinite but L2 = 2 for p = 2, L3 = 6 for p = 3, c_infinity = 1 for the step; c0 = 0, and 1/2 for the
/// step, which is 1/2 at 0. InputError for a negative power or one above 60.
ActivationPtr make_relu_power(int power);

}  // namespace ntk
