// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/gegenbauer/formulas.hpp"
#include "proofs-checks/gegenbauer/obligations.hpp"

namespace ntk::proofs {

/// I(d) = int w_d, w_d = (1-t^2)^{(d-3)/2}: d/dt [t (1-t^2) w_d] = d (1-t^2) w_d - (d-1) w_d, so I(d+2)/I(d) = (d-1)/d;
/// I(2) = pi (arcsin), I(3) = 2.
Obligation sphere_normalisation() {
    return {"sphere-normalisation",
            "The constant c_d that makes the weight of the sphere a probability density.",
            "c_d = Gamma(d/2)/(sqrt(pi) Gamma((d-1)/2)), c_d int_{-1}^1 (1-t^2)^{(d-3)/2} dt = 1",
            "Conventions",
            {{"constant", Change::constant, "(d-1)/2 replaced by (d+1)/2"},
             {"exponent", Change::exponent, "sqrt(pi) replaced by pi"},
             {"formula", Change::formula, "the weight (1-t²)^{(d-3)/2} replaced by (1-t²)^{(d-2)/2}"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial d = proof.given("d", integer_at_least(2));
                const RationalFunction t = proof.given("t", any_real());
                const RationalFunction w = proof.function("w", any_real(), {"t", "d"});
                const RationalFunction one = 1;
                const RationalFunction exponent = (d - variant.pick("formula", 2L, 3L)) * Polynomial(Rational(1, 2));
                const Derivation by_t({{"t", 1}, {"w", RationalFunction(-2) * exponent * t / (one - t * t) * w}});
                proof.identity("d/dt [t (1-t²) w_d] = d (1-t²) w_d - (d-1) w_d", by_t(t * (one - t * t) * w),
                               (RationalFunction(d) * (one - t * t) - RationalFunction(d - 1)) * w);
                GammaTerm claim = sphere_constant(d);
                if (variant.is("constant")) claim *= RationalFunction(Polynomial(2), d - 1);
                if (variant.is("exponent")) claim *= GammaTerm::pi_power(-1);
                proof.same_recurrence("c_d", claim.ratio("d", 2), RationalFunction(d, d - 1),
                                      {claim.substitute({{"d", 2}}), claim.substitute({{"d", 3}})},
                                      {GammaTerm::pi_power(-2), GammaTerm(RationalFunction(Rational(1, 2)))});
                proof.uses("fundamental-theorem-of-calculus");
            }};
}

/// d/dt [t^{2n+1} (1-t^2) w_d] = t^{2n} ((2n+1) - (2n+d) t^2) w_d, so M_{n+1} = (2n+1)/(2n+d) M_n; M_0 = 1.
Obligation sphere_moments() {
    return {"sphere-moments",
            "The moments of one coordinate of a random point of the sphere.",
            "c_d int_{-1}^1 t^{2n} (1-t^2)^{(d-3)/2} dt = Gamma(n+1/2) Gamma(d/2)/(sqrt(pi) Gamma(n+d/2))",
            "Conventions",
            {{"constant", Change::constant, "n+1/2 replaced by n+3/2"},
             {"formula", Change::formula, "the weight (1-t²)^{(d-3)/2} replaced by (1-t²)^{(d-2)/2}"},
             {"exponent", Change::exponent, "t^{2n} replaced by t^{2n+2}"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial d = proof.given("d", integer_at_least(2));
                const Polynomial n = proof.given("n", integer_at_least(0));
                const RationalFunction t = proof.given("t", any_real());
                const RationalFunction w = proof.function("w", any_real(), {"t", "d"});
                const RationalFunction m = proof.function("t^{2n}", any_real(), {"t", "n"});
                const RationalFunction one = 1;
                const RationalFunction exponent = (d - variant.pick("formula", 2L, 3L)) * Polynomial(Rational(1, 2));
                const Derivation by_t({{"t", 1},
                                       {"w", RationalFunction(-2) * exponent * t / (one - t * t) * w},
                                       {"t^{2n}", RationalFunction(2 * n) * m / t}});
                const Polynomial power = 2 * n + variant.pick("exponent", Polynomial(2), Polynomial());
                proof.identity("d/dt [t^{2n+1} (1-t²) w_d]", by_t(t * m * (one - t * t) * w),
                               (RationalFunction(power + 1) - RationalFunction(power + d) * t * t) * m * w);
                GammaTerm claim = sphere_moment(n, d);
                if (variant.is("constant")) claim *= RationalFunction(n + Rational(1, 2));
                proof.same_recurrence("moments", claim.ratio("n", 1), RationalFunction(2 * n + 1, 2 * n + d),
                                      {claim.substitute({{"n", 0}})}, {1L});
                proof.positive("2n+d > 0", 2 * n + d);
                proof.uses("sphere-normalisation");
                proof.uses("fundamental-theorem-of-calculus");
            }};
}

}  // namespace ntk::proofs
