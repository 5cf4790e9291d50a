// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/sampled_drift.hpp"

#include "../golden.hpp"
#include "ntk/flow/gradient_flow.hpp"
#include "ntk/network/population.hpp"
#include "ntk/network/reference.hpp"
#include "ntk/numeric/random.hpp"
#include "ntk/sphere/points.hpp"

#include <doctest/doctest.h>
#include <Eigen/Eigenvalues>
#include <Eigen/SVD>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace ntk;
using namespace ntk::deviation;

namespace {

Network network_of(const NetworkShape& shape, const std::string& activation, const Eigen::MatrixXd& points) {
    return Network(shape, make_activation(activation), points, std::make_shared<ThreadPool>(1));
}

/// The rows sqrt(q_j) grad f(x_j) without the output bias, neuron by neuron from the plain network.
Eigen::MatrixXd gradients(const Network& network, const Eigen::VectorXd& theta, const Eigen::VectorXd& weights) {
    ReferenceNetwork<double> plain{network.shape(), make_activation(network.activation().name()), {}};
    for (Eigen::Index j = 0; j < network.sample_count(); ++j) {
        const Eigen::VectorXd x = network.points().col(j);
        plain.points.emplace_back(x.begin(), x.end());
    }
    const std::vector<double> state(theta.begin(), theta.end());
    const Eigen::Index moving = theta.size() - (network.shape().output_bias ? 1 : 0);
    Eigen::MatrixXd rows(network.sample_count(), moving);
    for (Eigen::Index j = 0; j < rows.rows(); ++j) {
        const std::vector<double> one = plain.gradient(state, static_cast<std::size_t>(j));
        rows.row(j) = std::sqrt(weights(j)) * Eigen::Map<const Eigen::RowVectorXd>(one.data(), moving);
    }
    return rows;
}

/// What is even when the neurons of each pair change places and inputs change their sign: columns a as (a_+ + a_-)/2 at
/// both places, columns v as +-(v_+ - v_-)/2.
Eigen::MatrixXd even_part(const NetworkShape& shape, const Eigen::MatrixXd& rows) {
    const Eigen::Index m = shape.width, half = m / 2, blocks = rows.cols() / m;
    Eigen::MatrixXd result = rows;
    for (Eigen::Index block = 0; block < blocks; ++block) {
        const double sign = block == 0 ? 1 : -1;
        const Eigen::MatrixXd even =
            (rows.middleCols(block * m, half) + sign * rows.middleCols(block * m + half, half)) / 2;
        result.middleCols(block * m, half) = even;
        result.middleCols(block * m + half, half) = sign * even;
    }
    return result;
}

double norm_of(const Eigen::MatrixXd& matrix) { return Eigen::JacobiSVD<Eigen::MatrixXd>(matrix).singularValues()(0); }

NeuronMovement crude(const Network& network, const Eigen::VectorXd& start, double tau) {
    const double radius = network.shape().hidden_bias ? std::sqrt(2.0) : 1;
    return DriftBounds(network.activation().constants(), NeuronSizes::of(network.shape(), start), radius).movement(tau);
}

}  // namespace

TEST_CASE("norms over the sample: the root of the largest eigenvalue, from above and near") {
    for (const Eigen::Index k : {1, 2, 5, 20}) {
        Eigen::MatrixXd factor(k, k);
        const RandomStream stream(static_cast<std::uint64_t>(k), "matrix");
        for (Eigen::Index i = 0; i < k * k; ++i) factor(i) = stream.normal(static_cast<std::uint64_t>(i));
        const Eigen::MatrixXd matrix = factor * factor.transpose();
        const double largest = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(matrix).eigenvalues()(k - 1);
        const double bound = root_of_largest_eigenvalue(matrix);
        CHECK(bound >= std::sqrt(largest) * (1 - 1e-14));
        CHECK(bound <= std::sqrt(largest) * std::pow(static_cast<double>(k), 1.0 / 16) * (1 + 1e-12));
    }
    CHECK(root_of_largest_eigenvalue(Eigen::MatrixXd::Zero(3, 3)) == 0);
}

