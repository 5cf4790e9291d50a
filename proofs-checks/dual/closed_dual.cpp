// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/dual/closed_dual.hpp"

namespace ntk::proofs {

void prove_closed_dual(Proof& proof, const ClosedDual& closed) {
    const RationalFunction slope = closed.by_y(closed.smoothed);
    proof.identity("the smoothed activation solves the heat equation", closed.by_q(closed.smoothed),
                   RationalFunction(Rational(1, 2)) * closed.by_y(slope));
    for (const auto& [symbols, sigma] : closed.starts) {
        proof.identity("the smoothed activation starts with the activation", closed.smoothed.substitute(symbols),
                       sigma);
    }
    proof.uses("heat-equation");
    solves(proof, "differential equation of the smoothed activation", closed.equation, closed.by_y, closed.smoothed);
    solves_as_series(proof, "Taylor coefficients of the smoothed activation", closed.equation, "n", closed.ratio);
    proof.uses("hermite-expansion");

    const RationalFunction n = RationalFunction::symbol("n");
    const RationalFunction dual_slope = closed.by_c(closed.dual);
    solves(proof, "differential equation of F", closed.dual_equation, closed.by_c, closed.dual);
    solves_as_series(proof, "Hermite series", closed.dual_equation, "n",
                     (n + RationalFunction(1)) * (n + RationalFunction(2)) * closed.ratio * closed.ratio);
    proof.identity("order 0: F(0) = a_0²", closed.dual.substitute(closed.at_zero), closed.value_square);
    proof.identity("order 1: q F'(0) = a_1²", dual_slope.substitute(closed.at_zero), closed.slope_square);
    proof.uses("linear-ode-uniqueness");

    proof.identity("F' = G", dual_slope, closed.gradient);
    proof.uses("dual-derivative-rule");
}

RationalFunction square_of_linear(const RationalFunction& x, const std::string& g, const RationalFunction& g_square) {
    const RationalFunction factor = x.derivative(g);
    const RationalFunction rest = x.substitute({{g, 0}});
    if (!factor.is_zero() && !rest.is_zero()) throw std::logic_error("square_of_linear: expected one term");
    return rest * rest + factor * factor * g_square;
}

}  // namespace ntk::proofs
