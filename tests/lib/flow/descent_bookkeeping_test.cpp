// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/descent_bookkeeping.hpp"

#include "ntk/flow/kernel_flow.hpp"
#include "ntk/network/reference.hpp"
#include "ntk/numeric/real.hpp"
#include "ntk/sphere/points.hpp"
#include "tests/lib/kernels.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

using namespace ntk;

namespace {

using RealVector = std::vector<Real>;

struct Problem {
    NetworkShape shape;
    ActivationPtr activation;
    std::shared_ptr<Network> network;
    Eigen::VectorXd start, labels;

    ReferenceNetwork<Real> reference() const {
        ReferenceNetwork<Real> made{shape, activation, {}};
        const Eigen::MatrixXd& points = network->points();
        for (Eigen::Index j = 0; j < points.cols(); ++j) {
            made.points.push_back({Real(points(0, j)), Real(points(1, j)), Real(points(2, j))});
        }
        return made;
    }
};

Problem make_problem(const std::string& activation, int width, int samples) {
    const NetworkShape shape{3, width, true, true};
    const Eigen::MatrixXd points = uniform_points(3, samples, RandomStream(21, "points of D4"));
    const ActivationPtr sigma = make_activation(activation);
    return {shape, sigma, std::make_shared<Network>(shape, sigma, points, std::make_shared<ThreadPool>(1)),
            draw_parameters(shape, {false, OutputWeights::rademacher, 1}, 22),
            2 * points.row(0).transpose() - points.row(2).transpose()};
}

RealVector real(const Eigen::VectorXd& v) { return RealVector(v.begin(), v.end()); }

double largest_difference(const Eigen::VectorXd& found, const RealVector& exact) {
    double largest = 0;
    for (std::size_t i = 0; i < exact.size(); ++i) {
        const Real error = Real(found(static_cast<Eigen::Index>(i))) - exact[i];
        largest = std::max(largest, std::abs(static_cast<double>(error)));
    }
    return largest;
}

/// All steps of a run, and the states between them.
struct Watched {
    std::vector<DescentStep> steps;
    std::vector<Eigen::VectorXd> states;
};

Watched watch(const Problem& problem, DescentOptions options, long steps) {
    Watched seen;
    options.record_steps.clear();
    for (long j = 0; j <= steps; ++j) options.record_steps.push_back(j);
    options.observe = [&](const DescentStep& step) { seen.steps.push_back(step); };
    seen.states = gradient_descent(*problem.network, problem.start, problem.labels, options).parameters;
    return seen;
}

Eigen::MatrixXd kernel_gram(const Problem& problem, const std::string& kernel) {
    const Kernel kappa = test::kernel_named(kernel);
    const Eigen::Index n = problem.labels.size();
    return zonal_gram_matrix([&](double t) { return kappa.at(t); }, problem.network->points(),
                             Eigen::VectorXd::Constant(n, 1 / static_cast<double>(n)));
}

}  // namespace

TEST_CASE("every term of a step agrees with 40 digits at the stored parameters, within its error") {
    const RealPrecision precision(40);
    for (const std::string activation : {"erf", "tanh", "relu", "polynomial:0,1,1/2,1/3"}) {
        for (const int nodes : {0, 2, 4}) {
            if (activation == "relu" && nodes > 0) continue;
            for (const Eigen::Index batch : {Eigen::Index{0}, Eigen::Index{2}}) {
                CAPTURE(activation);
                CAPTURE(nodes);
                CAPTURE(batch);
                const Problem problem = make_problem(activation, 7, 5);
                const ReferenceNetwork<Real> reference = problem.reference();
                DescentOptions options;
                options.step = 0.05;
                options.batch_size = batch;
                options.remainder_nodes = nodes;
                const Watched seen = watch(problem, options, 4);
                REQUIRE(seen.steps.size() == 4);
                for (std::size_t j = 0; j < 4; ++j) {
                    const DescentStep& step = seen.steps[j];
                    CHECK(step.index == static_cast<long>(j));
                    const RealVector theta = real(seen.states[j]), next = real(seen.states[j + 1]);
                    const RealVector before = reference.values(theta), after = reference.values(next);
                    RealVector gram = reference.velocity(theta, real(problem.labels)), change = next;
                    for (std::size_t i = 0; i < theta.size(); ++i) {
                        gram[i] *= -Real(options.step);
                        change[i] -= theta[i];
                    }
                    gram = reference.jacobian_product(theta, gram);
                    const RealVector moved = reference.jacobian_product(theta, change);
                    RealVector residual, next_residual, remainder, noise;
                    for (std::size_t i = 0; i < before.size(); ++i) {
                        const Real label(problem.labels(static_cast<Eigen::Index>(i)));
                        residual.push_back(before[i] - label);
                        next_residual.push_back(after[i] - label);
                        remainder.push_back(after[i] - before[i] - moved[i]);
                        noise.push_back(moved[i] + gram[i]);
                    }
                    CHECK(largest_difference(step.residual, residual) <= step.residual_error);
                    CHECK(largest_difference(step.next_residual, next_residual) <= step.residual_error);
                    // The rounding of the update belongs to the step: full batches have it in the first term.
                    const double update = 1e-15 * (1 + seen.states[j].cwiseAbs().maxCoeff());
                    CHECK(largest_difference(step.gram_term, gram) <= step.product_error + 10 * update);
                    CHECK(largest_difference(step.noise, noise) <= step.product_error + 10 * update);
                    CHECK(largest_difference(step.remainder, remainder) <= step.remainder_error);
                    CHECK(step.residual_error < 1e-13);
                    CHECK(step.product_error < 1e-13);
                    CHECK(step.remainder.cwiseAbs().maxCoeff() > 1e-6);
                    const bool exact = nodes != 2;
                    CHECK(step.remainder_error < (exact ? 1e-9 : 0.3) * step.remainder.cwiseAbs().maxCoeff());
                }
            }
        }
    }
}

