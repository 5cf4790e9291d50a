// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/gegenbauer.hpp"

#include "ntk/spectrum/quadrature_route.hpp"

#include <doctest/doctest.h>

using namespace ntk;

TEST_CASE("the recurrence agrees with Boost's Gegenbauer polynomials for all d <= 12, k <= 64") {
    const RealPrecision precision(50);
    const Real t = Real(3) / 7;
    for (int dim = 2; dim <= 12; ++dim) {
        for (int degree = 0; degree <= 64; ++degree) {
            CAPTURE(dim);
            CAPTURE(degree);
            const Real ours = gegenbauer_p(dim, degree, t);
            CHECK(abs(Real(ours - boost_gegenbauer_p(dim, degree, t))) < Real("1e-45"));
            CHECK(gegenbauer_p(dim, degree, Real(1)) == 1);
            CHECK(gegenbauer_p(dim, degree, Real(-t)) == (degree % 2 == 0 ? ours : Real(-ours)));
        }
    }
}

TEST_CASE("the derivative rule against a central difference in MPFR") {
    const RealPrecision precision(60);
    const Real t = Real(2) / 9, h("1e-15");
    for (int dim : {2, 3, 8}) {
        for (int degree : {0, 1, 2, 5, 17}) {
            const Real slope =
                (gegenbauer_p(dim, degree, Real(t + h)) - gegenbauer_p(dim, degree, Real(t - h))) / (2 * h);
            // The difference has error h^2 P'''/6 with P''' <= k^6.
            CHECK(abs(Real(slope - gegenbauer_p_derivative(dim, degree, t))) < Real("1e-21"));
        }
    }
}
