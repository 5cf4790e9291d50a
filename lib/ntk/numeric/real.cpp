// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/real.hpp"

#include <algorithm>

namespace ntk {

Real real_pi() {
    Real result;
    mpfr_const_pi(result.backend().data(), MPFR_RNDN);
    return result;
}

Real to_real(const Rational& value) {
    Real result;
    mpfr_set_q(result.backend().data(), value.backend().data(), MPFR_RNDN);
    return result;
}

Real real_erf(const Real& z) {
    Real result;
    mpfr_erf(result.backend().data(), z.backend().data(), MPFR_RNDN);
    return result;
}

double agreement_in_digits(const Real& value, const Real& reference, double cap) {
    const Real difference = abs(Real(value - reference));
    if (difference == 0) return cap;
    const Real relative = reference == 0 ? difference : Real(difference / abs(reference));
    return std::min(cap, -static_cast<double>(Real(log10(relative))));
}

}  // namespace ntk
