// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/kernel/kernel.hpp"
#include "ntk/network/network.hpp"
#include "ntk/spectrum/radial_kernel_series.hpp"
#include "ntk/sphere/points.hpp"
#include "tests/lib/golden.hpp"
#include "tests/lib/network/neuron_moments.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

/// The empirical NTK of random networks, K_theta(x,x') = <grad f(x), grad f(x')>, has K^inf as its mean, and its
/// fluctuations have the size that the moments of one neuron predict. K_theta is 1_{b0} plus the mean of m' independent
/// contributions X of neurons (m' = m, or m/2 pairs of an antisymmetric start), so with mu_i the central moments of X
///     E K = K^inf,   Var K = mu_2/m',   E(K - K^inf)^4 = 3 (mu_2/m')^2 + (mu_4 - 3 mu_2^2)/m'^3.
/// Over N seeds two statistics are compared with these, without any estimate from the sample:
/// - the mean of K: normal with variance mu_2/(m' N),
/// - T = mean of (K - K^inf)^2/Var K: mean 1 and variance s^2 = (E(K - K^inf)^4/(Var K)^2 - 1)/N, taken as a gamma law
///   with these two moments, whose cube root is nearly normal with mean 1 - s^2/9 and deviation s/3 (Wilson, Hilferty).
/// Each fails beyond 5.2 standard deviations, which a normal variable exceeds with probability 2e-7. What this leaves
/// out is corrected by the fourth moments, which the test looks at: with at least 32000 independent contributions in
/// the mean and an excess kurtosis of K_theta of at most 3/2 the first Edgeworth corrections stay below a factor of 4,
/// so that a false alarm has a probability of at most 1e-6. The seeds are fixed: a test that passes always passes.
using namespace ntk;

