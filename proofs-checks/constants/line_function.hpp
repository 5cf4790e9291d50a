// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/proof.hpp"
#include "proofs-checks/engine/variant.hpp"

namespace ntk::proofs {

/// A smooth function on the line with its derivatives, as polynomials in z and in symbols for functions of z.
struct LineFunction {
    std::vector<Polynomial> derivatives;              ///< sigma, sigma', ..., to the fifth
    std::function<BallPoint(const Ball& z)> symbols;  ///< enclosures of all symbols, z among them
    /// The tails z = tau and z = -tau, tau >= far: what the symbols become there.
    std::map<std::string, RationalFunction> right;
    std::map<std::string, RationalFunction> left;
    Rational far;
};

/// sigma and its first five derivatives by the rules of its symbols. std::logic_error if one is no polynomial.
std::vector<Polynomial> five_derivatives(const RationalFunction& sigma, const Derivation& derivation);

/// Where sign * sigma^{(k)} has its maximum, to nine digits or better.
struct Peak {
    Rational at;
    int sign;
};

/// Shows |sigma^{(order)}| <= bound on the whole line, and >= (1 - 2^-40) bound at the first peak. Around a peak m the
/// second derivative of sign * g, g = sigma^{(order)}, is at most -curvature, so g is at most g(m) + g'(m)^2/(2
/// curvature) ("concave-maximum"); the rest of [-far, far] is enclosed; in the tails g is monotone, and on the side to
/// which it moves it is bounded by algebra.
void prove_supremum(Proof& proof, const LineFunction& function, std::size_t order, const Rational& bound,
                    const std::vector<Peak>& peaks);

/// A double as the rational that it is.
Rational exact(double x);
/// 1 - 2^-40: a constant of the library may exceed the supremum by this factor.
Rational tight();
/// bound^2 >= square and (tight() bound)^2 <= square: a bound that is the root of a rational number, and tight.
void prove_root(Proof& proof, const std::string& claim, const Rational& bound, const Rational& square);

}  // namespace ntk::proofs
