// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/benchmarks/measure.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

using namespace ntk::verify;

TEST_CASE("spread: ends and middle in any order, mean of two middles") {
    const Spread odd = spread_of({3, 1, 2});
    CHECK(odd.min == 1);
    CHECK(odd.median == 2);
    CHECK(odd.max == 3);
    CHECK(spread_of({4, 1, 2, 8}).median == 3);
    CHECK(spread_of({5}).median == 5);
    CHECK_THROWS_AS(spread_of({}), std::domain_error);
}

TEST_CASE("sleep costs wall time and no CPU time; the work is done as often as asked") {
    int calls = 0;
    const Measurement measured = measure(3, [&] {
        ++calls;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    });
    CHECK(calls == 3);
    CHECK(measured.wall.min >= 0.02);
    CHECK(measured.cpu.max < 0.02);
    CHECK_THROWS_AS(measure(0, [] {}), std::domain_error);
}

TEST_CASE("works take turns, and each has its seconds in order") {
    std::string calls;
    const std::vector<Seconds> seconds =
        measure_in_turn(3, {[&] { calls += 'a'; },
                            [&] {
                                calls += 'b';
                                std::this_thread::sleep_for(std::chrono::milliseconds(5));
                            }});
    CHECK(calls == "ababab");
    REQUIRE(seconds.size() == 2);
    REQUIRE(seconds[1].wall.size() == 3);
    CHECK(spread_of(seconds[1].wall).min >= 0.005);
}
