// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/real.hpp"

namespace ntk {

/// The damping factor D(mu,t) = int_0^t e^{-mu(t-s)} ds = (1-e^{-mu t})/mu, and t at mu = 0 (theory.md, "Damping").
/// It is at most min(t, 1/mu) for mu > 0 and decreases in mu: errors of the kernel matter less in directions with large
/// eigenvalues. t >= 0 and mu >= 0, both finite, else std::domain_error. Relative error at most 4 units in the last
/// place, no cancellation at small mu t.
double damping_factor(double mu, double t);
Real damping_factor(const Real& mu, const Real& t);

}  // namespace ntk
