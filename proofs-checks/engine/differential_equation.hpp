// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/proof.hpp"

namespace ntk::proofs {

/// sum_i coefficients[i] f^{(i)} = 0, a linear differential equation in one variable x whose coefficients are
/// polynomials in x and in parameters.
struct DifferentialEquation {
    std::string variable;
    std::vector<Polynomial> coefficients;
};

/// The equation of order two that f - x f' and f'' solve if both are multiples of one function, so that `ratio` =
/// f''/(f - x f') is rational: denominator f'' - numerator (f - x f') = 0.
DifferentialEquation equation_of_tangents(const std::string& variable, const RationalFunction& ratio);

/// What the equation says of the coefficients of a power series f = sum_n f_n x^n: for every n >= 0 the sum of
/// recurrence[k] f_{n+k} over the shifts k is 0, where f_j = 0 for j < 0. The index n becomes a symbol.
std::map<long, Polynomial> coefficient_recurrence(const DifferentialEquation& equation, const std::string& index);

/// Shows that the function solves the equation; `derivation` is the derivative in its variable.
void solves(Proof& proof, const std::string& claim, const DifferentialEquation& equation, const Derivation& derivation,
            const RationalFunction& function);

/// Shows that the power series with f_{n+2} = ratio(n) f_n and any f_0, f_1 solves the equation of order two: the
/// recurrence of its coefficients holds for all n, as one identity with n as a symbol, and at the few n at which terms
/// with f_{-1}, f_{-2}, ... are missing. The leading coefficient of the equation has one sign at 0, so f_0 and f_1 fix
/// the solution, and the ratio has no pole at n >= 0.
void solves_as_series(Proof& proof, const std::string& claim, const DifferentialEquation& equation,
                      const std::string& index, const RationalFunction& ratio);

}  // namespace ntk::proofs
