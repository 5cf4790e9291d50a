// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/obligation.hpp"

/// Error bounds of the certified spectrum: remainder of the quadrature rule, rounding of the recurrence, the sum.
namespace ntk::proofs {

std::vector<Obligation> quadrature_obligations();

Obligation ellipse_of_circle();
Obligation chebyshev_coefficients();
Obligation chebyshev_integrals();
Obligation gauss_legendre_remainder();
Obligation laplace_integral();
Obligation complex_growth();
Obligation eigenvalue_remainder();
Obligation fixed_point_step();
Obligation fixed_point_energy();
Obligation fixed_point_growth();
Obligation fixed_point_total();
Obligation eigenvalue_rounding();

}  // namespace ntk::proofs
