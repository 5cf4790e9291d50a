// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/damping.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace ntk;

TEST_CASE("the damping factor against its power series and its limits") {
    for (const double mu : {0.0, 1e-12, 1e-3, 0.5, 2.0, 40.0}) {
        for (const double t : {0.0, 1e-6, 0.3, 1.0, 7.0}) {
            CAPTURE(mu);
            CAPTURE(t);
            // D = t sum_j (-mu t)^j/(j+1)!, summed in MPFR with digits to spare.
            const RealPrecision wide(220);
            const Real x = Real(mu) * Real(t);
            Real term = 1, sum = 0;
            for (int j = 0; j < 1200; ++j) {
                sum += term / (j + 1);
                term *= -x / (j + 1);
            }
            const auto reference = static_cast<double>(Real(sum * Real(t)));
            CHECK(std::abs(damping_factor(mu, t) - reference) <=
                  4 * std::numeric_limits<double>::epsilon() * reference);
            CHECK(damping_factor(mu, t) <= t);
            if (mu > 0) CHECK(damping_factor(mu, t) <= 1 / mu);
        }
    }
}

TEST_CASE("the damping factor decreases in mu") {
    CHECK(damping_factor(1.0, 3.0) < damping_factor(0.5, 3.0));
    CHECK(damping_factor(0.5, 3.0) < damping_factor(0.0, 3.0));
}

TEST_CASE("the damping factor rejects what is outside its domain") {
    CHECK_THROWS_AS(damping_factor(-1.0, 1.0), std::domain_error);
    CHECK_THROWS_AS(damping_factor(1.0, -1.0), std::domain_error);
    CHECK_THROWS_AS(damping_factor(std::numeric_limits<double>::quiet_NaN(), 1.0), std::domain_error);
}
