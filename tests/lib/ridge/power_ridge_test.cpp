// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/power_ridge.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/quadrature.hpp"
#include "ntk/ridge/ridge_coefficients.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace ntk;

namespace {

using Polynomial = std::vector<Rational>;

Polynomial times(const Polynomial& x, const Polynomial& y) {
    Polynomial result(x.size() + y.size() - 1);
    for (std::size_t i = 0; i < x.size(); ++i) {
        for (std::size_t j = 0; j < y.size(); ++j) result[i + j] += x[i] * y[j];
    }
    return result;
}

Polynomial plus(Polynomial x, const Polynomial& y, const Rational& factor) {
    x.resize(std::max(x.size(), y.size()));
    for (std::size_t i = 0; i < y.size(); ++i) x[i] += factor * y[i];
    return x;
}

Rational integral(const Polynomial& f, const Rational& from, const Rational& to) {
    Rational sum = 0, low = from, high = to;
    for (std::size_t i = 0; i < f.size(); ++i) {
        sum += f[i] * (high - low) / Rational(i + 1);
        low *= from;
        high *= to;
    }
    return sum;
}

/// Lambda_k for odd d, where everything is a polynomial on both sides of the kink: exact, by multiplying out.
Rational by_multiplying_out(const PiecewisePower& g, int dim, const RidgePoint& at, int degree) {
    Polynomial previous = {1}, current = {0, 1};
    for (int k = 1; k < degree; ++k) {
        const GegenbauerStep step = gegenbauer_step(dim, k);
        const Polynomial raised = times(current, {0, Rational(step.a, step.c)});
        Polynomial next = plus(raised, previous, Rational(-step.b, step.c));
        previous = std::move(current);
        current = std::move(next);
    }
    Polynomial density = {1};
    for (int d = 3; d < dim; d += 2) density = times(density, {1, 0, -1});
    Polynomial integrand = times(degree == 0 ? previous : current, density);
    for (int i = 0; i < g.power; ++i) integrand = times(integrand, {at.offset, at.radius});
    const Rational kink = at.radius == 0 ? Rational(at.offset > 0 ? -1 : 1) : Rational(-at.offset / at.radius);
    const Rational middle = kink < -1 ? Rational(-1) : kink > 1 ? Rational(1) : kink;
    return (g.left * integral(integrand, -1, middle) + g.right * integral(integrand, middle, 1)) /
           integral(density, -1, 1);
}

/// Gauss–Legendre in the angle on both sides of the kink, in double.
double by_quadrature(const PiecewisePower& g, int dim, const RidgePoint& at, int degree) {
    const auto r = at.radius.convert_to<double>(), b = at.offset.convert_to<double>();
    const double kink = std::acos(std::clamp(-b / r, -1.0, 1.0));
    const QuadratureRule rule = gauss_legendre(60);
    double sum = 0;
    for (const bool right : {true, false}) {
        const double low = right ? 0 : kink, high = right ? kink : std::numbers::pi;
        const double factor = (right ? g.right : g.left).convert_to<double>();
        for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
            const double theta = low + (high - low) * (1 + rule.nodes[i]) / 2;
            const double t = std::cos(theta);
            sum += (high - low) / 2 * rule.weights[i] * factor * std::pow(r * t + b, g.power) *
                   gegenbauer_p(dim, degree, t) * std::pow(std::sin(theta), dim - 2);
        }
    }
    return sum * zonal_density_constant(dim, 64).midpoint();
}

const std::vector<PiecewisePower> functions = {{0, 1, 0},  {1, 1, 0}, {2, 1, 0}, {3, 1, 0}, {1, 1, Rational(-1, 3)},
                                               {2, 2, -2}, {3, 1, 1}, {3, 1, -1}};
const std::vector<RidgePoint> points = {{1, 0},
                                        {2, Rational(-1)},
                                        {Rational(13, 10), Rational(5, 7)},
                                        {Rational(1, 3), Rational(-1, 3)},
                                        {Rational(1, 2), 3},
                                        {1, -3},
                                        {0, 2}};

}  // namespace

