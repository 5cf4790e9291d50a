// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/nearest.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using ntk::verify::nearest_name;
using ntk::verify::suggestion;

TEST_CASE("nearest name: the smallest number of changed letters wins, far ones are not named") {
    const std::vector<std::string> names = {"width", "initialisation", "output_weights"};
    CHECK(nearest_name("widht", names) == "width");
    CHECK(nearest_name("initialization", names) == "initialisation");
    CHECK(nearest_name("outputweights", names) == "output_weights");
    CHECK(nearest_name("colour", names).empty());
    CHECK(nearest_name("width", {}).empty());
}

TEST_CASE("nearest name: as a question behind a message") {
    CHECK(suggestion("rel", {"erf", "relu"}) == " (did you mean \"relu\"?)");
    CHECK(suggestion("colour", {"erf", "relu"}).empty());
}
