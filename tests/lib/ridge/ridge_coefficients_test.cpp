// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/ridge_coefficients.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <map>
#include <tuple>

using namespace ntk;

namespace {

using Group = std::map<std::tuple<std::string, std::string, std::string, int>, std::vector<nlohmann::json>>;

/// Records by activation, radius, offset and dimension.
Group golden_groups() {
    Group groups;
    for (const auto& record : test::golden("ridge.json")) {
        groups[{record["activation"], record["r"], record["b"], record["d"]}].push_back(record);
    }
    return groups;
}

/// The stored decimal with one unit of its last digit.
Ball stored(const nlohmann::json& record) {
    const Rational value = parse_rational(record["value"].get<std::string>());
    Ball result(value, 600);
    if (value != 0) {
        const long digits = record["digits"].get<long>();
        arb_add_error(result.get(), Ball(Rational(value * power_of_ten(1 - digits)), 64).get());
    }
    return result;
}

ActivationPtr known_or_null(const std::string& name) {
    try {
        return make_activation(name);
    } catch (const InputError&) {
        return nullptr;
    }
}

}  // namespace

TEST_CASE("ridge coefficients agree with every golden value to all of its digits") {
    int checked = 0;
    for (const auto& [key, records] : golden_groups()) {
        const auto& [name, radius, offset, dim] = key;
        const ActivationPtr activation = known_or_null(name);
        if (!activation) continue;
        // The short form leaves out the largest radius in two of the dimensions, where the rule is long.
        if (!test::full_size() && radius == "10" && dim != 3 && dim != 10) continue;
        std::vector<int> degrees;
        for (const auto& record : records) degrees.push_back(record["k"]);
        const std::vector<Ball> values =
            ridge_coefficients(RidgeFunction(activation, RidgePart::value), dim,
                               {parse_rational(radius), parse_rational(offset)}, degrees, 60);
        for (std::size_t i = 0; i < records.size(); ++i) {
            CAPTURE(records[i].dump());
            CHECK(values[i].overlaps(stored(records[i])));
            CHECK(values[i].is_zero() == (records[i]["value"] == "0"));
            if (!values[i].is_zero()) CHECK(certified_digits(values[i]) > 60);
            ++checked;
        }
    }
    CHECK(checked >= 400);
}
