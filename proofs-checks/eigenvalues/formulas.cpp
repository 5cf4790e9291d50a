// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/formulas.hpp"

namespace ntk::proofs {
namespace {

Polynomial half(const Polynomial& x) { return x * Rational(1, 2); }

}  // namespace

GammaTerm half_moment(const Polynomial& k, const Polynomial& p, const Polynomial& d) {
    return GammaTerm::gamma(half(d)) * GammaTerm::gamma(p + 1) * GammaTerm::power(2, -p - 1) *
           GammaTerm::gamma(half(p - k) + 1, -1) * GammaTerm::gamma(half(p + k + d), -1);
}

GammaTerm relu_eigenvalue(const Polynomial& k, const Polynomial& d) {
    return GammaTerm(RationalFunction((k * (k + d - 2) + d + 1) * Rational(1, 16))) * GammaTerm::gamma(half(d), 2) *
           GammaTerm::gamma(half(k - 1), 2) * GammaTerm::gamma(half(k + d + 1), -2) * GammaTerm::pi_power(-4);
}

GammaTerm step_eigenvalue(const Polynomial& k, const Polynomial& d) {
    return GammaTerm(RationalFunction(Rational(1, 4))) * GammaTerm::gamma(half(d), 2) * GammaTerm::gamma(half(k), 2) *
           GammaTerm::gamma(half(k + d), -2) * GammaTerm::pi_power(-4);
}

GammaTerm decay_constant(const Polynomial& d) {
    return GammaTerm::power(2, d - 2) * GammaTerm::gamma(half(d), 2) * GammaTerm::pi_power(-4);
}

}  // namespace ntk::proofs