TEST_CASE("norms over the sample: sigma, its slopes and its curvatures against sums over the points") {
    const NetworkShape shape{3, 6, true, true};
    const Eigen::MatrixXd points = uniform_points(3, 9, RandomStream(4, "points"));
    const Eigen::VectorXd start = draw_parameters(shape, {false, OutputWeights::gaussian, 1}, 8);
    const Network network = network_of(shape, "tanh", points);
    Eigen::VectorXd weights = Eigen::VectorXd::LinSpaced(9, 1, 3);
    weights /= weights.sum();
    const SampledDrift drift(network, start, weights);
    const ParameterView view(shape, start);
    for (int l = 0; l < shape.width; ++l) {
        double square = 0;
        Eigen::Matrix4d slopes = Eigen::Matrix4d::Zero(), curvatures = Eigen::Matrix4d::Zero();
        for (Eigen::Index j = 0; j < 9; ++j) {
            Eigen::Vector4d input;
            input << points.col(j), 1;
            const double value = std::tanh(view.weights.row(l).dot(points.col(j)) + view.biases[l]);
            const double slope = 1 - value * value, curvature = -2 * value * slope;
            square += weights(j) * value * value;
            slopes += weights(j) * slope * slope * input * input.transpose();
            curvatures += weights(j) * curvature * curvature * input * input.transpose();
        }
        const auto root = [](const Eigen::Matrix4d& matrix) {
            return std::sqrt(Eigen::SelfAdjointEigenSolver<Eigen::Matrix4d>(matrix).eigenvalues()(3));
        };
        const auto near = [](double bound, double truth) {
            CHECK(bound >= truth);
            CHECK(bound <= truth * std::pow(4, 1.0 / 16) * (1 + 1e-12));
        };
        near(drift.values()(l), std::sqrt(square));
        near(drift.slopes()(l), root(slopes));
        near(drift.curvatures()(l), root(curvatures));
    }
    CHECK_THROWS_AS(SampledDrift(network, start, weights.head(3)), std::domain_error);
    CHECK_THROWS_AS(SampledDrift(network_of(shape, "relu", points), start, weights), std::domain_error);
}

TEST_CASE("norms over the sample: a linear pair meets them to leading order") {
    // a_+ = ||v_+|| = e^g, -a_- = ||v_-|| = e^{-g}, g = tau/sqrt(2), both along x = e_1; the probe is sqrt(2) <x, e_1>.
    const NetworkShape shape{2, 2, false, false};
    Eigen::VectorXd start(6);
    start << 1, -1, 1, 1, 0, 0;
    const Network network = network_of(shape, "polynomial:0,1", Eigen::MatrixXd::Identity(2, 1));
    const SampledDrift drift(network, start, Eigen::VectorXd::Ones(1));
    for (const double g : {1e-3, 0.02, 0.1}) {
        const double tau = g * std::sqrt(2.0);
        const GradientDrift bound = drift.at(tau, crude(network, start, tau));
        const double grown = std::expm1(g), shrunk = std::expm1(-g), even = std::exp(g) + std::exp(-g) - 2;
        const double change = std::sqrt(grown * grown + shrunk * shrunk), seen = even / std::sqrt(2.0);
        const auto near = [g](double above, double truth) {
            CHECK(above >= truth * (1 - 1e-9));
            CHECK(above <= truth * (1 + 2 * g));
        };
        near(bound.sample, change);
        near(bound.seen_of_sample, seen);
        near(bound.probe, change / std::sqrt(2.0));
        near(bound.seen_of_probe, seen / std::sqrt(2.0));
        // ||M_0||^2 = 2 and ||grad C_0|| = 1.
        const double sinh = std::sinh(g);
        near(bound.gram_drift(std::sqrt(2.0)), 4 * sinh * sinh);
        near(bound.kernel_gap(std::sqrt(2.0), 1), 4 * sinh * sinh / std::sqrt(2.0));
    }
}

