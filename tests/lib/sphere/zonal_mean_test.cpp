// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/zonal_mean.hpp"

#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <stdexcept>

using namespace ntk;

TEST_CASE("the mean of |phi|: closed forms") {
    for (const int degree : {1, 2, 7, 40}) {  // sqrt(2) |cos(k angle)|
        CHECK(zonal_mean_of_absolute(2, degree) >= 2 * std::numbers::sqrt2 / std::numbers::pi);
        CHECK(zonal_mean_of_absolute(2, degree) <= 2 * std::numbers::sqrt2 / std::numbers::pi + 1e-9);
    }
    // d = 3: sqrt(3) |t|, and sqrt(5) |3t^2-1|/2 with the zero 1/sqrt(3).
    CHECK(std::abs(zonal_mean_of_absolute(3, 1) - std::sqrt(3.0) / 2) <= 1e-12);
    CHECK(std::abs(zonal_mean_of_absolute(3, 2) - std::sqrt(5.0) * 2 / std::sqrt(27.0)) <= 1e-12);
    CHECK(zonal_mean_of_absolute(5, 0) == 1);
}

TEST_CASE("the mean of |phi| against a sum over the angle") {
    for (const int dim : {2, 3, 4, 5, 10, 30}) {
        for (const int degree : {1, 2, 3, 6, 15}) {
            CAPTURE(dim);
            CAPTURE(degree);
            constexpr int steps = 20000;
            double sum = 0, mass = 0;
            for (int i = 0; i < steps; ++i) {
                const double angle = std::numbers::pi * (i + 0.5) / steps;
                const double weight = std::pow(std::sin(angle), dim - 2);
                mass += weight;
                sum += weight * std::abs(gegenbauer_p(dim, degree, std::cos(angle)));
            }
            const double mean = std::sqrt(multiplicity_double(dim, degree)) * sum / mass;
            CHECK(std::abs(zonal_mean_of_absolute(dim, degree) - mean) <= 2e-5);
            CHECK(zonal_mean_of_absolute(dim, degree) <= 1);
        }
    }
    // Where P_k cannot be told from rounding around the equator it is still a bound.
    CHECK(zonal_mean_of_absolute(2000, 40) <= 1);
    CHECK_THROWS_AS(zonal_mean_of_absolute(1, 2), std::domain_error);
}
