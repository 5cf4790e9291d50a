// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/linearised_network.hpp"

#include "ntk/network/reference.hpp"
#include "ntk/sphere/points.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace ntk;

namespace {

struct Instance {
    NetworkShape shape;
    ActivationPtr activation;
    Eigen::MatrixXd points;
    Eigen::VectorXd theta, labels, counts, direction;

    Network network(int threads = 1, SimdLevel level = simd_level()) const {
        return Network(shape, activation, points, std::make_shared<ThreadPool>(threads), level);
    }
    Eigen::VectorXd weights() const { return counts / counts.sum(); }
};

Instance make_instance(const std::string& activation, const NetworkShape& shape, int samples) {
    Instance made{shape,
                  make_activation(activation),
                  uniform_points(shape.dim, samples, RandomStream(4, "points")),
                  draw_parameters(shape, {false, OutputWeights::gaussian, shape.hidden_bias ? 1.0 : 0.0}, 9),
                  {},
                  {},
                  {}};
    if (shape.output_bias) made.theta(shape.output_bias_at()) = 0.3;
    made.labels = made.points.row(0).transpose() * 2;
    made.counts = Eigen::VectorXd::Ones(samples);
    made.counts(0) = 3;
    made.counts(samples - 1) = 2;
    made.direction = draw_parameters(shape, {false, OutputWeights::gaussian, shape.hidden_bias ? 1.0 : 0.0}, 10);
    return made;
}

/// -grad Phi in 50 digits by the plain reference, on a sample in which point j stands counts_j times.
std::vector<Real> reference_velocity(const Instance& at, const std::vector<Real>& theta) {
    ReferenceNetwork<Real> reference{at.shape, at.activation, {}};
    std::vector<Real> labels;
    for (Eigen::Index j = 0; j < at.points.cols(); ++j) {
        for (int copy = 0; copy < at.counts(j); ++copy) {
            std::vector<Real> point;
            for (Eigen::Index i = 0; i < at.points.rows(); ++i) point.emplace_back(at.points(i, j));
            reference.points.push_back(point);
            labels.emplace_back(at.labels(j));
        }
    }
    return reference.velocity(theta, labels);
}

/// (grad Phi(theta + e v) - grad Phi(theta - e v)) / 2e with e = 10^-15 in 50 digits: 30 digits are right.
Eigen::VectorXd reference_product(const Instance& at) {
    const Real step("1e-15");
    std::vector<Real> ahead, behind;
    for (Eigen::Index i = 0; i < at.theta.size(); ++i) {
        ahead.push_back(Real(at.theta(i)) + step * Real(at.direction(i)));
        behind.push_back(Real(at.theta(i)) - step * Real(at.direction(i)));
    }
    const std::vector<Real> first = reference_velocity(at, ahead), second = reference_velocity(at, behind);
    Eigen::VectorXd product(at.theta.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        product(static_cast<Eigen::Index>(i)) = static_cast<double>(Real((second[i] - first[i]) / (2 * step)));
    }
    return product;
}

}  // namespace

TEST_CASE("Hessian products agree with differences of gradients in 50 digits") {
    const RealPrecision precision(50);
    for (const std::string activation :
         {"erf", "tanh", "softplus:1", "gelu", "sin", "relu", "polynomial:0,1,1/2,1/3"}) {
        for (const NetworkShape shape :
             {NetworkShape{3, 70, true, true}, NetworkShape{2, 5, false, false}, NetworkShape{6, 9, true, false}}) {
            CAPTURE(activation);
            CAPTURE(shape.dim);
            const Instance at = make_instance(activation, shape, 7);
            std::vector<Real> theta;
            for (const double x : at.theta) theta.emplace_back(x);
            const std::vector<Real> exact = reference_velocity(at, theta);
            Eigen::VectorXd velocity(at.theta.size());
            for (std::size_t i = 0; i < exact.size(); ++i) {
                velocity(static_cast<Eigen::Index>(i)) = static_cast<double>(exact[i]);
            }
            const Eigen::VectorXd expected = reference_product(at);
            for (const SimdLevel level : available_simd_levels()) {
                CAPTURE(to_string(level));
                const Network network = at.network(1, level);
                const LinearisedNetwork linearised(network, at.theta, at.labels, at.weights());
                CHECK((linearised.hessian_product(at.direction) - expected).norm() < 1e-14 * (1 + expected.norm()));
                CHECK((linearised.velocity() - velocity).cwiseAbs().maxCoeff() < 1e-14);
            }
        }
    }
}

TEST_CASE(
    "Hessian products are symmetric and the same for every number of threads; the loss is that of the residuals") {
    const Instance at = make_instance("erf", {3, 200, true, true}, 12);
    const Network network = at.network(), on_two = at.network(2);
    const LinearisedNetwork one(network, at.theta, at.labels, at.weights());
    const LinearisedNetwork two(on_two, at.theta, at.labels, at.weights());
    const Eigen::VectorXd other = Eigen::VectorXd::LinSpaced(at.theta.size(), -1, 1);
    const double left = other.dot(one.hessian_product(at.direction));
    CHECK(std::abs(left - at.direction.dot(one.hessian_product(other))) < 1e-12 * (1 + std::abs(left)));
    CHECK(one.hessian_product(other) == two.hessian_product(other));
    CHECK(one.velocity() == two.velocity());
    const Eigen::VectorXd residual = network.values(at.theta) - at.labels;
    CHECK((one.residual() - residual).cwiseAbs().maxCoeff() < 1e-14);
    CHECK(std::abs(one.loss() - residual.cwiseAbs2().dot(at.weights()) / 2) < 1e-14);
}

TEST_CASE("what does not fit is refused") {
    const Instance at = make_instance("erf", {3, 4, true, true}, 5);
    const Network network = at.network();
    const Eigen::VectorXd weights = at.weights();
    CHECK_THROWS_AS(LinearisedNetwork(network, at.theta.head(3), at.labels, weights), std::domain_error);
    CHECK_THROWS_AS(LinearisedNetwork(network, at.theta, at.labels.head(3), weights), std::domain_error);
    CHECK_THROWS_AS(LinearisedNetwork(network, at.theta, at.labels, weights.head(3)), std::domain_error);
    CHECK_THROWS_AS(LinearisedNetwork(network, at.theta, at.labels, 0 * weights), std::domain_error);
    Eigen::VectorXd bad = at.theta;
    bad(2) = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(LinearisedNetwork(network, bad, at.labels, weights), std::domain_error);
    const LinearisedNetwork good(network, at.theta, at.labels, weights);
    CHECK_THROWS_AS(good.hessian_product(at.direction.head(4)), std::domain_error);
}
