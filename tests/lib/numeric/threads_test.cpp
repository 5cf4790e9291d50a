// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/threads.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

using namespace ntk;

TEST_CASE("every block runs exactly once, for any number of threads") {
    for (const int threads : {1, 2, 5}) {
        ThreadPool pool(threads);
        for (int round = 0; round < 50; ++round) {
            std::vector<int> visits(37, 0);
            pool.parallel_for(37, [&](int block) { ++visits[static_cast<std::size_t>(block)]; });
            CHECK(std::accumulate(visits.begin(), visits.end(), 0) == 37);
            CHECK(*std::max_element(visits.begin(), visits.end()) == 1);
        }
        pool.parallel_for(0, [](int) { FAIL("no block was asked for"); });
    }
}

TEST_CASE("an exception of a block reaches the caller and leaves the pool usable") {
    ThreadPool pool(3);
    CHECK_THROWS_AS(pool.parallel_for(8,
                                      [](int block) {
                                          if (block == 5) throw std::runtime_error("block 5");
                                      }),
                    std::runtime_error);
    int sum = 0;
    pool.parallel_for(1, [&](int) { sum = 1; });
    CHECK(sum == 1);
    CHECK_THROWS_AS(ThreadPool(0), std::domain_error);
}
