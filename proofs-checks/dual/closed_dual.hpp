// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/differential_equation.hpp"

namespace ntk::proofs {

/// A dual activation in closed form with what its proof needs. The symbols y, q, c are declared by the proof, others by
/// the activation: functions of y and q on one side, of c and q on the other.
struct ClosedDual {
    RationalFunction smoothed;  ///< S(q,y) = E[sigma(y + sqrt(q) g)], g standard normal
    Derivation by_y;            ///< the derivatives of its symbols
    Derivation by_q;
    DifferentialEquation equation;  ///< in y, of order two, of S
    RationalFunction ratio;         ///< s_{n+2}/s_n for S = sum_n s_n y^n

    /// S at q = 0 by the values of its symbols there, and sigma(y); on either side of a kink, if there is one;
    /// empty where S is one symbol that is sigma at q = 0 by definition.
    std::vector<std::pair<std::map<std::string, RationalFunction>, RationalFunction>> starts = {};
    RationalFunction value_square;  ///< S(q,0)^2
    RationalFunction slope_square;  ///< S_y(q,0)^2

    RationalFunction dual;      ///< F(c)
    RationalFunction gradient;  ///< G(c)
    Derivation by_c;
    DifferentialEquation dual_equation;               ///< in c, of order two, of F
    std::map<std::string, RationalFunction> at_zero;  ///< the symbols of F and F' at c = 0
};

/// F = sum_n a_n^2 (c/q)^n, for all orders at once, and G = F'. The smoothed activation solves the heat equation; its
/// Taylor coefficients s_n in y are q^{-n/2}/n! E[sigma(sqrt(q) g) He_n(g)], so a_n^2 = n! q^n s_n^2 and
/// sum_n a_n^2 (c/q)^n has the ratio (n+1)(n+2) ratio^2 in c. This series and F solve one differential equation and
/// agree in value and slope at c = 0.
void prove_closed_dual(Proof& proof, const ClosedDual& closed);

/// (A + B g)^2 with g^2 known, if A or B is 0.
RationalFunction square_of_linear(const RationalFunction& x, const std::string& g, const RationalFunction& g_square);

}  // namespace ntk::proofs
