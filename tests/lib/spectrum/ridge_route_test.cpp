// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/ridge_route.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/ridge/offset_mean.hpp"
#include "ntk/ridge/ridge_coefficients.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace ntk;

namespace {

const std::vector<int> degrees_tested = {0, 1, 2, 3, 4, 7};

/// The length of a standard Gaussian vector in R^d, d odd, by the trapezoidal rule: the integrands are even and entire
/// in r, so a step of 1/3 leaves an error of about e^{-35}.
RadialLaw gaussian_length(int dim) {
    const double constant = 2 / (std::exp2(dim / 2.0) * std::tgamma(dim / 2.0));
    RadialLaw law;
    for (int j = 1; j <= 30; ++j) {
        const double r = j / 3.0;
        law.atoms.push_back({Rational(j, 3), Rational(constant / 3 * std::pow(r, dim - 1) * std::exp(-r * r / 2))});
    }
    return law;
}

KernelSpec spec_of(const std::string& activation, const Rational& bias_variance, KernelPart part) {
    KernelSpec spec;
    spec.activation = make_activation(activation);
    spec.layers.front() = {bias_variance, Rational(3, 2)};
    spec.train_bias = bias_variance > 0;
    spec.output_bias = part == KernelPart::ntk;
    spec.output_weight_variance = Rational(2, 3);
    spec.part = part;
    return spec;
}

double midpoint_distance(const Ball& x, const Ball& y) { return std::abs((x - y).midpoint()); }

void compare_with_gaussian_kernel(const KernelSpec& spec, int dim) {
    CAPTURE(Kernel(spec).description());
    CAPTURE(dim);
    const auto reference = certified_eigenvalues(Kernel(spec), dim, degrees_tested, 18);
    const auto found = ridge_eigenvalues(spec, gaussian_length(dim), dim, degrees_tested, 12);
    for (std::size_t i = 0; i < found.size(); ++i) {
        CAPTURE(found[i].degree);
        // The weights of the law are doubles.
        CHECK(midpoint_distance(found[i].enclosure, reference[i].enclosure) <= 1e-13);
        CHECK(found[i].enclosure.is_zero() == reference[i].enclosure.is_zero());
        CHECK(found[i].multiplicity == reference[i].multiplicity);
        if (!found[i].enclosure.is_zero()) CHECK(certified_digits(found[i].enclosure) > 12);
    }
    const Ball at_one = ridge_kernel_at_one(spec, gaussian_length(dim), dim, 12);
    CHECK(midpoint_distance(at_one, Kernel(spec).at_one(100)) <= 1e-12);
}

}  // namespace

TEST_CASE("Gaussian weights as a law of their length give the Gaussian kernel") {
    for (const KernelPart part : {KernelPart::ntk, KernelPart::nngp, KernelPart::gradient}) {
        for (const std::string activation : {"relu", "leaky-relu:1/10", "leaky-relu:1"}) {
            for (const int dim : {3, 5}) compare_with_gaussian_kernel(spec_of(activation, 0, part), dim);
        }
        if (part == KernelPart::ntk || test::full_size()) {
            compare_with_gaussian_kernel(spec_of("erf", 0, part), part == KernelPart::ntk ? 3 : 5);
        }
    }
}

TEST_CASE("the same with random biases") {
    compare_with_gaussian_kernel(spec_of("leaky-relu:1", Rational(1, 2), KernelPart::ntk), 3);
    compare_with_gaussian_kernel(spec_of("erf", Rational(1, 2), KernelPart::ntk), 3);
    if (!test::full_size()) return;
    compare_with_gaussian_kernel(spec_of("erf", 2, KernelPart::gradient), 5);
    compare_with_gaussian_kernel(spec_of("erf", Rational(1, 100), KernelPart::nngp), 3);
}

