// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/quadrature.hpp"

#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace ntk;

TEST_CASE("Gauss-Gegenbauer rules integrate products of polynomials exactly: orthogonality and norm 1/N(d,k)") {
    for (const int dim : {2, 3, 4, 7, 50}) {
        for (const int count : {1, 2, 5, 33}) {
            CAPTURE(dim);
            CAPTURE(count);
            const QuadratureRule rule = gauss_gegenbauer(dim, count);
            CHECK(std::abs(std::accumulate(rule.weights.begin(), rule.weights.end(), 0.0) - 1) < 1e-14);
            for (int k = 0; k < count; ++k) {
                double square = 0, cross = 0;
                for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
                    const double p = gegenbauer_p(dim, k, rule.nodes[i]);
                    square += rule.weights[i] * p * p;
                    if (k > 0) cross += rule.weights[i] * p * gegenbauer_p(dim, k - 1, rule.nodes[i]);
                }
                CHECK(std::abs(square * multiplicity_double(dim, k) - 1) < 1e-12);
                CHECK(std::abs(cross) < 1e-14);
            }
        }
    }
    CHECK_THROWS_AS(gauss_gegenbauer(1, 3), std::domain_error);
}

TEST_CASE("Gauss-Legendre and Kronrod rules integrate powers") {
    const auto integral = [](const auto& nodes, const auto& weights, int power) {
        double sum = 0;
        for (std::size_t i = 0; i < nodes.size(); ++i) sum += weights[i] * std::pow(nodes[i], power);
        return sum;
    };
    const QuadratureRule legendre = gauss_legendre(12);
    for (int power = 0; power <= 22; ++power) {
        CAPTURE(power);
        const double exact = power % 2 == 0 ? 2.0 / (power + 1) : 0.0;
        CHECK(std::abs(integral(legendre.nodes, legendre.weights, power) - exact) < 1e-15 * 8);
        CHECK(std::abs(integral(kronrod_15().nodes, kronrod_15().weights, power) - exact) < 1e-15 * 8);
        if (power <= 13)
            CHECK(std::abs(integral(kronrod_15().nodes, kronrod_15().gauss_weights, power) - exact) < 1e-15 * 8);
    }
    CHECK(std::is_sorted(kronrod_15().nodes.begin(), kronrod_15().nodes.end()));
}
