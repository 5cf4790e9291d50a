// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/damping/obligations.hpp"

namespace ntk::proofs {

/// y(t) = int_0^t e^{-mu(t-s)} ds solves y' = 1 - mu y, y(0) = 0, and so does D. With g = mu t^2/2 - (t - D): g = 0 and
/// g' = mu t - (1 - E) = 0 at t = 0, g'' = mu (1 - E) >= 0.
Obligation damping_factor_is_integral() {
    return {
        "damping-factor-is-integral",
        "D(mu,t) is the integral of e^{-mu(t-s)}, differs from t by at most mu t²/2, and is t at mu = 0.",
        "D' = 1 - mu D, D(0) = 0; 0 <= t - D <= mu t^2/2; t' = 1 - 0 t",
        "Damping",
        {{"constant", Change::constant, "mu t²/2 replaced by mu t²/3"},
         {"exponent", Change::exponent, "mu t²/2 replaced by mu t/2"},
         {"zero", Change::constant, "D(0,t) = t replaced by 2t"},
         {"sign", Change::sign, "D' = 1 - mu D replaced by 1 + mu D"}},
        [](Proof& proof, const Variant& variant) {
            const Polynomial mu = proof.given("mu", positive());
            const Polynomial t = proof.given("t", real_at_least(0));
            const Polynomial e = proof.function("e^{-mu t}", between(0, 1), {"mu", "t"});
            const RationalFunction d(Polynomial(1) - e, mu);
            const Derivation by_time({{"t", 1}, {"e^{-mu t}", -mu * e}});
            const auto at_start = [](const RationalFunction& f) { return f.substitute({{"t", 0}, {"e^{-mu t}", 1}}); };
            proof.identity("D' = 1 - mu D", by_time(d),
                           Polynomial(1) + variant.pick("sign", Rational(1), Rational(-1)) * mu * d);
            proof.identity("D = 0 at t = 0", at_start(d), 0);
            const Polynomial square = variant.pick("exponent", t, t * t);
            const RationalFunction g = mu * square * variant.pick("constant", Rational(1, 3), Rational(1, 2)) - (t - d);
            proof.identity("g = 0 at t = 0", at_start(g), 0);
            proof.identity("g' = 0 at t = 0", at_start(by_time(g)), 0);
            proof.nonnegative("g'' >= 0", by_time(by_time(g)));
            const Polynomial limit = t * variant.pick("zero", Rational(2), Rational(1));
            proof.identity("at mu = 0 the equation y' = 1 has the solution t", limit.derivative("t"), 1);
            proof.uses("linear-ode-uniqueness");
            proof.uses("fundamental-theorem-of-calculus");
            proof.uses("mean-value-theorem");
            proof.uses("damping-factor-bounds");
        }};
}

/// Each line of the chain replaces a part of the integrand by a bound of it: delta = e^{...} weighted in U1, |delta| in
/// U1', its supremum in U2. For the integrals y, z, with weights k >= 0: y' - z' is a sum of products that are >= 0.
Obligation damped_supremum() {
    return {"damped-supremum",
            "Damped integrals grow with their integrand, and a perturbation that never exceeds S integrates to at most "
            "S D(mu,t): the steps from U1 to U1' and U2.",
            "|int w delta| <= int w |delta| <= S int w, w = e^{-mu(t-s)} >= 0",
            "Chain of bounds",
            {{"constant", Change::constant, "S D replaced by S D/2"},
             {"hypothesis", Change::hypothesis, "the weight may be negative (mu t replaced by i mu t)"},
             {"formula", Change::formula, "|delta| replaced by delta in U2: S bounds delta from above only"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial s = proof.given("S", real_at_least(0));
                const Polynomial w = proof.given("w", variant.pick("hypothesis", between(-1, 1), between(0, 1)));
                // delta = p - q with |delta| = p + q: p and q are its positive and its negative part.
                const Polynomial p = proof.given("delta_+", real_at_least(0));
                const Polynomial q = proof.given("delta_-", real_at_least(0));
                const Polynomial slack = proof.given("slack", real_at_least(0));
                proof.nonnegative("w (|delta| - delta) >= 0", w * (p + q - (p - q)));
                proof.nonnegative("w (|delta| + delta) >= 0", w * (p + q + (p - q)));
                // S = |delta| + slack.
                const Polynomial supremum = variant.pick("formula", p - q, p + q) + slack;
                proof.nonnegative("w (S - |delta|) >= 0",
                                  w * (supremum * variant.pick("constant", Rational(1, 2), Rational(1)) - (p + q)));
                const Polynomial d = proof.given("D", real_at_least(0));
                const Polynomial sizes = proof.within("mean of delta", s);
                proof.bounded("S times the integral of w is S D", sizes * d, s * d);
                proof.uses("damping-factor-is-integral");
                proof.uses("fundamental-theorem-of-calculus");
                proof.observed_by("U1");
                proof.observed_by("U1-prime");
                proof.observed_by("U2");
            }};
}

}  // namespace ntk::proofs