TEST_CASE("powers with a kink, odd d: equal to the integral multiplied out in rationals") {
    std::vector<int> degrees;
    for (int k = 0; k <= 9; ++k) degrees.push_back(k);
    for (const PiecewisePower& g : functions) {
        for (const RidgePoint& at : points) {
            for (const int dim : {3, 5, 9}) {
                const std::vector<Ball> values = piecewise_ridge(g, dim, at, degrees, 40);
                for (const int k : degrees) {
                    CAPTURE(g.power);
                    CAPTURE(to_string(g.left));
                    CAPTURE(to_string(at.radius));
                    CAPTURE(to_string(at.offset));
                    CAPTURE(dim);
                    CAPTURE(k);
                    const Rational reference = by_multiplying_out(g, dim, at, k);
                    const Ball& value = values[static_cast<std::size_t>(k)];
                    CHECK(value.contains(reference));
                    CHECK(value.is_zero() == (reference == 0));
                    if (reference != 0) CHECK(certified_digits(value) > 40);
                }
            }
        }
    }
}

TEST_CASE("powers with a kink, even d: close to Gauss quadrature on both sides of the kink") {
    for (const PiecewisePower& g : functions) {
        for (const RidgePoint& at : points) {
            if (at.radius == 0) continue;
            for (const int dim : {2, 4, 10}) {
                const std::vector<int> degrees = {0, 1, 2, 3, 4, 5, 8, 13};
                const std::vector<Ball> values = piecewise_ridge(g, dim, at, degrees, 20);
                for (std::size_t i = 0; i < degrees.size(); ++i) {
                    CAPTURE(g.power);
                    CAPTURE(to_string(g.left));
                    CAPTURE(to_string(at.radius));
                    CAPTURE(to_string(at.offset));
                    CAPTURE(dim);
                    CAPTURE(degrees[i]);
                    // |g| <= 128 at these points.
                    CHECK(std::abs(values[i].midpoint() - by_quadrature(g, dim, at, degrees[i])) <= 2e-13);
                    if (!values[i].is_zero()) CHECK(certified_digits(values[i]) > 20);
                }
            }
        }
    }
}

TEST_CASE("zeros that no symmetry explains are exact: U_2(1/2) = 0") {
    CHECK(piecewise_ridge({0, 1, 0}, 2, {2, -1}, {3}, 20)[0].is_zero());
    CHECK(ridge_coefficients(RidgeFunction(make_activation("relu"), RidgePart::derivative), 2, {2, -1}, {3}, 20)[0]
              .is_zero());
}

TEST_CASE("high degrees lose no digits, and low ones none to a kink near the pole") {
    for (const int dim : {2, 3, 100, 1000}) {
        CAPTURE(dim);
        const std::vector<Ball> values =
            piecewise_ridge({2, 1, 0}, dim, {1, Rational(-99, 100)}, {0, 1, 2, 3, 1000}, 30);
        for (const Ball& value : values) CHECK(certified_digits(value) > 30);
    }
}

TEST_CASE("polynomials: exact, zero above the degree, and in the offset as well as at a point") {
    const std::vector<Rational> cubic = {Rational(1, 2), -1, 0, 4};
    for (const RidgePoint& at : points) {
        for (int k = 0; k <= 5; ++k) {
            const Rational value = polynomial_ridge(cubic, 5, k, at);
            Rational sum = 0;
            for (int p = 0; p <= 3; ++p) {
                sum += cubic[static_cast<std::size_t>(p)] * by_multiplying_out({p, 1, 1}, 5, at, k);
            }
            CHECK(value == sum);
            if (k > 3) CHECK(value == 0);
        }
    }
}

TEST_CASE("a jump at the only point is refused") {
    CHECK_THROWS_AS(piecewise_ridge({0, 1, 0}, 3, {0, 0}, {0}, 10), std::domain_error);
    CHECK(piecewise_ridge({1, 1, 0}, 3, {0, 0}, {0}, 10)[0].is_zero());
}
