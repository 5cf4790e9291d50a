// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/activation.hpp"
#include "ntk/activation/hermite.hpp"
#include "ntk/activation/polynomial.hpp"

#include "ntk/numeric/quadrature.hpp"
#include "ntk/numeric/random.hpp"
#include "tests/lib/activation/activations.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

/// Dual activations F and G in all their forms, against each other and against the Gaussian pair itself.
using namespace ntk;
using test::all_activations;

namespace {

constexpr long bits = 250;

const std::vector<Rational> variances = {Rational(1), Rational(2), Rational(5, 4), Rational(1, 3)};
const std::vector<Rational> correlations = {Rational(-9, 10), Rational(-1, 3), Rational(0), Rational(1, 7),
                                            Rational(99, 100)};

std::vector<std::string> with_closed_dual() {
    std::vector<std::string> names;
    for (const std::string& name : all_activations()) {
        if (make_activation(name)->has_closed_dual()) names.push_back(name);
    }
    return names;
}

/// E[f(z) f(z')] for f = sigma and f = sigma' in polar coordinates of the plane of two independent normals,
/// z = sqrt(q) r cos(phi), z' = sqrt(q) r cos(phi - angle): kinks at 0 lie on four rays, between which Gauss–Legendre
/// rules converge for every activation here. The part beyond r = 13 is below 1e-25 even for |z z'|^5.
DualValues<double> by_quadrature(const Activation& activation, double q, double u) {
    static const QuadratureRule radial = gauss_legendre(100), angular = gauss_legendre(64);
    const double angle = std::acos(u), half_turn = std::numbers::pi / 2, last = 13;
    std::vector<double> rays = {-half_turn, half_turn, angle - half_turn, angle + half_turn, 3 * half_turn};
    std::sort(rays.begin(), rays.end());
    DualValues<double> sum{0, 0};
    for (std::size_t ray = 0; ray + 1 < rays.size(); ++ray) {
        const double half_arc = (rays[ray + 1] - rays[ray]) / 2, middle = (rays[ray + 1] + rays[ray]) / 2;
        for (std::size_t i = 0; i < angular.nodes.size(); ++i) {
            const double phi = middle + half_arc * angular.nodes[i];
            const double first = std::sqrt(q) * std::cos(phi), second = std::sqrt(q) * std::cos(phi - angle);
            for (std::size_t j = 0; j < radial.nodes.size(); ++j) {
                const double r = last / 2 * (1 + radial.nodes[j]);
                const double weight = half_arc * angular.weights[i] * last / 2 * radial.weights[j] * r *
                                      std::exp(-r * r / 2) / (2 * std::numbers::pi);
                sum.value += weight * activation.value(r * first) * activation.value(r * second);
                sum.gradient += weight * activation.derivative(r * first) * activation.derivative(r * second);
            }
        }
    }
    return sum;
}

/// F and G in double where there is a closed form, from the certified series otherwise.
DualValues<double> in_double(const Activation& activation, const Rational& q, const Rational& u) {
    if (activation.has_closed_dual())
        return activation.dual(q.convert_to<double>(), Rational(q * u).convert_to<double>());
    const std::optional<DualSeries> series = activation.dual_series(Ball(q, 200), 400, 120);
    REQUIRE(series.has_value());
    return {series->value.at(Ball(u, 200)).midpoint(), series->gradient.at(Ball(u, 200)).midpoint()};
}

/// E[sigma^2] and E[sigma'^2] bound |F| and |G|.
double scale(const DualValues<double>& at_one, bool gradient) {
    return std::max(1.0, gradient ? at_one.gradient : at_one.value);
}

/// The mean over `count` points of the circle of this radius around a real centre.
DualValues<ComplexBall> mean_over_circle(const Activation& activation, const Ball& q, const Ball& centre,
                                         const Rational& radius, long count) {
    DualValues<ComplexBall> sum{ComplexBall(bits), ComplexBall(bits)};
    for (long i = 0; i < count; ++i) {
        const Ball angle = 2 * Ball::pi(bits) * i / count;
        const ComplexBall point(centre + Ball(radius, bits) * cos(angle), Ball(radius, bits) * sin(angle));
        const DualValues<ComplexBall> at = activation.dual(Correlation<ComplexBall>{ComplexBall(q), point});
        sum.value += at.value;
        sum.gradient += at.gradient;
    }
    return {sum.value / count, sum.gradient / count};
}

}  // namespace