TEST_CASE("weights of fixed length: ReLU parts are the Gaussian ones, scaled by the moments of the length") {
    for (const int dim : {2, 3, 8}) {
        for (const KernelPart part : {KernelPart::nngp, KernelPart::gradient}) {
            const KernelSpec spec = spec_of("relu", 0, part);
            const Rational radius(7, 5);
            const Rational scale = part == KernelPart::nngp ? Rational(radius * radius / dim) : Rational(1);
            const auto gaussian = certified_eigenvalues(Kernel(spec), dim, degrees_tested, 40);
            const auto sphere = ridge_eigenvalues(spec, *parse_weight_law("sphere:1.4"), dim, degrees_tested, 40);
            for (std::size_t i = 0; i < sphere.size(); ++i) {
                CAPTURE(dim);
                CAPTURE(degrees_tested[i]);
                CHECK(sphere[i].enclosure.overlaps(gaussian[i].enclosure * Ball(scale, 200)));
                CHECK(sphere[i].enclosure.is_zero() == gaussian[i].enclosure.is_zero());
                CHECK(sphere[i].exact.has_value() == sphere[i].enclosure.is_zero());
                CHECK(to_string(sphere[i].route) == "ridge");
            }
        }
    }
}

TEST_CASE("means over a random bias: another rule for the bias, other rules for the angle, more digits") {
    const RidgeFunction g(make_activation("erf"), RidgePart::value);
    const Rational radius(3, 2), variance(1, 4);
    const std::vector<int> degrees = {0, 1, 2, 5};
    const std::vector<Ball> low = offset_means(g, 4, radius, variance, degrees, 50);
    const std::vector<Ball> high = offset_means(g, 4, radius, variance, degrees, 120);
    std::vector<double> sums(degrees.size());
    constexpr double step = 0.11;
    for (int j = -50; j <= 50; ++j) {
        const Rational offset = Rational(j) * Rational(11, 100);
        const std::vector<Ball> values = ridge_coefficients(g, 4, {radius, offset}, degrees, 16);
        const double density = std::exp(-2 * j * step * j * step) / std::sqrt(std::numbers::pi / 2);
        for (std::size_t i = 0; i < degrees.size(); ++i) {
            sums[i] += step * density * values[i].midpoint() * values[i].midpoint();
        }
    }
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        CAPTURE(degrees[i]);
        CHECK(low[i].radius() <= 0x1p-50);
        CHECK(high[i].radius() <= 0x1p-120);
        CHECK(low[i].overlaps(high[i]));
        CHECK(std::abs(low[i].midpoint() - sums[i]) <= 1e-15);
    }
}

TEST_CASE("powers with a kink and a random bias: Simpson's rule over exact coefficients of single neurons") {
    const std::vector<int> degrees = {0, 1, 2, 3, 6, 11};
    for (const std::string name : {"relu", "leaky-relu:-1/3", "relu-power:2", "step"}) {
        for (const int dim : {2, 3, 6}) {
            for (const auto& [radius, variance] :
                 {std::pair{Rational(3, 2), Rational(1, 4)}, {Rational(1, 2), Rational(2)}}) {
                const RidgeFunction g(make_activation(name), RidgePart::value);
                const std::vector<Ball> low = offset_means(g, dim, radius, variance, degrees, 40);
                const std::vector<Ball> high = offset_means(g, dim, radius, variance, degrees, 150);
                // Smooth but for b = +-r, where the pieces end; there the step on the circle has a square root.
                std::vector<double> sums(degrees.size());
                constexpr int pieces = 240;
                const Rational end = radius + 12;
                const auto add = [&](const Rational& from, const Rational& to) {
                    for (int j = 0; j <= pieces; ++j) {
                        const Rational b = from + (to - from) * Rational(j, pieces);
                        const double weight = (j == 0 || j == pieces ? 1 : j % 2 == 1 ? 4 : 2) / 3.0;
                        const double density = std::exp(Rational(-b * b / (2 * variance)).convert_to<double>()) /
                                               std::sqrt(2 * std::numbers::pi * variance.convert_to<double>());
                        const std::vector<Ball> values = ridge_coefficients(g, dim, {radius, b}, degrees, 16);
                        const double step = Rational((to - from) / pieces).convert_to<double>();
                        for (std::size_t i = 0; i < degrees.size(); ++i) {
                            sums[i] += weight * step * density * values[i].midpoint() * values[i].midpoint();
                        }
                    }
                };
                add(-end, -radius);
                add(-radius, radius);
                add(radius, end);
                for (std::size_t i = 0; i < degrees.size(); ++i) {
                    CAPTURE(name);
                    CAPTURE(dim);
                    CAPTURE(degrees[i]);
                    CHECK(low[i].radius() <= 0x1p-39);
                    CHECK(high[i].radius() <= 0x1p-149);
                    CHECK(low[i].overlaps(high[i]));
                    CHECK(std::abs(high[i].midpoint() - sums[i]) <= 2e-5);
                }
            }
        }
    }
}

