// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/population.hpp"

#include "ntk/network/network.hpp"
#include "ntk/numeric/quadrature.hpp"
#include "ntk/numeric/rational.hpp"
#include "ntk/ridge/ridge_table.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;

namespace {

/// Product cubature on S^2 (Gauss in the third coordinate, equal steps in the azimuth), exact to about degree 2 count.
struct Cubature {
    Eigen::MatrixXd points;
    Eigen::VectorXd weights;
};

Cubature sphere_cubature(int count) {
    const QuadratureRule rule = gauss_legendre(count);
    Cubature made{Eigen::MatrixXd(3, 2 * count * count), Eigen::VectorXd(2 * count * count)};
    Eigen::Index at = 0;
    for (int i = 0; i < count; ++i) {
        const double z = rule.nodes[static_cast<std::size_t>(i)];
        for (int j = 0; j < 2 * count; ++j) {
            const double azimuth = M_PI * j / count;
            made.points.col(at) << std::sqrt(1 - z * z) * std::cos(azimuth), std::sqrt(1 - z * z) * std::sin(azimuth),
                z;
            made.weights(at++) = rule.weights[static_cast<std::size_t>(i)] / 2 / (2 * count);
        }
    }
    return made;
}

/// Equal steps on the circle.
Cubature circle_cubature(int count) {
    Cubature made{Eigen::MatrixXd(2, count), Eigen::VectorXd::Constant(count, 1.0 / count)};
    for (int j = 0; j < count; ++j)
        made.points.col(j) << std::cos(2 * M_PI * j / count), std::sin(2 * M_PI * j / count);
    return made;
}

void check_against_cubature(const NetworkShape& shape, const Cubature& cubature, const Eigen::VectorXd& axis) {
    const ActivationPtr activation = make_activation("erf");
    Eigen::VectorXd theta = draw_parameters(shape, {false, OutputWeights::gaussian, shape.hidden_bias ? 1.0 : 0.0}, 21);
    if (shape.output_bias) theta(shape.output_bias_at()) = 0.25;
    const Network network(shape, activation, cubature.points, std::make_shared<ThreadPool>(1));
    std::vector<ZonalProbe> probes;
    for (int degree = 0; degree <= 5; ++degree) probes.push_back(make_zonal_probe(degree, axis));
    const PopulationCoefficients found = population_coefficients(shape, *activation, theta, probes);
    const Eigen::VectorXd f = network.values(theta);
    for (std::size_t i = 0; i < probes.size(); ++i) {
        const auto at = static_cast<Eigen::Index>(i);
        const Eigen::VectorXd weighted = probes[i].at(cubature.points).cwiseProduct(cubature.weights);
        CAPTURE(probes[i].degree);
        CHECK(std::abs(found.value(at) - weighted.dot(f)) < 1e-13 * 3);
        // grad C = E[phi grad f].
        const Eigen::VectorXd gradient = network.transposed_jacobian_product(theta, weighted);
        CHECK((found.gradient.col(at) - gradient).cwiseAbs().maxCoeff() < 1e-13);
    }
    CHECK(found.error_estimate < 1e-11);
}

}  // namespace

TEST_CASE("C and grad C against independent cubature on the circle and the sphere") {
    check_against_cubature({3, 12, true, true}, sphere_cubature(60), Eigen::Vector3d(1, -2, 2));
    check_against_cubature({3, 12, false, false}, sphere_cubature(60), Eigen::Vector3d(0, 0, 1));
    check_against_cubature({2, 15, true, true}, circle_cubature(300), Eigen::Vector2d(3, 4));
}

TEST_CASE("a neuron with zero weights takes the limit") {
    const NetworkShape shape{3, 2, true, false};
    Eigen::VectorXd theta = Eigen::VectorXd::Zero(shape.parameter_count());
    theta(0) = 1.5;
    theta(1) = -0.5;
    theta(shape.biases_at()) = 0.3;
    theta(shape.weights_at() + 1) = 1e-7;
    const Cubature cubature = sphere_cubature(30);
    const Network network(shape, make_activation("erf"), cubature.points, std::make_shared<ThreadPool>(1));
    for (const int degree : {0, 1, 2}) {
        const ZonalProbe probe = make_zonal_probe(degree, Eigen::Vector3d(1, 1, 1));
        const PopulationCoefficients found = population_coefficients(shape, *make_activation("erf"), theta, {probe});
        const Eigen::VectorXd weighted = probe.at(cubature.points).cwiseProduct(cubature.weights);
        // The second neuron is tiny: division by its radius amplifies rounding to about 1e-16/1e-7.
        CHECK((found.gradient.col(0) - network.transposed_jacobian_product(theta, weighted)).cwiseAbs().maxCoeff() <
              2e-8);
    }
}

TEST_CASE("golden ridge coefficients of erf") {
    for (const auto& record : test::golden("ridge.json")) {
        if (record["activation"] != "erf") continue;
        const auto radius = parse_rational(record["r"].get<std::string>()).convert_to<double>();
        const auto offset = parse_rational(record["b"].get<std::string>()).convert_to<double>();
        const auto value = parse_rational(record["value"].get<std::string>()).convert_to<double>();
        CAPTURE(record.dump());
        const RidgeTable table = ridge_table(*make_activation("erf"), record["d"], Eigen::VectorXd::Constant(1, radius),
                                             Eigen::VectorXd::Constant(1, offset), {record["k"].get<int>()});
        CHECK(std::abs(table.value(0, 0) - value) <= table.error_estimate);
        CHECK(table.error_estimate < 1e-13);
    }
}

TEST_CASE("a kink and a probe of another dimension are refused") {
    const NetworkShape shape{3, 2, false, false};
    const Eigen::VectorXd theta = Eigen::VectorXd::Ones(shape.parameter_count());
    CHECK_THROWS_AS(population_coefficients(shape, *make_activation("relu"), theta,
                                            {make_zonal_probe(1, Eigen::Vector3d(0, 0, 1))}),
                    std::domain_error);
    CHECK_THROWS_AS(
        population_coefficients(shape, *make_activation("erf"), theta, {make_zonal_probe(1, Eigen::Vector2d(0, 1))}),
        std::domain_error);
}
