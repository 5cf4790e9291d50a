// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

namespace ntk {

/// sigma(z) = log(1 + e^{beta z})/beta, beta > 0 (InputError otherwise); its derivative is the sigmoid of beta z.
/// Constants: c0 = log(2)/beta, L1 = 1, L2 = beta/4, L3 = beta^2/(6 sqrt 3). No dual in closed form.
ActivationPtr make_softplus(const Rational& beta);

}  // namespace ntk
