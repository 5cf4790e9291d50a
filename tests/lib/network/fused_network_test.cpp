// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/fused_network.hpp"

#include "ntk/network/network.hpp"
#include "ntk/network/reference.hpp"
#include "ntk/sphere/points.hpp"
#include "tests/lib/activation/activations.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

/// The fused path against the plain one in MPFR, at every level.
using namespace ntk;

namespace {

struct Instance {
    NetworkShape shape;
    Eigen::MatrixXd points;
    Eigen::VectorXd theta;
    Eigen::VectorXd labels;
};

Instance make_instance(const NetworkShape& shape, int samples, std::uint64_t seed) {
    Instance made{shape, uniform_points(shape.dim, samples, RandomStream(seed, "points of the fused test")), {}, {}};
    made.theta = draw_parameters(shape, {false, OutputWeights::gaussian, shape.hidden_bias ? 1.0 : 0.0}, seed);
    if (shape.output_bias) made.theta(shape.output_bias_at()) = -0.7;
    made.labels = made.points.row(0).transpose();
    return made;
}

Network network_of(const Instance& instance, const ActivationPtr& activation, SimdLevel level, int threads = 1) {
    return Network(instance.shape, activation, instance.points, std::make_shared<ThreadPool>(threads), level);
}

struct Exact {
    std::vector<Real> values;
    std::vector<Real> velocity;
    std::vector<std::vector<Real>> gradients;
    double size = 0;  ///< of the terms that outputs and gradients are sums of
};

Exact exact_of(const Instance& instance, const ActivationPtr& activation) {
    ReferenceNetwork<Real> reference{instance.shape, activation, {}};
    for (Eigen::Index j = 0; j < instance.points.cols(); ++j) {
        const Eigen::VectorXd x = instance.points.col(j);
        reference.points.emplace_back(x.begin(), x.end());
    }
    const std::vector<Real> theta(instance.theta.begin(), instance.theta.end());
    const std::vector<Real> labels(instance.labels.begin(), instance.labels.end());
    Exact exact{reference.values(theta), reference.velocity(theta, labels), {}, 0};
    for (std::size_t j = 0; j < reference.points.size(); ++j) exact.gradients.push_back(reference.gradient(theta, j));
    Real largest = 0;
    for (int l = 0; l < instance.shape.width; ++l) {
        const Real z = reference.preactivation(theta, l, 0);
        const Real a = abs(theta[static_cast<std::size_t>(l)]);
        largest = std::max(largest, Real((1 + a) * (1 + abs(activation->value(z)) + abs(activation->derivative(z)))));
    }
    exact.size = static_cast<double>(largest);
    return exact;
}

double largest_difference(const Eigen::VectorXd& found, const std::vector<Real>& exact) {
    Real largest = 0;
    for (std::size_t i = 0; i < exact.size(); ++i) {
        largest = std::max(largest, Real(abs(exact[i] - found(static_cast<Eigen::Index>(i)))));
    }
    return static_cast<double>(largest);
}

/// Sums of up to a few hundred terms of the given size, each with a few units of error.
void check_all(const Instance& instance, const ActivationPtr& activation, SimdLevel level) {
    const Exact exact = exact_of(instance, activation);
    const Network network = network_of(instance, activation, level);
    const double terms = std::sqrt(static_cast<double>(instance.shape.width));
    const double allowed = 64 * std::numeric_limits<double>::epsilon() * exact.size * terms;
    CAPTURE(activation->name());
    CAPTURE(to_string(level));
    CAPTURE(instance.shape.dim);
    CAPTURE(instance.shape.width);
    CAPTURE(instance.points.cols());
    CHECK(largest_difference(network.values(instance.theta), exact.values) <= allowed);
    CHECK(largest_difference(network.velocity(instance.theta, instance.labels), exact.velocity) <=
          allowed * (1 + exact.size * terms));
    const Eigen::VectorXd direction = instance.theta.reverse();
    Real along = 0;
    double tangent_error = 0;
    const Eigen::VectorXd tangent = network.jacobian_product(instance.theta, direction);
    for (std::size_t j = 0; j < exact.gradients.size(); ++j) {
        along = 0;
        for (std::size_t i = 0; i < exact.gradients[j].size(); ++i) {
            along += exact.gradients[j][i] * direction(static_cast<Eigen::Index>(i));
        }
        tangent_error =
            std::max(tangent_error, static_cast<double>(Real(abs(along - tangent(static_cast<Eigen::Index>(j))))));
    }
    CHECK(tangent_error <= allowed * direction.cwiseAbs().maxCoeff() * instance.shape.dim);
    const Eigen::MatrixXd gram = network.gram_matrix(instance.theta);
    CHECK((gram * instance.labels - network.gram_product(instance.theta, instance.labels)).cwiseAbs().maxCoeff() <=
          allowed * exact.size * terms);
    for (Eigen::Index i = 0; i < gram.rows(); ++i) {
        for (Eigen::Index j = 0; j < gram.cols(); ++j) {
            Real sum = 0;
            for (std::size_t at = 0; at < exact.gradients[0].size(); ++at) {
                sum +=
                    exact.gradients[static_cast<std::size_t>(i)][at] * exact.gradients[static_cast<std::size_t>(j)][at];
            }
            const Real entry = sum / Real(static_cast<long>(gram.rows()));
            CHECK(static_cast<double>(Real(abs(entry - gram(i, j)))) <= allowed * exact.size);
        }
    }
}

}  // namespace

