// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/energies.hpp"

#include "ntk/network/network.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"
#include "tests/lib/golden.hpp"
#include "tests/lib/network/cubature.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;

namespace {

struct Instance {
    NetworkShape shape;
    ActivationPtr activation;
    Eigen::VectorXd theta;
};

/// Small weights, so that a cubature of moderate size resolves the function.
Instance make_instance(int dim, int width, const std::string& activation) {
    Instance made{{dim, width, true, true}, make_activation(activation), {}};
    made.theta = draw_parameters(made.shape, {false, OutputWeights::gaussian, 1}, 5);
    made.theta(made.shape.output_bias_at()) = 0.4;
    return made;
}

Eigen::VectorXd values_on(const Instance& instance, const test::Cubature& cubature) {
    const Network network(instance.shape, instance.activation, cubature.points, std::make_shared<ThreadPool>(1));
    return network.values(instance.theta);
}

/// ||Pi_k f||^2 = N int int f(x) f(y) P_k(<x,y>).
double energy_by_cubature(const Eigen::VectorXd& f, const test::Cubature& cubature, int dim, int degree) {
    const Eigen::VectorXd weighted = f.cwiseProduct(cubature.weights);
    const Eigen::MatrixXd cosines = cubature.points.transpose() * cubature.points;
    const Eigen::MatrixXd p = cosines.unaryExpr([&](double t) { return gegenbauer_p(dim, degree, t); });
    return multiplicity_double(dim, degree) * weighted.dot(p * weighted);
}

}  // namespace

TEST_CASE("degree energies against independent cubature on the circle and the sphere") {
    ThreadPool pool(1);
    for (const std::string name : {"erf", "tanh", "gelu", "sin"}) {
        for (const auto& [dim, cubature] :
             {std::pair{2, test::circle_cubature(300)}, std::pair{3, test::sphere_cubature(30)}}) {
            const Instance instance = make_instance(dim, 9, name);
            const Eigen::VectorXd f = values_on(instance, cubature);
            CAPTURE(name);
            CAPTURE(dim);
            for (const SimdLevel level : available_simd_levels()) {
                const DegreeEnergies found =
                    degree_energies(instance.shape, *instance.activation, instance.theta, 6, pool, level);
                for (int k = 0; k <= 6; ++k) {
                    CAPTURE(k);
                    const double expected = energy_by_cubature(f, cubature, dim, k);
                    CHECK(std::abs(found.energy[static_cast<std::size_t>(k)] - expected) < 1e-13);
                }
            }
        }
    }
}

TEST_CASE("degree energies add up to the norm: d = 2, 3, 5; the tail bound is above what is missing") {
    ThreadPool pool(1);
    for (const auto& [dim, cubature] :
         {std::pair{2, test::circle_cubature(400)}, std::pair{3, test::sphere_cubature(40)},
          std::pair{5, test::sphere_cubature_5(test::least_size() ? 12 : 16)}}) {
        const Instance instance = make_instance(dim, 12, "erf");
        Instance narrow = instance;
        narrow.theta.segment(instance.shape.weights_at(), 12 * dim) *= 0.4;
        const double norm = values_on(narrow, cubature).cwiseAbs2().dot(cubature.weights);
        CAPTURE(dim);
        for (const int last : {1, 3, 40}) {
            const DegreeEnergies found = degree_energies(narrow.shape, *narrow.activation, narrow.theta, last, pool);
            double sum = 0;
            for (const double energy : found.energy) sum += energy;
            CHECK(norm - sum <= found.tail_bound + 1e-13);
            CHECK(norm - sum >= -1e-13);
            if (last == 40) CHECK(std::abs(norm - sum) < 1e-13);
            if (last == 1) CHECK(found.tail_estimate <= found.tail_bound);
        }
    }
}

TEST_CASE("degree energies with ReLU: the same at every level, and against coefficients of axes that span") {
    // On the circle the harmonics of degree k are cos and sin: ||Pi_k f||^2 = <f, sqrt 2 cos>^2 + <f, sqrt 2 sin>^2.
    ThreadPool pool(2);
    const Instance instance = make_instance(2, 40, "relu");
    const test::Cubature cubature = test::circle_cubature(200000);
    const Eigen::VectorXd f = values_on(instance, cubature);
    for (const SimdLevel level : available_simd_levels()) {
        const DegreeEnergies found =
            degree_energies(instance.shape, *instance.activation, instance.theta, 5, pool, level);
        for (int k = 1; k <= 5; ++k) {
            double by_cosine = 0, by_sine = 0;
            for (Eigen::Index i = 0; i < f.size(); ++i) {
                const double angle = 2 * M_PI * static_cast<double>(i) / static_cast<double>(f.size());
                by_cosine += std::sqrt(2.0) * std::cos(k * angle) * f(i) * cubature.weights(i);
                by_sine += std::sqrt(2.0) * std::sin(k * angle) * f(i) * cubature.weights(i);
            }
            // Equal steps see a kink to the order of the square of a step.
            CHECK(std::abs(found.energy[static_cast<std::size_t>(k)] - by_cosine * by_cosine - by_sine * by_sine) <
                  1e-8);
        }
    }
}

TEST_CASE("energies of the residual, threads, and what is refused") {
    const Instance instance = make_instance(3, 300, "tanh");
    ThreadPool one(1), two(2);
    const ZonalTarget target{
        {make_zonal_probe(1, Eigen::Vector3d(1, 2, 2)), make_zonal_probe(1, Eigen::Vector3d(0, 0, 1)),
         make_zonal_probe(4, Eigen::Vector3d(0, 1, 0))},
        {0.5, -0.25, 2}};
    const DegreeEnergies a = residual_energies(instance.shape, *instance.activation, instance.theta, target, 5, one);
    const DegreeEnergies b = residual_energies(instance.shape, *instance.activation, instance.theta, target, 5, two);
    CHECK(a.energy == b.energy);
    const test::Cubature cubature = test::sphere_cubature(30);
    const Eigen::VectorXd r = values_on(instance, cubature) - target.at(cubature.points);
    for (int k = 0; k <= 5; ++k) {
        CHECK(std::abs(a.energy[static_cast<std::size_t>(k)] - energy_by_cubature(r, cubature, 3, k)) < 1e-11);
    }
    CHECK_THROWS_AS(residual_energies(instance.shape, *instance.activation, instance.theta, target, 3, one),
                    std::domain_error);
    CHECK_THROWS_AS(degree_energies(instance.shape, *instance.activation, instance.theta, -1, one), std::domain_error);
    CHECK_THROWS_AS(degree_energies(instance.shape, *instance.activation, instance.theta, 901, one), std::domain_error);
}
