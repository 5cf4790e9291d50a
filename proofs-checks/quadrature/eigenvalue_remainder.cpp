// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/quadrature/obligations.hpp"

namespace ntk::proofs {

/// theta = (pi/2)(1+z), so Im theta = (pi/2) Im z, and a factor pi/2 comes from the substitution.
Obligation eigenvalue_remainder() {
    return {"eigenvalue-remainder",
            "The remainder of the quadrature rule for the integral of an eigenvalue.",
            "|mu_k/c_d - Q_N g_k| <= (pi/2)(64/15) M e^{k (pi/4)(rho - 1/rho)} rho^{-2N}/(1 - rho^{-2})",
            "numerics.md, The remainder",
            {{"constant", Change::constant, "pi/4 replaced by pi/8 in the exponent"},
             {"factor", Change::constant, "the factor pi/2 left out"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction rho = proof.given("rho", real_at_least(1));
                const RationalFunction k = proof.given("k", integer_at_least(0));
                const RationalFunction rule = proof.given("rule", real_at_least(0));
                const RationalFunction pi = proof.function("pi", between(3, 4), {});
                const RationalFunction share = proof.function("Im z/height", between(0, 1), {"rho"});
                const RationalFunction one = 1;
                const RationalFunction two = 2;
                const RationalFunction height = (rho - one / rho) / two;
                const RationalFunction quarter = RationalFunction(variant.pick("constant", 8L, 4L));
                proof.nonnegative("exponent: k (pi/4)(rho - 1/rho) - k |Im theta| >= 0",
                                  k * pi / quarter * (rho - one / rho) - k * pi / two * share * height);
                const RationalFunction jacobian = variant.pick("factor", one, pi / two);
                // "rule" is the error of the rule for the integral over [-1,1].
                proof.identity("the integral over [0,pi] has pi/2 times the error", pi / two * rule, jacobian * rule);
                proof.uses("gauss-legendre-remainder");
                proof.uses("complex-growth");
                proof.uses("ellipse-of-circle");
                proof.uses("funk-hecke");
            }};
}

}  // namespace ntk::proofs
