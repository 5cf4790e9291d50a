// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/ridge_coefficients.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <cmath>
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

TEST_CASE("derivatives: Lambda'_k is the derivative in the offset") {
    // Lambda_k(r, b+h) - Lambda_k(r, b-h) = 2h Lambda'_k + O(h^3) with h = 10^-12.
    const Rational step = power_of_ten(-12);
    for (const std::string name : {"erf", "relu", "leaky-relu:-1/3"}) {
        for (const RidgePoint& at : {RidgePoint{Rational(5, 4), Rational(1, 3)}, RidgePoint{Rational(1, 2), -2}}) {
            CAPTURE(name);
            const std::vector<int> degrees = {0, 1, 2, 3, 6};
            const RidgeFunction value(make_activation(name), RidgePart::value);
            const RidgeFunction slope(make_activation(name), RidgePart::derivative);
            const auto after = ridge_coefficients(value, 4, {at.radius, Rational(at.offset + step)}, degrees, 60);
            const auto before = ridge_coefficients(value, 4, {at.radius, Rational(at.offset - step)}, degrees, 60);
            const auto derivative = ridge_coefficients(slope, 4, at, degrees, 30);
            for (std::size_t i = 0; i < degrees.size(); ++i) {
                CAPTURE(degrees[i]);
                const Ball quotient = (after[i] - before[i]) / Ball(Rational(2 * step), 200);
                CHECK(std::abs((quotient - derivative[i]).midpoint()) <= 1e-20);
            }
        }
    }
}

TEST_CASE("two precisions overlap, and the digits are there however small the coefficient") {
    const RidgeFunction g(make_activation("erf"), RidgePart::value);
    for (const RidgePoint& at : {RidgePoint{Rational(1, 1000), Rational(1, 2)}, RidgePoint{40, Rational(1)},
                                 RidgePoint{1, Rational(-30)}, RidgePoint{1000, Rational(1, 7)}}) {
        const std::vector<int> degrees = {0, 1, 5, 40};
        // Large weights need a long rule; the short form looks at them once.
        if (at.radius > 100 && !test::full_size()) {
            for (const Ball& value : ridge_coefficients(g, 3, at, {0, 5}, 12)) CHECK(certified_digits(value) > 12);
            continue;
        }
        const auto low = ridge_coefficients(g, 3, at, degrees, 15);
        const auto high = ridge_coefficients(g, 3, at, degrees, 55);
        for (std::size_t i = 0; i < degrees.size(); ++i) {
            CAPTURE(to_string(at.radius));
            CAPTURE(degrees[i]);
            CHECK(low[i].overlaps(high[i]));
            CHECK(certified_digits(low[i]) > 15);
            CHECK(certified_digits(high[i]) > 55);
        }
    }
}

TEST_CASE("integration by parts leads from one dimension to the next but one") {
    for (const std::string name : {"erf", "relu"}) {
        for (const RidgePoint& at : {RidgePoint{2, Rational(1, 3)}, RidgePoint{1, Rational(-9)}}) {
            const RidgeFunction value(make_activation(name), RidgePart::value);
            const RidgeFunction slope(make_activation(name), RidgePart::derivative);
            const auto left = ridge_coefficients(value, 3, at, {1, 2, 3, 9}, 25);
            const auto right = ridge_coefficients(slope, 5, at, {0, 1, 2, 8}, 25);
            for (std::size_t i = 0; i < left.size(); ++i) {
                CHECK(left[i].overlaps(right[i] * Ball(Rational(at.radius / 3), 100)));
                CHECK(left[i].is_zero() == right[i].is_zero());
            }
        }
    }
}

TEST_CASE("a saturated neuron: its coefficients are of size e^{-(|b|-r)^2} and keep their digits") {
    const RidgeFunction g(make_activation("erf"), RidgePart::value);
    for (const Ball& value : ridge_coefficients(g, 3, {1, 200}, {1, 2, 5}, 30)) {
        CHECK(certified_digits(value) > 30);
        CHECK(value.magnitude_exponent() < -57000);
    }
    // Quadrature of erf itself still reaches b = 8: a second way to the same numbers.
    const auto saturated = ridge_coefficients(g, 3, {1, 8}, {1, 2, 5}, 30);
    const Ball h(power_of_ten(-30), 400);
    const RidgeFunction slope(make_activation("erf"), RidgePart::derivative);
    const auto after = ridge_coefficients(g, 3, {1, Rational(8 + power_of_ten(-30))}, {1, 2, 5}, 80);
    const auto before = ridge_coefficients(g, 3, {1, 8}, {1, 2, 5}, 80);
    const auto derivative = ridge_coefficients(slope, 3, {1, 8}, {1, 2, 5}, 30);
    for (std::size_t i = 0; i < saturated.size(); ++i) {
        CHECK(saturated[i].overlaps(before[i]));
        const Ball quotient = (after[i] - before[i]) / h / derivative[i];
        CHECK(std::abs((quotient - 1).midpoint()) < 1e-25);
    }
}

TEST_CASE("zeros of a neuron without offset or without weights") {
    const RidgeFunction g(make_activation("erf"), RidgePart::value);
    const RidgeFunction slope(make_activation("erf"), RidgePart::derivative);
    CHECK(ridge_coefficients(g, 3, {1, 0}, {4}, 20)[0].is_zero());
    CHECK(ridge_coefficients(slope, 3, {1, 0}, {3}, 20)[0].is_zero());
    const std::vector<Ball> constant = ridge_coefficients(g, 3, {0, Rational(1, 2)}, {0, 1, 2}, 20);
    CHECK(constant[0].overlaps(erf(Ball(Rational(1, 2), 100))));
    CHECK(constant[1].is_zero());
    CHECK(constant[2].is_zero());
    CHECK(ridge_coefficients(g, 3, {0, 0}, {0}, 20)[0].is_zero());
}

TEST_CASE("bad arguments of a ridge coefficient") {
    const RidgeFunction g(make_activation("erf"), RidgePart::value);
    CHECK_THROWS_AS(ridge_coefficients(g, 1, {1, 0}, {0}, 10), std::domain_error);
    CHECK_THROWS_AS(ridge_coefficients(g, 3, {-1, 0}, {0}, 10), std::domain_error);
    CHECK_THROWS_AS(ridge_coefficients(g, 3, {1, 0}, {-1}, 10), std::domain_error);
    CHECK_THROWS_AS(ridge_coefficients(g, 3, {1, 0}, {0}, 0), std::domain_error);
    CHECK_THROWS_AS(RidgeFunction(nullptr, RidgePart::value), std::domain_error);
}
