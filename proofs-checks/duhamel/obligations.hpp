// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/obligation.hpp"

/// The damped-deviation identities D1 to D4, as identities in algebras that do not commute.
namespace ntk::proofs {

std::vector<Obligation> duhamel_obligations();

Obligation kernel_flow();
Obligation damped_identity_on_sample();
Obligation damped_identity_on_sample_as_series();
Obligation damped_identity_on_sphere();
Obligation damped_identity_on_sphere_as_series();
Obligation damped_identity_of_probe();
Obligation damped_identity_of_probe_as_series();
Obligation damped_identity_of_descent();
Obligation damped_identity_of_first_steps();

}  // namespace ntk::proofs
