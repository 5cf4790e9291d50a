// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/exact_bias.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/spectrum/eigenvalues.hpp"
#include "ntk/sphere/funk_hecke.hpp"
#include "tests/lib/golden.hpp"
#include "tests/lib/kernels.hpp"

#include <doctest/doctest.h>

using namespace ntk;

namespace {

struct Anchor {
    int dim;
    int degree;
    const char* value;
};

/// An activation with trained biases of variance 1.
KernelSpec biased(const std::string& activation) {
    KernelSpec spec;
    spec.activation = make_activation(activation);
    spec.layers.front().bias_variance = 1;
    spec.train_bias = true;
    return spec;
}

/// E[sigma(z) sigma(z')] of sigma(z) = z^p for z > 0, factor z^p for z < 0, from the arc-cosine kernels of Cho and Saul
/// (2009): 2 pi J = angle, S + c angle, 3 c S + (q^2 + 2 c^2) angle for p = 0, 1, 2, with angle = pi - arccos u; and
/// E[z^p z'^p] = 1, c, q^2 + 2 c^2.
class PowerDual final : public AngleFunction {
public:
    PowerDual(Rational variance, Homogeneous activation)
        : variance_(std::move(variance)), activation_(std::move(activation)) {}
    Ball at_angle(const Ball& theta) const override { return evaluate(theta); }
    ComplexBall at_angle(const ComplexBall& theta) const override { return evaluate(theta); }

private:
    template <class Scalar>
    Scalar evaluate(const Scalar& theta) const {
        const auto constant = [&](const Rational& value) { return constant_like(value, theta); };
        const Scalar q = constant(1 + variance_);
        const Scalar half_sine = sin(theta / 2);
        const Scalar covariance = cos(theta) + constant(variance_);
        const Scalar angle = pi_like(theta) - asin(half_sine / sqrt(q)) * 2;
        const Scalar root = half_sine * sqrt(q - half_sine * half_sine) * 2;
        const Scalar polynomial = activation_.power == 0   ? constant(1)
                                  : activation_.power == 1 ? covariance
                                                           : q * q + covariance * covariance * 2;
        Scalar arc_cosine = polynomial * angle;
        if (activation_.power == 1) arc_cosine += root;
        if (activation_.power == 2) arc_cosine += covariance * root * 3;
        // sigma = positive part + factor times the rest of z^p, and E of positive part times rest is half of
        // E[z^p z'^p] less E of positive part times itself.
        const Rational& factor = activation_.negative_factor;
        return arc_cosine * constant((1 - factor) * (1 - factor)) / (pi_like(theta) * 2) +
               polynomial * constant(factor);
    }

    Rational variance_;
    Homogeneous activation_;
};

/// chi_2(x) = sum x^{2n+1}/(2n+1)^2 for 0 < x < 1; the terms left out are below the last one times 1/(1-x^2).
Ball legendre_chi2(const Ball& x) {
    Ball sum(x.bits());
    Ball power = x;
    long n = 1;
    for (; power.magnitude_exponent() > -x.bits(); n += 2) {
        sum += power / (n * n);
        power *= x * x;
    }
    return enlarged(sum, power / (1 - x * x));
}

Ball enclosure(const BiasedCoefficient& value, int dim, const Rational& variance, long bits) {
    const Ball pi = Ball::pi(bits);
    const Ball v(variance, bits);
    const Ball one(1, bits);
    const Ball inverse_root = one / sqrt(v);
    Ball sum(bits);
    if (dim % 2 == 1) {
        // 2 arctan(1/sqrt(V)) = 2 arcsin(1/sqrt(1+V)).
        sum = Ball(value.root, bits) * sqrt(v) + Ball(value.arc, bits) * asin(one / sqrt(v + 1)) * 2;
    } else {
        const Ball arsinh = log(inverse_root + sqrt(inverse_root * inverse_root + 1));
        sum = Ball(value.root, bits) * sqrt(v + 1) + Ball(value.arc, bits) * arsinh * 2 +
              Ball(value.chi, bits) * legendre_chi2(one / sqrt(v + 1));
        sum /= pi;
    }
    return Ball(value.one, bits) + sum / pi;
}

void check_against_quadrature(const KernelSpec& spec, int dim, int max_degree) {
    const Kernel kernel(spec);
    CAPTURE(kernel.description());
    CAPTURE(dim);
    const auto exact = exact_bias_eigenvalues(kernel, dim, max_degree);
    const auto balls = eigenvalues_by(Route::ball, kernel, dim, test::up_to(max_degree), 40);
    for (std::size_t k = 0; k < balls.size(); ++k) {
        CAPTURE(k);
        const Ball value = exact[k].to_ball(600);
        CHECK(certified_digits(value) > 40);
        CHECK(value.overlaps(balls[k].enclosure));
    }
}

}  // namespace

