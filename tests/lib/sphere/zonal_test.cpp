// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/zonal.hpp"

#include "ntk/sphere/points.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;

TEST_CASE("zonal probes are orthonormal up to sampling and reproduce their inner products") {
    const Eigen::MatrixXd points = uniform_points(3, 40000, RandomStream(5, "zonal test"));
    const ZonalProbe a = make_zonal_probe(2, Eigen::Vector3d(0, 0, 2));
    const ZonalProbe b = make_zonal_probe(2, Eigen::Vector3d(1, 2, 2));
    const ZonalProbe c = make_zonal_probe(3, Eigen::Vector3d(1, 2, 2));
    CHECK(std::abs(points.colwise().norm().maxCoeff() - 1) < 1e-15 * 4);
    const auto mean = [&](const ZonalProbe& x, const ZonalProbe& y) { return x.at(points).dot(y.at(points)) / 40000; };
    // Products of probes are bounded by N <= 7, so 0.06 is more than 1.7 standard errors times 5: false alarm below
    // 1e-6.
    CHECK(std::abs(mean(a, a) - 1) < 0.06);
    CHECK(std::abs(mean(a, b) - zonal_inner_product(a, b)) < 0.06);
    CHECK(std::abs(mean(b, c)) < 0.06);
    CHECK(std::abs(zonal_inner_product(a, b) - (1.5 * 4.0 / 9 - 0.5)) < 1e-15);
    CHECK(zonal_inner_product(b, c) == 0);
    const ZonalTarget target{{a, b}, {2, -1}};
    CHECK(std::abs(target.norm() * target.norm() - (4 + 1 - 4 * zonal_inner_product(a, b))) < 1e-14);
    CHECK_THROWS_AS(make_zonal_probe(1, Eigen::Vector3d::Zero()), std::domain_error);
}
