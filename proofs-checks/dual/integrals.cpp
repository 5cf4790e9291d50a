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

/// The dual of leaky ReLU from its Hermite coefficients a_0^2 = (1-alpha)^2 q/(2 pi), a_1^2 = q (1+alpha)^2/4 and
/// a_{n+2}^2/a_n^2 = (n-1)^2/((n+1)(n+2)) <= 1 ("dual-of-leaky-relu"), for |u| <= 1/2: what is left out after `length`
/// terms of F is at most 2 max(a_n^2, a_{n+1}^2) |u|^length, of F' = q G at most 2 (length+2) times that over |u|.
DualValues<Ball> hermite_dual_of_leaky_relu(const Rational& alpha, long q, const Rational& u) {
    constexpr long length = 100;
    const Ball correlation(u, bits), bend(Rational((1 - alpha) * (1 - alpha)), bits);
    Ball even = bend * q / (2 * Ball::pi(bits));
    Ball odd(Rational((1 + alpha) * (1 + alpha) * q / 4), bits);
    Ball value(bits), slope(bits), power(1, bits), power_before(bits);
    for (long n = 0; n < length; ++n) {
        Ball& square = n % 2 == 0 ? even : odd;
        value += square * power;
        slope += n * (square * power_before);
        power_before = power;
        power *= correlation;
        square *= Ball(Rational((n - 1) * (n - 1), (n + 1) * (n + 2)), bits);
    }
    const Ball rest = 2 * (even + odd) * abs(power_before) * (length + 2);
    return {enlarged(value, rest), enlarged(slope, 2 * rest) / q};
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

/// The library's formulas in the angle, against the series of the coefficients that "dual-of-leaky-relu" has for all
/// orders; the integral itself is done in closed form by "relu-dual-by-angle".
Obligation relu_dual_of_library() {
    return {
        "relu-dual-of-library",
        "The dual activation of leaky ReLU in the library agrees with its Hermite series.",
        "F(qu) = sum_n a_n^2 u^n, a_{n+2}^2/a_n^2 = (n-1)^2/((n+1)(n+2))",
        "Activations",
        {{"variance", Change::constant, "q replaced by 2q on one side"},
         {"gradient", Change::formula, "G replaced by F"},
         {"slope", Change::sign, "-alpha in the place of alpha"}},
        [](Proof& proof, const Variant& variant) {
            proof.on_range("4 alpha", -6, 6, [&](long quarters) {
                const Rational alpha(quarters, 4);
                const ActivationPtr activation = make_activation("leaky-relu:" + to_string(alpha));
                const Rational sign = variant.pick("slope", Rational(-1), Rational(1));
                proof.on_range("q", 1, 3, [&](long q) {
                    proof.on_range("8u", -4, 4, [&](long eighths) {
                        const Rational u(eighths, 8);
                        const Ball other(q * variant.pick("variance", 2L, 1L), bits);
                        const DualValues<Ball> closed = activation->dual(Correlation<Ball>{other, acos(Ball(u, bits))});
                        const DualValues<Ball> series = hermite_dual_of_leaky_relu(sign * alpha, q, u);
                        proof.holds("F", agree(closed.value, series.value));
                        proof.holds("G",
                                    agree(variant.pick("gradient", closed.value, closed.gradient), series.gradient));
                    });
                });
            });
            proof.uses("dual-of-leaky-relu");
            proof.uses("relu-dual-by-angle");
        }};
}

}  // namespace ntk::proofs
