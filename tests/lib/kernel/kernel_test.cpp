// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/kernel/kernel.hpp"

#include "tests/lib/golden.hpp"
#include "tests/lib/kernels.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;

TEST_CASE("the three forms of every kernel agree along the whole angle, also next to its ends") {
    const RealPrecision precision(60);
    for (const std::string& name : test::kernel_names()) {
        const Kernel kernel = test::kernel_named(name);
        for (const Rational& angle :
             {Rational(1, 100000000), Rational(1, 10), Rational(1), Rational(2), Rational(31415926, 10000000)}) {
            CAPTURE(name);
            CAPTURE(to_string(angle));
            const Ball ball = kernel.at_angle(Ball(angle, 220));
            const Real real = kernel.at(Real(cos(to_real(angle))));
            Ball other(220);
            arf_set_mpfr(arb_midref(other.get()), real.backend().data());
            // The form in t loses up to half of the digits where t is within 1e-15 of 1 or -1.
            const bool near_an_end = angle < Rational(1, 1000) || angle > Rational(3);
            CHECK(ball.overlaps(Ball::with_radius(other, near_an_end ? 1e-40 : 1e-55)));
            CHECK(std::abs(kernel.at(std::cos(angle.convert_to<double>())) - ball.midpoint()) < 1e-7);
        }
        CHECK(std::abs(kernel.at(0.3) - static_cast<double>(kernel.at(Real(0.3)))) < 1e-15 * 8);
    }
}

TEST_CASE("kappa(1) of every golden kernel") {
    for (const auto& record : test::golden("kappa-at-1.json")) {
        CAPTURE(record["kernel"].get<std::string>());
        const Ball at_one = test::kernel_named(record["kernel"]).at_one(300);
        const std::string text = record["value"];
        const Ball reference(parse_rational(text), 300);
        // One unit of the last decimal that is stored.
        const auto decimals = static_cast<int>(text.find('e') - text.find('.')) - 1;
        CHECK(at_one.overlaps(Ball::with_radius(reference, std::pow(10.0, -decimals))));
        CHECK(at_one.radius() < 1e-60);
    }
}

TEST_CASE("complex balls are finite only where the kernel is analytic") {
    const Kernel biased = test::kernel_named("relu-bias");
    const auto at = [&](double real, double imaginary, double radius) {
        return biased.at_angle(ComplexBall(Ball::with_radius(Ball::from_double(real, 64), radius),
                                           Ball::with_radius(Ball::from_double(imaginary, 64), radius)));
    };
    // The first singularity of the kernel with bias variance 1 is at pi +- 1.763i.
    CHECK(at(3.1416, 1.7, 0.02).is_finite());
    CHECK_FALSE(at(3.1416, 1.8, 0.02).is_finite());
    CHECK(at(1.5, 2.0, 0.1).is_finite());
}

TEST_CASE("kernels that make no sense are refused") {
    CHECK_THROWS_AS(Kernel(KernelSpec{}), std::domain_error);
    KernelSpec negative{make_activation("erf")};
    negative.layers.front().bias_variance = -1;
    CHECK_THROWS_AS(Kernel{negative}, std::domain_error);
    KernelSpec part{make_activation("erf")};
    part.part = KernelPart::nngp;
    part.output_bias = true;
    CHECK_THROWS_AS(Kernel{part}, std::domain_error);
}