TEST_CASE("the forms of every closed dual activation agree: balls and MPFR to 60 digits, double to 14") {
    const RealPrecision precision(70);
    for (const std::string& name : with_closed_dual()) {
        const ActivationPtr activation = make_activation(name);
        for (const Rational& q : variances) {
            const DualValues<double> at_one = in_double(*activation, q, 1);
            for (const Rational& u : correlations) {
                CAPTURE(name);
                CAPTURE(to_string(q));
                CAPTURE(to_string(u));
                const auto at = test::correlation_at(*activation, q, u, bits);
                const DualValues<Ball> balls = activation->dual(at);
                const DualValues<Real> reals = activation->dual(to_real(q), to_real(Rational(q * u)));
                const DualValues<double> doubles = in_double(*activation, q, u);
                const DualValues<ComplexBall> complex =
                    activation->dual(Correlation<ComplexBall>{ComplexBall(at.variance), ComplexBall(at.argument)});
                const double value_scale = scale(at_one, false), gradient_scale = scale(at_one, true);
                CHECK(balls.value.overlaps(test::ball_around(reals.value, 1e-60 * value_scale, bits)));
                CHECK(balls.gradient.overlaps(test::ball_around(reals.gradient, 1e-60 * gradient_scale, bits)));
                CHECK(balls.value.radius() < 1e-65 * value_scale);
                CHECK(balls.gradient.radius() < 1e-65 * gradient_scale);
                CHECK(complex.value.real().overlaps(balls.value));
                CHECK(complex.gradient.real().overlaps(balls.gradient));
                CHECK(complex.value.imaginary().contains_zero());
                CHECK(std::abs(balls.value.midpoint() - doubles.value) < 1e-14 * value_scale);
                CHECK(std::abs(balls.gradient.midpoint() - doubles.gradient) < 1e-14 * gradient_scale);
            }
        }
    }
}

TEST_CASE("every dual activation is the mean over the Gaussian pair, to 11 digits by quadrature in the plane") {
    for (const std::string& name : all_activations()) {
        const ActivationPtr activation = make_activation(name);
        for (const auto& [q, u] : {std::pair{Rational(5, 4), Rational(2, 5)},
                                   {Rational(1), Rational(-7, 10)},
                                   {Rational(2), Rational(95, 100)}}) {
            CAPTURE(name);
            CAPTURE(to_string(u));
            const DualValues<double> expected =
                by_quadrature(*activation, q.convert_to<double>(), u.convert_to<double>());
            const DualValues<double> found = in_double(*activation, q, u), at_one = in_double(*activation, q, 1);
            CHECK(std::abs(found.value - expected.value) < 1e-11 * scale(at_one, false));
            if (!activation->has_gradient()) continue;
            CHECK(std::abs(found.gradient - expected.gradient) < 1e-11 * scale(at_one, true));
        }
    }
}

TEST_CASE(
    "dual activations against Monte Carlo over Gaussian pairs (5 standard errors, false alarm below 1e-4 in all)") {
    const int count = test::full_size() ? 400000 : 40000;
    const RandomStream first(11, "dual first"), second(11, "dual second");
    const Rational variance(5, 4), correlation(2, 5);
    const double q = 1.25, u = 0.4;
    std::vector<std::pair<double, double>> pairs;
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count); ++i) {
        const double x = std::sqrt(q) * first.normal(i);
        pairs.emplace_back(x, u * x + std::sqrt(q * (1 - u * u)) * second.normal(i));
    }
    for (const std::string& name : all_activations()) {
        // The mean of a product of tenth order is far from normal at this count.
        if (name == "relu-power:5") continue;
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        double sum = 0, squares = 0, slope_sum = 0, slope_squares = 0;
        for (const auto& [x, y] : pairs) {
            const double value = activation->value(x) * activation->value(y);
            const double slope = activation->derivative(x) * activation->derivative(y);
            sum += value;
            squares += value * value;
            slope_sum += slope;
            slope_squares += slope * slope;
        }
        const auto error = [&](double total, double total_squares) {
            const double mean = total / count;
            return 5 * std::sqrt(std::max(0.0, total_squares / count - mean * mean) / count) + 1e-12;
        };
        const DualValues<double> dual = in_double(*activation, variance, correlation);
        CHECK(std::abs(sum / count - dual.value) < error(sum, squares));
        CHECK(std::abs(slope_sum / count - dual.gradient) < error(slope_sum, slope_squares));
    }
}

