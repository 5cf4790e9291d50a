// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/expansion.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/spectrum/route_comparison.hpp"
#include "ntk/spectrum/trace.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "tests/lib/golden.hpp"
#include "tests/lib/kernels.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace ntk;

namespace {

/// kappa(t) plus a constant: what a wrong kernel or a wrong mu_0 looks like.
class Shifted final : public AngleFunction {
public:
    Shifted(Kernel kernel, Rational shift) : kernel_(std::move(kernel)), shift_(std::move(shift)) {}
    Ball at_angle(const Ball& theta) const override { return kernel_.at_angle(theta) + constant_like(shift_, theta); }
    ComplexBall at_angle(const ComplexBall& theta) const override {
        return kernel_.at_angle(theta) + constant_like(shift_, theta);
    }

private:
    Kernel kernel_;
    Rational shift_;
};

const std::vector<Rational> points = {-1,
                                      Rational(-1) + power_of_ten(-30),
                                      Rational(-7, 9),
                                      Rational(-1, 1000000),
                                      0,
                                      Rational(3, 10),
                                      Rational(99, 100),
                                      Rational(1) - power_of_ten(-45),
                                      1};

}  // namespace

TEST_CASE("certified polynomials contain the values in rational arithmetic, and their radii do not grow") {
    const int last = test::full_size() ? 60 : 24;
    for (const int dim : {2, 3, 4, 11, 1000}) {
        for (const Rational& t : points) {
            const std::vector<Ball> balls = gegenbauer_balls(dim, last, Ball(t, 400), 200);
            REQUIRE(balls.size() == static_cast<std::size_t>(last) + 1);
            for (int degree = 0; degree <= last; ++degree) {
                CAPTURE(dim);
                CAPTURE(to_string(t));
                CAPTURE(degree);
                const Ball& ball = balls[static_cast<std::size_t>(degree)];
                CHECK(ball.contains(gegenbauer_p<Rational>(dim, degree, t)));
                CHECK(ball.radius() <= 1e-60);
            }
        }
    }
    // In balls the recurrence would have a radius of 10^320 here.
    CHECK(gegenbauer_balls(3, 1000, Ball(Rational(3, 10), 400), 200).back().radius() <= 1e-60);
}

TEST_CASE("degree 2000 against the cosine of the multiple angle") {
    const Ball theta = Ball(Rational(13, 17), 600);
    const Ball exact = cos(theta * 2000);
    const Ball value = gegenbauer_ball(2, 2000, cos(theta));
    CHECK(value.overlaps(exact));
    CHECK(value.radius() <= 1e-160);
    CHECK_FALSE(value.overlaps(exact + Ball(power_of_ten(-100), 600)));
}

TEST_CASE("the width of the argument is inside the radius") {
    const Ball wide = Ball::with_radius(Ball(Rational(1, 2), 100), 1e-6);
    for (const int degree : {1, 5, 40}) {
        const Ball value = gegenbauer_ball(5, degree, wide);
        for (const Rational& offset : {power_of_ten(-6), Rational(-power_of_ten(-6)), Rational(0)}) {
            CHECK(value.contains(gegenbauer_p<Rational>(5, degree, Rational(1, 2) + offset)));
        }
        CHECK(value.radius() < 1.1e-6 * degree * (degree + 3) / 4);
    }
    // A ball that sticks out of [-1,1] stands for its part inside.
    const Ball beyond = Ball::with_radius(Ball(Rational(1) + power_of_ten(-8), 100), 1e-7);
    CHECK(gegenbauer_ball(3, 10, beyond).contains(1));
    CHECK(gegenbauer_ball(3, 10, beyond).radius() < 1e-4);
}

TEST_CASE("the kernel at exact points agrees with its second form, also next to 1 and -1") {
    const RealPrecision precision(120);
    for (const std::string& name : test::kernel_names()) {
        const Kernel kernel = test::kernel_named(name);
        for (const Rational& t : points) {
            CAPTURE(name);
            CAPTURE(to_string(t));
            const Ball value = kernel_at(kernel, t, 250);
            CHECK(value.radius() < 1e-68);
            CHECK(value.overlaps(ball_from_real(kernel.at(to_real(t)), Real("1e-50"), 250)));
        }
        CHECK(kernel_at(kernel, 1, 250).overlaps(kernel.at_one(250)));
    }
}

