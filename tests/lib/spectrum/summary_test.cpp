// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/summary.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/sphere/harmonics.hpp"
#include "tests/lib/kernels.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

using namespace ntk;

namespace {

/// The bias-free ReLU eigenvalue by its Gamma quotient (theory.md), in double: shares nothing with the ball route.
double relu_eigenvalue(int d, int k) {
    if (k == 1) return 1.0 / (2 * d);
    if (k % 2 == 1) return 0;
    // Gamma((k-1)/2) has a pole or is negative only for k = 0: Gamma(-1/2)^2 = 4 pi.
    const double gammas = k == 0 ? std::log(4 * M_PI) : 2 * std::lgamma((k - 1) / 2.0);
    const double polynomial = static_cast<double>(k) * (k + d - 2) + d + 1;
    return std::exp(2 * std::lgamma(d / 2.0) + gammas - 2 * std::lgamma((k + d + 1) / 2.0)) * polynomial /
           (16 * M_PI * M_PI);
}

bool encloses(const Ball& ball, double value, double slack) {
    return std::abs(ball.midpoint() - value) <= ball.radius() + slack;
}

}  // namespace

TEST_CASE("the smallest degree for a share, against sums of the closed form in double") {
    const Kernel kernel = test::kernel_named("relu-nobias");
    for (const int dim : {2, 3, 8}) {
        for (const char* text : {"0.2", "0.5", "0.8", "0.95", "0.99"}) {
            CAPTURE(dim);
            CAPTURE(text);
            const Rational share = parse_rational(text);
            const TraceShare found = smallest_degree_for_share(kernel, dim, share, 2000);
            double sum = 0;
            double before = 0;
            int degree = -1;
            while (sum < share.convert_to<double>()) {
                before = sum;
                ++degree;
                sum += multiplicity_double(dim, degree) * relu_eigenvalue(dim, degree);
            }
            CHECK(found.degree == degree);
            CHECK(encloses(found.captured, sum, 1e-12));
            REQUIRE(found.captured_before.has_value() == (degree > 0));
            if (degree > 0) CHECK(encloses(*found.captured_before, before, 1e-12));
            // Found without kappa(1), true, and no worse than a factor of three in the rest.
            REQUIRE(found.at_least);
            CHECK(found.at_least->certainly_at_most(found.captured));
            CHECK((1 - *found.at_least).magnitude_upper() <= 3 * (1 - found.captured).magnitude_upper());
        }
    }
}

TEST_CASE("an odd kernel reaches its share at an odd degree, and a share is reached exactly once") {
    const Kernel kernel = test::kernel_named("erf-nobias");
    for (const char* text : {"0.9", "0.99", "0.9999", "0.99999999"}) {
        const TraceShare found = smallest_degree_for_share(kernel, 4, parse_rational(text), 500);
        CHECK(found.degree % 2 == 1);
        CHECK(Ball(parse_rational(text), 256).certainly_at_most(found.captured));
        CHECK(found.captured_before->certainly_at_most(Ball(parse_rational(text), 256)));
    }
    CHECK(smallest_degree_for_share(kernel, 4, Rational(1, 1000), 500).degree == 1);
}

TEST_CASE("a share out of reach says how far the degrees came") {
    const Kernel kernel = test::kernel_named("relu-bias");
    CHECK_THROWS_WITH_AS(smallest_degree_for_share(kernel, 3, Rational(9999, 10000), 20),
                         doctest::Contains("the degrees up to 20 capture 0.99"), Unreachable);
    CHECK_THROWS_AS(smallest_degree_for_share(kernel, 3, 1, 20), Unreachable);
    CHECK_THROWS_AS(smallest_degree_for_share(kernel, 3, 0, 20), std::domain_error);
    CHECK_THROWS_AS(smallest_degree_for_share(kernel, 3, Rational(3, 2), 20), std::domain_error);
    CHECK_THROWS_AS(smallest_degree_for_share(kernel, 3, Rational(1, 2), -1), std::domain_error);
}

