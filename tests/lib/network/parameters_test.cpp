// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/parameters.hpp"

#include "ntk/network/reference.hpp"
#include "ntk/numeric/rational.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

/// The laws of theta_0. Every statistical comparison has a false-alarm probability of at most 1e-6 that follows from an
/// inequality for every sample size, no approximation by a normal law:
/// - distribution functions: P(sup |F_n - F| > e) <= 2 exp(-2 n e^2) (Dvoretzky, Kiefer, Wolfowitz; constant of
/// Massart),
/// - means of numbers in [-1,1]: P(|mean - E| > e) <= 2 exp(-n e^2/2) (Hoeffding),
/// - n normal squares: P(|mean - 1| > 2 sqrt(x/n) + 2x/n) <= 2 exp(-x) (Laurent and Massart).
/// The seeds are fixed: a test that passes always passes.
using namespace ntk;

namespace {

const double log_of_alarm = std::log(2 / 1e-6);

using Distribution = std::function<double(double)>;

double normal_distribution(double x) { return std::erfc(-x / std::numbers::sqrt2) / 2; }

/// sup |F_n - F| in units of what is allowed.
double distance(std::vector<double> sample, const Distribution& distribution) {
    std::sort(sample.begin(), sample.end());
    const auto n = static_cast<double>(sample.size());
    double largest = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const double f = distribution(sample[i]);
        largest = std::max({largest, static_cast<double>(i + 1) / n - f, f - static_cast<double>(i) / n});
    }
    return largest / std::sqrt(log_of_alarm / (2 * n));
}

/// |mean - expected| of numbers in [-1,1], in units of what is allowed.
double mean_distance(const std::vector<double>& sample, double expected) {
    double sum = 0;
    for (const double x : sample) sum += x;
    const auto n = static_cast<double>(sample.size());
    return std::abs(sum / n - expected) / std::sqrt(2 * log_of_alarm / n);
}

/// |mean of squares - variance| of centred normal numbers, in units of what is allowed.
double variance_distance(const std::vector<double>& sample, double variance) {
    double sum = 0;
    for (const double x : sample) sum += x * x;
    const auto n = static_cast<double>(sample.size());
    return std::abs(sum / n / variance - 1) / (2 * std::sqrt(log_of_alarm / n) + 2 * log_of_alarm / n);
}

/// Signs of x_i y_i: with mean 0 if they are independent and one of them has either sign with probability 1/2.
std::vector<double> signs_of_products(const std::vector<double>& x, const std::vector<double>& y) {
    std::vector<double> signs;
    for (std::size_t i = 0; i < x.size(); ++i) signs.push_back((x[i] > 0) == (y[i] > 0) ? 1 : -1);
    return signs;
}

/// |x_i| minus the median of the size of a normal number.
std::vector<double> above_median_size(std::vector<double> x, double deviation) {
    for (double& one : x) one = std::abs(one) / deviation - 0.674489750196081743;
    return x;
}

std::vector<double> numbers(const Eigen::VectorXd& vector) { return {vector.begin(), vector.end()}; }

int sample_size() { return test::full_size() ? 400'000 : test::least_size() ? 10'000 : 40'000; }

struct Drawn {
    NetworkShape shape;
    Eigen::VectorXd theta;
    ParameterView view() const { return ParameterView(shape, theta); }
    std::vector<double> weights(int coordinate) const { return numbers(view().weights.col(coordinate)); }
    std::vector<double> output_weights() const { return numbers(view().output_weights); }
    std::vector<double> biases() const { return {view().biases, view().biases + shape.width}; }
};

Drawn draw(int dim, const InitialLaw& law, std::uint64_t seed) {
    const NetworkShape shape{dim, sample_size(), true, true};
    return {shape, draw_parameters(shape, law, seed)};
}

InitialLaw plain_law() {
    InitialLaw law;
    law.antisymmetric = false;
    return law;
}

InitialLaw law_of_radii(const RadialLaw& weights) {
    InitialLaw law = plain_law();
    law.weights = weights;
    return law;
}

const RadialLaw three_radii{{{Rational(1, 2), Rational(1, 4)}, {Rational(3, 2), Rational(2, 3)}, {4, Rational(1, 12)}}};

/// All laws that a network can start from, with hidden biases.
std::vector<InitialLaw> all_laws() {
    std::vector<InitialLaw> laws;
    for (const bool antisymmetric : {false, true}) {
        for (const OutputWeights output_weights : {OutputWeights::rademacher, OutputWeights::gaussian}) {
            for (const double bias_variance : {0.0, 0.5}) {
                const InitialLaw law{antisymmetric, output_weights, bias_variance, 1.25, {}};
                laws.push_back(law);
                laws.push_back(law);
                laws.back().weights = three_radii;
            }
        }
    }
    return laws;
}

}  // namespace