namespace {

constexpr double allowed_deviations = 5.2;
constexpr double allowed_excess_kurtosis = 1.5;

struct Case {
    std::string activation;
    double bias_variance;  ///< of trained hidden biases; negative: no hidden biases
    OutputWeights output_weights = OutputWeights::rademacher;
    double output_weight_variance = 1;
    std::optional<Rational> radius;  ///< of the hidden weights; Gaussian without
    bool antisymmetric = false;
};

constexpr int dim = 3;

NetworkShape shape_of(const Case& of) { return {dim, 160, of.bias_variance >= 0, of.bias_variance == 0}; }

InitialLaw law_of(const Case& of) {
    InitialLaw law{of.antisymmetric, of.output_weights, std::max(of.bias_variance, 0.0), of.output_weight_variance, {}};
    if (of.radius) law.weights = RadialLaw{{{*of.radius, 1}}};
    return law;
}

KernelSpec spec_of(const Case& of) {
    KernelSpec spec{make_activation(of.activation)};
    spec.layers.front().bias_variance = Rational(std::max(of.bias_variance, 0.0));
    spec.train_bias = shape_of(of).hidden_bias;
    spec.output_bias = shape_of(of).output_bias;
    spec.output_weight_variance = Rational(of.output_weight_variance);
    return spec;
}

test::Neuron neuron_of(const Case& of) {
    return {of.activation,
            dim,
            std::max(of.bias_variance, 0.0),
            shape_of(of).hidden_bias,
            of.output_weights == OutputWeights::gaussian,
            of.output_weight_variance,
            of.radius ? std::optional(of.radius->convert_to<double>()) : std::nullopt};
}

/// K^inf(x,x') for <x,x'> = t by the library, where it has it. Weights on a sphere of radius R: ridge coefficients on
/// the diagonal, and elsewhere sum_k N(d,k) mu_k P_k(t), which misses at most K^inf(x,x) - sum_k N(d,k) mu_k; for relu
/// without biases sigma sigma' has R^2/d of the Gaussian mean, and the product of the slopes the same mean.
std::optional<double> analytic_kernel(const Case& of, double t) {
    KernelSpec spec = spec_of(of);
    if (!of.radius) return Kernel(spec).at(t);
    const RadialLaw law{{{*of.radius, 1}}};
    if (t == 1) return ridge_kernel_at_one(spec, law, dim, 20).midpoint();
    if (of.activation == "relu" && of.bias_variance > 0) return std::nullopt;
    if (of.activation == "relu") {
        const double constant = spec.output_bias ? 1 : 0;
        spec.output_bias = false;
        spec.part = KernelPart::nngp;
        const double values = Kernel(spec).at(t) * radius_moment(law, 2).convert_to<double>() / dim;
        spec.part = KernelPart::gradient;
        return values + Kernel(spec).at(t) + constant;
    }
    return RadialKernelSeries(spec, law, dim, 1e-10).at(t);
}

/// The points (t, sqrt(1-t^2), 0) for the cosines t, the first of which is 1.
const std::vector<double> cosines = {1, 0.3, -0.7};

Eigen::MatrixXd points_at_cosines() {
    Eigen::MatrixXd points(dim, static_cast<Eigen::Index>(cosines.size()));
    for (Eigen::Index j = 0; j < points.cols(); ++j) {
        const double t = cosines[static_cast<std::size_t>(j)];
        points.col(j) << t, std::sqrt(1 - t * t), 0;
    }
    return points;
}

/// Sums of K_theta(x_1, x_j) - K^inf(x_1, x_j) and their squares over the seeds.
struct Sums {
    Eigen::ArrayXd first, second;
};

Sums sums_over_networks(const Case& of, const Eigen::ArrayXd& expected, int networks) {
    const NetworkShape shape = shape_of(of);
    // The levels take turns.
    std::vector<Network> levels;
    for (const SimdLevel level : available_simd_levels()) {
        levels.emplace_back(shape, make_activation(of.activation), points_at_cosines(), std::make_shared<ThreadPool>(1),
                            level);
    }
    Sums sums{Eigen::ArrayXd::Zero(expected.size()), Eigen::ArrayXd::Zero(expected.size())};
    for (int seed = 0; seed < networks; ++seed) {
        const Eigen::VectorXd theta = draw_parameters(shape, law_of(of), 600'000 + static_cast<std::uint64_t>(seed));
        const Network& network = levels[static_cast<std::size_t>(seed) % levels.size()];
        const Eigen::ArrayXd kernel = static_cast<double>(expected.size()) * network.gram_matrix(theta).col(0).array();
        sums.first += kernel - expected;
        sums.second += (kernel - expected).square();
    }
    return sums;
}

/// Both statistics in standard deviations.
struct Deviations {
    double of_mean, of_variance;
};

Deviations deviations(const test::Moments& neuron, double independent, double first, double second, double networks) {
    const double variance = neuron.second / independent;
    const double fourth =
        3 * variance * variance + (neuron.fourth - 3 * neuron.second * neuron.second) / std::pow(independent, 3);
    REQUIRE(fourth / (variance * variance) - 3 <= allowed_excess_kurtosis);
    const double spread = std::sqrt((fourth / (variance * variance) - 1) / networks);
    const double ratio = second / networks / variance;
    return {first / std::sqrt(variance * networks), (std::cbrt(ratio) - (1 - spread * spread / 9)) / (spread / 3)};
}

int network_count() { return test::full_size() ? 8'000 : test::least_size() ? 400 : 800; }

/// The worst of both statistics over the three pairs of points.
Deviations compare(const Case& networks_of, const Case& predicted) {
    const int networks = network_count();
    const NetworkShape shape = shape_of(predicted);
    Eigen::ArrayXd expected(static_cast<Eigen::Index>(cosines.size()));
    std::vector<test::Moments> moments;
    for (std::size_t j = 0; j < cosines.size(); ++j) {
        moments.push_back(test::neuron_moments(neuron_of(predicted), cosines[j]));
        expected(static_cast<Eigen::Index>(j)) = moments.back().mean + (shape.output_bias ? 1 : 0);
    }
    const Sums sums = sums_over_networks(networks_of, expected, networks);
    const double independent = predicted.antisymmetric ? shape.width / 2 : shape.width;
    Deviations worst{0, 0};
    for (std::size_t j = 0; j < cosines.size(); ++j) {
        const auto at = static_cast<Eigen::Index>(j);
        const Deviations one = deviations(moments[j], independent, sums.first(at), sums.second(at), networks);
        worst.of_mean = std::max(worst.of_mean, std::abs(one.of_mean));
        worst.of_variance = std::max(worst.of_variance, std::abs(one.of_variance));
    }
    return worst;
}

/// A few cases in which every value of every choice occurs; all of them in the full size.
std::vector<Case> cases() {
    constexpr OutputWeights sign = OutputWeights::rademacher, gaussian = OutputWeights::gaussian;
    if (!test::full_size()) {
        return {{"erf", 1, sign, 1, {}, false},         {"erf", -1, gaussian, 2, Rational(3, 2), false},
                {"tanh", 0, gaussian, 1, {}, true},     {"tanh", -1, sign, 1, Rational(2), true},
                {"relu", 1, gaussian, 1, {}, false},    {"relu", -1, sign, 0.5, Rational(1), false},
                {"gelu", 0.5, gaussian, 1.5, {}, true}, {"gelu", 0, sign, 1, Rational(3, 2), false}};
    }
    std::vector<Case> all;
    for (const std::string activation : {"erf", "tanh", "relu", "gelu"}) {
        for (const double bias_variance : {-1.0, 0.0, 0.5}) {
            for (const std::optional<Rational>& radius : {std::optional<Rational>(), std::optional(Rational(3, 2))}) {
                const bool antisymmetric = bias_variance == 0;
                all.push_back({activation, bias_variance, sign, 1.25, radius, antisymmetric});
                all.push_back({activation, bias_variance, gaussian, 1, radius, !antisymmetric});
            }
        }
    }
    return all;
}

std::string describe(const Case& of) {
    return of.activation + ", bias " + std::to_string(of.bias_variance) + ", a " +
           (of.output_weights == OutputWeights::gaussian ? "Gaussian " : "+- ") +
           std::to_string(of.output_weight_variance) + ", radius " + (of.radius ? to_string(*of.radius) : "Gaussian") +
           (of.antisymmetric ? ", antisymmetric" : "");
}

}  // namespace

TEST_CASE("the mean of one neuron's contribution, by quadrature over its law, is the analytic kernel") {
    std::vector<Case> all = cases();
    if (!test::full_size()) all.push_back({"relu", 0.5, OutputWeights::rademacher, 1, Rational(3, 2), false});
    for (const Case& of : all) {
        for (const double t : cosines) {
            const std::optional<double> analytic = analytic_kernel(of, t);
            if (!analytic) continue;
            CAPTURE(describe(of));
            CAPTURE(t);
            const double constant = shape_of(of).output_bias ? 1 : 0;
            CHECK(std::abs(test::neuron_moments(neuron_of(of), t).mean + constant - *analytic) < 2e-9);
        }
    }
}

TEST_CASE("the empirical NTK has the infinite-width kernel as its mean and the predicted variance") {
    for (const Case& of : cases()) {
        CAPTURE(describe(of));
        const Deviations worst = compare(of, of);
        CHECK(worst.of_mean <= allowed_deviations);
        CHECK(worst.of_variance <= allowed_deviations);
    }
}

TEST_CASE("networks of another law contradict the prediction") {
    const Case predicted{"erf", 1, OutputWeights::rademacher, 1, Rational(3, 2), false};
    std::vector<Case> others(4, predicted);
    others[0].radius = Rational(7, 4);
    others[1].bias_variance = 1.25;
    others[2].output_weight_variance = 1.25;
    others[3].activation = "gelu";
    for (const Case& other : others) {
        CAPTURE(describe(other));
        CHECK(compare(other, predicted).of_mean > allowed_deviations);
    }
    // These have the right mean and another variance.
    std::vector<Case> wider(2, predicted);
    wider[0].output_weights = OutputWeights::gaussian;
    wider[1].antisymmetric = true;
    for (const Case& other : wider) {
        CAPTURE(describe(other));
        CHECK(compare(other, predicted).of_variance > allowed_deviations);
    }
}

TEST_CASE("Gram matrix and velocity are bit-identical for one and two threads, at every SIMD level") {
    // Blocks of neurons and of samples that are not full, and more than one of each.
    const NetworkShape shape{3, 1'030, true, true};
    const Eigen::MatrixXd points = uniform_points(3, 333, RandomStream(7, "points of the thread test"));
    const Eigen::VectorXd labels = points.row(0).transpose();
    const RadialLaw radii{{{Rational(1, 2), Rational(1, 2)}, {2, Rational(1, 2)}}};
    const Eigen::VectorXd theta = draw_parameters(shape, {false, OutputWeights::gaussian, 0.5, 2, radii}, 8);
    const std::vector<std::string> names =
        test::least_size() ? std::vector<std::string>{"erf", "relu"}
                           : std::vector<std::string>{"erf", "tanh", "relu", "gelu", "gaussian", "relu-power:2"};
    for (const SimdLevel level : available_simd_levels()) {
        for (const std::string& name : names) {
            CAPTURE(to_string(level));
            CAPTURE(name);
            const Network one(shape, make_activation(name), points, std::make_shared<ThreadPool>(1), level);
            const Network two(shape, make_activation(name), points, std::make_shared<ThreadPool>(2), level);
            const Eigen::MatrixXd gram = one.gram_matrix(theta);
            const Eigen::VectorXd velocity = one.velocity(theta, labels);
            // Several times: which thread takes which block changes.
            for (int repeat = 0; repeat < (test::full_size() ? 20 : test::least_size() ? 1 : 3); ++repeat) {
                CHECK(gram == two.gram_matrix(theta));
                CHECK(velocity == two.velocity(theta, labels));
            }
        }
    }
}
