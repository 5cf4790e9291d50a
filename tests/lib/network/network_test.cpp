// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/network.hpp"

#include "ntk/kernel/kernel.hpp"
#include "ntk/network/reference.hpp"
#include "ntk/sphere/points.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;

namespace {

struct Instance {
    NetworkShape shape;
    Eigen::MatrixXd points;
    Eigen::VectorXd theta;
    Eigen::VectorXd labels;
};

Instance make_instance(int dim, int width, int samples, bool hidden_bias, bool output_bias, std::uint64_t seed) {
    const NetworkShape shape{dim, width, hidden_bias, output_bias};
    const RandomStream stream(seed, "network test");
    Instance made{
        shape, uniform_points(dim, samples, RandomStream(seed, "points of the test")), {}, Eigen::VectorXd(samples)};
    made.theta = draw_parameters(shape, {false, OutputWeights::gaussian, hidden_bias ? 1.0 : 0.0}, seed);
    if (output_bias) made.theta(shape.output_bias_at()) = 0.3;
    for (int j = 0; j < samples; ++j) made.labels(j) = stream.normal(static_cast<std::uint64_t>(j));
    return made;
}

Network network_of(const Instance& instance, const std::string& activation, int threads) {
    return Network(instance.shape, make_activation(activation), instance.points, std::make_shared<ThreadPool>(threads));
}

template <class Scalar>
ReferenceNetwork<Scalar> reference_of(const Instance& instance, const std::string& activation) {
    ReferenceNetwork<Scalar> reference{instance.shape, make_activation(activation), {}};
    for (Eigen::Index j = 0; j < instance.points.cols(); ++j) {
        std::vector<Scalar> point;
        for (Eigen::Index i = 0; i < instance.points.rows(); ++i) point.emplace_back(instance.points(i, j));
        reference.points.push_back(point);
    }
    return reference;
}

template <class Scalar>
std::vector<Scalar> as_vector(const Eigen::VectorXd& values) {
    return std::vector<Scalar>(values.data(), values.data() + values.size());
}

}  // namespace

TEST_CASE("the blocked network agrees with the plain one in MPFR, for every combination of biases") {
    const RealPrecision precision(40);
    for (const std::string activation : {"erf", "relu", "leaky-relu:1/10"}) {
        for (const bool hidden : {false, true}) {
            for (const bool output : {false, true}) {
                const Instance instance = make_instance(3, 70, 9, hidden, output, 5);
                const Network network = network_of(instance, activation, 2);
                const auto reference = reference_of<Real>(instance, activation);
                const auto theta = as_vector<Real>(instance.theta);
                const std::vector<Real> values = reference.values(theta);
                const Eigen::VectorXd ours = network.values(instance.theta);
                const std::vector<Real> velocity = reference.velocity(theta, as_vector<Real>(instance.labels));
                const Eigen::VectorXd our_velocity = network.velocity(instance.theta, instance.labels);
                CAPTURE(activation);
                for (Eigen::Index j = 0; j < ours.size(); ++j) {
                    CHECK(std::abs(ours(j) - static_cast<double>(values[static_cast<std::size_t>(j)])) < 1e-14 * 5);
                }
                double largest = 0, error = 0;
                for (Eigen::Index i = 0; i < our_velocity.size(); ++i) {
                    const auto exact = static_cast<double>(velocity[static_cast<std::size_t>(i)]);
                    largest = std::max(largest, std::abs(exact));
                    error = std::max(error, std::abs(our_velocity(i) - exact));
                }
                CHECK(error <= 1e-14 * largest);
                // Gram matrix and Jacobian products from the plain gradients.
                const Eigen::MatrixXd gram = network.gram_matrix(instance.theta);
                const auto first = reference.gradient(theta, 0);
                const auto second = reference.gradient(theta, 4);
                Real product = 0;
                for (std::size_t i = 0; i < first.size(); ++i) product += first[i] * second[i];
                CHECK(std::abs(gram(0, 4) * 9 - static_cast<double>(product)) < 1e-13);
                CHECK(gram(0, 4) == gram(4, 0));
            }
        }
    }
}

