// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ledger/verdict.hpp"
#include "ntk/numeric/rational.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using ntk::Rational;
using namespace ntk::ledger;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double largest = std::numeric_limits<double>::max();

constexpr std::array<Verdict, 5> mildest_first = {Verdict::not_applicable, Verdict::holds, Verdict::vacuous,
                                                  Verdict::inconclusive, Verdict::violated};

/// The rule for left <= right in exact rationals, written down from theory.md and not from the code under test.
Verdict exact_bound_rule(const Measured& left, const Measured& right, double scale) {
    const Rational a(left.value), b(right.value), error = Rational(left.error) + Rational(right.error);
    const Rational millionth(1, 1000000);
    if (a - b > error) return Verdict::violated;
    const Rational size = std::max({a, b, Rational(millionth * Rational(scale))});
    const bool clearly_below = b - a >= error;
    const bool equal_to_precision = abs(Rational(a - b)) <= error && error <= millionth * size;
    return clearly_below || equal_to_precision ? Verdict::holds : Verdict::inconclusive;
}

/// The rule for left = right, likewise.
Verdict exact_identity_rule(const Measured& left, const Measured& right, double size) {
    const Rational gap = abs(Rational(Rational(left.value) - Rational(right.value)));
    const Rational error = Rational(left.error) + Rational(right.error);
    if (gap > error) return Verdict::violated;
    return error <= Rational(1, 10000) * Rational(size) ? Verdict::holds : Verdict::inconclusive;
}

/// Dyadic numbers that span fewer than 53 bits, so that every sum and difference of the grid is exact in double; the
/// thresholds 1e-6 and 1e-4 are no dyadic numbers, so nothing on the grid sits on them.
std::vector<double> dyadic_values() {
    std::vector<double> values = {0};
    for (const int exponent : {-46, -41, -30, -15, -1, 0, 1, 4}) values.push_back(std::ldexp(1.0, exponent));
    for (const int exponent : {-40, -30, -24, -20, -18, -10, -2}) values.push_back(1 + std::ldexp(1.0, exponent));
    return values;
}

std::vector<double> dyadic_errors() {
    std::vector<double> errors = {0};
    for (const int exponent : {-47, -46, -42, -41, -40, -31, -30, -24, -21, -20, -19, -18, -14, -13, -10, -1, 0, 4}) {
        errors.push_back(std::ldexp(1.0, exponent));
    }
    return errors;
}

/// Numbers or errors that are none.
std::vector<Measured> unusable() {
    return {{not_a_number, 0}, {1, not_a_number}, {not_a_number, not_a_number}, {infinite, 1}, {-infinite, 0},
            {1, infinite},     {1, -1e-3}};
}

}  // namespace

TEST_CASE("a bound: each clause of the rule at its edge") {
    // violated iff A - B > e, and not at A - B = e.
    CHECK(judge_bound({1.5, 0.25}, {1, 0.125}, 1) == Verdict::violated);
    CHECK(judge_bound({1.5, 0.25}, {1, 0.25}, 1) == Verdict::inconclusive);
    CHECK(judge_bound({1.5, 0.25}, {1, 0.5}, 1) == Verdict::inconclusive);
    CHECK(judge_bound({std::nextafter(1.5, 2), 0.25}, {1, 0.25}, 1) == Verdict::violated);
    // holds iff B - A >= e, including B - A = e.
    CHECK(judge_bound({1, 0.25}, {1.5, 0.125}, 1) == Verdict::holds);
    CHECK(judge_bound({1, 0.25}, {1.5, 0.25}, 1) == Verdict::holds);
    CHECK(judge_bound({1, 0.25}, {1.5, 0.25 + 0x1p-50}, 1) == Verdict::inconclusive);
    // Without error only the order counts.
    CHECK(judge_bound({1, 0}, {1, 0}, 1) == Verdict::holds);
    CHECK(judge_bound({1, 0}, {std::nextafter(1, 2), 0}, 1) == Verdict::holds);
    CHECK(judge_bound({std::nextafter(1, 2), 0}, {1, 0}, 1) == Verdict::violated);
}

