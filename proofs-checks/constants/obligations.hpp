// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/obligation.hpp"

/// The constants of activations, c_0, L_1, L_2, L_3 and c_infinity: suprema over the whole line, and what the library
/// says of them.
namespace ntk::proofs {

std::vector<Obligation> constant_obligations();

Obligation concave_maximum();
Obligation constants_of_gaussian_functions();
Obligation constants_of_silu();
Obligation constants_of_tanh_and_sigmoid();
Obligation constants_of_softplus();
Obligation constants_of_sine_and_cosine();
Obligation constants_of_piecewise_powers();
Obligation constants_of_families();

}  // namespace ntk::proofs
