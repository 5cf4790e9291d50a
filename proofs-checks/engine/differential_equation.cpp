// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/differential_equation.hpp"

namespace ntk::proofs {
namespace {

/// ratio(first) ratio(first+2) ... up to the one that leads to index `last`.
RationalFunction leap(const RationalFunction& ratio, const std::string& index, const RationalFunction& first,
                      long length) {
    RationalFunction product = 1;
    for (long i = 0; i < length; i += 2) product *= ratio.substitute({{index, first + RationalFunction(i)}});
    return product;
}

}  // namespace

DifferentialEquation equation_of_tangents(const std::string& variable, const RationalFunction& ratio) {
    const Polynomial x = Polynomial::symbol(variable);
    const Polynomial& numerator = ratio.numerator();
    return {variable, {-numerator, x * numerator, ratio.denominator()}};
}

std::map<long, Polynomial> coefficient_recurrence(const DifferentialEquation& equation, const std::string& index) {
    const Polynomial n = Polynomial::symbol(index);
    std::map<long, Polynomial> recurrence;
    for (std::size_t order = 0; order < equation.coefficients.size(); ++order) {
        const Polynomial& coefficient = equation.coefficients[order];
        for (unsigned power = 0; power <= coefficient.degree(equation.variable); ++power) {
            // The coefficient of x^n in x^power f^{(order)}.
            Polynomial term = coefficient.coefficient(equation.variable, power);
            if (term.is_zero()) continue;
            const long shift = -static_cast<long>(power);
            for (long i = 1; i <= static_cast<long>(order); ++i) term *= n + Polynomial(shift + i);
            recurrence[shift + static_cast<long>(order)] += term;
        }
    }
    return recurrence;
}

void solves(Proof& proof, const std::string& claim, const DifferentialEquation& equation, const Derivation& derivation,
            const RationalFunction& function) {
    // The leading term stands alone on the left, so that the step shows the symbols that it contains.
    RationalFunction derivative = function, rest;
    for (std::size_t i = 0; i + 1 < equation.coefficients.size(); ++i) {
        rest -= RationalFunction(equation.coefficients[i]) * derivative;
        derivative = derivation(derivative);
    }
    proof.identity(claim, RationalFunction(equation.coefficients.back()) * derivative, rest);
}

void solves_as_series(Proof& proof, const std::string& claim, const DifferentialEquation& equation,
                      const std::string& index, const RationalFunction& ratio) {
    if (equation.coefficients.size() != 3)
        throw std::logic_error("solves_as_series: expected an equation of order two");
    const Polynomial leading = equation.coefficients.back().substitute({{equation.variable, 0}});
    proof.positive(claim + ": two initial values fix a solution",
                   leading_coefficient(leading) < 0 ? -leading : leading);
    proof.positive(claim + ": the ratio has no pole", ratio.denominator());
    const std::map<long, Polynomial> recurrence = coefficient_recurrence(equation, index);
    const RationalFunction n = RationalFunction::symbol(index);
    // f_0 and f_1 are free, so shifts of one parity must cancel among themselves.
    for (const long parity : {0L, 1L}) {
        std::map<long, Polynomial> terms;
        for (const auto& [shift, coefficient] : recurrence) {
            if ((shift - parity) % 2 == 0) terms.emplace(shift, coefficient);
        }
        if (terms.empty()) continue;
        const long lowest = terms.begin()->first;
        const auto sums_to_zero = [&](const std::string& place, const RationalFunction& at,
                                      const RationalFunction& first, long first_shift) {
            RationalFunction top, rest;
            for (const auto& [shift, coefficient] : terms) {
                if (shift < first_shift) continue;
                rest -= top;
                top = RationalFunction(coefficient).substitute({{index, at}}) *
                      leap(ratio, index, first, shift - first_shift);
            }
            proof.identity(claim + ": " + place, top, rest);
        };
        sums_to_zero("recurrence of the coefficients", n, n + RationalFunction(lowest), lowest);
        for (long at = 0; at < -lowest; ++at) {
            const long first = (at - lowest) % 2;  // the smaller of the indices >= 0 that occur
            sums_to_zero("recurrence at " + index + " = " + std::to_string(at), at, first, first - at);
        }
    }
}

}  // namespace ntk::proofs
