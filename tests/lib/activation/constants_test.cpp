// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/activation.hpp"

#include "tests/lib/activation/activations.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

/// The constants of activations against sigma alone.
using namespace ntk;

namespace {

/// Central differences of sigma of order n = 1, 2, 3, divided by h^n: by the mean value theorem each is a value of the
/// n-th derivative, or less than its Lipschitz constant where it jumps. Order 0 is sigma itself.
Real quotient(const Activation& activation, int order, const Real& z, const Real& h) {
    const auto at = [&](const Real& x) { return activation.value(x); };
    const Real half = h / 2;
    switch (order) {
        case 0:
            return at(z);
        case 1:
            return (at(z + half) - at(z - half)) / h;
        case 2:
            return (at(z + h) - 2 * at(z) + at(z - h)) / (h * h);
        default:
            return (at(z + 3 * half) - 3 * at(z + half) + 3 * at(z - half) - at(z - 3 * half)) / (h * h * h);
    }
}

/// The largest |quotient| near `centre` by golden sections.
Real refined(const Activation& activation, int order, const Real& centre, const Real& width, const Real& h) {
    const Real golden = (sqrt(Real(5)) - 1) / 2;
    const auto size = [&](const Real& z) { return Real(abs(quotient(activation, order, z, h))); };
    Real low = centre - width, high = centre + width;
    Real x = high - golden * (high - low), y = low + golden * (high - low);
    Real at_x = size(x), at_y = size(y);
    for (int i = 0; i < 36; ++i) {
        if (at_x > at_y) {
            high = y;
            y = x;
            at_y = at_x;
            x = high - golden * (high - low);
            at_x = size(x);
        } else {
            low = x;
            x = y;
            at_x = at_y;
            y = low + golden * (high - low);
            at_y = size(y);
        }
    }
    return at_x > at_y ? at_x : at_y;
}

/// The supremum of |quotient| over [-8,8], over points close to 0 where kinks are, and far out, from below.
Real supremum(const Activation& activation, int order) {
    const Real h("1e-10");
    const int per_unit = test::full_size() ? 400 : 20;
    Real largest = 0, best = 0;
    const auto try_at = [&](const Real& z) {
        const Real size = abs(quotient(activation, order, z, h));
        if (size <= largest) return;
        largest = size;
        best = z;
    };
    for (int i = -8 * per_unit; i <= 8 * per_unit; ++i) try_at(Real(i) / per_unit);
    for (const double multiple : {-2.0, -1.0, -0.5, 0.5, 1.0, 2.0}) try_at(multiple * h);
    for (const double far : {-1e6, -100.0, 100.0, 1e6}) try_at(Real(far));
    if (abs(best) > 8) return largest;
    const Real improved = refined(activation, order, best, Real(1) / per_unit, h);
    return improved > largest ? improved : largest;
}

}  // namespace

TEST_CASE("no derivative exceeds its constant, finite constants are attained to 12 digits, infinite ones are needed") {
    const RealPrecision precision(90);
    for (const std::string& name : test::all_activations()) {
        const ActivationPtr activation = make_activation(name);
        const ActivationConstants constants = activation->constants();
        const std::array<double, 4> bounds = {constants.c_infinity, constants.L1, constants.L2, constants.L3};
        for (int order = 0; order <= 3; ++order) {
            CAPTURE(name);
            CAPTURE(order);
            const double bound = bounds[static_cast<std::size_t>(order)];
            const Real found = supremum(*activation, order);
            CAPTURE(found.str(20));
            if (std::isinf(bound)) {
                // Quotients at 1e6 or, with h = 1e-10, across a jump.
                CHECK(found > 1e5);
                continue;
            }
            // Rounding: 1e-90/h^3 times |sigma| <= 1e18 at 1e6.
            CHECK(found <= bound + Real("1e-28"));
            CHECK(found >= Real(bound) * (1 - Real("1e-12")));
        }
    }
}

TEST_CASE("c_0 is |sigma(0)|, rounded up") {
    const RealPrecision precision(40);
    for (const std::string& name : test::all_activations()) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        const Real at_zero = abs(activation->value(Real(0)));
        CHECK(at_zero <= activation->constants().c0);
        CHECK(at_zero >= Real(activation->constants().c0) * (1 - Real("1e-14")));
    }
}