TEST_CASE("Gaussian hidden weights: normal coordinates, normal in every direction, uncorrelated") {
    const Drawn drawn = draw(3, plain_law(), 41);
    for (int i = 0; i < 3; ++i) {
        CHECK(distance(drawn.weights(i), normal_distribution) <= 1);
        CHECK(variance_distance(drawn.weights(i), 1) <= 1);
        for (int j = 0; j < i; ++j) {
            CHECK(mean_distance(signs_of_products(drawn.weights(i), drawn.weights(j)), 0) <= 1);
        }
    }
    const Eigen::Vector3d axis = Eigen::Vector3d(2, -1, 2) / 3;
    CHECK(distance(numbers(drawn.view().weights * axis), normal_distribution) <= 1);
    CHECK(variance_distance(numbers(drawn.view().weights * axis), 1) <= 1);
}

TEST_CASE("hidden weights on a sphere: length R, direction uniform on the circle, the sphere and S^3") {
    const RadialLaw sphere{{{Rational(3, 2), 1}}};
    // The distribution of one coordinate of a uniform unit vector: arcsine law, uniform law, semicircle law.
    const auto arcsine = [](double u) { return 0.5 + std::asin(u) / std::numbers::pi; };
    const auto uniform = [](double u) { return (1 + u) / 2; };
    const auto semicircle = [](double u) { return 0.5 + (u * std::sqrt(1 - u * u) + std::asin(u)) / std::numbers::pi; };
    const std::vector<Distribution> of_dim = {arcsine, uniform, semicircle};
    for (int dim = 2; dim <= 4; ++dim) {
        CAPTURE(dim);
        const Drawn drawn = draw(dim, law_of_radii(sphere), 42);
        const Eigen::VectorXd lengths = drawn.view().weights.rowwise().norm();
        CHECK((lengths.array() - 1.5).abs().maxCoeff() <= 8 * std::numeric_limits<double>::epsilon());
        Eigen::VectorXd axis = Eigen::VectorXd::LinSpaced(dim, 1, 2).normalized();
        for (int k = 0; k <= dim; ++k) {
            if (k < dim) axis = Eigen::VectorXd::Unit(dim, k);
            const Eigen::VectorXd heights = (drawn.view().weights * axis / 1.5).cwiseMin(1).cwiseMax(-1);
            CHECK(distance(numbers(heights), of_dim[static_cast<std::size_t>(dim - 2)]) <= 1);
        }
        CHECK(mean_distance(signs_of_products(drawn.weights(0), drawn.weights(1)), 0) <= 1);
    }
}