TEST_CASE("fused outputs, velocities and Gram matrices for every activation, level and shape") {
    const RealPrecision precision(40);
    // Sizes around those of registers, packs, panels, tiles and blocks, and dimensions with and without loops of their
    // own.
    struct Size {
        int dim, width, samples;
        bool hidden_bias, output_bias;
    };
    std::vector<Size> sizes = {{3, 33, 5, true, true}, {4, 7, 3, false, false}};
    if (!test::least_size()) sizes.insert(sizes.end(), {{2, 64, 4, true, false}, {5, 31, 9, false, true}});
    if (test::full_size()) sizes.insert(sizes.end(), {{10, 300, 26, true, true}, {3, 257, 131, true, true}});
    for (const std::string& name : test::all_activations()) {
        const ActivationPtr activation = make_activation(name);
        if (!activation->vector_kernel()) continue;
        for (const Size& size : sizes) {
            const NetworkShape shape{size.dim, size.width, size.hidden_bias, size.output_bias};
            for (const SimdLevel level : available_simd_levels()) {
                check_all(make_instance(shape, size.samples, 3), activation, level);
            }
        }
    }
}

TEST_CASE("fused path: parameters of extreme size, zeros, denormals, and a kink that is hit exactly") {
    const RealPrecision precision(40);
    for (const std::string name : {"erf", "tanh", "relu", "leaky-relu:1/5", "silu", "sin", "softplus:1", "gaussian"}) {
        const ActivationPtr activation = make_activation(name);
        Instance instance = make_instance({3, 40, true, true}, 6, 8);
        const auto set_neuron = [&](int l, double a, double w, double b) {
            instance.theta(l) = a;
            for (int i = 0; i < 3; ++i) instance.theta(instance.shape.weights_at() + i * 40 + l) = w;
            instance.theta(instance.shape.biases_at() + l) = b;
        };
        set_neuron(0, 1.5, 0, 0);
        set_neuron(1, -0.5, 4.9e-324, -4.9e-324);
        set_neuron(2, 1, 1e-200, 0);
        set_neuron(3, 1e-3, name == "sin" ? 5 : 300, -40);
        // The sine of a large z sees the rounding of z itself.
        const double large = name == "sin" ? 3 : 1e7;
        set_neuron(4, 1e-9, large, 3);
        set_neuron(17, 0, 10 * large, 0);  // MPFR still has e^{10^8}
        for (const SimdLevel level : available_simd_levels()) check_all(instance, activation, level);
    }
}

TEST_CASE("NaN and infinity among parameters and points are refused at every level") {
    for (const SimdLevel level : available_simd_levels()) {
        for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
            Instance instance = make_instance({3, 10, true, true}, 4, 1);
            const Network network = network_of(instance, make_activation("erf"), level);
            instance.theta(7) = bad;
            CHECK_THROWS_AS(network.values(instance.theta), std::domain_error);
            CHECK_THROWS_AS(network.velocity(instance.theta, instance.labels), std::domain_error);
            CHECK_THROWS_AS(network.gram_matrix(instance.theta), std::domain_error);
            CHECK_THROWS_AS(network.values(instance.theta.head(5)), std::domain_error);
            instance.points(1, 1) = bad;
            CHECK_THROWS_AS(network_of(instance, make_activation("erf"), level), std::domain_error);
        }
    }
}

TEST_CASE("fused results do not depend on the number of threads, and repeat") {
    const Instance instance = make_instance({3, 1300, true, true}, 70, 4);
    for (const std::string name : {"erf", "relu", "relu-power:2"}) {
        for (const SimdLevel level : available_simd_levels()) {
            const ActivationPtr activation = make_activation(name);
            const Network one = network_of(instance, activation, level, 1);
            const Network two = network_of(instance, activation, level, 2);
            const Eigen::VectorXd velocity = one.velocity(instance.theta, instance.labels);
            CHECK(velocity == two.velocity(instance.theta, instance.labels));
            CHECK(velocity == one.velocity(instance.theta, instance.labels));
            CHECK(one.values(instance.theta) == two.values(instance.theta));
            CHECK(one.gram_matrix(instance.theta) == two.gram_matrix(instance.theta));
            // What one pass kept must not be taken for another state.
            const Eigen::VectorXd weights = instance.labels;
            const Eigen::VectorXd other = -instance.theta;
            CHECK(one.transposed_jacobian_product(other, weights) == two.transposed_jacobian_product(other, weights));
        }
    }
}
