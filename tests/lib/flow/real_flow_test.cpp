// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/real_flow.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace ntk;

TEST_CASE("flow in Real: a rotation that decays, to the digits of its tolerance") {
    const RealPrecision precision(40);
    // x' = -x - 2y, y' = 2x - y: (x, y) = e^{-t} (cos 2t, sin 2t).
    const auto velocity = [](const std::vector<Real>& state) {
        return std::vector<Real>{-state[0] - 2 * state[1], 2 * state[0] - state[1]};
    };
    const std::vector<Real> times = {0, Real("0.3"), 1, 2};
    Real before = 1;
    for (const std::string tolerance : {"1e-12", "1e-16", "1e-20"}) {
        const auto states = integrate_real_flow(velocity, {1, 0}, times, Real(tolerance));
        REQUIRE(states.size() == 4);
        CHECK(states[0] == std::vector<Real>{1, 0});
        Real error = 0;
        for (std::size_t i = 0; i < times.size(); ++i) {
            const Real decay = exp(-times[i]);
            error = std::max<Real>(
                {error, abs(states[i][0] - decay * cos(2 * times[i])), abs(states[i][1] - decay * sin(2 * times[i]))});
        }
        CHECK(error < 1000 * Real(tolerance));
        CHECK(error < before / 100);
        before = error;
    }
}

TEST_CASE("flow in Real: bad times and tolerances are refused") {
    const auto velocity = [](const std::vector<Real>& state) { return state; };
    CHECK_THROWS_AS(integrate_real_flow(velocity, {1}, {}, Real("1e-9")), std::domain_error);
    CHECK_THROWS_AS(integrate_real_flow(velocity, {1}, {2, 1}, Real("1e-9")), std::domain_error);
    CHECK_THROWS_AS(integrate_real_flow(velocity, {1}, {1}, Real(0)), std::domain_error);
    CHECK(integrate_real_flow(velocity, {1}, {0}, Real("1e-9")) == std::vector<std::vector<Real>>{{1}});
}