TEST_CASE("G is the derivative of F in the covariance") {
    const RealPrecision precision(60);
    const Real h("1e-18"), q = 2, c = Real(3) / 5;
    for (const std::string& name : with_closed_dual()) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        if (!activation->has_gradient()) continue;
        const Real slope = (activation->dual(q, Real(c + h)).value - activation->dual(q, Real(c - h)).value) / (2 * h);
        const Real gradient = activation->dual(q, c).gradient;
        CHECK(abs(Real(slope - gradient)) < Real("1e-30") * (1 + abs(gradient)));
    }
}

TEST_CASE("G = F' also in the Real series, whose F comes from sigma and G from sigma', and both are the closed form") {
    const RealPrecision precision(test::full_size() ? 40 : 28);
    const Real h("1e-8"), q = 2, u("0.3");
    const Real tolerance = pow(Real(10), test::full_size() ? -35 : -23);
    for (const std::string& name : all_activations()) {
        const ActivationPtr activation = make_activation(name);
        if (!activation->strip()) continue;
        CAPTURE(name);
        const RealDualSeries series = real_hermite_dual_series(*activation, q);
        const Real slope = (series.at(Real(u + h)).value - series.at(Real(u - h)).value) / (2 * h * q);
        CHECK(abs(Real(slope - series.at(u).gradient)) < Real("1e-14"));
        if (!activation->has_closed_dual()) continue;
        const DualValues<Real> closed = activation->dual(q, Real(q * u));
        CHECK(abs(Real(series.at(u).value - closed.value)) < tolerance);
        CHECK(abs(Real(series.at(u).gradient - closed.gradient)) < tolerance);
    }
}

TEST_CASE("at correlation 1 and -1") {
    const RealPrecision precision(60);
    for (const std::string& name : with_closed_dual()) {
        const ActivationPtr activation = make_activation(name);
        for (const long u : {-1L, 1L}) {
            CAPTURE(name);
            CAPTURE(u);
            // Angles 0 and pi are given as such: arccos of a ball around 1 is not sharp.
            const bool by_angle = activation->dual_argument() == DualArgument::angle;
            const Ball argument = !by_angle ? Ball(u, bits) : u == 1 ? Ball(bits) : Ball::pi(bits);
            const DualValues<Ball> ball = activation->dual(Correlation<Ball>{Ball(2, bits), argument});
            const DualValues<Real> real = activation->dual(Real(2), Real(2 * u));
            const double size =
                std::max(1.0, std::abs(static_cast<double>(real.value)) + static_cast<double>(abs(real.gradient)));
            CHECK(ball.value.overlaps(test::ball_around(real.value, 1e-50 * size, bits)));
            CHECK(ball.gradient.overlaps(test::ball_around(real.gradient, 1e-50 * size, bits)));
            const DualValues<double> plain = activation->dual(2.0, 2.0 * static_cast<double>(u));
            CHECK(std::abs(plain.value - ball.value.midpoint()) < 1e-14 * size);
            CHECK(std::abs(plain.gradient - ball.gradient.midpoint()) < 1e-14 * size);
        }
    }
}

/// With 96 points and a ratio of at most 0.4 to the distance of the next singularity, the mean misses 0.4^96 < 1e-38.
TEST_CASE("the complex form has the mean value property: its mean over a circle is the MPFR form at the centre") {
    const RealPrecision precision(60);
    for (const std::string& name : with_closed_dual()) {
        const ActivationPtr activation = make_activation(name);
        for (const Rational& u : {Rational(-1, 5), Rational(1, 3)}) {
            CAPTURE(name);
            CAPTURE(to_string(u));
            const auto at = test::correlation_at(*activation, Rational(5, 4), u, bits);
            const DualValues<ComplexBall> mean =
                mean_over_circle(*activation, at.variance, at.argument, Rational(1, 4), 96);
            const DualValues<Real> real = activation->dual(Real(1.25), Real(to_real(u) * 1.25));
            CHECK(mean.value.real().overlaps(test::ball_around(real.value, 1e-35, bits)));
            CHECK(mean.value.imaginary().overlaps(test::ball_around(Real(0), 1e-35, bits)));
            CHECK(mean.gradient.real().overlaps(test::ball_around(real.gradient, 1e-35, bits)));
            CHECK(mean.value.radius() < 1e-60);
            CHECK(mean.gradient.radius() < 1e-60);
        }
    }
}