TEST_CASE("a bound: equality counts to a millionth of the sides") {
    CHECK(judge_bound({1, 4e-7}, {1, 5e-7}, 0) == Verdict::holds);
    CHECK(judge_bound({1, 6e-7}, {1, 5e-7}, 0) == Verdict::inconclusive);
    CHECK(judge_bound({1000, 4e-4}, {1000, 5e-4}, 0) == Verdict::holds);
    CHECK(judge_bound({1000, 4e-4}, {1000, 7e-4}, 0) == Verdict::inconclusive);
    // The left side may stand above the right one within the error, not beyond.
    CHECK(judge_bound({1 + 5e-7, 8e-7}, {1, 0}, 0) == Verdict::holds);
    CHECK(judge_bound({1 + 9e-7, 8e-7}, {1, 0}, 0) == Verdict::violated);
}

TEST_CASE("a bound: sides far below the scale are equal to a millionth of a millionth of it") {
    CHECK(judge_bound({0, 4e-13}, {0, 5e-13}, 1) == Verdict::holds);
    CHECK(judge_bound({0, 6e-13}, {0, 5e-13}, 1) == Verdict::inconclusive);
    CHECK(judge_bound({0, 4e-13}, {0, 5e-13}, 0.5) == Verdict::inconclusive);
    CHECK(judge_bound({2e-13, 5e-13}, {1e-13, 0}, 1) == Verdict::holds);
    CHECK(judge_bound({7e-13, 5e-13}, {1e-13, 0}, 1) == Verdict::violated);
    CHECK(judge_bound({0, 0}, {0, 0}, 0) == Verdict::holds);
}

TEST_CASE("a bound: the rule in exact rationals on a grid") {
    std::array<long, 5> seen{};
    for (const double a : dyadic_values()) {
        for (const double b : dyadic_values()) {
            for (const double left_error : dyadic_errors()) {
                for (const double right_error : {0.0, left_error}) {
                    for (const double scale : {0.0, 1.0, std::ldexp(1.0, 30)}) {
                        const Measured left{a, left_error}, right{b, right_error};
                        const Verdict expected = exact_bound_rule(left, right, scale);
                        ++seen[static_cast<std::size_t>(expected)];
                        CAPTURE(a);
                        CAPTURE(b);
                        CAPTURE(left_error);
                        CAPTURE(right_error);
                        CAPTURE(scale);
                        REQUIRE(judge_bound(left, right, scale) == expected);
                    }
                }
            }
        }
    }
    for (const Verdict verdict : {Verdict::holds, Verdict::inconclusive, Verdict::violated}) {
        CHECK(seen[static_cast<std::size_t>(verdict)] > 100);
    }
}

TEST_CASE("an identity: each clause of the rule at its edge") {
    CHECK(judge_identity({1.5, 0.25}, {1, 0.125}, 1e6) == Verdict::violated);
    CHECK(judge_identity({1, 0.25}, {1.5, 0.125}, 1e6) == Verdict::violated);
    CHECK(judge_identity({1.5, 0.25}, {1, 0.25}, 1e6) == Verdict::holds);
    CHECK(judge_identity({1, 0.25}, {1.5, 0.25}, 1e6) == Verdict::holds);
    // The error must be within 1e-4 of what the identity balances.
    CHECK(judge_identity({1, 4e-5}, {1, 5e-5}, 1) == Verdict::holds);
    CHECK(judge_identity({1, 6e-5}, {1, 5e-5}, 1) == Verdict::inconclusive);
    CHECK(judge_identity({1, 4e-5}, {1, 5e-5}, 0.5) == Verdict::inconclusive);
    // Large sides do not help when the deviation is small.
    CHECK(judge_identity({1e6, 1e-5}, {1e6, 0}, 1e-2) == Verdict::inconclusive);
    // A deviation that vanishes leaves only exact equality.
    CHECK(judge_identity({1, 0}, {1, 0}, 0) == Verdict::holds);
    CHECK(judge_identity({1, 1e-300}, {1, 0}, 0) == Verdict::inconclusive);
    CHECK(judge_identity({1, 1e-9}, {1, 0}, -1) == Verdict::inconclusive);
}

