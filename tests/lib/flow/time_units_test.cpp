// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/time_units.hpp"

#include "ntk/flow/gradient_descent.hpp"
#include "ntk/network/network.hpp"
#include "ntk/network/reference.hpp"
#include "ntk/numeric/real.hpp"
#include "ntk/spectrum/conventions.hpp"
#include "ntk/sphere/points.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

using namespace ntk;

namespace {

constexpr int samples = 5;
const NetworkShape shape{3, 4, true, true};

/// The loss as the convention writes it.
Real loss(LossConvention convention, const std::vector<Real>& values, const std::vector<Real>& labels) {
    Real sum(0), mean(0);
    for (std::size_t j = 0; j < values.size(); ++j) sum += (values[j] - labels[j]) * (values[j] - labels[j]);
    mean = sum / static_cast<long>(values.size());
    switch (convention) {
        case LossConvention::half_mean:
            return mean / 2;
        case LossConvention::mean:
            return mean;
        case LossConvention::half_sum:
            return sum / 2;
        case LossConvention::sum:
            return sum;
    }
    return Real(0);
}

constexpr LossConvention all[] = {LossConvention::half_mean, LossConvention::mean, LossConvention::half_sum,
                                  LossConvention::sum};

}  // namespace

TEST_CASE("a step on another loss is a step of ours: differences of the losses in 40 digits") {
    const RealPrecision precision(40);
    const Eigen::MatrixXd points = uniform_points(3, samples, RandomStream(1, "units"));
    const Network network(shape, make_activation("tanh"), points, std::make_shared<ThreadPool>(1));
    const Eigen::VectorXd start = draw_parameters(shape, {false, OutputWeights::gaussian, 1}, 3);
    const Eigen::VectorXd labels = Eigen::VectorXd::LinSpaced(samples, -1, 1);
    ReferenceNetwork<Real> reference{shape, make_activation("tanh"), {}};
    for (int j = 0; j < samples; ++j) {
        reference.points.push_back({Real(points(0, j)), Real(points(1, j)), Real(points(2, j))});
    }
    const std::vector<Real> wanted(labels.begin(), labels.end());
    for (const LossConvention convention : all) {
        CAPTURE(to_string(convention));
        constexpr double theirs = 0.01;
        DescentOptions options;
        options.step = to_our_time(convention, samples, theirs);
        options.record_steps = {1};
        const Eigen::VectorXd stepped = gradient_descent(network, start, labels, options).parameters.front();
        double largest = 0;
        for (Eigen::Index i = 0; i < start.size(); ++i) {
            std::vector<Real> ahead(start.begin(), start.end()), behind = ahead;
            const Real h("1e-12");
            ahead[static_cast<std::size_t>(i)] += h;
            behind[static_cast<std::size_t>(i)] -= h;
            const Real slope = (loss(convention, reference.values(ahead), wanted) -
                                loss(convention, reference.values(behind), wanted)) /
                               (2 * h);
            const Real expected = Real(start(i)) - Real(theirs) * slope;
            largest = std::max(largest, std::abs(static_cast<double>(Real(expected - Real(stepped(i))))));
        }
        CHECK(largest < 1e-14);
        CHECK(from_our_time(convention, samples, options.step) == theirs);
    }
}

TEST_CASE("the factors are those of the rates in the table of conventions") {
    ConventionSetting setting;
    setting.samples = 12;
    const auto rate = [&](Convention convention) {
        return static_cast<double>(Real(to_real(*exact_conversion_factor(convention, setting))));
    };
    CHECK(loss_factor(LossConvention::half_mean, 12) == 1);
    CHECK(loss_factor(LossConvention::mean, 12) == rate(Convention::loss_without_half));
    CHECK(loss_factor(LossConvention::half_sum, 12) == rate(Convention::loss_summed));
    CHECK(loss_factor(LossConvention::sum, 12) == rate(Convention::loss_summed) * rate(Convention::loss_without_half));
    CHECK_THROWS_AS(loss_factor(LossConvention::mean, 0), std::domain_error);
}

TEST_CASE("steps and times") {
    CHECK(time_after_steps(0.25, 12) == 3);
    CHECK(steps_to_reach(0, 0.1) == 0);
    CHECK(steps_to_reach(1, 0.3) == 4);
    CHECK(steps_to_reach(1.0001, 0.5) == 3);
    // Quotients that rounding puts beside a whole number.
    for (int denominator = 1; denominator <= 100; ++denominator) {
        const double step = 1.0 / denominator;
        for (int steps = 1; steps <= 300; ++steps) CHECK(steps_to_reach(steps * 1.0 / denominator, step) == steps);
    }
    CHECK_THROWS_AS(steps_to_reach(-1, 1), std::domain_error);
    CHECK_THROWS_AS(steps_to_reach(1, 0), std::domain_error);
    CHECK_THROWS_AS(steps_to_reach(1, 1e-300), std::domain_error);
    CHECK_THROWS_AS(steps_to_reach(std::numeric_limits<double>::infinity(), 1), std::domain_error);
    CHECK_THROWS_AS(time_after_steps(1, -1), std::domain_error);
    CHECK_THROWS_AS(time_after_steps(0, 1), std::domain_error);
}
