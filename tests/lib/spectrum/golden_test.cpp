// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/lib/golden.hpp"
#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/spectrum/eigenvalues.hpp"
#include "ntk/spectrum/exact_route.hpp"
#include "ntk/spectrum/quadrature_route.hpp"
#include "ntk/spectrum/route_comparison.hpp"
#include "ntk/spectrum/trace.hpp"
#include "tests/lib/kernels.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <utility>

using namespace ntk;

namespace {

using Group = std::map<std::pair<std::string, int>, std::vector<nlohmann::json>>;

/// Records by kernel and dimension, so that one rule serves all degrees of a group.
Group grouped(const std::string& file) {
    Group groups;
    for (const auto& record : test::golden(file)) groups[{record["kernel"], record["d"]}].push_back(record);
    return groups;
}

std::vector<int> degrees_of(const std::vector<nlohmann::json>& records) {
    std::vector<int> degrees;
    for (const auto& record : records) degrees.push_back(record["k"]);
    return degrees;
}

/// The stored decimal with half a unit of its last digit, doubled for its last rounding.
Ball stored(const nlohmann::json& record) {
    const Rational value = parse_rational(record["value"].get<std::string>());
    const long digits = record["digits"].is_string() ? 0 : record["digits"].get<long>();
    Ball result(value, 600);
    if (digits > 0) arb_add_error(result.get(), Ball(Rational(value * power_of_ten(1 - digits)), 64).get());
    return result;
}

/// Every stored spectrum whose activation has its dual in closed form; those of tanh and softplus are in
/// series_test.cpp.
const std::vector<std::string> files = {"eigenvalues-relu.json", "eigenvalues-erf.json", "eigenvalues-gelu.json",
                                        "eigenvalues-sin.json", "eigenvalues-deep-relu.json"};

/// Of deep kernels, whose certificates cost most, the short form takes those of two and three layers for d <= 4 and the
/// deeper ones on the circle.
bool is_in_this_form(const std::pair<std::string, int>& key) {
    const bool deep = key.first.rfind("deep-relu-L", 0) == 0;
    const bool deepest = key.first == "deep-relu-L5" || key.first == "deep-relu-L10";
    if (test::least_size() && key.second > (deep ? 2 : 3)) return false;
    return test::full_size() || !deep || key.second <= (deepest ? 2 : 4);
}

/// The route that the library chooses and balls, at this many digits and at 40 more, against the records and each
/// other.
void check_group(const std::pair<std::string, int>& key, const std::vector<nlohmann::json>& records, long digits) {
    const Kernel kernel = test::kernel_named(key.first);
    const std::vector<int> degrees = degrees_of(records);
    const std::vector<Eigenvalue> chosen = certified_eigenvalues(kernel, key.second, degrees, digits);
    const std::vector<Eigenvalue> balls = eigenvalues_by(Route::ball, kernel, key.second, degrees, digits);
    const std::vector<Eigenvalue> finer = eigenvalues_by(Route::ball, kernel, key.second, degrees, digits + 40);
    for (std::size_t i = 0; i < records.size(); ++i) {
        CAPTURE(key.first);
        CAPTURE(key.second);
        CAPTURE(degrees[i]);
        const Ball reference = stored(records[i]);
        CHECK(chosen[i].enclosure.overlaps(reference));
        CHECK(balls[i].enclosure.overlaps(reference));
        CHECK(balls[i].enclosure.overlaps(chosen[i].enclosure));
        CHECK(finer[i].enclosure.overlaps(balls[i].enclosure));
        CHECK(finer[i].enclosure.overlaps(reference));
        if (records[i]["value"] == "0") {
            CHECK(chosen[i].enclosure.is_zero());
            CHECK(balls[i].enclosure.is_zero());
            REQUIRE(chosen[i].exact.has_value());
            CHECK(to_string(*chosen[i].exact) == "0");
        } else {
            CHECK(certified_digits(chosen[i].enclosure) > digits);
            CHECK(certified_digits(balls[i].enclosure) > digits);
        }
    }
}

}  // namespace

TEST_CASE("every golden eigenvalue, by closed form where there is one and by certified balls of 60 and 100 digits") {
    for (const std::string& file : files) {
        for (const auto& [key, records] : grouped(file)) {
            if (!is_in_this_form(key)) continue;
            check_group(key, records, 60);
        }
    }
}

