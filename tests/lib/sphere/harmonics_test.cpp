// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/harmonics.hpp"

#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace ntk;

TEST_CASE("multiplicities: all golden records, the generating function, and d = 2") {
    for (const auto& record : test::golden("multiplicity.json")) {
        const int dim = record["d"];
        const int degree = record["k"];
        CAPTURE(dim);
        CAPTURE(degree);
        CHECK(multiplicity(dim, degree).str() == record["N"].get<std::string>());
    }
    // sum_k N(d,k) x^k = (1+x)/(1-x)^{d-1}: multiply out by (1-x) d-1 times.
    for (int dim = 2; dim <= 12; ++dim) {
        std::vector<Integer> series;
        for (int k = 0; k <= 64; ++k) series.push_back(multiplicity(dim, k));
        for (int i = 1; i < dim; ++i) {
            for (std::size_t k = series.size() - 1; k > 0; --k) series[k] -= series[k - 1];
        }
        CHECK(series[0] == 1);
        CHECK(series[1] == 1);
        for (std::size_t k = 2; k < series.size(); ++k) CHECK(series[k] == 0);
    }
    CHECK_THROWS_AS(multiplicity(1, 0), std::domain_error);
    CHECK_THROWS_AS(multiplicity(3, -1), std::domain_error);
}
