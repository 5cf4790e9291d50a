// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/quadrature/obligations.hpp"

namespace ntk::proofs {

std::vector<Obligation> quadrature_obligations() {
    return {ellipse_of_circle(),  chebyshev_coefficients(), chebyshev_integrals(),  gauss_legendre_remainder(),
            laplace_integral(),   complex_growth(),         eigenvalue_remainder(), fixed_point_step(),
            fixed_point_energy(), fixed_point_growth(),     fixed_point_total(),    eigenvalue_rounding()};
}

}  // namespace ntk::proofs
