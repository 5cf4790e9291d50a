// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/degrees.hpp"
#include "ntk/numeric/errors.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using ntk::verify::is_initial_segment;
using ntk::verify::parse_degrees;

TEST_CASE("degrees: single ones, ranges, steps and mixtures, in the order written") {
    CHECK(parse_degrees("7") == std::vector<int>{7});
    CHECK(parse_degrees("0:3") == std::vector<int>{0, 1, 2, 3});
    CHECK(parse_degrees("4:4") == std::vector<int>{4});
    CHECK(parse_degrees("1:8:3") == std::vector<int>{1, 4, 7});
    CHECK(parse_degrees("9,0:2,5:9:2") == std::vector<int>{9, 0, 1, 2, 5, 7});
}

TEST_CASE("degrees: what is not understood is quoted") {
    for (const std::string wrong : {"", "a", "-1", "3:1", "1:", ":3", "1:2:0", "1:9:-2", "1:2:3:4", "1,,2", "1.5",
                                    "1 2", "99999999999999999999"}) {
        CAPTURE(wrong);
        try {
            parse_degrees(wrong);
            FAIL("accepted");
        } catch (const ntk::InputError& error) {
            CHECK(std::string(error.what()).find("expected") != std::string::npos);
        }
    }
}

TEST_CASE("degrees: only 0, 1, ..., K is an initial segment") {
    CHECK(is_initial_segment({0}));
    CHECK(is_initial_segment({0, 1, 2}));
    CHECK_FALSE(is_initial_segment({1, 2}));
    CHECK_FALSE(is_initial_segment({0, 2}));
    CHECK_FALSE(is_initial_segment({0, 2, 1}));
}