TEST_CASE("any radial law: each radius with its probability, whatever the direction") {
    const Drawn drawn = draw(3, law_of_radii(three_radii), 43);
    const Eigen::VectorXd lengths = drawn.view().weights.rowwise().norm();
    std::vector<std::vector<double>> is_radius(3), heights(3);
    int strange = 0;
    for (Eigen::Index l = 0; l < lengths.size(); ++l) {
        int hits = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            const double radius = three_radii.atoms[i].radius.convert_to<double>();
            const bool hit = std::abs(lengths(l) / radius - 1) <= 8 * std::numeric_limits<double>::epsilon();
            is_radius[i].push_back(hit ? 1 : 0);
            if (hit) heights[i].push_back(std::clamp(drawn.view().weights(l, 2) / radius, -1.0, 1.0));
            hits += hit ? 1 : 0;
        }
        if (hits != 1) ++strange;
    }
    REQUIRE(strange == 0);
    for (std::size_t i = 0; i < 3; ++i) {
        CAPTURE(i);
        CHECK(mean_distance(is_radius[i], three_radii.atoms[i].probability.convert_to<double>()) <= 1);
        CHECK(distance(heights[i], [](double u) { return (1 + u) / 2; }) <= 1);
    }
    // Radius 0 is a law too.
    const Drawn zero = draw(3, law_of_radii({{{0, 1}}}), 43);
    CHECK((zero.view().weights.array() == 0).all());
}

TEST_CASE("output weights: +-sqrt(v) with equal probability, or N(0,v)") {
    for (const double variance : {1.0, 2.25, 0.0}) {
        CAPTURE(variance);
        InitialLaw law = plain_law();
        law.output_weight_variance = variance;
        const Eigen::VectorXd signs = draw(2, law, 44).view().output_weights;
        CHECK((signs.array().abs() == std::sqrt(variance)).all());
        law.output_weights = OutputWeights::gaussian;
        const std::vector<double> gaussians = draw(2, law, 44).output_weights();
        if (variance == 0) {
            CHECK(*std::max_element(gaussians.begin(), gaussians.end()) == 0);
            continue;
        }
        CHECK(mean_distance(numbers(signs / std::sqrt(variance)), 0) <= 1);
        CHECK(variance_distance(gaussians, variance) <= 1);
        CHECK(distance(gaussians, [&](double a) { return normal_distribution(a / std::sqrt(variance)); }) <= 1);
    }
}

TEST_CASE("hidden biases: N(0,s_b^2), zero but there, or none; the output bias starts at zero") {
    InitialLaw law = plain_law();
    law.bias_variance = 0.25;
    const Drawn random = draw(2, law, 45);
    CHECK(distance(random.biases(), [](double b) { return normal_distribution(2 * b); }) <= 1);
    CHECK(variance_distance(random.biases(), 0.25) <= 1);
    CHECK(random.view().output_bias == 0);
    const Drawn zero = draw(2, plain_law(), 45);
    CHECK(zero.biases() == std::vector<double>(static_cast<std::size_t>(zero.shape.width), 0.0));
    // Without biases in the shape the other parameters are the same.
    const NetworkShape bare{2, zero.shape.width, false, false};
    const Eigen::VectorXd theta = draw_parameters(bare, plain_law(), 45);
    CHECK(theta.size() == 3L * bare.width);
    CHECK(theta == zero.theta.head(theta.size()));
    CHECK(ParameterView(bare, theta).biases == nullptr);
}

