// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/population.hpp"

#include "ntk/network/network.hpp"
#include "ntk/ridge/ridge_coefficients.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"
#include "tests/lib/golden.hpp"
#include "tests/lib/network/cubature.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;

namespace {

void check_against_cubature(const NetworkShape& shape, const std::string& name, const test::Cubature& cubature,
                            const Eigen::VectorXd& axis, double narrowing = 1) {
    const ActivationPtr activation = make_activation(name);
    Eigen::VectorXd theta = draw_parameters(shape, {false, OutputWeights::gaussian, shape.hidden_bias ? 1.0 : 0.0}, 21);
    theta.segment(shape.weights_at(), shape.width * shape.dim) *= narrowing;
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
    // <K(., x_0), phi> = grad C . grad f(x_0) against the integral of the kernel, which the Gram matrix has.
    const Eigen::Index first = std::min<Eigen::Index>(cubature.points.cols(), 400);
    if (first < cubature.points.cols()) return;
    const Eigen::VectorXd kernel = network.gram_matrix(theta).col(0) * static_cast<double>(first);
    for (std::size_t i = 0; i < probes.size(); ++i) {
        const auto at = static_cast<Eigen::Index>(i);
        const double expected = probes[i].at(cubature.points).cwiseProduct(cubature.weights).dot(kernel);
        CHECK(std::abs(network.jacobian_product(theta, found.gradient.col(at))(0) - expected) < 1e-13 * 5);
    }
}

/// C of a two-neuron network in 40 digits, with certified ridge coefficients.
Real exact_coefficient(const NetworkShape& shape, const RidgeFunction& sigma, const std::vector<Real>& theta,
                       const ZonalProbe& probe) {
    Real sum = 0;
    for (int l = 0; l < shape.width; ++l) {
        Real square = 0, along = 0;
        for (int i = 0; i < shape.dim; ++i) {
            const Real& w = theta[static_cast<std::size_t>(shape.width * (1 + i) + l)];
            square += w * w;
            along += w * probe.axis(i);
        }
        const Real radius = sqrt(square);
        const auto as_rational = [](const Real& x) {
            return Rational(static_cast<Integer>(Real(x * pow(Real(2), 160))), Integer(1) << 160U);
        };
        const Real& b = theta[static_cast<std::size_t>(shape.biases_at() + l)];
        const Ball lambda =
            ridge_coefficients(sigma, shape.dim, {as_rational(radius), as_rational(b)}, {probe.degree}, 38).front();
        sum += theta[static_cast<std::size_t>(l)] * to_real(lambda.exact_midpoint()) *
               gegenbauer_p(shape.dim, probe.degree, Real(along / radius));
    }
    return sum * sqrt(Real(multiplicity_double(shape.dim, probe.degree)) / shape.width);
}

}  // namespace

TEST_CASE("C and grad C against independent cubature on the circle and the sphere") {
    for (const std::string name : {"erf", "tanh", "gelu", "sin", "softplus:1"}) {
        CAPTURE(name);
        check_against_cubature({3, 12, true, true}, name, test::sphere_cubature(60), Eigen::Vector3d(1, -2, 2));
        check_against_cubature({2, 15, true, true}, name, test::circle_cubature(400), Eigen::Vector2d(3, 4));
    }
    check_against_cubature({3, 12, false, false}, "erf", test::sphere_cubature(60), Eigen::Vector3d(0, 0, 1));
    check_against_cubature({5, 6, true, true}, "erf", test::sphere_cubature_5(test::least_size() ? 12 : 16),
                           (Eigen::VectorXd(5) << 1, 0, -2, 2, 4).finished(), 0.4);
}

