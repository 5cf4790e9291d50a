// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

namespace ntk {

/// sigma(z) = z s(z), s the sigmoid: sigma' = s + z s', sigma'' = 2 s' + z s'', sigma''' = 3 s'' + z s'''.
/// Constants: L1, L3 are maxima without a closed form, rounded up; L2 = 1/2 (at z = 0). No dual in closed form.
ActivationPtr make_silu();

}  // namespace ntk