TEST_CASE("the expansion holds at every point, with every kernel and dimension") {
    for (const std::string& name : test::kernel_names()) {
        const Kernel kernel = test::kernel_named(name);
        for (const int dim : {2, 3, 7}) {
            const int last = 14;
            const auto eigenvalues = certified_eigenvalues(kernel, dim, test::up_to(last), 30);
            const auto remainder = trace_tail_bound(kernel, dim, eigenvalues);
            for (const Rational& t : points) {
                CAPTURE(name);
                CAPTURE(dim);
                CAPTURE(to_string(t));
                const Expansion expansion = expand(kernel, dim, eigenvalues, remainder, t, 30);
                CHECK(expansion.verdict == ledger::Verdict::holds);
                CHECK(abs(expansion.rest).magnitude_lower() <= remainder->magnitude_upper());
            }
            // At t = 1 the bound is hit within its known slack: it says something.
            const Expansion at_one = expand(kernel, dim, eigenvalues, remainder, 1, 30);
            CHECK(remainder->magnitude_upper() <= 3 * abs(at_one.rest).magnitude_upper());
        }
    }
}

TEST_CASE("a wrong kernel, eigenvalue or remainder is found") {
    const Kernel kernel = test::kernel_named("erf-bias");
    auto eigenvalues = certified_eigenvalues(kernel, 5, test::up_to(20), 30);
    const auto remainder = trace_tail_bound(kernel, 5, eigenvalues);
    const Rational t(3, 10);
    REQUIRE(expand(kernel, 5, eigenvalues, remainder, t, 30).verdict == ledger::Verdict::holds);
    const Shifted shifted(kernel, power_of_ten(-3));
    const EnclosedFunction wrong = [&](const Rational& x, long bits) { return kernel_at(shifted, x, bits); };
    CHECK(expand(wrong, 5, eigenvalues, remainder, t, 30).verdict == ledger::Verdict::violated);
    CHECK(expand(kernel, 5, eigenvalues, *remainder / 1000000, 1, 30).verdict == ledger::Verdict::violated);
    CHECK(expand(kernel, 5, eigenvalues, std::nullopt, t, 30).verdict == ledger::Verdict::not_applicable);
    eigenvalues[3].enclosure *= Ball(Rational(11, 10), 200);
    CHECK(expand(kernel, 5, eigenvalues, remainder, t, 30).verdict == ledger::Verdict::violated);
    eigenvalues[3].enclosure = Ball::with_radius(eigenvalues[3].enclosure, 1);
    CHECK(expand(kernel, 5, eigenvalues, remainder, t, 30).verdict == ledger::Verdict::inconclusive);
}

TEST_CASE("a finite expansion holds as an equality") {
    KernelSpec spec{make_activation("leaky-relu:1")};
    const Kernel linear(spec);
    const auto eigenvalues = certified_eigenvalues(linear, 4, test::up_to(3), 30);
    const Expansion expansion = expand(linear, 4, eigenvalues, Ball(64), Rational(1, 3), 30);
    CHECK(expansion.kernel.contains(Rational(2, 3)));
    CHECK(expansion.verdict == ledger::Verdict::holds);
}

TEST_CASE("bad arguments are refused by name") {
    const Kernel kernel = test::kernel_named("relu-bias");
    CHECK_THROWS_WITH_AS(kernel_at(kernel, Rational(11, 10), 64), "kernel_at: t = 11/10: must be in [-1,1]",
                         std::domain_error);
    CHECK_THROWS_AS(gegenbauer_balls(1, 3, Ball(64), 64), std::domain_error);
    CHECK_THROWS_AS(gegenbauer_balls(3, -1, Ball(64), 64), std::domain_error);
    CHECK_THROWS_AS(gegenbauer_balls(3, 3, Ball(2, 64), 64), std::domain_error);
    CHECK_THROWS_AS(gegenbauer_balls(3, 3, Ball(64), 0), std::domain_error);
    CHECK_THROWS_AS(expand(kernel, 3, certified_eigenvalues(kernel, 3, {1, 2}, 10), std::nullopt, 0, 10),
                    std::domain_error);
}
