// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/hermite.hpp"
#include "proofs-checks/dual/obligations.hpp"

#include <algorithm>

namespace ntk::proofs {
namespace {

constexpr long bits = 128;

bool agree(const Ball& x, const Ball& y) {
    constexpr double enough = 1e-12;
    return x.is_finite() && y.is_finite() && x.overlaps(y) && x.radius() < enough && y.radius() < enough;
}

}  // namespace

/// Route one: the closed forms. Route two: Hermite coefficients as integrals, by the trapezoidal rule with its proved
/// error. They share no formula.
Obligation dual_against_integrals() {
    return {
        "dual-against-integrals",
        "The closed dual activations and Hermite coefficients of the library agree with certified integrals.",
        "F(qu) = sum_j a_j^2 u^j with a_j = E[sigma(sqrt(q) g) h_j(g)], G likewise",
        "Activations",
        {{"variance", Change::constant, "q replaced by 2q on one side"},
         {"gradient", Change::formula, "G replaced by F"},
         {"coefficient", Change::formula, "the coefficient of order j+2 in the place of that of order j"}},
        [](Proof& proof, const Variant& variant) {
            proof.in_cases("activation", {"cos", "erf", "gaussian", "gelu", "sin"}, [&](const std::string& name) {
                const ActivationPtr activation = make_activation(name);
                proof.on_range("q", 1, 2, [&](long q) {
                    const Ball variance(q, bits);
                    constexpr long length = 160;
                    const DualSeries series = hermite_dual_series(*activation, variance, length, bits);
                    const Ball other(q * variant.pick("variance", 2L, 1L), bits);
                    proof.on_range("8u", -8, 8, [&](long eighths) {
                        const Ball u(Rational(eighths, 8), bits);
                        const DualValues<Ball> closed = activation->dual(Correlation<Ball>{other, u});
                        proof.holds("F", agree(closed.value, series.value.at(u)));
                        proof.holds(
                            "G", agree(variant.pick("gradient", closed.value, closed.gradient), series.gradient.at(u)));
                    });
                    const DualSeries coefficients = *activation->dual_series(variance, length, bits);
                    proof.on_range("j", 0, std::min<long>(2L * proof.limits().max_degree, length - 3), [&](long j) {
                        const long order = j + variant.pick("coefficient", 2L, 0L);
                        proof.holds("a_j²", agree(coefficients.value.coefficient(j), series.value.coefficient(order)));
                        proof.holds("b_j²",
                                    agree(coefficients.gradient.coefficient(j), series.gradient.coefficient(order)));
                    });
                });
            });
            proof.uses("dual-of-erf");
            proof.uses("dual-of-sin");
            proof.uses("dual-of-cos");
            proof.uses("dual-of-gaussian");
            proof.uses("dual-of-gelu");
        }};
}

}  // namespace ntk::proofs