TEST_CASE("ReLU with hidden bias variance 1: known closed forms") {
    const Kernel kernel = test::kernel_named("relu-bias");
    const std::vector<Anchor> anchors = {{3, 0, "2"},
                                         {3, 1, "1/3 - (2/9)/pi"},
                                         {3, 2, "-3/16 + (2/3)/pi"},
                                         {3, 3, "15/16 - (44/15)/pi"},
                                         {5, 0, "35/16 - (2/3)/pi"},
                                         {2, 2, "(5/9)*sqrt(2)/pi^2 - (1/3)*log(1+sqrt(2))/pi^2"},
                                         {2, 3, "(-89/36)*sqrt(2)/pi^2 + (49/12)*log(1+sqrt(2))/pi^2"}};
    for (const Anchor& anchor : anchors) {
        CAPTURE(anchor.dim);
        CAPTURE(anchor.degree);
        const auto value = exact_bias_eigenvalues(kernel, anchor.dim, anchor.degree).back();
        CHECK(to_string(value) == anchor.value);
    }
}

TEST_CASE("closed forms with hidden bias: every golden eigenvalue to all its digits") {
    const Kernel kernel = test::kernel_named("relu-bias");
    for (const auto& record : test::golden("eigenvalues-relu.json")) {
        if (record["kernel"] != "relu-bias") continue;
        const int dim = record["d"];
        const int degree = record["k"];
        CAPTURE(dim);
        CAPTURE(degree);
        const auto value = exact_bias_eigenvalues(kernel, dim, degree).back();
        const bool plain = value.coefficient(Exact::Basis::chi_over_pi_squared) == 0;
        CHECK(plain == (dim % 2 == 1 || degree >= 2));
        const long digits = record["digits"];
        const Rational stored = parse_rational(record["value"].get<std::string>());
        const Ball difference = value.to_ball(3000) - Ball(stored, 3000);
        CHECK(difference.magnitude_upper() <=
              Ball(Rational(boost::multiprecision::abs(stored) * power_of_ten(1 - digits)), 64).magnitude_upper());
    }
}

TEST_CASE("closed forms with hidden bias: parts, output weights, slopes and powers against certified quadrature") {
    const int last = test::full_size() ? 40 : 9;
    for (const int dim : {2, 3, 4, 5, 8, 9, 31}) {
        KernelSpec spec = biased("relu");
        check_against_quadrature(spec, dim, last);
        spec.part = KernelPart::nngp;
        check_against_quadrature(spec, dim, last);
        spec.part = KernelPart::gradient;
        check_against_quadrature(spec, dim, last);
        spec.train_bias = false;
        check_against_quadrature(spec, dim, last);
        spec = biased("leaky-relu:-2/7");
        spec.output_weight_variance = Rational(5, 3);
        spec.layers.front().weight_variance = Rational(3, 4);
        spec.output_bias = true;
        check_against_quadrature(spec, dim, last);
        spec = biased("relu-power:3");
        spec.output_weight_variance = Rational(1, 7);
        check_against_quadrature(spec, dim, last);
        spec = biased("step");
        spec.part = KernelPart::nngp;
        spec.train_bias = false;
        check_against_quadrature(spec, dim, last);
    }
}