TEST_CASE("norms over the sample: no gradient moves further on random networks, and pairs move in second order") {
    const std::vector<std::string> activations = {"erf", "tanh", "softplus:1", "gelu", "gaussian", "sin", "silu"};
    const int count = test::full_size() ? 60 : test::least_size() ? 2 : 12;
    for (int instance = 0; instance < count; ++instance) {
        const RandomStream stream(static_cast<std::uint64_t>(instance), "sampled drift");
        const NetworkShape shape{2 + instance % 3, 4 + 4 * (instance % 4), instance % 2 == 0, instance % 3 == 0};
        const bool antisymmetric = instance % 4 != 3;
        const OutputWeights law = instance % 5 == 0 ? OutputWeights::gaussian : OutputWeights::rademacher;
        const Eigen::VectorXd start = draw_parameters(shape, {antisymmetric, law, 0}, 11);
        const Eigen::MatrixXd points = uniform_points(shape.dim, 6, RandomStream(stream.bits(0), "points"));
        const Network network =
            network_of(shape, activations[static_cast<std::size_t>(instance) % activations.size()], points);
        const Eigen::VectorXd weights = Eigen::VectorXd::Constant(6, 1.0 / 6);
        Eigen::VectorXd labels(6);
        for (Eigen::Index j = 0; j < 6; ++j) labels(j) = 2 * stream.normal(static_cast<std::uint64_t>(j) + 1);
        const ZonalProbe probe = make_zonal_probe(instance % 4, Eigen::VectorXd::Unit(shape.dim, 0));
        FlowOptions options{1e-10, {}};
        for (int i = 1; i <= 100; ++i) options.record_times.push_back(0.02 * i);
        const Trajectory path = integrate_gradient_flow(network, start, labels, options);
        const SampledDrift drift(network, start, weights);
        const Eigen::MatrixXd M = gradients(network, start, weights);
        const auto moving = M.cols();
        const Eigen::VectorXd of_probe =
            population_coefficients(shape, network.activation(), start, {probe}).gradient.col(0).head(moving);
        const double norm = norm_of(M);
        const auto seen_by_start = [&](const Eigen::MatrixXd& rows) {
            return antisymmetric ? even_part(shape, rows) : rows;
        };
        CHECK((seen_by_start(M) - M).norm() <= 1e-14 * norm);
        // The loss falls, so that left ends bound the integral.
        double tau = 0, residual = (network.values(start) - labels).norm() / std::sqrt(6.0), time = 0;
        for (std::size_t i = 0; i < path.times.size(); ++i) {
            const Eigen::VectorXd& theta = path.parameters[i];
            tau += residual * (path.times[i] - time) * (1 + 1e-8);
            time = path.times[i];
            residual = (network.values(theta) - labels).norm() / std::sqrt(6.0);
            if (i != 1 && i != 15 && i != 99) continue;
            CAPTURE(instance);
            CAPTURE(time);
            const GradientDrift bound = drift.at(tau, crude(network, start, tau));
            const Eigen::MatrixXd now = gradients(network, theta, weights), change = now - M;
            const Eigen::VectorXd probe_now =
                population_coefficients(shape, network.activation(), theta, {probe}).gradient.col(0).head(moving);
            const Eigen::VectorXd probe_change = probe_now - of_probe;
            CHECK(bound.sample >= norm_of(change));
            CHECK(bound.seen_of_sample >= norm_of(seen_by_start(change)));
            CHECK(bound.probe >= probe_change.norm());
            CHECK(bound.seen_of_probe >= seen_by_start(probe_change.transpose()).norm());
            CHECK(bound.gram_drift(norm) >= norm_of(now * now.transpose() - M * M.transpose()));
            CHECK(bound.kernel_gap(norm, of_probe.norm()) >= (now * probe_now - M * of_probe).norm());
        }
        const double small = 1e-4;
        const auto ratio = [&](double GradientDrift::*member) {
            return drift.at(2 * small, crude(network, start, 2 * small)).*member /
                   (drift.at(small, crude(network, start, small)).*member);
        };
        const double order = antisymmetric ? 4 : 2;
        CHECK(std::abs(ratio(&GradientDrift::sample) - 2) <= 0.01);
        CHECK(std::abs(ratio(&GradientDrift::seen_of_sample) - order) <= 0.02);
        CHECK(std::abs(ratio(&GradientDrift::seen_of_probe) - order) <= 0.02);
    }
}

TEST_CASE("norms over the sample: nothing moves in no time, and what is infinite stays so") {
    const NetworkShape shape{3, 8, true, false};
    const Eigen::VectorXd start = draw_parameters(shape, {true, OutputWeights::gaussian, 1}, 5);
    const Network network = network_of(shape, "gelu", uniform_points(3, 4, RandomStream(1, "points")));
    const SampledDrift drift(network, start, Eigen::VectorXd::Constant(4, 0.25));
    const GradientDrift none = drift.at(0, crude(network, start, 0));
    CHECK(none.sample == 0);
    CHECK(none.gram_drift(1) == 0);
    CHECK(none.kernel_gap(1, 1) == 0);
    const GradientDrift far = drift.at(1e9, crude(network, start, 1e9));
    CHECK(far.sample == std::numeric_limits<double>::infinity());
    CHECK(far.gram_drift(1) == std::numeric_limits<double>::infinity());
    double before = 0;
    for (double tau = 1e-6; tau < 100; tau *= 3) {
        const double now = drift.at(tau, crude(network, start, tau)).gram_drift(1);
        CHECK(now >= before);
        before = now;
    }
}