TEST_CASE("complex rectangles contain the values inside, and are not finite around a singularity") {
    const Ball q(Rational(5, 4), bits);
    const auto square = [](double real, double imaginary, double radius) {
        return ComplexBall(Ball::with_radius(Ball::from_double(real, bits), radius),
                           Ball::with_radius(Ball::from_double(imaginary, bits), radius));
    };
    for (const std::string& name : with_closed_dual()) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        const auto dual = [&](const ComplexBall& argument) {
            return activation->dual(Correlation<ComplexBall>{ComplexBall(q), argument});
        };
        const DualValues<ComplexBall> wide = dual(square(0.5, 0.25, 0.125));
        CHECK(wide.value.is_finite());
        for (const double x : {0.375, 0.4375, 0.625}) {
            for (const double y : {0.125, 0.25, 0.3125}) {
                const DualValues<ComplexBall> inside = dual(square(x, y, 0));
                CHECK(wide.value.real().overlaps(inside.value.real()));
                CHECK(wide.value.imaginary().overlaps(inside.value.imaginary()));
                CHECK(wide.gradient.real().overlaps(inside.gradient.real()));
                CHECK(wide.gradient.imaginary().overlaps(inside.gradient.imaginary()));
            }
        }
    }
    // Branch points: 2 q u = 1 + 2 q for erf, q u = 1 + q for gaussian and gelu.
    for (const auto& [name, u] : {std::pair{"erf", 1.4}, {"gaussian", 1.8}, {"gelu", 1.8}}) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        const auto is_finite = [&](const ComplexBall& argument) {
            const auto found = activation->dual(Correlation<ComplexBall>{ComplexBall(q), argument});
            return found.value.is_finite() && found.gradient.is_finite();
        };
        CHECK_FALSE(is_finite(square(u, 0, 0.01)));
        CHECK_FALSE(is_finite(square(-u, 0, 0.01)));
        CHECK_FALSE(is_finite(square(u + 0.5, 0, 0.01)));
        CHECK(is_finite(square(u, 0.05, 0.01)));
        CHECK(is_finite(square(u - 0.05, 0, 0.01)));
    }
}

TEST_CASE("a polynomial's dual in exact arithmetic is the one in balls") {
    const std::vector<Rational> p = {1, -2, Rational(1, 2), 3};
    const std::vector<Rational> dual = polynomial_dual(p, Rational(5, 4));
    const std::vector<Rational> slope = polynomial_derivative(dual);
    REQUIRE(dual.size() == 4);
    const Rational c = Rational(5, 4) * Rational(1, 7);
    Rational value = 0, gradient = 0;
    for (std::size_t i = dual.size(); i-- > 0;) value = value * c + dual[i];
    for (std::size_t i = slope.size(); i-- > 0;) gradient = gradient * c + slope[i];
    const DualValues<Ball> ball =
        make_polynomial(p)->dual(Correlation<Ball>{Ball(Rational(5, 4), bits), Ball(Rational(1, 7), bits)});
    CHECK(ball.value.contains(value));
    CHECK(ball.gradient.contains(gradient));
    // By hand: p(z) = z^2 has E[p] = q, E[p''] = 2, so F = q^2 + 2 c^2.
    CHECK(polynomial_dual({0, 0, 1}, 3) == std::vector<Rational>{9, 0, 2});
}

TEST_CASE("without a closed form the functions of the dual say so") {
    const ActivationPtr tanh = make_activation("tanh");
    CHECK_THROWS_AS(tanh->dual(1.0, 0.5), std::logic_error);
    CHECK_THROWS_AS(tanh->dual(Real(1), Real(0)), std::logic_error);
    CHECK_THROWS_AS(tanh->dual(Correlation<Ball>{Ball(1, 64), Ball(0, 64)}), std::logic_error);
    CHECK_THROWS_AS(tanh->secant(Correlation<Ball>{Ball(1, 64), Ball(0, 64)}), std::logic_error);
    CHECK_THROWS_AS(make_activation("erf")->deficits(Correlation<Ball>{Ball(1, 64), Ball(0, 64)}), std::logic_error);
}
