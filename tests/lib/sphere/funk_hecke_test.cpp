// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/funk_hecke.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/real.hpp"
#include "ntk/sphere/ellipse.hpp"
#include "tests/lib/kernels.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;

namespace {

/// |t - 1/2| as a function of the angle: a kink inside the interval.
class Kinked final : public AngleFunction {
public:
    Ball at_angle(const Ball& theta) const override { return abs(cos(theta) - Ball(Rational(1, 2), theta.bits())); }
    ComplexBall at_angle(const ComplexBall& theta) const override {
        const ComplexBall difference = cos(theta) - constant_like(Rational(1, 2), theta);
        return sqrt(difference * difference);
    }
};

/// 1, the kernel that is as large everywhere as at angle 0.
class One final : public AngleFunction {
public:
    Ball at_angle(const Ball& theta) const override { return constant_like(Rational(1), theta); }
    ComplexBall at_angle(const ComplexBall& theta) const override { return constant_like(Rational(1), theta); }
};

/// t^3, whose eigenvalues are known rationals.
class Cube final : public AngleFunction {
public:
    Ball at_angle(const Ball& theta) const override { return pow(cos(theta), 3); }
    ComplexBall at_angle(const ComplexBall& theta) const override { return pow(cos(theta), 3); }
};

}  // namespace

TEST_CASE("the recurrence in fixed point stays within its proved rounding bound") {
    const RealPrecision precision(120);
    for (const int dim : {2, 3, 11, 200}) {
        FixedPointColumn nodes(5, 2);
        const std::vector<Rational> t = {Rational(0), Rational(1), Rational(1, 3), Rational(999999, 1000000),
                                         Rational(5, 7)};
        std::vector<Real> exact_node;
        for (std::size_t i = 0; i < t.size(); ++i) {
            nodes.set(i, Ball(t[i], 200));
            // The stored node is t cut to 128 fractional bits.
            const Integer cut = boost::multiprecision::numerator(t[i]) * (Integer(1) << 128U) /
                                boost::multiprecision::denominator(t[i]);
            exact_node.push_back(to_real(Rational(cut, Integer(1) << 128U)));
        }
        FixedPointRecurrence recurrence(nodes, dim, gegenbauer_step);
        double worst_share = 0;
        for (int degree = 0; degree <= 200; ++degree) {
            while (recurrence.degree() < degree) recurrence.advance();
            for (std::size_t i = 0; i < t.size(); ++i) {
                const Real reference = gegenbauer_p(dim, degree, exact_node[i]);
                const mp_limb_t* limbs = recurrence.values().magnitude(i);
                Integer magnitude = (Integer(limbs[2]) << 128U) + (Integer(limbs[1]) << 64U) + limbs[0];
                if (recurrence.values().negative(i)) magnitude = -magnitude;
                const Real units =
                    abs(Real(to_real(Rational(magnitude)) - reference * to_real(Rational(Integer(1) << 128U))));
                CAPTURE(dim);
                CAPTURE(degree);
                CHECK(units <= Real(FixedPointRecurrence::rounding_units(degree)));
                if (degree > 1)
                    worst_share = std::max(worst_share,
                                           static_cast<double>(units) / FixedPointRecurrence::rounding_units(degree));
            }
        }
        CHECK(worst_share > 0);
    }
}

TEST_CASE("radii are at most 2^-bits, with not one guard bit too few") {
    // Whole limbs hide up to 63 missing bits, so every residue of bits modulo 64 is asked for; how near the errors come
    // to the power of two above them changes with the degree, so that at some degree the last guard bit is needed.
    for (const int dim : {2, 5}) {
        for (int degree = 0; degree <= 24; degree += 3) {
            const Ellipse ellipse = best_ellipse(One(), dim, degree, 130);
            for (long bits = 64; bits < 128; ++bits) {
                const Ball found = funk_hecke_balls(One(), dim, {degree}, bits, ellipse).front();
                CAPTURE(dim);
                CAPTURE(degree);
                CAPTURE(bits);
                CHECK(found.contains(degree == 0 ? 1 : 0));
                CHECK(found.radius() <= std::ldexp(1.0, static_cast<int>(-bits)));
            }
        }
    }
}

TEST_CASE("polynomial kernels: t^3 has the eigenvalues of its expansion") {
    // m_{33} = 3! Gamma(d/2)/(8 Gamma(3+d/2)) = 6/(d(d+2)(d+4)), m_{31} = 3/(d(d+2)).
    for (const int dim : {2, 3, 4, 17}) {
        const std::vector<Ball> values = funk_hecke_balls(Cube(), dim, {0, 1, 2, 3, 4, 5}, 150);
        CHECK(values[1].contains(Rational(3, dim * (dim + 2))));
        CHECK(values[3].contains(Rational(6, dim * (dim + 2) * (dim + 4))));
        for (const int k : {0, 2, 4, 5}) CHECK(values[static_cast<std::size_t>(k)].contains(0));
        for (const Ball& value : values) CHECK(value.radius() < 1e-44);
    }
}

TEST_CASE("the reported radius follows the request and cannot be had with fewer nodes") {
    const Kernel kernel = test::kernel_named("relu-bias");
    for (const long bits : {53L, 113L, 166L, 332L, 1000L}) {
        const Ball value = funk_hecke_balls(kernel, 3, {7}, bits)[0];
        CHECK(value.radius() <= std::ldexp(1.0, static_cast<int>(-bits)) * 1.01);
        const Ellipse ellipse = best_ellipse(kernel, 3, 7, bits);
        const long nodes = nodes_needed(ellipse, 7, bits);
        CHECK(log2_remainder(ellipse, 7, nodes) <= -static_cast<double>(bits));
        CHECK(log2_remainder(ellipse, 7, nodes - 2) > -static_cast<double>(bits));
    }
}

TEST_CASE("the ellipse stays clear of the first singularity") {
    // Hidden bias variance 1: singular at pi +- 1.763i, on the ellipse with rho = 3.09.
    CHECK(best_ellipse(test::kernel_named("relu-bias"), 3, 0, 2000).rho < 3.10);
    // erf without bias: cos(theta) = +-3/2, on the ellipse with rho about 2.26.
    CHECK(best_ellipse(test::kernel_named("erf-nobias"), 3, 0, 2000).rho < 2.27);
}

TEST_CASE("a kernel that is not analytic in the angle is refused, not guessed") {
    CHECK_THROWS_AS(funk_hecke_balls(Kinked(), 3, {2}, 60), Unreachable);
}

TEST_CASE("arguments are checked") {
    CHECK_THROWS_AS(funk_hecke_balls(Cube(), 1, {0}, 60), std::domain_error);
    CHECK_THROWS_AS(funk_hecke_balls(Cube(), 3, {-1}, 60), std::domain_error);
    CHECK(funk_hecke_balls(Cube(), 3, {}, 60).empty());
}
