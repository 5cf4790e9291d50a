// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/hermite.hpp"

#include "tests/lib/activation/activations.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

/// Power series of dual activations.
using namespace ntk;
using test::all_activations;

namespace {

constexpr long bits = 250;

bool may_be_negative(const Ball& x) { return x.certainly_at_most(Ball(x.bits())) && !x.contains_zero(); }

}  // namespace

TEST_CASE("every activation has a series but powers of ReLU with a slope that is not linear") {
    for (const std::string& name : all_activations()) {
        CAPTURE(name);
        const bool expected = name.rfind("relu-power", 0) != 0 && name != "step";
        CHECK(make_activation(name)->dual_series(Ball(1, 64), 4, 40).has_value() == expected);
    }
}

TEST_CASE("coefficients are not negative, vanish by parity, and are those of G = F'") {
    const Rational q(5, 4);
    for (const std::string& name : all_activations()) {
        const ActivationPtr activation = make_activation(name);
        const std::optional<DualSeries> series = activation->dual_series(Ball(q, bits), 60, bits);
        if (!series) continue;
        const Parity parity = activation->parity();
        for (long j = 0; j < 60; ++j) {
            CAPTURE(name);
            CAPTURE(j);
            const Ball value = series->value.coefficient(j), gradient = series->gradient.coefficient(j);
            CHECK_FALSE(may_be_negative(value));
            CHECK_FALSE(may_be_negative(gradient));
            if (j + 1 < 60) CHECK((gradient * Ball(q, bits)).overlaps(series->value.coefficient(j + 1) * (j + 1)));
            const bool odd = j % 2 == 1;
            if (parity == Parity::even || (parity == Parity::even_plus_linear && j != 1)) {
                if (odd) CHECK(value.is_zero());
            }
            if (parity == Parity::odd || (parity == Parity::odd_plus_constant && j != 0)) {
                if (!odd) CHECK(value.is_zero());
            }
        }
        CHECK_FALSE(may_be_negative(series->value.rest()));
        CHECK_FALSE(may_be_negative(series->gradient.rest()));
    }
}

TEST_CASE("series sum to the closed form, at any length") {
    for (const std::string& name : all_activations()) {
        const ActivationPtr activation = make_activation(name);
        if (!activation->has_closed_dual()) continue;
        for (const long length : {1L, 2L, 3L, 4L, 300L}) {
            const std::optional<DualSeries> series = activation->dual_series(Ball(2, bits), length, bits);
            if (!series) continue;
            for (const Rational& u : {Rational(-7, 10), Rational(7, 10)}) {
                CAPTURE(name);
                CAPTURE(length);
                CAPTURE(to_string(u));
                const DualValues<Ball> closed = activation->dual(test::correlation_at(*activation, 2, u, bits));
                const Ball value = series->value.at(Ball(u, bits)), gradient = series->gradient.at(Ball(u, bits));
                REQUIRE(series->value.length() == length);
                CHECK(value.overlaps(closed.value));
                CHECK(gradient.overlaps(closed.gradient));
                // The polynomial alone, without its rest: 300 terms of 0.7^j leave 1e-46.
                if (length < 300) continue;
                Ball sum(bits), slope_sum(bits), power(1, bits);
                for (long j = 0; j < length; ++j) {
                    sum += series->value.coefficient(j) * power;
                    slope_sum += series->gradient.coefficient(j) * power;
                    power *= Ball(u, bits);
                }
                const double scale = std::max(1.0, series->value.at_one().magnitude_upper());
                CHECK((sum - closed.value).magnitude_upper() < 1e-44 * scale);
                CHECK((slope_sum - closed.gradient).magnitude_upper() < 1e-44 * scale);
            }
        }
    }
}

TEST_CASE("Hermite coefficients by quadrature are the closed series") {
    const Rational q(5, 4);
    for (const std::string& name : all_activations()) {
        const ActivationPtr activation = make_activation(name);
        if (!activation->has_closed_dual() || !activation->strip()) continue;
        CAPTURE(name);
        const DualSeries certified = hermite_dual_series(*activation, Ball(q, bits), 80, 150);
        const DualSeries closed = *activation->dual_series(Ball(q, bits), 80, bits);
        for (long j = 0; j < 80; ++j) {
            CAPTURE(j);
            CHECK(certified.value.coefficient(j).overlaps(closed.value.coefficient(j)));
            CHECK(certified.gradient.coefficient(j).overlaps(closed.gradient.coefficient(j)));
            CHECK(certified.value.coefficient(j).radius() < 1e-43);
        }
        CHECK(certified.value.at_one().overlaps(closed.value.at_one()));
        CHECK(certified.gradient.at_one().overlaps(closed.gradient.at_one()));
    }
}