TEST_CASE("D4 holds within its errors for the kernel of infinite width and for any symmetric matrix") {
    for (const std::string activation : {"erf", "relu"}) {
        const Problem problem = make_problem(activation, 24, 9);
        Eigen::MatrixXd other = Eigen::MatrixXd::Random(9, 9);
        other = (other + other.transpose()).eval() / 8;
        for (const Eigen::MatrixXd& gram : {kernel_gram(problem, activation + "-bias"), other}) {
            for (const Eigen::Index batch : {Eigen::Index{0}, Eigen::Index{4}}) {
                for (const int nodes : {0, 4}) {
                    if (activation == "relu" && nodes > 0) continue;
                    CAPTURE(activation);
                    CAPTURE(batch);
                    CAPTURE(nodes);
                    DescentOptions options;
                    options.step = 0.2;
                    options.batch_size = batch;
                    options.remainder_nodes = nodes;
                    const Watched seen = watch(problem, options, 60);
                    DescentIdentity identity(gram, options.step), without_remainder(gram, options.step);
                    DescentIdentity another_step(gram, 1.001 * options.step);
                    for (const DescentStep& step : seen.steps) {
                        identity.advance(step);
                        CHECK(identity.distance() <= identity.residual_error() + identity.right_error());
                        DescentStep wrong = step;
                        wrong.remainder.setZero();
                        without_remainder.advance(wrong);
                        another_step.advance(step);
                    }
                    CHECK(identity.steps() == 60);
                    CHECK(identity.residual() == seen.steps.back().next_residual);
                    CHECK(identity.residual_error() + identity.right_error() < 1e-6 * identity.largest_deviation());
                    CHECK(without_remainder.distance() >
                          10 * (without_remainder.residual_error() + without_remainder.right_error()));
                    // The kernel part takes part on both sides: eta of the kernel alone changes nothing.
                    CHECK(another_step.distance() <= another_step.residual_error() + another_step.right_error());
                }
            }
        }
    }
}

TEST_CASE("the damped part of D4 is gradient descent under the kernel") {
    const Problem problem = make_problem("erf", 12, 9);
    const Eigen::MatrixXd gram = kernel_gram(problem, "erf-bias");
    DescentOptions options;
    options.step = 0.3;
    const Watched seen = watch(problem, options, 40);
    DescentIdentity identity(gram, options.step);
    const KernelFlow flow(gram, seen.steps.front().residual);
    for (const DescentStep& step : seen.steps) {
        identity.advance(step);
        const SampleVector expected = flow.residual_after(options.step, identity.steps());
        CHECK(flow.norm(identity.damped() - expected.value) <= expected.error + identity.right_error());
    }
}

TEST_CASE("what does not fit is refused") {
    const Eigen::MatrixXd identity = Eigen::MatrixXd::Identity(2, 2);
    CHECK_THROWS_AS(DescentIdentity(Eigen::MatrixXd::Zero(2, 3), 1), std::domain_error);
    CHECK_THROWS_AS(DescentIdentity(identity, 0), std::domain_error);
    Eigen::MatrixXd skew = identity;
    skew(0, 1) = 1;
    CHECK_THROWS_AS(DescentIdentity(skew, 1), std::domain_error);
    DescentIdentity made(identity, 1);
    DescentStep step;
    step.residual = step.next_residual = step.gram_term = step.noise = step.remainder = Eigen::VectorXd::Ones(2);
    made.advance(step);
    CHECK_THROWS_AS(made.advance(step), std::domain_error);
    step.index = 1;
    made.advance(step);
    step.index = 2;
    step.residual = Eigen::VectorXd::Ones(3);
    CHECK_THROWS_AS(made.advance(step), std::domain_error);
}