TEST_CASE("an identity: the rule in exact rationals on a grid") {
    std::array<long, 5> seen{};
    for (const double a : dyadic_values()) {
        for (const double b : dyadic_values()) {
            for (const double left_error : dyadic_errors()) {
                for (const double right_error : {0.0, left_error}) {
                    for (const double size : {0.0, std::ldexp(1.0, -10), 1.0, std::ldexp(1.0, 10)}) {
                        const Measured left{a, left_error}, right{b, right_error};
                        const Verdict expected = exact_identity_rule(left, right, size);
                        ++seen[static_cast<std::size_t>(expected)];
                        CAPTURE(a);
                        CAPTURE(b);
                        CAPTURE(left_error);
                        CAPTURE(right_error);
                        CAPTURE(size);
                        REQUIRE(judge_identity(left, right, size) == expected);
                    }
                }
            }
        }
    }
    for (const Verdict verdict : {Verdict::holds, Verdict::inconclusive, Verdict::violated}) {
        CHECK(seen[static_cast<std::size_t>(verdict)] > 100);
    }
}

TEST_CASE("a large error never makes anything hold") {
    for (const double a : dyadic_values()) {
        for (const double b : dyadic_values()) {
            // Larger than the distance of the sides and than a millionth of any of them.
            for (const double error : {std::ldexp(1.0, 22), 1e12, 1e300, largest}) {
                CAPTURE(a);
                CAPTURE(b);
                CAPTURE(error);
                for (const auto& [left_error, right_error] :
                     {std::pair{error, 0.0}, std::pair{0.0, error}, std::pair{error, error}}) {
                    CHECK(judge_bound({a, left_error}, {b, right_error}, 1) == Verdict::inconclusive);
                    CHECK(judge_identity({a, left_error}, {b, right_error}, 1) == Verdict::inconclusive);
                }
            }
        }
    }
}

TEST_CASE("a growing error takes a verdict away and never returns it") {
    for (const double a : dyadic_values()) {
        for (const double b : dyadic_values()) {
            Verdict before_bound = judge_bound({a, 0}, {b, 0}, 1);
            CHECK(before_bound == (a > b ? Verdict::violated : Verdict::holds));
            for (const double error : dyadic_errors()) {
                const Verdict bound = judge_bound({a, error}, {b, 0}, 1);
                CAPTURE(a);
                CAPTURE(b);
                CAPTURE(error);
                if (a <= b && before_bound == Verdict::inconclusive) CHECK(bound == Verdict::inconclusive);
                if (before_bound != Verdict::violated) CHECK(bound != Verdict::violated);
                before_bound = bound;
            }
        }
    }
}

TEST_CASE("what is not a number with an error never holds and is never violated") {
    for (const Measured& bad : unusable()) {
        for (const Measured& other : std::vector<Measured>{{0, 0}, {1, 0}, {1, 1e-9}, {1e300, 0}, {-1, 0}}) {
            CAPTURE(bad.value);
            CAPTURE(bad.error);
            CAPTURE(other.value);
            CHECK(judge_bound(bad, other, 1) == Verdict::inconclusive);
            CHECK(judge_bound(other, bad, 1) == Verdict::inconclusive);
            CHECK(judge_identity(bad, other, 1) == Verdict::inconclusive);
            CHECK(judge_identity(other, bad, 1) == Verdict::inconclusive);
        }
        // An infinite bound does not rescue a left side that is unknown.
        CHECK(judge_bound(bad, {infinite, 0}, 1) == Verdict::inconclusive);
        CHECK(judge_bound(bad, bad, 1) == Verdict::inconclusive);
        CHECK(judge_identity(bad, bad, 1) == Verdict::inconclusive);
    }
    for (const double size : {not_a_number, infinite, -infinite}) {
        CHECK(judge_bound({1, 0}, {2, 0}, size) == Verdict::inconclusive);
        CHECK(judge_identity({1, 0}, {1, 0}, size) == Verdict::inconclusive);
    }
}

