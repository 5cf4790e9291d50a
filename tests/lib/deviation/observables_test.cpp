// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/observables.hpp"

#include "ntk/sphere/points.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace ntk;
using namespace ntk::deviation;

namespace {

const NetworkShape shape{3, 6, true, true};

Network network_on(const Eigen::MatrixXd& points, int threads) {
    return Network(shape, make_activation("tanh"), points, std::make_shared<ThreadPool>(threads));
}

ObservationFrame frame_of(const Eigen::VectorXd& labels, const Eigen::VectorXd& weights, ObservationDepth depth) {
    ObservationFrame frame;
    frame.start = draw_parameters(shape, {false, OutputWeights::rademacher, 1}, 1);
    frame.labels = labels;
    frame.weights = weights;
    frame.probes = {make_zonal_probe(1, Eigen::Vector3d(0, 0, 1)), make_zonal_probe(2, Eigen::Vector3d(1, 0, 0))};
    frame.target = ZonalTarget{{frame.probes[0]}, {0.7}};
    frame.eigenvalues = {0.3, 0.2};
    frame.depth = depth;
    return frame;
}

Observables look(const Network& network, const ObservationFrame& frame, int states) {
    Observer observer(network, frame);
    for (int i = 0; i < states; ++i) {
        observer.add(frame.start + 0.1 * i * Eigen::VectorXd::Ones(frame.start.size()));
    }
    return observer.take();
}

bool same(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
    return a.rows() == b.rows() && a.cols() == b.cols() && (a.array() == b.array()).all();
}

double apart(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) { return (a - b).cwiseAbs().maxCoeff(); }

}  // namespace

TEST_CASE("observer: a point of weight two thirds is one that the sample has twice") {
    const Eigen::MatrixXd two = uniform_points(3, 2, RandomStream(1, "observed points"));
    Eigen::MatrixXd three(3, 3);
    three << two.col(0), two.col(0), two.col(1);
    const Eigen::Vector3d labels(0.5, 0.5, -1);
    const auto kernels = ObservationDepth::kernels;
    const Network small = network_on(two, 1), large = network_on(three, 1);
    const Observables weighted =
        look(small, frame_of(Eigen::Vector2d(0.5, -1), Eigen::Vector2d(2.0 / 3, 1.0 / 3), kernels), 3);
    const Observables repeated = look(large, frame_of(labels, {}, kernels), 3);
    CHECK(apart(weighted.residual_norm, repeated.residual_norm) < 1e-15);
    CHECK(apart(weighted.loss, repeated.loss) < 1e-15);
    CHECK(apart(weighted.squared_speed, repeated.squared_speed) < 1e-15);
    CHECK(apart(weighted.deviation, repeated.deviation) < 1e-15);
    CHECK(apart(weighted.sampling, repeated.sampling) < 1e-15);
    CHECK(apart(weighted.kernel_gap, repeated.kernel_gap) < 1e-15);
    CHECK(apart(weighted.gram_residual.row(1), repeated.gram_residual.row(2)) < 1e-15);
    CHECK(apart(weighted.coefficient, repeated.coefficient) == 0);
    CHECK(weighted.movement(0) == 0);
    CHECK(std::abs(weighted.movement(2) - 0.2 * std::sqrt(static_cast<double>(shape.parameter_count()))) < 1e-14);
}

TEST_CASE("observer: threads and portions change nothing, and depth only adds") {
    const Eigen::MatrixXd points = uniform_points(3, 5, RandomStream(2, "observed points"));
    const Eigen::VectorXd labels = Eigen::VectorXd::LinSpaced(5, -1, 1);
    constexpr int states = 37;  // more than are looked at together, and no multiple
    const Network alone = network_on(points, 1), shared = network_on(points, 3);
    const Observables one = look(alone, frame_of(labels, {}, ObservationDepth::kernels), states);
    const Observables three = look(shared, frame_of(labels, {}, ObservationDepth::kernels), states);
    const Observables light = look(alone, frame_of(labels, {}, ObservationDepth::residuals), states);
    CHECK(one.times() == states);
    CHECK(same(one.deviation, three.deviation));
    CHECK(same(one.residual, three.residual));
    CHECK(same(one.residual, light.residual));
    CHECK(same(one.squared_speed, light.squared_speed));
    CHECK(light.kernel_gap.size() == 0);
}

TEST_CASE("observables: appended ones stand behind the others") {
    const Eigen::MatrixXd points = uniform_points(3, 5, RandomStream(2, "observed points"));
    const Network network = network_on(points, 1);
    const ObservationFrame frame = frame_of(Eigen::VectorXd::Zero(5), {}, ObservationDepth::residuals);
    const Observables both = look(network, frame, 4);
    Observables joined;
    joined.append(look(network, frame, 3));
    Observer last(network, frame);
    last.add(frame.start + 0.1 * 3 * Eigen::VectorXd::Ones(frame.start.size()));
    joined.append(last.take());
    CHECK(same(joined.residual, both.residual));
    CHECK(same(joined.coefficient, both.coefficient));
    CHECK(same(joined.movement, both.movement));
    Observables other = both;
    other.residual.conservativeResize(4, Eigen::NoChange);
    CHECK_THROWS_AS(joined.append(other), std::domain_error);
}

TEST_CASE("observer: sizes that do not fit are refused") {
    const Network network = network_on(uniform_points(3, 5, RandomStream(2, "observed points")), 1);
    CHECK_THROWS_AS(Observer(network, frame_of(Eigen::VectorXd::Zero(4), {}, ObservationDepth::residuals)),
                    std::domain_error);
    CHECK_THROWS_AS(
        Observer(network, frame_of(Eigen::VectorXd::Zero(5), Eigen::VectorXd::Ones(4), ObservationDepth::residuals)),
        std::domain_error);
}
