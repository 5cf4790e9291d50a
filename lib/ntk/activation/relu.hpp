// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

namespace ntk {

/// sigma(z) = z for z >= 0 and slope * z for z < 0; slope 0 is ReLU. Positively homogeneous of degree 1.
/// Dual activation (Cho and Saul 2009; theory.md): with kappa_0(u) = (pi - arccos u)/pi and
/// kappa_1(u) = (sqrt(1-u^2) + u (pi - arccos u))/pi,
///     F = (1-slope)^2 (q/2) kappa_1(u) + slope c,   G = (1-slope)^2 kappa_0(u)/2 + slope.
/// sigma'(0) counts as (1+slope)/2; sigma'' is 0 off the kink, and L2, L3 are infinite.
ActivationPtr make_leaky_relu(const Rational& slope);
ActivationPtr make_relu();

/// (1 - kappa_1(cos x)) / (1 - cos x) at the angle x, analytic around x = 0, where it is 1; no digits are lost there.
Ball kappa1_secant(const Ball& angle);
ComplexBall kappa1_secant(const ComplexBall& angle);

}  // namespace ntk
