// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/rational_function.hpp"

namespace ntk::proofs {

/// Differentiation with respect to one variable when some symbols stand for functions of it: it maps each such symbol
/// to its derivative and every other symbol to 0, and obeys sum, product and quotient rule. With E standing for e^{-mu
/// t}, d/dt is Derivation{{"t", 1}, {"E", -mu*E}}; with P and Q for P_k and P_k', Legendre's equation is Q -> (...)P +
/// (...)Q.
class Derivation {
public:
    explicit Derivation(std::map<std::string, RationalFunction> derivatives) : derivatives_(std::move(derivatives)) {}

    RationalFunction operator()(const RationalFunction& f) const {
        RationalFunction sum;
        for (const auto& [name, derivative] : derivatives_) sum += f.derivative(name) * derivative;
        return sum;
    }

private:
    std::map<std::string, RationalFunction> derivatives_;
};

}  // namespace ntk::proofs
