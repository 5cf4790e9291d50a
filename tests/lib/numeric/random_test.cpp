// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/random.hpp"

#include <Random123/philox.h>
#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;

TEST_CASE("Philox4x64-10 gives the published known answers") {
    // Known-answer vectors of the Random123 distribution (kat_vectors, philox4x64 10).
    r123::Philox4x64::ctr_type zero = {{0, 0, 0, 0}};
    r123::Philox4x64::key_type no_key = {{0, 0}};
    const auto words = r123::Philox4x64()(zero, no_key);
    CHECK(words[0] == 0x16554d9eca36314cU);
    CHECK(words[1] == 0xdb20fe9d672d0fdcU);
    CHECK(words[2] == 0xd7e772cee186176bU);
    CHECK(words[3] == 0x7e68b68aec7ba23bU);
}

TEST_CASE("streams depend on seed, purpose and index, and on nothing else") {
    const RandomStream stream(7, "sample points");
    CHECK(stream.bits(5) == RandomStream(7, "sample points").bits(5));
    CHECK(stream.bits(5) != stream.bits(6));
    CHECK(stream.bits(5) != RandomStream(8, "sample points").bits(5));
    CHECK(stream.bits(5) != RandomStream(7, "network weights").bits(5));
}

TEST_CASE("moments of the draws lie within 5 standard errors (false alarm below 1e-5 in all)") {
    const RandomStream stream(3, "moments");
    constexpr int count = 200000;
    double uniform = 0, normal = 0, square = 0, fourth = 0, sign = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        const double z = stream.normal(i);
        uniform += stream.uniform(i);
        normal += z;
        square += z * z;
        fourth += z * z * z * z;
        sign += stream.rademacher(i);
    }
    const double error = 5 / std::sqrt(static_cast<double>(count));
    CHECK(std::abs(uniform / count - 0.5) < error * std::sqrt(1.0 / 12));
    CHECK(std::abs(normal / count) < error);
    CHECK(std::abs(square / count - 1) < error * std::sqrt(2.0));
    CHECK(std::abs(fourth / count - 3) < error * std::sqrt(96.0));
    CHECK(std::abs(sign / count) < error);
}