TEST_CASE("the effective dimension contains a long sum in double and narrows with more degrees") {
    const Kernel kernel = test::kernel_named("relu-nobias");
    for (const int dim : {2, 3, 5}) {
        for (const char* text : {"1", "0.01", "1e-4"}) {
            const double lambda = std::stod(text);
            // The terms beyond 40000 are at most rest/lambda; in d = 5 they decay like 1/k as in every dimension.
            double sum = 0;
            double rest = 1;
            const int length = 40000;
            for (int k = 0; k < length; ++k) {
                const double mu = relu_eigenvalue(dim, k);
                const double count = multiplicity_double(dim, k);
                sum += count * mu / (mu + lambda);
                rest -= count * mu;
            }
            rest = std::abs(rest);
            double width = INFINITY;
            for (const int last : {4, 20, 100}) {
                CAPTURE(dim);
                CAPTURE(text);
                CAPTURE(last);
                const auto eigenvalues = certified_eigenvalues(kernel, dim, test::up_to(last), 30);
                const Ball found = effective_dimension(kernel, dim, eigenvalues, parse_rational(text));
                CHECK(found.midpoint() + found.radius() >= sum - 1e-9 * sum);
                CHECK(found.midpoint() - found.radius() <= sum + rest / lambda + 1e-9 * sum);
                CHECK(found.radius() < width);
                width = found.radius();
            }
            // Second order in the rest: at most R^2/(N lambda^2).
            const double tail = 0.6 / 100;
            CHECK(width <= tail * tail / (2 * lambda * lambda) + 1e-25);
        }
    }
}

TEST_CASE("the effective dimension of a finite spectrum is its sum") {
    KernelSpec spec{make_activation("leaky-relu:1")};
    const Kernel linear(spec);  // kappa(t) = 2 t: mu_1 = 2/d, all else 0
    const auto eigenvalues = certified_eigenvalues(linear, 4, test::up_to(2), 30);
    const Ball found = effective_dimension(linear, 4, eigenvalues, Rational(1, 2));
    CHECK(found.contains(Rational(2)));
    CHECK(found.radius() < 1e-25);
    CHECK_THROWS_AS(effective_dimension(linear, 4, eigenvalues, 0), std::domain_error);
    CHECK_THROWS_AS(effective_dimension(linear, 4, {}, 1), std::domain_error);
    CHECK_THROWS_AS(effective_dimension(linear, 4, certified_eigenvalues(linear, 4, {1}, 10), 1), std::domain_error);
}

TEST_CASE("the constant of decay: values, and an error that falls like the square of the degree") {
    // C(3) = 2 (Gamma(3/2)/pi)^2 = 1/(2 pi); C(2) = 1/pi^2; C(4) = 4/pi^2.
    const Kernel plain = test::kernel_named("relu-nobias");
    const Ball pi = Ball::pi(200);
    CHECK((*decay_constant(plain, 3, 200) * pi * 2).contains(1));
    CHECK((*decay_constant(plain, 2, 200) * pi * pi).contains(1));
    CHECK((*decay_constant(plain, 4, 200) * pi * pi).contains(4));

    KernelSpec fixed{make_activation("relu")};
    fixed.layers.front().bias_variance = Rational(1, 4);
    KernelSpec from_zero{make_activation("leaky-relu:-1/2")};
    from_zero.train_bias = true;
    from_zero.output_weight_variance = Rational(3, 2);
    KernelSpec leaky{make_activation("leaky-relu:1/10")};
    leaky.part = KernelPart::gradient;
    for (const Kernel& kernel :
         {plain, test::kernel_named("relu-bias"), Kernel(fixed), Kernel(from_zero), Kernel(leaky)}) {
        for (const int dim : {2, 3, 6}) {
            CAPTURE(kernel.description());
            CAPTURE(dim);
            for (const Eigenvalue& eigenvalue :
                 certified_eigenvalues(kernel, dim, {100, 101, 200, 201, 400, 401}, 30)) {
                const std::optional<Ball> error = decay_error(kernel, dim, eigenvalue);
                const bool even_only = kernel.bias_variance() == 0 && !kernel.spec().train_bias;
                REQUIRE(error.has_value() == !(even_only && eigenvalue.degree % 2 == 1));
                if (!error) continue;
                CHECK(error->radius() < 1e-28);
                const double base = eigenvalue.degree + (dim - 2) / 2.0;
                CHECK(std::abs(error->midpoint()) * base * base < 30.0);
            }
        }
    }
}

TEST_CASE("no constant of decay where there is no such law") {
    CHECK_FALSE(decay_constant(test::kernel_named("erf-bias"), 3, 64).has_value());
    CHECK_FALSE(decay_constant(test::kernel_named("relu-nngp"), 3, 64).has_value());
    KernelSpec linear{make_activation("leaky-relu:1")};
    CHECK_FALSE(decay_constant(Kernel(linear), 3, 64).has_value());
    const Kernel plain = test::kernel_named("relu-nobias");
    CHECK_FALSE(decay_error(plain, 2, certified_eigenvalues(plain, 2, {0}, 20)[0]).has_value());
    CHECK_FALSE(decay_error(plain, 3, certified_eigenvalues(plain, 3, {3}, 20)[0]).has_value());
    CHECK_THROWS_AS(decay_constant(plain, 1, 64), std::domain_error);
}
