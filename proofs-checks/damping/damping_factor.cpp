// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/damping/obligations.hpp"

namespace ntk::proofs {
namespace {

/// D(mu,t) = (1 - E)/mu with E = e^{-mu t}, and its derivatives. E lies in [0,1], as mu t >= 0.
struct DampingFactor {
    DampingFactor(Proof& proof, const Range& rates)
        : mu(proof.given("mu", rates)),
          t(proof.given("t", real_at_least(0))),
          e(proof.function("e^{-mu t}", between(0, 1), {"mu", "t"})) {}

    Polynomial mu;
    Polynomial t;
    Polynomial e;
    RationalFunction value = RationalFunction(Polynomial(1) - e, mu);
    Derivation by_time{{{"t", 1}, {"e^{-mu t}", -mu* e}}};
    Derivation by_rate{{{"mu", 1}, {"e^{-mu t}", -t* e}}};

    /// f at t = 0, where E = 1.
    static RationalFunction at_start(const RationalFunction& f) { return f.substitute({{"t", 0}, {"e^{-mu t}", 1}}); }
};

}  // namespace

/// 1/mu - D = E/mu >= 0; and t - D is 0 at t = 0 with derivative 1 - E >= 0.
Obligation damping_factor_bounds() {
    return {
        "damping-factor-bounds",
        "The damping factor D(mu,t) = (1-e^{-mu t})/mu is at most t and at most 1/mu.",
        "(1 - e^{-mu t})/mu <= min(t, 1/mu)",
        "Damping",
        {{"rate", Change::constant, "1/mu replaced by 1/(2 mu)"},
         {"time", Change::constant, "t replaced by t/2"},
         {"sign", Change::sign, "1 - e^{-mu t} replaced by 1 + e^{-mu t}"}},
        [](Proof& proof, const Variant& variant) {
            const DampingFactor d(proof, positive());
            const RationalFunction value = variant.pick("sign", RationalFunction(Polynomial(1) + d.e, d.mu), d.value);
            const RationalFunction rate_bound = RationalFunction(1) / variant.pick("rate", Polynomial(2) * d.mu, d.mu);
            const RationalFunction time_bound =
                variant.pick("time", Rational(1, 2), Rational(1)) * RationalFunction(d.t);
            proof.nonnegative("1/mu - D >= 0", rate_bound - value);
            proof.identity("t - D vanishes at t = 0", DampingFactor::at_start(time_bound - value), 0);
            proof.nonnegative("t - D does not decrease in t", d.by_time(time_bound - value));
            proof.uses("mean-value-theorem");
            proof.observed_by("damping-factor");
        }};
}

/// dD/dt = E >= 0; mu^2 dD/dmu = -g with g = 1 - E - mu t E, g = 0 at t = 0, dg/dt = mu^2 t E >= 0.
Obligation damping_factor_monotone() {
    return {"damping-factor-monotone",
            "The damping factor does not decrease in t and does not increase in mu: large eigenvalues damp more.",
            "dD/dt >= 0, dD/dmu <= 0",
            "Damping",
            {{"time", Change::sign, "claims that D decreases in t"},
             {"rate", Change::sign, "claims that D increases in mu"},
             {"exponent", Change::exponent, "D/mu^{-1} = 1 - e^{-mu t} in place of D: claims that it decreases in mu"}},
            [](Proof& proof, const Variant& variant) {
                const DampingFactor d(proof, positive());
                const RationalFunction value = variant.pick("exponent", d.value * RationalFunction(d.mu), d.value);
                proof.nonnegative("dD/dt >= 0", variant.pick("time", Rational(-1), Rational(1)) * d.by_time(value));
                const RationalFunction g =
                    variant.pick("rate", Rational(1), Rational(-1)) * RationalFunction(d.mu * d.mu) * d.by_rate(value);
                proof.identity("-mu² dD/dmu vanishes at t = 0", DampingFactor::at_start(g), 0);
                proof.nonnegative("-mu² dD/dmu does not decrease in t", d.by_time(g));
                proof.uses("mean-value-theorem");
            }};
}

/// y = (2/lambda)(h - h^2), h = e^{-lambda t/2}, solves y' = -lambda y + h, y(0) = 0, as the integral does.
Obligation damped_half_rate() {
    return {"damped-half-rate",
            "A perturbation that decays at half the rate, damped at the full rate, integrates to (2/lambda)(e^{-lambda "
            "t/2} - "
            "e^{-lambda t}), which is at most 1/(2 lambda).",
            "int_0^t e^{-lambda(t-s)} e^{-lambda s/2} ds = (2/lambda)(e^{-lambda t/2} - e^{-lambda t}) <= 1/(2 lambda)",
            "Overparameterised regime",
            {{"constant", Change::constant, "2/lambda replaced by 1/lambda"},
             {"exponent", Change::exponent, "e^{-lambda t} replaced by e^{-3 lambda t/2}"},
             {"bound", Change::constant, "1/(2 lambda) replaced by 1/(3 lambda)"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial lambda = proof.given("lambda", positive());
                proof.given("t", real_at_least(0));
                const Polynomial h = proof.function("h", between(0, 1), {"lambda", "t"});
                const Derivation by_time({{"h", -lambda * h * Rational(1, 2)}});
                const RationalFunction y = RationalFunction(variant.pick("constant", 1L, 2L)) /
                                           RationalFunction(lambda) *
                                           RationalFunction(h - pow(h, variant.pick("exponent", 3, 2)));
                proof.identity("y' = -lambda y + e^{-lambda t/2}", by_time(y), h - lambda * y);
                proof.identity("y(0) = 0", y.substitute({{"h", 1}}), 0);
                proof.uses("linear-ode-uniqueness");
                // lambda/2 times the claim is quarter() at x = h.
                const Rational bound = variant.pick("bound", Rational(1, 3), Rational(1, 2));
                const RationalFunction gap =
                    RationalFunction(lambda) * (RationalFunction(bound) / RationalFunction(lambda) - y);
                proof.identity("lambda (1/(2 lambda) - y) = 2 (1/4 - (h - h²))", gap,
                               Polynomial(2) * (Polynomial(Rational(1, 4)) - h + h * h));
                proof.uses("quarter");
            }};
}

}  // namespace ntk::proofs
