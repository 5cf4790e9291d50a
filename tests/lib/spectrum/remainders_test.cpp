// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/positive_series.hpp"
#include "ntk/ridge/offset_mean.hpp"
#include "ntk/spectrum/series_route.hpp"
#include "ntk/sphere/ellipse.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

/// Bounds of what a finite computation leaves out, each where it is attained or nearly so: an enclosure that is too
/// narrow excludes the true value here.
using namespace ntk;

namespace {

/// The series 1 + slope x^degree, cut off before its last term.
PositiveSeries cut_series(long degree, const Rational& slope, long bits) {
    std::vector<Ball> coefficients(static_cast<std::size_t>(degree), Ball(bits));
    coefficients.front() = Ball(1, bits);
    return {coefficients, Ball(Rational(1 + slope), bits), bits};
}

/// Not more than one part in 2^20 wider than the interval [lower, upper], which it contains.
void check_sharp(const Ball& found, const Rational& lower, const Rational& upper) {
    CHECK(found.contains(lower));
    CHECK(found.contains(upper));
    CHECK(found.radius() <= Rational((upper - lower) / 2).convert_to<double>() * (1 + 0x1p-20) + 0x1p-90);
}

}  // namespace

TEST_CASE("the rest of a series is attained: at 1, at -1, and by the eigenvalue of degree 1") {
    for (const long degree : {1L, 3L, 8L}) {
        for (const Rational& slope : {Rational(1, 3), power_of_ten(-12), Rational(7)}) {
            CAPTURE(degree);
            CAPTURE(to_string(slope));
            const PositiveSeries series = cut_series(degree, slope, 200);
            CHECK(series.rest().magnitude_upper() >= slope.convert_to<double>() * (1 - 1e-15));
            for (const int x : {1, -1}) check_sharp(series.at(Ball(x, 200)), 1 - slope, 1 + slope);
        }
    }
    // t = P_1 with N(d,1) = d: the whole rest is in degree 1, or in degree 0, or in neither.
    for (const int dim : {2, 3, 10, 1000}) {
        for (const Rational& slope : {Rational(1, 3), power_of_ten(-12)}) {
            CAPTURE(dim);
            const std::vector<Ball> values = series_eigenvalues(cut_series(1, slope, 200), dim, {0, 1});
            check_sharp(values[0], 1, 1 + slope);
            check_sharp(values[1], 0, slope / dim);
        }
    }
}

TEST_CASE("means over random biases contain the value of a finer rule at every precision") {
    const int step = test::full_size() ? 1 : 4;
    const std::vector<int> degrees = {0, 1, 2, 5};
    for (const std::string name : {"tanh", "sigmoid", "erf", "gaussian"}) {
        for (const RidgePart part : {RidgePart::value, RidgePart::derivative}) {
            const RidgeFunction g(make_activation(name), part);
            for (const auto& [radius, variance] :
                 {std::pair{Rational(1), Rational(1)}, {Rational(2), Rational(1, 8)}}) {
                const std::vector<Ball> expected = offset_means(g, 3, radius, variance, degrees, 120);
                for (long bits = 1; bits < 60; bits += step) {
                    const std::vector<Ball> found = offset_means(g, 3, radius, variance, degrees, bits);
                    for (std::size_t i = 0; i < degrees.size(); ++i) {
                        CAPTURE(name);
                        CAPTURE(to_string(radius));
                        CAPTURE(bits);
                        CAPTURE(degrees[i]);
                        CHECK(found[i].overlaps(expected[i]));
                        CHECK(found[i].radius() <= std::ldexp(1.0, static_cast<int>(-bits)));
                    }
                }
            }
        }
    }
}
