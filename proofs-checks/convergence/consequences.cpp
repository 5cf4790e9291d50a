// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/convergence/obligations.hpp"

namespace ntk::proofs {
namespace {

using Symbol = RationalFunction;

/// e^{-lambda_i t} for an eigenvalue lambda_i >= lambda, as e^{-lambda t} times a factor in [0,1].
struct Decay {
    explicit Decay(Proof& proof, const std::string& lambda)
        : slow(proof.function("e^{-" + lambda + " t}", between(0, 1), {lambda, "t"})),
          factor(proof.given("e^{-(lambda_i-" + lambda + ")t}", between(0, 1))),
          fast(slow * factor) {}
    Polynomial slow, factor, fast;
};

}  // namespace

/// D1 and the triangle inequality for the integral: ||e^{-G u}|| <= e^{-lambda u}, ||G - G_s|| <= eps and ||r_s|| <=
/// beta e^{-lambda s/2} leave eps beta times the integral of "damped-half-rate". On the other side the norms of r and
/// of e^{-Gt} r_0 differ by at most the norm of the difference.
Obligation residual_follows_kernel() {
    return {"residual-follows-kernel",
            "Under the certificate the residual follows that of the limiting kernel within beta eps/(2 lambda) (O3).",
            "| ||r_t|| - ||e^{-Gt} r_0|| | <= ||r_t - e^{-Gt} r_0|| <= (2 beta eps/lambda)(e^{-lambda t/2} - "
            "e^{-lambda t}) "
            "<= beta eps/(2 lambda)",
            "Overparameterised regime",
            {{"constant", Change::constant, "1/(2 lambda) replaced by 1/(4 lambda)"},
             {"order", Change::hypothesis, "lambda_i >= lambda dropped: e^{-lambda_i t} up to 2 e^{-lambda t}"},
             {"cauchy-schwarz", Change::hypothesis, "<x,y> <= ||x|| ||y|| dropped: up to twice that"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol lambda = proof.given("lambda", positive());
                proof.given("t", real_at_least(0));
                const Decay decay(proof, "lambda");
                const Polynomial fast = Polynomial(variant.pick("order", 2L, 1L)) * decay.fast;
                const Polynomial component = proof.given("<x,u_i>²", real_at_least(0));
                proof.nonnegative("||e^{-Gt} x|| <= e^{-lambda t} ||x||, component by component",
                                  decay.slow * decay.slow * component - fast * fast * component);
                const Polynomial x = proof.given("||x||", real_at_least(0)), y = proof.given("||y||", real_at_least(0));
                const Polynomial gap = proof.given("||x|| ||y|| - <x,y>", real_at_least(0));
                const Polynomial product = Polynomial(variant.pick("cauchy-schwarz", 2L, 1L)) * x * y - gap;
                const Polynomial difference = x * x - Polynomial(2) * product + y * y;  // ||x-y||^2
                proof.identity("||x-y||² is (||x|| - ||y||)² and twice the gap of Cauchy-Schwarz", difference,
                               (x - y) * (x - y) + Polynomial(2) * gap);
                proof.nonnegative("the norms differ by at most the norm of the difference", Polynomial(2) * gap);
                const Symbol beta = proof.given("beta", real_at_least(0)), eps = proof.given("eps", real_at_least(0));
                const Symbol h = proof.function("e^{-lambda t/2}", between(0, 1), {"lambda", "t"});
                const Symbol distance = beta * eps * Symbol(2) / lambda * (h - h * h);
                const Symbol bound = beta * eps / (Symbol(variant.pick("constant", 4L, 2L)) * lambda);
                const Symbol quarter_gap = Symbol(Rational(1, 4)) - h + h * h;
                proof.identity("the gap is a multiple of 1/4 - (h - h²)", bound - distance,
                               Symbol(2) * beta * eps / lambda * quarter_gap);
                proof.sum_of_squares("which is not negative", quarter_gap.numerator(),
                                     {{Polynomial(1), (h - Symbol(Rational(1, 2))).numerator()}});
                proof.uses("damped-half-rate");
                proof.uses("quarter");
                proof.uses("first-exit");
                proof.uses("damped-identity-on-sample");
                proof.uses("spectral-theorem");
            }};
}

/// ||e^{-Gt} r_0||^2 is the sum of e^{-2 lambda_i t} <r_0,u_i>^2. Components i <= k have lambda_i >= lambda_k, the
/// others lambda_i >= 0: one more component of either kind keeps the bound. The rest is D1, with the damping factor at
/// the smallest eigenvalue that the projection sees and ||r_s|| <= beta, as the loss never grows.
Obligation blocks_of_spectrum() {
    return {
        "blocks-of-spectrum",
        "The residual is bounded by the root of a sum of squares of two blocks of the spectrum, plus the damped drift "
        "(O4).",
        "||r_t|| <= (e^{-2 lambda_k t} ||P r_0||^2 + ||(1-P) r_0||^2)^{1/2} + eps beta D(lambda_n,t), ||P r_t|| <= "
        "e^{-lambda_k t} ||P r_0|| + eps beta D(lambda_k,t)",
        "Overparameterised regime",
        {{"exponent", Change::exponent, "e^{-2 lambda_k t} replaced by e^{-4 lambda_k t}"},
         {"order", Change::hypothesis, "lambda_i >= lambda_k for i <= k dropped: only lambda_i >= lambda_k/2"},
         {"semi-definite", Change::hypothesis, "lambda_i >= 0 dropped: e^{-lambda_i t} up to 2"},
         {"drift", Change::constant, "D(lambda,t) replaced by half of it"}},
        [](Proof& proof, const Variant& variant) {
            const Polynomial lambda = proof.given("lambda_k", positive());
            proof.given("t", real_at_least(0));
            const Decay decay(proof, "lambda_k");
            const Polynomial component = proof.given("<r_0,u_i>²", real_at_least(0));
            const Polynomial first = proof.given("||P r_0||²", real_at_least(0));
            const Polynomial rest = proof.given("||(1-P) r_0||²", real_at_least(0));
            const Polynomial spare = proof.given("slack so far", real_at_least(0));
            const int power = variant.pick("exponent", 4, 2);
            const auto bound = [&](const Polynomial& leading, const Polynomial& others) {
                return pow(decay.slow, power) * leading + others;
            };
            const Polynomial sum = bound(first, rest) - spare;
            const Polynomial leading_square = variant.is("order") ? decay.slow * decay.factor : decay.fast * decay.fast;
            const auto one_more = [&](const std::string& which, const Polynomial& next, const Polynomial& added,
                                      const Polynomial& allowed) {
                const Polynomial gap = spare + (allowed - added) * component;
                proof.identity("one more component " + which, next, sum + added * component + gap);
                proof.nonnegative("one more component " + which + ": the gap", gap);
            };
            one_more("i <= k", bound(first + component, rest), leading_square, pow(decay.slow, power));
            const Polynomial any = proof.given("e^{-lambda_i t}", between(0, variant.pick("semi-definite", 2, 1)));
            one_more("i > k", bound(first, rest + component), any * any, 1);
            // int_0^t e^{-lambda(t-s)} eps beta ds solves y' = -lambda y + eps beta.
            const Symbol eps = proof.given("eps", real_at_least(0)), beta = proof.given("beta", real_at_least(0));
            const Derivation by_time({{"e^{-lambda_k t}", -lambda * decay.slow}});
            const Symbol damping = Symbol(Polynomial(1) - decay.slow, lambda);
            const Symbol drift = Symbol(variant.pick("drift", Rational(1, 2), Rational(1))) * eps * beta * damping;
            proof.identity("the damped drift solves y' = -lambda y + eps beta", by_time(drift),
                           eps * beta - Symbol(lambda) * drift);
            proof.identity("from 0", drift.substitute({{"e^{-lambda_k t}", 1}}), 0);
            proof.uses("linear-ode-uniqueness");
            proof.uses("damped-identity-on-sample");
            proof.uses("damping-factor-monotone");
            proof.uses("spectral-theorem");
        }};
}

}  // namespace ntk::proofs