TEST_CASE("streams of different purposes, and of different seeds, are uncorrelated") {
    for (const bool radial : {false, true}) {
        for (const OutputWeights output_weights : {OutputWeights::rademacher, OutputWeights::gaussian}) {
            CAPTURE(radial);
            InitialLaw law{false, output_weights, 1, 1, {}};
            if (radial) law.weights = RadialLaw{{{1, Rational(1, 2)}, {2, Rational(1, 2)}}};
            std::vector<std::vector<double>> series;
            for (const std::uint64_t seed : {46U, 47U}) {
                const Drawn drawn = draw(2, law, seed);
                series.insert(series.end(),
                              {drawn.weights(0), drawn.weights(1), drawn.biases(), drawn.output_weights()});
                // Sizes may depend on each other where signs do not.
                series.push_back(above_median_size(drawn.biases(), 1));
                if (output_weights == OutputWeights::gaussian) {
                    series.push_back(above_median_size(drawn.output_weights(), 1));
                }
                if (!radial) series.push_back(above_median_size(drawn.weights(0), 1));
                // Above 0: the greater radius.
                if (radial) series.push_back(numbers(drawn.view().weights.rowwise().norm().array() - 1.5));
            }
            for (std::size_t i = 0; i < series.size(); ++i) {
                for (std::size_t j = 0; j < i; ++j) {
                    CAPTURE(i);
                    CAPTURE(j);
                    CHECK(mean_distance(signs_of_products(series[i], series[j]), 0) <= 1);
                    // The same after a shift by one neuron.
                    std::vector<double> shifted = series[j];
                    std::rotate(shifted.begin(), shifted.begin() + 1, shifted.end());
                    CHECK(mean_distance(signs_of_products(series[i], shifted), 0) <= 1);
                }
            }
        }
    }
    // The laws do not share numbers: signs and Gaussians, Gaussian weights and directions of one seed.
    InitialLaw gaussian = plain_law();
    gaussian.output_weights = OutputWeights::gaussian;
    const Drawn first = draw(2, plain_law(), 46);
    const Drawn second = draw(2, gaussian, 46);
    const Drawn third = draw(2, law_of_radii({{{1, 1}}}), 46);
    CHECK(mean_distance(signs_of_products(first.output_weights(), second.output_weights()), 0) <= 1);
    const std::vector<double> sizes = above_median_size(second.output_weights(), 1);
    CHECK(mean_distance(signs_of_products(first.output_weights(), sizes), 0) <= 1);
    CHECK(mean_distance(signs_of_products(first.weights(0), third.weights(0)), 0) <= 1);
}

