// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/rational.hpp"

#include <boost/multiprecision/mpfr.hpp>

#include <string>

namespace ntk {

/// Floating point of a precision chosen at run time (MPFR through Boost.Multiprecision). It carries no error bound:
/// it is the scalar of the independent routes and references, never of a certified value (that is Ball).
using Real = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<0>, boost::multiprecision::et_off>;

/// While it lives, new values of Real carry at least `digits` decimal digits; the former precision returns afterwards.
/// Boost keeps this precision for the whole process, so only one thread at a time may compute with Real.
class RealPrecision {
public:
    explicit RealPrecision(unsigned digits) : previous_(Real::default_precision()) { Real::default_precision(digits); }
    ~RealPrecision() { Real::default_precision(previous_); }
    RealPrecision(const RealPrecision&) = delete;
    RealPrecision& operator=(const RealPrecision&) = delete;

private:
    unsigned previous_;
};

/// pi at the working precision.
Real real_pi();
/// The quotient numerator/denominator, correctly rounded at the working precision.
Real to_real(const Rational& value);
/// erf(z) = (2/sqrt(pi)) int_0^z e^{-s^2} ds, correctly rounded (MPFR).
Real real_erf(const Real& z);

/// Number of significant decimal digits in which `value` agrees with `reference`, i.e. -log10 of the relative
/// difference; `cap` where they are equal. A zero reference counts the absolute difference.
double agreement_in_digits(const Real& value, const Real& reference, double cap = 1e6);

}  // namespace ntk