TEST_CASE("golden eigenvalues of entire activations by their Hermite series") {
    for (const std::string file : {"eigenvalues-erf.json", "eigenvalues-gelu.json", "eigenvalues-sin.json"}) {
        for (const auto& [key, records] : grouped(file)) {
            std::vector<nlohmann::json> chosen;
            for (const auto& record : records) {
                if (test::full_size() || record["k"] <= 12) chosen.push_back(record);
            }
            const Kernel kernel = test::kernel_named(key.first);
            const auto values = eigenvalues_by(Route::ridge, kernel, key.second, degrees_of(chosen), 40);
            for (std::size_t i = 0; i < chosen.size(); ++i) {
                CAPTURE(chosen[i].dump());
                CHECK(values[i].enclosure.overlaps(stored(chosen[i])));
            }
        }
    }
}

TEST_CASE("golden eigenvalues by MPFR quadrature") {
    for (const std::string& file : files) {
        for (const auto& [key, records] : grouped(file)) {
            // The short form takes the low dimensions and degrees up to 12.
            std::vector<nlohmann::json> chosen;
            for (const auto& record : records) {
                if (test::full_size() || (key.second <= 4 && record["k"] <= 12 && is_in_this_form(key)))
                    chosen.push_back(record);
            }
            if (chosen.empty()) continue;
            const Kernel kernel = test::kernel_named(key.first);
            const std::vector<int> degrees = degrees_of(chosen);
            const long digits = test::full_size() ? 60 : 30;
            const long extra = digits_below_diagonal(certified_eigenvalues(kernel, key.second, degrees, 1), kernel);
            const auto values =
                quadrature_eigenvalues([&](const Real& t) { return kernel.at(t); }, key.second, degrees, digits, extra);
            for (std::size_t i = 0; i < chosen.size(); ++i) {
                CAPTURE(key.first);
                CAPTURE(key.second);
                CAPTURE(degrees[i]);
                const Ball value = ball_from_real(values[i].value, values[i].estimate, 600);
                const Ball reference = stored(chosen[i]);
                CHECK(value.overlaps(reference));
                if (chosen[i]["value"] != "0") CHECK(certified_digits(value) >= digits - 3);
            }
        }
    }
}

TEST_CASE("every golden closed form") {
    for (const auto& record : test::golden("exact.json")) {
        const Kernel kernel = test::kernel_named(record["kernel"]);
        const int degree = record["k"];
        CAPTURE(record.dump());
        const Exact value = exact_eigenvalues(kernel, record["d"], degree).back();
        CHECK(value == Exact::parse(record["exact"].get<std::string>()));
    }
}

TEST_CASE("golden partial sums of the trace and the certified rest") {
    for (const auto& record : test::golden("trace.json")) {
        const Kernel kernel = test::kernel_named(record["kernel"]);
        const int dim = record["d"];
        if (!is_in_this_form({record["kernel"], dim})) continue;
        for (const auto& [key, partial] : record["partial_sums"].items()) {
            const int last = std::stoi(key);
            if (!test::full_size() && (last > 20 || dim > 10)) continue;
            CAPTURE(record["kernel"].get<std::string>());
            CAPTURE(dim);
            CAPTURE(last);
            const std::vector<int> degrees = test::up_to(last);
            const auto eigenvalues = certified_eigenvalues(kernel, dim, degrees, 60);
            const auto tail = trace_tail_bound(kernel, dim, eigenvalues);
            REQUIRE(tail.has_value());
            // The rest is a difference: it needs its own digits below those of kappa(1).
            const long digits = 60 + std::max(0L, -tail->magnitude_exponent() * 3 / 10);
            const Ball sum =
                trace_sum(digits == 60 ? eigenvalues : certified_eigenvalues(kernel, dim, degrees, digits));
            CHECK(sum.overlaps(Ball::with_radius(Ball(parse_rational(partial.get<std::string>()), 300), 1e-57)));
            const Ball rest = kernel.at_one(5 * digits) - sum;
            CHECK(rest.certainly_at_most(*tail));
            // Within one percent.
            CHECK(tail->certainly_at_most(rest * Ball(Rational(101, 100), 64)));
        }
    }
}