TEST_CASE("grad C against finite differences in MPFR, ReLU and tiny weights included") {
    const RealPrecision precision(40);
    const NetworkShape shape{3, 2, true, false};
    const ZonalProbe probe = make_zonal_probe(2, Eigen::Vector3d(1, -2, 2));
    for (const std::string name : {"erf", "relu", "gelu"}) {
        const ActivationPtr activation = make_activation(name);
        const RidgeFunction sigma(activation, RidgePart::value);
        Eigen::VectorXd theta = draw_parameters(shape, {false, OutputWeights::gaussian, 1}, 2);
        if (name != "relu") theta.segment(shape.weights_at(), 6)(1) *= 1e-5;
        const PopulationCoefficients found = population_coefficients(shape, *activation, theta, {probe});
        for (Eigen::Index i = 0; i < theta.size(); ++i) {
            std::vector<Real> ahead(theta.begin(), theta.end()), behind = ahead;
            const Real step = pow(Real(10), -10);
            ahead[static_cast<std::size_t>(i)] += step;
            behind[static_cast<std::size_t>(i)] -= step;
            const Real slope =
                (exact_coefficient(shape, sigma, ahead, probe) - exact_coefficient(shape, sigma, behind, probe)) /
                (2 * step);
            CAPTURE(name);
            CAPTURE(i);
            CHECK(std::abs(static_cast<double>(slope) - found.gradient(i, 0)) < 1e-13);
        }
    }
}

TEST_CASE("a neuron with zero weights takes the limit") {
    const NetworkShape shape{3, 2, true, false};
    Eigen::VectorXd theta = Eigen::VectorXd::Zero(shape.parameter_count());
    theta(0) = 1.5;
    theta(1) = -0.5;
    theta(shape.biases_at()) = 0.3;
    theta(shape.weights_at() + 1) = 1e-7;
    const test::Cubature cubature = test::sphere_cubature(30);
    const Network network(shape, make_activation("erf"), cubature.points, std::make_shared<ThreadPool>(1));
    for (const int degree : {0, 1, 2}) {
        const ZonalProbe probe = make_zonal_probe(degree, Eigen::Vector3d(1, 1, 1));
        const PopulationCoefficients found = population_coefficients(shape, *make_activation("erf"), theta, {probe});
        const Eigen::VectorXd weighted = probe.at(cubature.points).cwiseProduct(cubature.weights);
        CHECK((found.gradient.col(0) - network.transposed_jacobian_product(theta, weighted)).cwiseAbs().maxCoeff() <
              3e-14);
    }
}

TEST_CASE("the step function and a probe of another dimension are refused") {
    const NetworkShape shape{3, 2, false, false};
    const Eigen::VectorXd theta = Eigen::VectorXd::Ones(shape.parameter_count());
    CHECK_THROWS_AS(population_coefficients(shape, *make_activation("step"), theta,
                                            {make_zonal_probe(1, Eigen::Vector3d(0, 0, 1))}),
                    std::domain_error);
    CHECK_THROWS_AS(
        population_coefficients(shape, *make_activation("erf"), theta, {make_zonal_probe(1, Eigen::Vector2d(0, 1))}),
        std::domain_error);
}

TEST_CASE("population values: those of the coefficients, also at weights of length zero") {
    for (const bool biases : {false, true}) {
        const NetworkShape shape{4, 9, biases, true};
        Eigen::VectorXd theta = Eigen::VectorXd::LinSpaced(shape.parameter_count(), -1.5, 2);
        for (Eigen::Index i = 0; i < 4; ++i) theta(shape.weights_at() + i * shape.width + 3) = 0;
        std::vector<ZonalProbe> probes;
        for (const int degree : {0, 1, 3, 1}) {
            probes.push_back(make_zonal_probe(degree, Eigen::Vector4d(1, degree, -2, 0.5)));
        }
        for (const std::string name : {"erf", "relu", "softplus:2"}) {
            const ActivationPtr activation = make_activation(name);
            const PopulationCoefficients all = population_coefficients(shape, *activation, theta, probes);
            const PopulationCoefficients values = population_values(shape, *activation, theta, probes);
            CHECK((all.value - values.value).cwiseAbs().maxCoeff() < 1e-14);
            CHECK(values.error_estimate > 0);
            CHECK(values.gradient.size() == 0);
        }
    }
}
