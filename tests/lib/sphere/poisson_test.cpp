// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/poisson.hpp"

#include "ntk/numeric/errors.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

using namespace ntk;

namespace {

/// P_k for k = 0, 1, 2, written out: its Poisson integral is r^k.
class LowPolynomial final : public AngleFunction {
public:
    LowPolynomial(int dim, int degree) : dim_(dim), degree_(degree) {}
    Ball at_angle(const Ball& theta) const override { return value(theta); }
    ComplexBall at_angle(const ComplexBall& theta) const override { return value(theta); }

private:
    template <class Scalar>
    Scalar value(const Scalar& theta) const {
        const Scalar t = cos(theta);
        if (degree_ == 0) return constant_like(Rational(1), theta);
        if (degree_ == 1) return t;
        return constant_like(Rational(dim_, dim_ - 1), theta) * t * t - constant_like(Rational(1, dim_ - 1), theta);
    }

    int dim_;
    int degree_;
};

/// A square root that is not analytic at theta = pi/3.
class Kinked final : public AngleFunction {
public:
    Ball at_angle(const Ball& theta) const override { return abs(cos(theta) - Ball(Rational(1, 2), theta.bits())); }
    ComplexBall at_angle(const ComplexBall& theta) const override {
        const ComplexBall difference = cos(theta) - constant_like(Rational(1, 2), theta);
        return sqrt(difference * difference);
    }
};

}  // namespace

TEST_CASE("Poisson integrals of P_k are r^k, and the enclosure contains that at every precision") {
    const int step = test::full_size() ? 1 : 23;
    for (const int dim : {2, 3, 8, 40}) {
        for (const Rational& r : {Rational(1, 10), Rational(1, 2), Rational(9, 10)}) {
            for (int degree = 0; degree <= 2; ++degree) {
                const Rational expected = degree == 0 ? Rational(1) : degree == 1 ? r : Rational(r * r);
                for (long bits = 1; bits < 130; bits += step) {
                    CAPTURE(dim);
                    CAPTURE(to_string(r));
                    CAPTURE(degree);
                    CAPTURE(bits);
                    const Ball found = poisson_integral(LowPolynomial(dim, degree), dim, r, bits);
                    CHECK(found.contains(expected));
                    CHECK(found.radius() <= std::ldexp(1.0, static_cast<int>(1 - bits)));
                }
            }
        }
    }
}

TEST_CASE("Poisson integrals: what is refused") {
    const LowPolynomial one(3, 0);
    CHECK_THROWS_AS(poisson_integral(one, 1, Rational(1, 2), 60), std::domain_error);
    CHECK_THROWS_AS(poisson_integral(one, 3, 0, 60), std::domain_error);
    CHECK_THROWS_AS(poisson_integral(one, 3, 1, 60), std::domain_error);
    CHECK_THROWS_AS(poisson_integral(Kinked(), 3, Rational(1, 2), 60), Unreachable);
}
