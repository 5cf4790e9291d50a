// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/time_grid.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace ntk::deviation;

namespace {

Eigen::VectorXd sampled(const TimeGrid& grid, const std::function<double(double)>& f) {
    Eigen::VectorXd values(static_cast<Eigen::Index>(grid.times().size()));
    for (std::size_t i = 0; i < grid.times().size(); ++i) values(static_cast<Eigen::Index>(i)) = f(grid.times()[i]);
    return values;
}

}  // namespace

TEST_CASE("damped integrals against their closed form, within the reported error") {
    const TimeGrid grid = TimeGrid::for_rate(12, 1.5, {0.1, 7});
    CHECK(std::find(grid.breakpoints().begin(), grid.breakpoints().end(), 7.0) != grid.breakpoints().end());
    // int_0^t e^{-a(t-s)} cos(b s) ds = [a cos bt + b sin bt - a e^{-at}]/(a^2+b^2)
    const double a = 0.7, b = 1.1;
    const auto found = grid.damped_integral(a, sampled(grid, [&](double s) { return std::cos(b * s); }));
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double t = grid.breakpoints()[i];
        const double exact = (a * std::cos(b * t) + b * std::sin(b * t) - a * std::exp(-a * t)) / (a * a + b * b);
        CHECK(std::abs(found[i].value - exact) <= found[i].error + 1e-14);
        CHECK(found[i].error < 1e-8);
    }
}

TEST_CASE("a panel that is too long for its integrand has an error that covers it") {
    const TimeGrid grid(std::vector<double>{0, 1});
    const auto covered = [&](double exact, const std::function<double(double)>& f) {
        const Measured found = grid.damped_integral(0, sampled(grid, f)).back();
        return std::abs(found.value - exact) <= found.error + 1e-14;
    };
    for (double rate = 1; rate < 60; rate *= 1.1) {
        CAPTURE(rate);
        CHECK(covered(std::sin(rate) / rate, [&](double s) { return std::cos(rate * s); }));
    }
    // Peaks: the two rules may agree by chance, but rarely.
    int peaks = 0, missed = 0;
    for (double width = 0.3; width > 0.02; width *= 0.9) {
        for (double at = 0.03; at < 1; at += 0.031) {
            const double exact = width * (std::atan((1 - at) / width) + std::atan(at / width));
            missed += covered(exact, [&](double s) { return 1 / (1 + std::pow((s - at) / width, 2)); }) ? 0 : 1;
            ++peaks;
        }
    }
    CHECK(100 * missed < peaks);
}

TEST_CASE("integrals of absolute values split at the sign changes") {
    const TimeGrid grid = TimeGrid::for_rate(10, 1, {});
    const auto found = grid.damped_integral_of_absolute(0, sampled(grid, [](double s) { return std::sin(s); }));
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double t = grid.breakpoints()[i];
        const double whole = std::floor(t / M_PI);
        const double exact = 2 * whole + 1 - std::cos(t - whole * M_PI);
        CHECK(std::abs(found[i].value - exact) < 1e-10);
    }
}

TEST_CASE("suprema are over continuous time, not over the nodes") {
    const TimeGrid grid(std::vector<double>{0, 1, 2});
    const double peak = 0.4321;
    const auto found =
        grid.running_supremum(sampled(grid, [&](double s) { return -1 / (1 + (s - peak) * (s - peak)); }));
    CHECK(found[0].value == 1 / (1 + peak * peak));
    for (std::size_t i = 1; i < found.size(); ++i) {
        CHECK(std::abs(found[i].value - 1) <= std::max(2 * found[i].error, 1e-4));
        CHECK(found[i].value <= 1 + 1e-9);
    }
    CHECK(found[2].value >= found[1].value);
}

TEST_CASE("bad grids are refused") {
    CHECK_THROWS_AS(TimeGrid(std::vector<double>{0}), std::domain_error);
    CHECK_THROWS_AS(TimeGrid(std::vector<double>{1, 2}), std::domain_error);
    CHECK_THROWS_AS(TimeGrid(std::vector<double>{0, 2, 2}), std::domain_error);
    CHECK_THROWS_AS(TimeGrid::for_rate(0, 1, {}), std::domain_error);
}

TEST_CASE("time grid: a thousand times the fastest decay takes few panels and loses no digits") {
    const TimeGrid grid = TimeGrid::for_rate(1000, 3, {});
    CHECK(grid.breakpoints().size() < 60);
    for (const double rate : {0.0, 0.001, 0.05, 0.7, 3.0}) {
        Eigen::VectorXd values(static_cast<Eigen::Index>(grid.times().size()));
        for (std::size_t i = 0; i < grid.times().size(); ++i) {
            values(static_cast<Eigen::Index>(i)) = std::exp(-rate * grid.times()[i]);
        }
        const auto integral = grid.damped_integral(0, values);
        for (std::size_t i = 1; i < integral.size(); ++i) {
            const double time = grid.breakpoints()[i];
            const double exact = rate == 0 ? time : -std::expm1(-rate * time) / rate;
            CHECK(std::abs(integral[i].value - exact) <= integral[i].error + 1e-14 * exact);
            CHECK(integral[i].error <= 1e-8 * exact);
        }
    }
}

TEST_CASE("the error of a supremum covers panels that are too long for the function") {
    const TimeGrid grid(std::vector<double>{0, 1});
    const auto supremum = [&](const std::function<double(double)>& f) {
        return grid.running_supremum(sampled(grid, f)).back();
    };
    // Resolved: the error is small.
    const Measured smooth = supremum([](double s) { return std::cos(2 * (s - 0.4567)); });
    CHECK(std::abs(smooth.value - 1) <= smooth.error);
    CHECK(smooth.error < 1e-3);
    for (double rate = 4; rate < 60; rate *= 1.1) {
        CAPTURE(rate);
        const Measured found = supremum([&](double s) { return std::cos(rate * (s - 0.4567)); });
        CHECK(std::abs(found.value - 1) <= found.error + 1e-14);
    }
    // Peaks as narrow as half the distance of the nodes; what is narrower can stand between them.
    for (double width = 0.3; width > 0.05; width *= 0.9) {
        for (double at = 0.03; at < 1; at += 0.0131) {
            CAPTURE(width);
            CAPTURE(at);
            const Measured found = supremum([&](double s) { return 1 / (1 + std::pow((s - at) / width, 2)); });
            CHECK(std::abs(found.value - 1) <= found.error + 1e-14);
        }
    }
}

TEST_CASE("a badly resolved panel widens a supremum only where it matters") {
    const TimeGrid grid(std::vector<double>{0, 1, 2});
    const auto found = grid.running_supremum(
        sampled(grid, [](double s) { return std::exp(-s) + (s > 1 ? 0.01 * std::sin(80 * (s - 1)) : 0); }));
    CHECK(found.back().value == 1);
    CHECK(found.back().error < 1e-9);
}
