// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/radial_kernel_series.hpp"

#include "ntk/numeric/errors.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace ntk;

TEST_CASE("kernel of z^2 with weights of two lengths: moments of the uniform law on the sphere") {
    // u uniform on S^{d-1}: E[<u,x>^2 <u,x'>^2] = (1+2t^2)/(d(d+2)) and E[<u,x><u,x'>] = t/d, so that
    // kappa(t) = E[r^4] (1+2t^2)/(d(d+2)) + E[a^2] 4 E[r^2] (t/d) (t + 1_bias) + 1_{b0}.
    const RadialLaw law{{{Rational(1, 2), Rational(1, 4)}, {2, Rational(3, 4)}}};
    const double second = 0.25 / 4 + 0.75 * 4, fourth = 0.25 / 16 + 0.75 * 16;
    for (const int dim : {2, 3, 7}) {
        for (const bool biases : {false, true}) {
            KernelSpec spec{make_activation("polynomial:0,0,1")};
            spec.train_bias = biases;
            spec.output_bias = biases;
            spec.output_weight_variance = Rational(5, 4);
            const RadialKernelSeries kernel(spec, law, dim, 1e-16);
            const double d = dim, one = biases ? 1 : 0;
            for (const double t : {-1.0, -0.4, 0.0, 0.7, 1.0}) {
                CAPTURE(dim);
                CAPTURE(t);
                const double expected =
                    fourth * (1 + 2 * t * t) / (d * (d + 2)) + 1.25 * 4 * second * t / d * (t + one) + one;
                CHECK(std::abs(kernel.at(t) - expected) <= 1e-15 * kernel.at_one() * 8);
            }
            CHECK(std::abs(kernel.at(1) - kernel.at_one()) <= 4e-15 * kernel.at_one());
        }
    }
}

TEST_CASE("the series keeps its tolerance, or says what it reached") {
    const RadialLaw law{{{3, 1}}};
    const KernelSpec smooth{make_activation("tanh")}, kinked{make_activation("relu")};
    const RadialKernelSeries fine(smooth, law, 3, 1e-16), coarse(smooth, law, 3, 1e-3);
    double apart = 0;
    for (const double t : {-1.0, -0.4, 0.0, 0.7, 1.0}) apart = std::max(apart, std::abs(fine.at(t) - coarse.at(t)));
    CHECK(apart <= 1e-3 * fine.at_one());
    CHECK(std::abs(fine.at(1) / fine.at_one() - 1) <= 4e-15);
    CHECK_NOTHROW(RadialKernelSeries(kinked, law, 3, 1e-2));
    CHECK_THROWS_WITH_AS(RadialKernelSeries(kinked, law, 3, 1e-9),
                         doctest::Contains("kernel of relu with weights of discrete length: degrees up to 256 leave"),
                         Unreachable);
    CHECK_THROWS_AS(RadialKernelSeries(smooth, law, 3, 0), std::domain_error);
    CHECK_THROWS_AS(RadialKernelSeries(smooth, law, 1, 1e-9), std::domain_error);
}
