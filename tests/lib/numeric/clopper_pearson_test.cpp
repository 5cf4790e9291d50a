// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/clopper_pearson.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

using namespace ntk;

namespace {

/// P(at most `events` of `trials`) summed term by term.
double probability_of_at_most(long events, long trials, double p) {
    double sum = 0;
    for (long k = 0; k <= events; ++k) {
        const auto n = static_cast<double>(trials), j = static_cast<double>(k);
        sum += std::exp(std::lgamma(n + 1) - std::lgamma(j + 1) - std::lgamma(n - j + 1) + j * std::log(p) +
                        (n - j) * std::log1p(-p));
    }
    return sum;
}

}  // namespace

TEST_CASE("Clopper-Pearson: the ends are where so many events, or so few, become too rare") {
    constexpr double confidence = 0.95, tail = 0.025;
    for (const long trials : {1L, 7L, 40L, 400L}) {
        for (const long events : {0L, 1L, 3L, 7L, 39L, 399L}) {
            if (events > trials) continue;
            const ProbabilityInterval interval = clopper_pearson(events, trials, confidence);
            CAPTURE(trials);
            CAPTURE(events);
            if (events > 0) {
                CHECK(std::abs(1 - probability_of_at_most(events - 1, trials, interval.lower) - tail) < 1e-11);
            } else {
                CHECK(interval.lower == 0);
            }
            if (events < trials) {
                CHECK(std::abs(probability_of_at_most(events, trials, interval.upper) - tail) < 1e-11);
            } else {
                CHECK(interval.upper == 1);
            }
        }
    }
}

TEST_CASE("Clopper-Pearson: no event in n trials") {
    for (const long trials : {1L, 20L, 1000L}) {
        const double exact = -std::expm1(std::log(0.005) / static_cast<double>(trials));
        CHECK(std::abs(clopper_pearson(0, trials, 0.99).upper - exact) < 1e-13);
    }
}

TEST_CASE("Clopper-Pearson: bad counts and confidences") {
    CHECK_THROWS_AS(clopper_pearson(0, 0, 0.95), std::domain_error);
    CHECK_THROWS_AS(clopper_pearson(-1, 5, 0.95), std::domain_error);
    CHECK_THROWS_AS(clopper_pearson(6, 5, 0.95), std::domain_error);
    CHECK_THROWS_AS(clopper_pearson(1, 5, 1), std::domain_error);
    CHECK_THROWS_AS(clopper_pearson(1, 5, 0), std::domain_error);
}
