// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/gram_spectrum.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/sphere/points.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

using namespace ntk;

TEST_CASE("the ends of a spectrum that is known") {
    // 2 on the diagonal, -1 beside it: 2 - 2 cos(k pi/(n+1)).
    const int n = 50;
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(n, n);
    for (int i = 0; i < n; ++i) {
        matrix(i, i) = 2;
        if (i > 0) matrix(i, i - 1) = -1;
    }
    const SpectrumEnds ends = spectrum_ends(matrix);
    CHECK(std::abs(ends.smallest - (2 - 2 * std::cos(M_PI / (n + 1)))) <= ends.error_estimate);
    CHECK(std::abs(ends.largest - (2 - 2 * std::cos(n * M_PI / (n + 1)))) <= ends.error_estimate);
    CHECK(ends.error_estimate < 1e-12);
    CHECK_THROWS_AS(spectrum_ends(Eigen::MatrixXd(2, 3)), std::domain_error);
    CHECK_THROWS_AS(spectrum_ends(Eigen::MatrixXd::Constant(2, 2, std::numeric_limits<double>::quiet_NaN())),
                    std::domain_error);
}

TEST_CASE("the largest eigenvalue of the Gram matrix without the matrix") {
    const NetworkShape shape{3, 70, true, true};
    const Eigen::MatrixXd points = uniform_points(3, 40, RandomStream(2, "points of the spectrum test"));
    const Eigen::VectorXd theta = draw_parameters(shape, {false, OutputWeights::gaussian, 1}, 2);
    for (const std::string name : {"erf", "relu", "relu-power:2"}) {
        const Network network(shape, make_activation(name), points, std::make_shared<ThreadPool>(1));
        const SpectrumEnds exact = spectrum_ends(network.gram_matrix(theta));
        const SpectrumEnds found = largest_gram_eigenvalue(network, theta, 1e-9);
        CAPTURE(name);
        CHECK(std::abs(found.largest - exact.largest) <= found.error_estimate + exact.error_estimate);
        CHECK(found.error_estimate <= 2e-9 * found.largest);
        CHECK(exact.smallest >= found.smallest - exact.error_estimate);
    }
}
