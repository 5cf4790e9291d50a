// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/convergence/obligations.hpp"

namespace ntk::proofs {
namespace {

using Symbol = RationalFunction;

}  // namespace

/// rho = ||r||^2. <r, G_t r> = <r, G r> - <r, (G - G_t) r> with <r, G r> >= lambda rho, <r, (G - G_t) r> <= (lambda/2)
/// rho; then (e^{lambda t} rho)' = e^{lambda t}(lambda rho - 2 <r, G_t r>) <= 0, and the bound beta e^{-lambda s/2} has
/// the integral (2 beta/lambda)(1 - e^{-lambda t/2}) < 2 beta/lambda.
Obligation decay_before_exit() {
    return {"decay-before-exit",
            "As long as the kernel is within lambda/2 of its limit, the residual decays at the rate lambda/2, and the "
            "time integral of its norm stays below 2 beta/lambda.",
            "||G - G_s|| <= lambda/2 for s <= t implies ||r_t|| <= beta e^{-lambda t/2}, tau_t < 2 beta/lambda",
            "Overparameterised regime",
            {{"rate", Change::constant, "the rate lambda/2 replaced by lambda"},
             {"distance", Change::hypothesis, "the distance lambda/2 replaced by lambda"},
             {"integral", Change::constant, "2 beta/lambda replaced by beta/lambda"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol lambda = proof.given("lambda", positive());
                const Symbol rho = proof.given("||r||²", real_at_least(0));
                const Symbol above = proof.given("<r,Gr> - lambda ||r||²", real_at_least(0));
                const Symbol below = proof.given("||G-G_t|| ||r||² - <r,(G-G_t)r>", real_at_least(0));
                const Symbol inside = proof.given("lambda/2 - ||G-G_t||", real_at_least(0));
                const Symbol half = Rational(1, 2);
                const Symbol radius = variant.pick("distance", lambda, half * lambda);
                const Symbol form = lambda * rho + above - ((radius - inside) * rho - below);
                proof.nonnegative("<r, G_t r> >= (lambda/2) ||r||²", form - half * lambda * rho);
                // E stands for e^{lambda t}.
                proof.given("t", real_at_least(0));
                const Symbol e = proof.function("e^{lambda t}", real_at_least(1), {"lambda", "t"});
                const Symbol rate = Symbol(variant.pick("rate", Rational(2), Rational(1))) * lambda;
                const Derivation by_time({{"e^{lambda t}", rate * e}, {"||r||²", Symbol(-2) * form}});
                proof.nonnegative("e^{lambda t} ||r||² does not increase", -by_time(e * rho));
                proof.uses("mean-value-theorem");
                const Symbol beta = proof.given("beta", positive());
                const Symbol h = proof.function("e^{-lambda t/2}", positive(), {"lambda", "t"});
                const Derivation decay({{"e^{-lambda t/2}", -half * lambda * h}});
                const Symbol tau = Symbol(2) * beta / lambda * (Symbol(1) - h);
                proof.identity("the integral of beta e^{-lambda s/2}", decay(tau), beta * h);
                proof.identity("starts at 0", tau.substitute({{"e^{-lambda t/2}", 1}}), 0);
                proof.positive("and stays below 2 beta/lambda",
                               Symbol(variant.pick("integral", 1L, 2L)) * beta / lambda - tau);
                proof.uses("kernel-flow");
            }};
}

/// p = sqrt(Phi), v = ||theta'||: Phi' = -v^2 and v^2 = <r, G_t r> >= (lambda/2)||r||^2 = lambda Phi, so with l =
/// sqrt(lambda) v >= l p and -p' = v^2/(2p) >= l v/2. The length of the path is at most (2/l) sqrt(Phi_0), Phi_0 =
/// beta^2/2.
Obligation path_before_exit() {
    return {"path-before-exit",
            "As long as the kernel is within lambda/2 of its limit, the parameters move by less than beta "
            "sqrt(2/lambda); times the residual this integrates to J = 2 beta P/lambda.",
            "||theta_t - theta_0|| <= int ||theta'|| <= (2/sqrt lambda)(sqrt Phi_0 - sqrt Phi_t) < beta sqrt(2/lambda)",
            "Overparameterised regime",
            {{"constant", Change::constant, "2/sqrt(lambda) replaced by 1/sqrt(lambda)"},
             {"loss", Change::constant, "Phi_0 = beta²/2 replaced by beta²"},
             {"rate", Change::hypothesis, "<r, G_t r> >= (lambda/2)||r||² dropped"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol root = proof.given("sqrt(lambda)", positive());
                const Symbol p = proof.given("sqrt(Phi)", positive());
                const Symbol surplus = proof.given("||theta'|| - sqrt(lambda Phi)", real_at_least(0));
                const Symbol speed = surplus + variant.pick("rate", Symbol(0), root * p);
                const Symbol factor = Symbol(variant.pick("constant", 1L, 2L)) / root;
                // d sqrt(Phi)/dt = -v^2/(2 sqrt(Phi)).
                proof.nonnegative("the speed is at most 2/sqrt(lambda) times the fall of sqrt(Phi)",
                                  factor * speed * speed / (Symbol(2) * p) - speed);
                const Symbol beta = proof.given("beta", positive());
                const Symbol loss = beta * beta / Symbol(variant.pick("loss", 1L, 2L));
                const Symbol path = beta * beta * Symbol(2) / (root * root);
                proof.identity("(2/sqrt(lambda))² Phi_0 = (beta sqrt(2/lambda))²", Symbol(4) / (root * root) * loss,
                               path);
                proof.uses("decay-before-exit");
                proof.uses("mean-value-theorem");
            }};
}

/// The bounds are polynomials with non-negative coefficients in Delta alpha and Delta nu, whose derivatives in gamma
/// are nu cosh + |a_0| sinh and nu sinh + |a_0| cosh, and in I_nu and I_alpha, whose derivatives are Delta nu and Delta
/// alpha. Each contains the square of Delta nu, which grows strictly for gamma > 0. Where c_infinity takes the place of
/// L_1 R nu, s_0 and s_t are constants instead. (A2l2) is a polynomial with non-negative coefficients in P and J.
Obligation drift_increases() {
    return {
        "drift-increases",
        "The bounds of the drift of the kernel, basic and (A2) for gamma > 0, by the Hessian and (A2l2), grow strictly "
        "with "
        "the time integral of the residual and with the length of the path.",
        "d Drift/d gamma >= 2 L_1^2 R^2 Delta nu (Delta nu)', (Delta nu)' > 0; d (2HP sqrt K + (HP)^2)/dP > 0",
        "Drift",
        {{"sign", Change::sign, "Delta nu with -|a_0| sinh gamma"},
         {"still", Change::hypothesis, "a_0 = 0 and nu = 0 allowed"},
         {"hessian", Change::sign, "-(HP)²"}},
        [](Proof& proof, const Variant& variant) {
            const Range start = variant.is("still") ? real_at_least(0) : positive();
            const Symbol a = proof.given("|a_0|", start);
            const Symbol nu = proof.given("nu_0", real_at_least(0));
            proof.given("gamma", real_at_least(0));
            const Symbol cosh = proof.function("cosh", real_at_least(1), {"gamma"});
            const Symbol sinh = proof.function("sinh", real_at_least(0), {"gamma"});
            const Symbol slope = proof.given("L_1", positive());
            const Symbol second = proof.given("L_2", real_at_least(0));
            const Symbol radius = proof.given("R", real_at_least(1));
            const Symbol sign = variant.pick("sign", -1L, 1L);
            const Symbol outer = a * (cosh - Symbol(1)) + nu * sinh;
            const Symbol hidden = nu * (cosh - Symbol(1)) + sign * a * sinh;
            const Symbol s_0 = slope * radius * nu, s_t = slope * radius * (nu + hidden);
            const Symbol square = slope * slope * radius * radius;
            const Symbol drift = slope * radius * hidden * (s_0 + s_t) + square * outer * (Symbol(2) * a + outer) +
                                 Symbol(2) * pow(radius, 3) * slope * second * a * a * hidden;
            const Derivation by_gamma({{"cosh", sinh}, {"sinh", cosh}});
            const Symbol strict = Symbol(2) * square * hidden * by_gamma(hidden);
            proof.nonnegative("basic Drift increases", by_gamma(drift) - strict);
            const Symbol third = proof.given("L_3", real_at_least(0));
            const Symbol i_nu = Symbol::symbol("I_nu");
            const Symbol i_alpha = Symbol::symbol("I_alpha");
            const Symbol apart = Symbol(2) * i_nu;                                              // delta_alpha
            const Symbol drifted = Symbol(2) * (a * second * radius / slope * i_nu + i_alpha);  // the script V
            const Symbol hidden_square = hidden * hidden;
            const Symbol in_pairs =
                Symbol(2) * s_0 * (slope * radius * drifted + second * pow(radius, 2) * hidden_square) +
                Symbol(2) * square * hidden_square +
                pow(radius, 2) *
                    (Symbol(2) * a * (apart * slope * slope + Symbol(4) * slope * second * radius * outer * hidden) +
                     Symbol(2) * outer * outer * slope * slope +
                     a * a *
                         (Symbol(2) * slope * (second * radius * drifted + third * pow(radius, 2) * hidden_square) +
                          Symbol(2) * second * second * pow(radius, 2) * hidden_square));
            const Derivation of_pairs({{"cosh", sinh}, {"sinh", cosh}, {"I_nu", hidden}, {"I_alpha", outer}});
            proof.nonnegative("(A2) Drift increases", of_pairs(in_pairs) - strict);
            proof.positive("Delta nu increases", by_gamma(hidden));
            const Symbol bound = proof.given("H", positive());
            const Symbol path = proof.given("P", real_at_least(0));
            const Symbol root = proof.given("sqrt K", positive());
            const Symbol change = bound * path;
            const Symbol by_hessian =
                Symbol(2) * change * root + Symbol(variant.pick("hessian", -1L, 1L)) * change * change;
            proof.positive("the bound by the Hessian increases", by_hessian.derivative("P"));
            const Symbol j = Symbol::symbol("J");
            const Symbol weights = proof.given("max |a_0|", positive()),
                         values = proof.given("max s_0", real_at_least(0));
            const Symbol v = proof.given("V/J", positive()) * j;
            const Symbol curvature = proof.given("max(c_v, L_1² R²)", positive());
            const Symbol by_squares = Symbol(2) * values * slope * radius * v +
                                      Symbol(2) * weights * pow(slope * radius, 3) * j +
                                      Symbol(2) * weights * weights * slope * second * pow(radius, 3) * v +
                                      (curvature + Symbol(2) * weights * slope * second * pow(radius, 3)) * path * path;
            proof.positive("(A2l2) Drift increases in J", by_squares.derivative("J"));
            proof.nonnegative("(A2l2) Drift does not decrease in P", by_squares.derivative("P"));
            proof.uses("movement-comparison");
            proof.uses("movement-integrals");
            proof.uses("basic-drift");
            proof.uses("hessian-drift");
            proof.uses("hessian-gram-drift");
            proof.uses("pair-drift");
            proof.uses("pair-drift-l2");
        }};
}

/// At the first time at which the distance reaches lambda/2, everything before is inside, so the time integral of the
/// residual is below its final value 2 beta/lambda, and the bound of the drift below its final value: the distance is
/// below lambda/2, which it is not. As it is continuous, it never gets there.
Obligation first_exit() {
    return {"first-exit",
            "The certificate of convergence: if the distance of the kernel at the start and the largest drift fit into "
            "lambda/2, the distance stays below lambda/2 for all times.",
            "||G - G_0|| + drift(2 beta/lambda) <= lambda/2 implies ||G - G_t|| < lambda/2",
            "Overparameterised regime",
            {{"threshold", Change::hypothesis, "lambda/2 replaced by lambda in the hypothesis"},
             {"start", Change::hypothesis, "the distance at the start dropped from the hypothesis"},
             {"strict", Change::hypothesis, "the drift at the time is not smaller than the largest one"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol start = proof.given("||G - G_0||", real_at_least(0));
                const Symbol largest = proof.given("drift(2 beta/lambda)", real_at_least(0));
                const Symbol spare = proof.given("slack of the hypothesis", real_at_least(0));
                const Range range = variant.is("strict") ? real_at_least(0) : positive();
                const Symbol missing = proof.given("drift(2 beta/lambda) - drift(tau_t)", range);
                const Symbol triangle = proof.given("slack of the triangle inequality", real_at_least(0));
                // The hypothesis as an equality, solved for lambda.
                const Symbol lambda = (variant.pick("start", Symbol(0), start) + largest + spare) *
                                      Symbol(variant.pick("threshold", 1L, 2L));
                const Symbol distance = start + (largest - missing) - triangle;
                const Symbol gap = spare + missing + triangle;
                proof.identity("lambda/2 exceeds the distance at the exit by the gap", Symbol(Rational(1, 2)) * lambda,
                               distance + gap);
                proof.positive("the gap", gap);
                proof.uses("decay-before-exit");
                proof.uses("path-before-exit");
                proof.uses("drift-increases");
                proof.uses("gram-norm-by-entries");
                proof.uses("intermediate-value-theorem");
            }};
}

}  // namespace ntk::proofs