TEST_CASE("no normal number is used twice in a draw") {
    // A number taken from the same place of the same stream would be the same double. Two independent ones agree with a
    // probability below 2^-51 (spacing of doubles times density), any two of 25000 with one below 1e-6.
    const NetworkShape shape{3, 5'000, true, false};
    const Eigen::VectorXd theta = draw_parameters(shape, {false, OutputWeights::gaussian, 1, 1, {}}, 51);
    std::vector<double> sizes = numbers(theta.cwiseAbs());
    std::sort(sizes.begin(), sizes.end());
    CHECK(std::adjacent_find(sizes.begin(), sizes.end()) == sizes.end());
}

TEST_CASE("a draw is the same for one and two threads, in every order of asking, and for every width") {
    const NetworkShape shape{3, 10'000, true, true};
    for (const InitialLaw& law : all_laws()) {
        const Eigen::VectorXd theta = draw_parameters(shape, law, 48);
        ThreadPool one(1), two(2);
        CHECK(theta == draw_parameters(shape, law, 48, one));
        CHECK(theta == draw_parameters(shape, law, 48, two));
        CHECK(theta != draw_parameters(shape, law, 49));
        // From the last neuron to the first, in pieces of 1, 2, 3, ... neurons.
        const ParameterDraw by_pieces(shape, law, 48);
        Eigen::VectorXd backwards = Eigen::VectorXd::Zero(theta.size());
        for (int end = shape.width, count = 1; end > 0; end -= count++) {
            count = std::min(count, end);
            by_pieces.write_neurons(end - count, count, backwards);
        }
        CHECK(theta == backwards);
        // A narrower network: the first neurons of the wide one, pair by pair where there are pairs.
        const NetworkShape narrow{3, 1000, true, true};
        const Eigen::VectorXd fewer = draw_parameters(narrow, law, 48);
        const ParameterView few(narrow, fewer), all(shape, theta);
        const int own = law.antisymmetric ? 500 : 1000;
        CHECK(few.weights.topRows(own) == all.weights.topRows(own));
        CHECK(few.output_weights.head(own) == all.output_weights.head(own));
        CHECK(std::equal(few.biases, few.biases + own, all.biases));
    }
}

TEST_CASE("only the neurons that are asked for are written") {
    const NetworkShape shape{3, 8, true, true};
    Eigen::VectorXd theta = Eigen::VectorXd::Constant(shape.parameter_count(), 77);
    ParameterDraw(shape, plain_law(), 1).write_neurons(2, 3, theta);
    CHECK((theta.array() != 77).count() == 3 * 5);
    const ParameterView view(shape, theta);
    CHECK((view.output_weights.segment(2, 3).array().abs() == 1).all());
    CHECK((view.weights.middleRows(2, 3).array() != 77).all());
    CHECK(view.output_bias == 77);
}

TEST_CASE("an antisymmetric start: neurons cancel in pairs, so that f = 0 exactly") {
    const NetworkShape shape{3, 50, true, true};
    for (const InitialLaw& law : all_laws()) {
        const Eigen::VectorXd theta = draw_parameters(shape, law, 50);
        const std::vector<double> parameters(theta.begin(), theta.end());
        const ParameterView view(shape, theta);
        CHECK((view.weights.topRows(25) == view.weights.bottomRows(25)) == law.antisymmetric);
        CHECK((view.output_weights.head(25) == -view.output_weights.tail(25)) == law.antisymmetric);
        for (const std::string name : {"erf", "relu", "softplus:2", "cos"}) {
            // The terms a_l sigma(z_l) are doubles; their sum is taken without rounding.
            const ReferenceNetwork<double> network{shape, make_activation(name), {{0.6, 0, -0.8}}};
            Rational sum = 0;
            for (int l = 0; l < shape.width; ++l) {
                sum += Rational(view.output_weights(l) *
                                network.activation->value(network.preactivation(parameters, l, 0)));
            }
            CHECK((sum == 0) == law.antisymmetric);
        }
    }
}

TEST_CASE("laws and shapes that make no sense are errors that name the value") {
    const NetworkShape shape{3, 4, true, true};
    const double infinity = std::numeric_limits<double>::infinity();
    const auto fails = [](const NetworkShape& of, const InitialLaw& law, const std::string& message) {
        CAPTURE(message);
        CHECK_THROWS_WITH_AS(draw_parameters(of, law, 1), doctest::Contains(message.c_str()), std::domain_error);
    };
    fails({1, 4, true, true}, plain_law(), "dim = 1, width = 4: dim must be >= 2");
    fails({3, 0, true, true}, plain_law(), "dim = 3, width = 0");
    fails({3, 5, true, true}, InitialLaw{}, "width = 5: an antisymmetric start needs an even width");
    for (const double variance : {-0.5, infinity, std::nan("")}) {
        InitialLaw law = plain_law();
        law.bias_variance = variance;
        fails(shape, law, "bias_variance = ");
        law = plain_law();
        law.output_weight_variance = variance;
        fails(shape, law, "output_weight_variance = ");
    }
    InitialLaw biased = plain_law();
    biased.bias_variance = 1;
    fails({3, 4, false, true}, biased, "random hidden biases need hidden biases");
    fails(shape, law_of_radii({}), "add up to 0");
    fails(shape, law_of_radii({{{1, Rational(1, 2)}}}), "add up to 1/2");
    fails(shape, law_of_radii({{{-1, 1}}}), "radius -1 with probability 1");
    fails(shape, law_of_radii({{{1, 2}, {2, -1}}}), "radius 2 with probability -1");
    fails(shape, law_of_radii({{{1, 1}, {2, 0}}}), "radius 2 with probability 0");
    fails(shape, law_of_radii({{{power_of_ten(309), 1}}}), "must be >= 0 and representable");
    const ParameterDraw good(shape, plain_law(), 1);
    Eigen::VectorXd theta(shape.parameter_count()), other(3);
    CHECK_THROWS_AS(good.write_neurons(-1, 1, theta), std::domain_error);
    CHECK_THROWS_AS(good.write_neurons(3, 2, theta), std::domain_error);
    CHECK_THROWS_AS(good.write_neurons(0, std::numeric_limits<int>::max(), theta), std::domain_error);
    CHECK_THROWS_AS(good.write_neurons(0, 1, other), std::domain_error);
}
