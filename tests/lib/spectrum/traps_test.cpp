// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/decimal.hpp"
#include "ntk/spectrum/eigenvalues.hpp"
#include "ntk/spectrum/exact_route.hpp"
#include "ntk/sphere/funk_hecke.hpp"
#include "tests/lib/golden.hpp"
#include "tests/lib/kernels.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

/// Where other codes for these spectra are known to go wrong, one test each, and the grid on which none of it happens.
using namespace ntk;

namespace {

KernelSpec he_relu(int depth) {
    KernelSpec spec;
    spec.activation = make_activation("relu");
    spec.layers.assign(static_cast<std::size_t>(depth), Layer{0, 2});
    return spec;
}

Ball exact_value(const Kernel& kernel, int dim, int degree) {
    return exact_eigenvalues(kernel, dim, degree).back().to_ball(1200);
}

}  // namespace

TEST_CASE("trap: success with too few bits") {
    // Sums of terms of size 1 whose value is far below the asked number of digits.
    const Kernel kernel = test::kernel_named("relu-nobias");
    for (const long digits : {5, 30}) {
        const auto found = eigenvalues_by(Route::ball, kernel, 100, {50, 100}, digits);
        for (const Eigenvalue& value : found) {
            CHECK(value.enclosure.magnitude_exponent() < -140);
            CHECK(certified_digits(value.enclosure) >= digits);
            CHECK(value.enclosure.overlaps(exact_value(kernel, 100, value.degree)));
        }
    }
}

TEST_CASE("trap: degree 1 is not a parity zero of the whole kernel") {
    const Kernel kernel = test::kernel_named("relu-nobias");
    for (const int dim : {2, 3, 10}) {
        const auto by_balls = eigenvalues_by(Route::ball, kernel, dim, {1, 3}, 30);
        CHECK_FALSE(by_balls[0].enclosure.contains_zero());
        CHECK(by_balls[0].enclosure.overlaps(exact_value(kernel, dim, 1)));
        CHECK(by_balls[1].enclosure.is_zero());
    }
}

TEST_CASE("trap: the circle, where Gegenbauer polynomials of parameter 0 vanish, and pi in full") {
    // mu_0 = (1/pi) int_0^pi (t kappa_0 + kappa_1) = (1/pi^2) int_0^pi (2 (pi - x) cos x + sin x) dx = 6/pi^2.
    const Kernel kernel(he_relu(1));
    const Ball pi = Ball::pi(800);
    const Ball expected = Ball(6, 800) / (pi * pi);
    for (const Route route : {Route::exact, Route::ball}) {
        const Ball found = eigenvalues_by(route, kernel, 2, {0}, 200).front().enclosure;
        CHECK(certified_digits(found) >= 200);
        CHECK(found.overlaps(expected));
    }
}

TEST_CASE("trap: overflow of Gamma functions and multiplicities; alternating sums of moments") {
    const Kernel kernel = test::kernel_named("relu-nobias");
    for (const auto& [dim, degree] : {std::pair{1000, 200}, std::pair{30, 500}, std::pair{3, 1000}}) {
        const auto found = eigenvalues_by(Route::ball, kernel, dim, {degree}, 40);
        CHECK(certified_digits(found.front().enclosure) >= 40);
        CHECK(found.front().enclosure.overlaps(exact_value(kernel, dim, degree)));
    }
}

TEST_CASE("trap: as many layers as asked for, and the recursion keeps its digits next to angle 0") {
    for (const int depth : {1, 2, 3, 7}) {
        CAPTURE(depth);
        const Kernel kernel(he_relu(depth));
        // Each layer adds 1 to the kernel on the diagonal.
        CHECK(kernel.at_one(128).overlaps(Ball(depth + 1, 128)));
        const Ball angle(Rational(1, power_of_ten(40)), 256);
        const Ball difference = kernel.deficit_at_angle(angle);
        CHECK(difference.relative_accuracy_bits() >= 200);
        const Ball sharp(Rational(1, power_of_ten(40)), 1024);
        CHECK(difference.overlaps(kernel.at_one(1024) - kernel.at_angle(sharp)));
    }
}

TEST_CASE("enclosures contain the closed form at every precision, so a radius that is too small is seen") {
    // The limbs of the fixed-point engine leave between 0 and 63 bits more than asked for: over many precisions now the
    // rounding, now the remainder of the rule is what the radius consists of.
    for (const std::string name : {"relu-nobias", "relu-bias"}) {
        const Kernel kernel = test::kernel_named(name);
        for (const int dim : {2, 3, 8}) {
            const std::vector<int> degrees = {0, 1, 2, 4, 12, 40};
            std::vector<Ball> expected;
            for (const int degree : degrees) expected.push_back(exact_value(kernel, dim, degree));
            for (long bits = 24; bits < 220; bits += test::full_size() ? 1 : 5) {
                const std::vector<Ball> found = funk_hecke_balls(kernel, dim, degrees, bits);
                for (std::size_t i = 0; i < degrees.size(); ++i) {
                    CAPTURE(name);
                    CAPTURE(dim);
                    CAPTURE(bits);
                    CAPTURE(degrees[i]);
                    CHECK(found[i].contains(expected[i].exact_midpoint()));
                    CHECK(found[i].radius() <= std::ldexp(1.0, static_cast<int>(-bits)));
                }
            }
        }
    }
}

TEST_CASE("the grid: 40 digits for every dimension and degree, no NaN, parity zeros exact") {
    std::vector<int> degrees = {0, 1, 2, 3, 10, 20, 50, 99, 100};
    std::vector<int> dims = {2, 3, 30, 1000};
    if (test::full_size()) {
        degrees.insert(degrees.end(), {500, 1000});
        dims = {2, 3, 5, 10, 30, 100, 300, 1000};
    }
    for (const std::string name : {"relu-nobias", "relu-bias", "erf-nobias", "erf-bias"}) {
        const Kernel kernel = test::kernel_named(name);
        for (const int dim : dims) {
            CAPTURE(name);
            CAPTURE(dim);
            const auto chosen = certified_eigenvalues(kernel, dim, degrees, 40);
            const auto balls = eigenvalues_by(Route::ball, kernel, dim, degrees, 41);
            for (std::size_t i = 0; i < degrees.size(); ++i) {
                const int k = degrees[i];
                CAPTURE(k);
                const bool zero =
                    (name == "relu-nobias" && k >= 3 && k % 2 == 1) || (name == "erf-nobias" && k % 2 == 0);
                CHECK(chosen[i].enclosure.is_zero() == zero);
                CHECK(balls[i].enclosure.is_zero() == zero);
                CHECK(chosen[i].enclosure.is_finite());
                CHECK((zero || certified_digits(chosen[i].enclosure) >= 40));
                CHECK((zero || !chosen[i].enclosure.contains_zero()));
                CHECK(chosen[i].enclosure.overlaps(balls[i].enclosure));
            }
        }
    }
}