TEST_CASE("an infinite bound holds for every finite left side; an infinite identity is inconclusive") {
    CHECK(judge_bound({1, 0.5}, {infinite, 0}, 1) == Verdict::holds);
    CHECK(judge_bound({largest, 0}, {infinite, 0}, 1) == Verdict::holds);
    CHECK(judge_bound({1, 0}, {infinite, 1e-3}, 1) == Verdict::inconclusive);
    CHECK(judge_bound({infinite, 0}, {infinite, 0}, 1) == Verdict::inconclusive);
    CHECK(judge_identity({infinite, 0}, {infinite, 0}, 1) == Verdict::inconclusive);
}

TEST_CASE("worst: violated > inconclusive > vacuous > holds, not applicable only if all are") {
    for (std::size_t i = 0; i < mildest_first.size(); ++i) {
        for (std::size_t j = 0; j < mildest_first.size(); ++j) {
            CHECK(worst(mildest_first[i], mildest_first[j]) == mildest_first[std::max(i, j)]);
        }
    }
}

TEST_CASE("the words of the verdicts") {
    const std::array<std::string, 5> words = {"not applicable", "holds", "vacuous", "inconclusive", "violated"};
    for (std::size_t i = 0; i < words.size(); ++i) CHECK(to_string(mildest_first[i]) == words[i]);
    CHECK_THROWS_AS(to_string(static_cast<Verdict>(17)), std::logic_error);
}

TEST_CASE("margin of a bound: decades between the sides") {
    // log10 of an exact power of ten of doubles: correctly rounded quotient and logarithm, at most 2 units in the last
    // place each.
    const double tolerance = 8 * std::numeric_limits<double>::epsilon();
    REQUIRE(bound_margin({2, 0.5}, {200, 7}));
    CHECK(std::abs(*bound_margin({2, 0.5}, {200, 7}) - 2) <= tolerance);
    CHECK(std::abs(*bound_margin({200, 0}, {2, 0}) + 2) <= tolerance);
    CHECK(*bound_margin({3, 0}, {3, 0}) == 0);
    for (const double bad : {0.0, -1.0, infinite, -infinite, not_a_number}) {
        CHECK_FALSE(bound_margin({bad, 0}, {1, 0}));
        CHECK_FALSE(bound_margin({1, 0}, {bad, 0}));
    }
}

TEST_CASE("margin of an identity: decades between the error and the gap") {
    const double tolerance = 8 * std::numeric_limits<double>::epsilon();
    REQUIRE(identity_margin({1, 2.5}, {1.125, 10}));
    CHECK(std::abs(*identity_margin({1, 2.5}, {1.125, 10}) - 2) <= tolerance);
    CHECK(std::abs(*identity_margin({1.125, 2.5}, {1, 10}) - 2) <= tolerance);
    CHECK(*identity_margin({100, 0.5}, {0, 0.5}) < 0);
    CHECK_FALSE(identity_margin({1, 1e-9}, {1, 0}));
    CHECK_FALSE(identity_margin({1, 0}, {2, 0}));
    for (const double bad : {infinite, not_a_number}) {
        CHECK_FALSE(identity_margin({bad, 1}, {1, 1}));
        CHECK_FALSE(identity_margin({1, bad}, {2, 1}));
    }
}
