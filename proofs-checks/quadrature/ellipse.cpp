// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/quadrature/obligations.hpp"

namespace ntk::proofs {

/// u = a + ib with a^2 + b^2 = rho^2, 1/u = (a - ib)/rho^2, z = (u + 1/u)/2. Then z - 1 = (u-1)^2/(2u), so |z-1| =
/// |u-1|^2/(2 rho), and |z+1| = |u+1|^2/(2 rho). a^2 is eliminated by a^2 = rho^2 - b^2.
Obligation ellipse_of_circle() {
    return {"ellipse-of-circle",
            "The map (u+1/u)/2 takes the circle of radius rho to the ellipse of the quadrature bound, whose height is "
            "half of rho - 1/rho.",
            "|z-1| + |z+1| = rho + 1/rho, |Im z| <= (rho - 1/rho)/2 for z = (u+1/u)/2, |u| = rho > 1",
            "numerics.md, The remainder",
            {{"constant", Change::constant, "(rho - 1/rho)/2 replaced by (rho - 1/rho)/4"},
             {"sum", Change::sign, "rho + 1/rho replaced by rho - 1/rho"},
             {"radius", Change::hypothesis, "rho > 1 dropped: rho >= 1/2"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction rho =
                    proof.given("rho", real_at_least(variant.pick("radius", Rational(1, 2), Rational(1))));
                const RationalFunction a = proof.given("a", any_real());
                const RationalFunction b = proof.given("b", any_real());
                const RationalFunction one = 1;
                const RationalFunction two = 2;
                const RationalFunction square = a * a + b * b;
                // Real and imaginary part of z, of (u-1)^2/(2u) and of (u+1)^2/(2u), with 1/u = (a - ib)/|u|^2.
                const RationalFunction x = (a + a / square) / two;
                const RationalFunction y = (b - b / square) / two;
                for (const long sign : {1L, -1L}) {
                    const RationalFunction s = sign;
                    const RationalFunction size = (a - s) * (a - s) + b * b;
                    proof.identity("|z -+ 1|² = (|u -+ 1|²)²/(4 |u|²)", (x - s) * (x - s) + y * y,
                                   size * size / (RationalFunction(4) * square));
                }
                // |u-1|^2 + |u+1|^2 = 2 rho^2 + 2.
                const RationalFunction sum = ((a - one) * (a - one) + (a + one) * (a + one) + two * b * b) / two;
                proof.identity("half of |u-1|² + |u+1|²", sum, square + one);
                proof.identity("divided by rho, |u|² = rho²", (rho * rho + one) / rho,
                               rho + variant.pick("sum", -one, one) / rho);
                proof.identity("Im z", y, b / two * (one - one / square));
                const RationalFunction size = proof.function("|b|/rho", between(0, 1), {"b", "rho"});
                const RationalFunction height = (rho - one / rho) * RationalFunction(Rational(1, 2));
                proof.nonnegative(
                    "(rho - 1/rho)/2 - |Im z| >= 0",
                    height * RationalFunction(variant.pick("constant", Rational(1, 2), Rational(1))) - size * height);
            }};
}

}  // namespace ntk::proofs
