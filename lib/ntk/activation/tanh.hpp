// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

namespace ntk {

/// sigma(z) = tanh z. With t = tanh z: sigma' = 1 - t^2, sigma'' = -2 t (1 - t^2), sigma''' = (1 - t^2)(6 t^2 - 2).
/// Constants: L1 = 1, L2 = 4/(3 sqrt 3) (at t^2 = 1/3), L3 = 2 (at z = 0), c_infinity = 1. No dual in closed form.
ActivationPtr make_tanh();

}  // namespace ntk
