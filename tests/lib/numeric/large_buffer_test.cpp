// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/large_buffer.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <new>

using namespace ntk;

TEST_CASE("a buffer has the room that was asked for, keeps it, and grows") {
    LargeBuffer buffer;
    CHECK(buffer.data() == nullptr);
    for (const std::size_t count : {std::size_t{1}, std::size_t{1000}, std::size_t{300'000}}) {
        buffer.require(count);
        CHECK(reinterpret_cast<std::uintptr_t>(buffer.data()) % 64 == 0);
        for (std::size_t i = 0; i < count; ++i) buffer.data()[i] = static_cast<double>(i);
        CHECK(buffer.data()[count - 1] == static_cast<double>(count - 1));
    }
    const double* before = buffer.data();
    buffer.require(5);
    CHECK(buffer.data() == before);
    CHECK(buffer.data()[299'999] == 299'999);
    CHECK_THROWS_AS(LargeBuffer(std::numeric_limits<std::size_t>::max() / 4), std::bad_alloc);
}