TEST_CASE("closed forms with hidden bias for every bias variance, powers 0 to 2, Legendre's chi_2 included") {
    constexpr long bits = 150;
    const int last = test::full_size() ? 24 : 6;
    for (const int dim : {2, 3, 10}) {
        for (const Rational& variance : {Rational(1), Rational(1, 3), Rational(8)}) {
            for (const Homogeneous& activation :
                 {Homogeneous{0, 0}, Homogeneous{1, Rational(1, 4)}, Homogeneous{2, 0}, Homogeneous{2, -1}}) {
                const BiasedDual exact = biased_dual(dim, variance, activation, last);
                REQUIRE(exact.value.size() == static_cast<std::size_t>(last) + 1);
                const auto balls = funk_hecke_balls(PowerDual(variance, activation), dim, test::up_to(last), bits);
                for (std::size_t k = 0; k < balls.size(); ++k) {
                    CAPTURE(dim);
                    CAPTURE(to_string(variance));
                    CAPTURE(activation.power);
                    CAPTURE(k);
                    const Ball value = enclosure(exact.value[k], dim, variance, 4 * bits);
                    CHECK(value.radius() < 1e-45);
                    CHECK(value.overlaps(balls[k]));
                }
            }
        }
    }
}

TEST_CASE("closed forms with hidden bias: gradient parts are the coefficients of the derivative") {
    for (const int power : {1, 2, 3}) {
        const BiasedDual dual = biased_dual(6, 2, Homogeneous{power, 0}, 8);
        const BiasedDual slope = biased_dual(6, 2, Homogeneous{power - 1, 0}, 9);
        REQUIRE(dual.gradient.size() == slope.value.size());
        for (std::size_t k = 0; k < slope.value.size(); ++k) {
            CHECK(dual.gradient[k].root == slope.value[k].root * power * power);
            CHECK(dual.gradient[k].arc == slope.value[k].arc * power * power);
            CHECK(dual.gradient[k].chi == slope.value[k].chi * power * power);
            CHECK(dual.gradient[k].one == slope.value[k].one * power * power);
        }
    }
    CHECK(biased_dual(6, 2, Homogeneous{0, 0}, 8).gradient.empty());
}

TEST_CASE("closed forms with hidden bias in neighbouring dimensions: f_k in d+2 is d/(2k+d) (f_k - f_{k+2}) in d") {
    constexpr int last = 60;
    KernelSpec spec = biased("relu");
    spec.part = KernelPart::nngp;
    const Kernel kernel(spec);
    for (const int dim : {2, 3, 6, 15}) {
        const auto here = exact_bias_eigenvalues(kernel, dim, last + 2);
        const auto above = exact_bias_eigenvalues(kernel, dim + 2, last);
        for (int k = 0; k <= last; ++k) {
            CAPTURE(dim);
            CAPTURE(k);
            const auto at = static_cast<std::size_t>(k);
            const Exact difference = here[at + 2] * Rational(-1) + here[at];
            CHECK(above[at] == difference * Rational(dim, 2 * k + dim));
        }
    }
}

TEST_CASE("closed forms with hidden bias: where there are none, and bad arguments") {
    const Kernel relu(biased("relu"));
    CHECK(has_exact_bias_route(relu));
    for (const Rational& variance : {Rational(0), Rational(1, 2), Rational(3)}) {
        KernelSpec spec = biased("relu");
        spec.layers.front().bias_variance = variance;
        CHECK_FALSE(has_exact_bias_route(Kernel(spec)));
    }
    CHECK_FALSE(has_exact_bias_route(Kernel(biased("erf"))));
    KernelSpec deep = biased("relu");
    deep.layers.push_back(deep.layers.front());
    CHECK_FALSE(has_exact_bias_route(Kernel(deep)));
    CHECK_THROWS_AS(exact_bias_eigenvalues(Kernel(deep), 5, 3), std::domain_error);
    // A linear activation leaves no arc cosine: (t+1) + (t+1).
    CHECK(to_string(exact_bias_eigenvalues(Kernel(biased("leaky-relu:1")), 4, 0).back()) == "2");

    CHECK_THROWS_WITH_AS(exact_bias_eigenvalues(relu, 1, 3), "exact_bias: dim = 1: must be >= 2", std::domain_error);
    CHECK_THROWS_WITH_AS(exact_bias_eigenvalues(relu, 3, -1), "exact_bias: max_degree = -1: must be >= 0",
                         std::domain_error);
    CHECK_THROWS_WITH_AS(biased_dual(3, 0, Homogeneous{1, 0}, 3), "biased_dual: bias_variance = 0: must be > 0",
                         std::domain_error);
    CHECK_THROWS_WITH_AS(biased_dual(3, 1, Homogeneous{-1, 0}, 3), "biased_dual: power = -1: must be >= 0",
                         std::domain_error);
}
