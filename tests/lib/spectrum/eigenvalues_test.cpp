// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/eigenvalues.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/spectrum/exact_route.hpp"
#include "ntk/spectrum/route_comparison.hpp"
#include "ntk/spectrum/trace.hpp"
#include "ntk/sphere/funk_hecke.hpp"
#include "tests/lib/golden.hpp"
#include "tests/lib/kernels.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;

namespace {

/// A kernel with a small error added, for the comparison to find.
class Perturbed final : public AngleFunction {
public:
    explicit Perturbed(Kernel kernel) : kernel_(std::move(kernel)) {}
    Ball at_angle(const Ball& theta) const override { return kernel_.at_angle(theta) + bump(theta); }
    ComplexBall at_angle(const ComplexBall& theta) const override { return kernel_.at_angle(theta) + bump(theta); }

private:
    template <class Scalar>
    static Scalar bump(const Scalar& theta) {
        return constant_like(power_of_ten(-12), theta) * cos(theta);
    }
    Kernel kernel_;
};

/// sigma(z) = z without telling its parity or slope.
class SilentIdentity final : public Activation {
public:
    std::string name() const override { return "silent identity"; }
    std::string formula() const override { return "z"; }
    ActivationConstants constants() const override { return {0, 1, 0, 0, INFINITY}; }
    Parity parity() const override { return Parity::none; }
    double value(double z) const override { return z; }
    double derivative(double) const override { return 1; }
    double second_derivative(double) const override { return 0; }
    Real value(const Real& z) const override { return z; }
    Real derivative(const Real&) const override { return 1; }
    Ball value(const Ball& z) const override { return z; }
    Ball derivative(const Ball& z) const override { return Ball(1, z.bits()); }
    ComplexBall value(const ComplexBall& z) const override { return z; }
    ComplexBall derivative(const ComplexBall& z) const override { return constant_like(1, z); }
    DualValues<Ball> dual(const Correlation<Ball>& at) const override {
        return {at.variance * at.argument, Ball(1, at.variance.bits())};
    }
    DualValues<ComplexBall> dual(const Correlation<ComplexBall>& at) const override {
        return {at.variance * at.argument, constant_like(1, at.variance)};
    }
    DualValues<Real> dual(const Real&, const Real& covariance) const override { return {covariance, 1}; }
    DualValues<double> dual(double, double covariance) const override { return {covariance, 1}; }
};

/// The recurrence of the polynomials with one coefficient off by one.
GegenbauerStep broken_step(int dim, int degree) {
    GegenbauerStep step = gegenbauer_step(dim, degree);
    if (degree == 4) ++step.b;
    return step;
}

bool all_consistent(const std::vector<RouteComparison>& comparisons) {
    for (const RouteComparison& comparison : comparisons) {
        if (!comparison.consistent) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("the routes agree, and an error in the kernel or the polynomials of either is found") {
    for (const std::string& name : test::kernel_names()) {
        CAPTURE(name);
        const Kernel kernel = test::kernel_named(name);
        for (const int dim : {2, 3, 6}) {
            if (test::least_size() && dim != 3) continue;
            CAPTURE(dim);
            CHECK(all_consistent(compare_routes(kernel, dim, test::up_to(8), 30)));
        }
        const Perturbed perturbed(kernel);
        RouteInputs broken_ball_kernel;
        broken_ball_kernel.ball_kernel = &perturbed;
        CHECK_FALSE(all_consistent(compare_routes(kernel, 3, test::up_to(8), 30, broken_ball_kernel)));
        RouteInputs broken_polynomial;
        broken_polynomial.ball_recurrence = broken_step;
        CHECK_FALSE(all_consistent(compare_routes(kernel, 3, test::up_to(8), 30, broken_polynomial)));
        RouteInputs broken_quadrature_kernel;
        broken_quadrature_kernel.quadrature_kernel = [&](const Real& t) {
            return Real(kernel.at(t) + Real("1e-12") * t);
        };
        CHECK_FALSE(all_consistent(compare_routes(kernel, 3, test::up_to(8), 30, broken_quadrature_kernel)));
    }
}

TEST_CASE("balls at D and at D+40 digits overlap and have the digits that were asked for") {
    for (const std::string& name : test::kernel_names()) {
        for (const int dim : {2, 3, 10, 100}) {
            if (test::least_size() && dim != 3) continue;
            CAPTURE(name);
            CAPTURE(dim);
            const Kernel kernel = test::kernel_named(name);
            const std::vector<int> degrees = {0, 1, 2, 3, 7, 30, 31};
            const auto low = eigenvalues_by(Route::ball, kernel, dim, degrees, 25);
            const auto high = eigenvalues_by(Route::ball, kernel, dim, degrees, 65);
            for (std::size_t i = 0; i < degrees.size(); ++i) {
                CAPTURE(degrees[i]);
                CHECK(low[i].enclosure.overlaps(high[i].enclosure));
                if (low[i].enclosure.is_zero()) continue;
                CHECK(certified_digits(low[i].enclosure) > 25);
                CHECK(certified_digits(high[i].enclosure) > 65);
                CHECK(print_certified(high[i].enclosure, 65).has_value());
            }
        }
    }
}

TEST_CASE("closed forms lie inside the balls for every part, slope and trained bias") {
    for (const char* activation : {"relu", "leaky-relu:1/10", "leaky-relu:-1", "leaky-relu:1", "leaky-relu:3"}) {
        for (const KernelPart part : {KernelPart::ntk, KernelPart::nngp, KernelPart::gradient}) {
            for (const bool train_bias : {false, true}) {
                KernelSpec spec{make_activation(activation)};
                spec.part = part;
                spec.train_bias = train_bias;
                spec.output_bias = part == KernelPart::ntk;
                spec.output_weight_variance = Rational(3, 2);
                const Kernel kernel(spec);
                for (const int dim : {2, 3, 4, 9}) {
                    const std::vector<Exact> exact = exact_eigenvalues(kernel, dim, 12);
                    const std::vector<Ball> balls = funk_hecke_balls(kernel, dim, test::up_to(12), 200);
                    for (std::size_t k = 0; k <= 12; ++k) {
                        CAPTURE(kernel.description());
                        CAPTURE(dim);
                        CAPTURE(k);
                        CHECK(exact[k].to_ball(300).overlaps(balls[k]));
                        CHECK(balls[k].radius() < 1e-58);
                    }
                }
            }
        }
    }
}

TEST_CASE("hidden-bias ReLU in odd dimensions: the known closed forms for degrees 0 to 3") {
    const Kernel kernel = test::kernel_named("relu-bias");
    const auto values = certified_eigenvalues(kernel, 3, test::up_to(3), 50);
    const std::vector<std::string> forms = {"2", "1/3 - (2/9)/pi", "-3/16 + (2/3)/pi", "15/16 - (44/15)/pi"};
    for (std::size_t k = 0; k < forms.size(); ++k)
        CHECK(values[k].enclosure.overlaps(Exact::parse(forms[k]).to_ball(300)));
    const auto five = certified_eigenvalues(kernel, 5, {0}, 50);
    CHECK(five[0].enclosure.overlaps(Exact::parse("35/16 - (2/3)/pi").to_ball(300)));
}

TEST_CASE("positivity, parity zeros and the decay constant") {
    const Kernel free = test::kernel_named("relu-nobias");
    for (const int dim : {2, 3, 8}) {
        const auto values = certified_eigenvalues(free, dim, test::up_to(60), 20);
        for (const Eigenvalue& value : values) {
            const bool zero = value.degree % 2 == 1 && value.degree >= 3;
            CHECK(value.enclosure.is_zero() == zero);
            CHECK(is_known_to_vanish(free, value.degree) == zero);
            if (!zero) CHECK(value.enclosure.magnitude_lower() > 0);
            if (!zero) CHECK(value.enclosure.midpoint() > 0);
        }
        // mu_k = C(d) kappa^{-d} (1 + O(kappa^{-2})), kappa = k + (d-2)/2, C(d) = 2^{d-2} Gamma(d/2)^2/pi^2.
        const double kappa = 60 + (dim - 2) / 2.0;
        const double constant = std::pow(2.0, dim - 2) * std::pow(std::tgamma(dim / 2.0), 2) / (M_PI * M_PI);
        CHECK(std::abs(values[60].enclosure.midpoint() * std::pow(kappa, dim) / constant - 1) <
              (dim * dim + 4) / (kappa * kappa));
    }
    const Kernel erf = test::kernel_named("erf-nobias");
    CHECK(is_known_to_vanish(erf, 0));
    CHECK(is_known_to_vanish(erf, 4));
    CHECK_FALSE(is_known_to_vanish(erf, 3));
    CHECK_FALSE(is_known_to_vanish(test::kernel_named("erf-bias"), 4));
}

TEST_CASE("the tail bound is a bound and sharp, for other bias variances too") {
    for (const char* activation : {"relu", "leaky-relu:1/10", "erf"}) {
        for (const Rational& bias : {Rational(0), Rational(1, 4), Rational(1), Rational(4)}) {
            for (const int dim : {2, 3, 10}) {
                for (const int last : {0, 1, 6, 15}) {
                    KernelSpec spec{make_activation(activation)};
                    spec.layers.front().bias_variance = bias;
                    spec.train_bias = bias != 0;
                    const Kernel kernel(spec);
                    CAPTURE(kernel.description());
                    CAPTURE(dim);
                    CAPTURE(last);
                    const auto eigenvalues = certified_eigenvalues(kernel, dim, test::up_to(last), 20);
                    const Ball rest = kernel.at_one(200) - trace_sum(eigenvalues);
                    const auto tail = trace_tail_bound(kernel, dim, eigenvalues);
                    REQUIRE(tail.has_value());
                    CHECK(rest.certainly_at_most(*tail));
                    CHECK(tail->certainly_at_most(rest * Ball(Rational(101, 100), 64)));
                }
            }
        }
    }
}

TEST_CASE("eigenvalues that cannot be certified are an error with the digits reached") {
    // A linear activation that does not say so: its quadratic eigenvalue vanishes, which balls alone cannot know.
    const Kernel silent(KernelSpec{std::make_shared<SilentIdentity>()});
    CHECK_THROWS_AS(certified_eigenvalues(silent, 3, {2}, 10), Unreachable);
    CHECK(certified_eigenvalues(silent, 3, {1}, 10)[0].enclosure.contains(Rational(2, 3)));
    const Kernel linear(KernelSpec{make_activation("leaky-relu:1")});
    KernelSpec biased{make_activation("leaky-relu:1"), {{1, 1}}};
    biased.train_bias = true;
    CHECK(eigenvalues_by(Route::ball, Kernel(biased), 3, {2}, 10)[0].enclosure.is_zero());
    CHECK(to_string(*certified_eigenvalues(linear, 3, {2}, 10)[0].exact) == "0");
    CHECK(to_string(*certified_eigenvalues(linear, 3, {1}, 10)[0].exact) == "2/3");
    CHECK_THROWS_AS(certified_eigenvalues(linear, 1, {0}, 10), std::domain_error);
    CHECK_THROWS_AS(certified_eigenvalues(linear, 3, {-1}, 10), std::domain_error);
    CHECK_THROWS_AS(certified_eigenvalues(linear, 3, {0}, 0), std::domain_error);
}
