// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/gegenbauer/formulas.hpp"

/// Formulas that several obligations about eigenvalues are about.
namespace ntk::proofs {

/// lambda_k^{(p)} = Gamma(d/2) Gamma(p+1)/(2^{p+1} Gamma((p-k)/2+1) Gamma((p+k+d)/2)).
GammaTerm half_moment(const Polynomial& k, const Polynomial& p, const Polynomial& d);

/// Gamma(d/2)^2 Gamma((k-1)/2)^2 (k(k+d-2)+d+1)/(16 pi^2 Gamma((k+d+1)/2)^2): mu_k of ReLU without biases, k even.
GammaTerm relu_eigenvalue(const Polynomial& k, const Polynomial& d);

/// Gamma(d/2)^2 Gamma(k/2)^2/(4 pi^2 Gamma((k+d)/2)^2): (lambda_k^{(0)})^2, k odd.
GammaTerm step_eigenvalue(const Polynomial& k, const Polynomial& d);

/// C(d) = 2^{d-2} Gamma(d/2)^2/pi^2.
GammaTerm decay_constant(const Polynomial& d);

}  // namespace ntk::proofs
