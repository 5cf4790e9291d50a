// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/weight_law.hpp"

#include "ntk/numeric/errors.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace ntk;

namespace {

RadialLaw read(const std::string& text) {
    std::istringstream table(text);
    return read_radial_law(table, "law.txt");
}

}  // namespace

TEST_CASE("a table of radii and probabilities is read exactly") {
    const RadialLaw law = read("# length  share\n0.1 1/3\n\n  5/2\t0.5 # half\n0.1 1/6\n7 0\n");
    REQUIRE(law.atoms.size() == 2);
    CHECK(law.atoms[0].radius == Rational(1, 10));
    CHECK(law.atoms[0].probability == Rational(1, 2));
    CHECK(law.atoms[1].radius == Rational(5, 2));
    CHECK(radius_moment(law, 0) == 1);
    CHECK(radius_moment(law, 2) == Rational(1, 200) + Rational(25, 8));
}

TEST_CASE("tables that are wrong, with the line") {
    const auto fails = [](const std::string& text, const char* message) {
        CAPTURE(text);
        CHECK_THROWS_WITH_AS(read(text), message, InputError);
    };
    fails("1\n", "law.txt:1: 1 words: expected 'radius probability'");
    fails("1 1/2\n# two\n1 2 3\n", "law.txt:3: 3 words: expected 'radius probability'");
    fails("-1 1\n", "law.txt:1: radius \"-1\": expected a number >= 0");
    fails("1 1/2\n2 -1/2\n", "law.txt:2: probability \"-1/2\": expected a number >= 0");
    fails("1 0.3\n2 0.6\n", "law.txt:2: the probabilities add up to 9/10: expected exactly 1");
    fails("", "law.txt:0: the probabilities add up to 0: expected exactly 1");
    CHECK_THROWS_AS(read("one 1\n"), InputError);
}

TEST_CASE("names of laws") {
    CHECK_FALSE(parse_weight_law("gaussian").has_value());
    const auto sphere = parse_weight_law("sphere:1.5");
    REQUIRE(sphere.has_value());
    REQUIRE(sphere->atoms.size() == 1);
    CHECK(sphere->atoms[0].radius == Rational(3, 2));
    CHECK(sphere->atoms[0].probability == 1);
    for (const std::string text : {"spher:1", "sphere", "sphere:", "sphere:0", "sphere:-1", "sphere:x",
                                   "radial:", "radial:/no/such", "gaussian:1"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(parse_weight_law(text), InputError);
    }
}