TEST_CASE("a kink and a random bias: the trace, and weights of length 0") {
    const KernelSpec spec = spec_of("relu", Rational(1, 2), KernelPart::ntk);
    const RadialLaw law{{{Rational(0), Rational(1, 4)}, {Rational(3, 2), Rational(3, 4)}}};
    std::vector<int> degrees;
    for (int k = 0; k <= 60; ++k) degrees.push_back(k);
    Ball sum(100);
    for (const Eigenvalue& eigenvalue : ridge_eigenvalues(spec, law, 3, degrees, 20)) {
        sum += Ball(eigenvalue.multiplicity, 100) * eigenvalue.enclosure;
    }
    const Ball at_one = ridge_kernel_at_one(spec, law, 3, 20);
    // E[sigma^2] = (E[r^2]/3 + 1/2)/2 = 17/32 and E[sigma'^2] = 1/2: 3/2 (17/32 + 2/3 (1 + 1)/2) + 1.
    CHECK(at_one.contains(Rational(51, 64) + 2));
    CHECK(sum.certainly_at_most(at_one));
    CHECK((at_one - sum).midpoint() < 0.03);
}

TEST_CASE("the trace adds up to the kernel on the diagonal") {
    const KernelSpec spec = spec_of("erf", 0, KernelPart::ntk);
    const RadialLaw law{
        {{Rational(1, 2), Rational(1, 3)}, {Rational(0), Rational(1, 3)}, {Rational(1), Rational(1, 3)}}};
    std::vector<int> degrees;
    for (int k = 0; k <= 40; ++k) degrees.push_back(k);
    Ball sum(100);
    for (const Eigenvalue& eigenvalue : ridge_eigenvalues(spec, law, 4, degrees, 20)) {
        sum += Ball(eigenvalue.multiplicity, 100) * eigenvalue.enclosure;
    }
    CHECK(midpoint_distance(sum, ridge_kernel_at_one(spec, law, 4, 20)) <= 1e-15);
}

TEST_CASE("what the ridge route refuses") {
    const RadialLaw law = *parse_weight_law("sphere:1");
    KernelSpec deep = spec_of("erf", 0, KernelPart::ntk);
    deep.layers.emplace_back();
    CHECK_THROWS_WITH_AS(ridge_eigenvalues(deep, law, 3, {0}, 10),
                         "ridge_eigenvalues: weights other than gaussian are defined for one hidden layer only",
                         std::domain_error);
    CHECK_THROWS_AS(ridge_eigenvalues(spec_of("erf", 0, KernelPart::ntk), law, 1, {0}, 10), std::domain_error);
    CHECK_THROWS_AS(ridge_eigenvalues(spec_of("erf", 0, KernelPart::ntk), law, 3, {-1}, 10), std::domain_error);
    CHECK_THROWS_AS(ridge_eigenvalues(spec_of("erf", 0, KernelPart::ntk), RadialLaw{}, 3, {1}, 10), std::domain_error);
}