TEST_CASE("Jacobian products are adjoint and make up the Gram matrix") {
    const Instance instance = make_instance(4, 131, 12, true, true, 3);
    const Network network = network_of(instance, "erf", 1);
    const Eigen::VectorXd back = network.transposed_jacobian_product(instance.theta, instance.labels);
    const Eigen::VectorXd forth = network.jacobian_product(instance.theta, back);
    CHECK(std::abs(back.squaredNorm() - forth.dot(instance.labels)) < 1e-12 * back.squaredNorm());
    const Eigen::VectorXd by_gram = 12 * network.gram_matrix(instance.theta) * instance.labels;
    CHECK((by_gram - forth).norm() < 1e-13 * forth.norm());
}

TEST_CASE("results are bit-identical for one and for several threads, stored or recomputed") {
    const Instance instance = make_instance(3, 1000, 20, true, true, 9);
    const Network one = network_of(instance, "erf", 1);
    const Network three = network_of(instance, "erf", 3);
    CHECK(one.values(instance.theta) == three.values(instance.theta));
    CHECK(one.velocity(instance.theta, instance.labels) == three.velocity(instance.theta, instance.labels));
    // The path that keeps activations and the one that computes them twice give the same velocity.
    const Eigen::VectorXd twice =
        one.transposed_jacobian_product(instance.theta, (instance.labels - one.values(instance.theta)) / 20);
    CHECK(one.velocity(instance.theta, instance.labels) == twice);
}

TEST_CASE("an antisymmetric start is exactly zero and its draws follow the law") {
    const NetworkShape shape{3, 4000, true, true};
    const Eigen::VectorXd theta = draw_parameters(shape, {true, OutputWeights::rademacher, 4}, 17);
    const Eigen::MatrixXd points = uniform_points(3, 5, RandomStream(1, "points"));
    const Network network(shape, make_activation("erf"), points, std::make_shared<ThreadPool>(1));
    CHECK(network.values(theta).cwiseAbs().maxCoeff() < 1e-14);
    const ParameterView view(shape, theta);
    CHECK(view.weights.topRows(2000) == view.weights.bottomRows(2000));
    CHECK(view.output_weights.head(2000) == -view.output_weights.tail(2000));
    // 5 standard errors over 2000 and 6000 independent draws: false alarm below 1e-5.
    const Eigen::Map<const Eigen::VectorXd> biases(view.biases, 2000);
    CHECK(std::abs(biases.squaredNorm() / 2000 - 4) < 5 * 4 * std::sqrt(2.0 / 2000));
    CHECK(std::abs(view.weights.topRows(2000).squaredNorm() / 6000 - 1) < 5 * std::sqrt(2.0 / 6000));
    CHECK_THROWS_AS(draw_parameters({3, 5, true, true}, {true, OutputWeights::rademacher, 1}, 1), std::domain_error);
    CHECK_THROWS_AS(draw_parameters({3, 4, false, true}, {true, OutputWeights::rademacher, 1}, 1), std::domain_error);
}

TEST_CASE("the empirical NTK averages to the infinite-width kernel (5 standard errors, false alarm below 1e-5)") {
    const Eigen::MatrixXd points = uniform_points(3, 2, RandomStream(4, "pair"));
    const double t = points.col(0).dot(points.col(1));
    for (const std::string activation : {"erf", "relu", "leaky-relu:1/10"}) {
        CAPTURE(activation);
        KernelSpec spec{make_activation(activation)};
        spec.layers.front().bias_variance = 1;
        spec.train_bias = true;
        spec.output_bias = true;
        const NetworkShape shape{3, 200, true, true};
        const Network network(shape, spec.activation, points, std::make_shared<ThreadPool>(1));
        constexpr int draws = 300;
        double sum = 0, squares = 0;
        for (std::uint64_t seed = 0; seed < draws; ++seed) {
            const double value =
                2 * network.gram_matrix(draw_parameters(shape, {false, OutputWeights::gaussian, 1}, seed))(0, 1);
            sum += value;
            squares += value * value;
        }
        const double mean = sum / draws;
        const double error = std::sqrt((squares / draws - mean * mean) / draws);
        CHECK(std::abs(mean - Kernel(spec).at(t)) < 5 * error);
    }
}
