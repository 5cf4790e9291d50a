// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/decimal.hpp"
#include "ntk/spectrum/eigenvalues.hpp"
#include "tests/lib/golden.hpp"
#include "tests/lib/kernels.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <utility>

using namespace ntk;

namespace {

/// The stored decimal with one unit of its last digit.
Ball stored(const nlohmann::json& record) {
    const Rational value = parse_rational(record["value"].get<std::string>());
    const long digits = record["digits"].get<long>();
    Ball result(value, 600);
    arb_add_error(result.get(), Ball(Rational(value * power_of_ten(1 - digits)), 64).get());
    return result;
}

void check_group(const std::string& name, int dim, const std::vector<nlohmann::json>& records, long most_digits) {
    const Kernel kernel = test::kernel_named(name);
    // Records with equal digits share one series.
    std::map<long, std::vector<nlohmann::json>> by_digits;
    for (const auto& record : records) {
        const long digits = record["value"] == "0" ? 1 : record["digits"].get<long>() + 1;
        by_digits[std::min(digits, most_digits)].push_back(record);
    }
    for (const auto& [digits, group] : by_digits) {
        std::vector<int> degrees;
        for (const auto& record : group) degrees.push_back(record["k"]);
        const std::vector<Eigenvalue> found = certified_eigenvalues(kernel, dim, degrees, digits);
        for (std::size_t i = 0; i < group.size(); ++i) {
            CAPTURE(group[i].dump());
            if (group[i]["value"] == "0") {
                CHECK(found[i].enclosure.is_zero());
            } else {
                CHECK(found[i].route == Route::ridge);
                CHECK(found[i].enclosure.overlaps(stored(group[i])));
                CHECK(certified_digits(found[i].enclosure) > digits);
            }
        }
    }
}

}  // namespace

TEST_CASE("golden eigenvalues of tanh and softplus by the Hermite series") {
    std::map<std::pair<std::string, int>, std::vector<nlohmann::json>> groups;
    for (const std::string file : {"eigenvalues-tanh.json", "eigenvalues-softplus.json"}) {
        for (const auto& record : test::golden(file)) groups[{record["kernel"], record["d"]}].push_back(record);
    }
    CHECK(groups.size() >= 15);
    for (const auto& [key, records] : groups) {
        const bool nobias = key.first.find("nobias") != std::string::npos;
        // To all stored digits in full; the short form takes fewer, where they are cheap.
        if (test::full_size()) {
            check_group(key.first, key.second, records, 1000);
        } else if (nobias || key.second == 3) {
            check_group(key.first, key.second, records, nobias ? 40 : 25);
        }
    }
}

TEST_CASE("series route: two precisions overlap") {
    const Kernel kernel = test::kernel_named("tanh-nobias");
    const std::vector<int> degrees = {1, 3, 9, 21};
    const auto few = certified_eigenvalues(kernel, 5, degrees, 10);
    const auto more = certified_eigenvalues(kernel, 5, degrees, 50);
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        CAPTURE(degrees[i]);
        CHECK(few[i].enclosure.overlaps(more[i].enclosure));
        CHECK(certified_digits(more[i].enclosure) > 50);
    }
}
