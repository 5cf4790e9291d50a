// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/cubature.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"
#include "ntk/sphere/points.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <string>
#include <vector>

using namespace ntk;

namespace {

struct RuleCase {
    int dim;
    int degree;
};

std::vector<RuleCase> rule_cases() {
    std::vector<RuleCase> cases;
    for (int degree = 0; degree <= 12; ++degree) {
        for (int dim = 2; dim <= 4; ++dim) cases.push_back({dim, degree});
    }
    for (const RuleCase& more : {RuleCase{2, 200}, RuleCase{2, 201}, RuleCase{3, 60}, RuleCase{3, 61}, RuleCase{4, 25},
                                 RuleCase{5, 11}, RuleCase{6, 9}, RuleCase{7, 6}, RuleCase{12, 2}, RuleCase{14, 3}}) {
        cases.push_back(more);
    }
    if (test::full_size()) {
        for (const RuleCase& more : {RuleCase{2, 801}, RuleCase{3, 301}, RuleCase{4, 81}, RuleCase{5, 31}}) {
            cases.push_back(more);
        }
    }
    return cases;
}

/// The rule's mean of P_k(<x,e>), for all k <= degree.
std::vector<double> zonal_means(const SphereCubature& rule, const Eigen::VectorXd& axis, int degree) {
    const Eigen::VectorXd cosines = rule.points.transpose() * axis;
    std::vector<double> means(static_cast<std::size_t>(degree) + 1), values(means.size());
    for (Eigen::Index j = 0; j < rule.size(); ++j) {
        gegenbauer_p_all(rule.dim(), degree, cosines(j), values.data());
        for (std::size_t k = 0; k < means.size(); ++k) means[k] += rule.weights(j) * values[k];
    }
    return means;
}

/// The rule's mean of Re (x_1 + i x_2)^k, a harmonic of degree k with mean zero; with k equal steps on the circle the
/// rule sees nothing but its largest value, (x_1^2 + x_2^2)^{k/2}.
double mean_of_circle_harmonic(const SphereCubature& rule, int k) {
    double mean = 0;
    for (Eigen::Index j = 0; j < rule.size(); ++j) {
        mean += rule.weights(j) * std::pow(std::complex<double>(rule.points(0, j), rule.points(1, j)), k).real();
    }
    return mean;
}

/// E[x^alpha] = prod (alpha_i - 1)!! / (d (d+2) ... (d + |alpha| - 2)) for even exponents, else 0 (Gaussian moments
/// divided by those of the length).
double moment(const std::vector<int>& exponents) {
    double value = 1;
    int total = 0;
    for (const int exponent : exponents) {
        if (exponent % 2 != 0) return 0;
        for (int factor = exponent - 1; factor > 1; factor -= 2) value *= factor;
        total += exponent;
    }
    for (int step = 0; step < total / 2; ++step) value /= static_cast<double>(exponents.size()) + 2 * step;
    return value;
}

double moment_by(const SphereCubature& rule, const std::vector<int>& exponents) {
    double sum = 0;
    for (Eigen::Index j = 0; j < rule.size(); ++j) {
        double product = rule.weights(j);
        for (std::size_t i = 0; i < exponents.size(); ++i) {
            product *= std::pow(rule.points(static_cast<Eigen::Index>(i), j), exponents[i]);
        }
        sum += product;
    }
    return sum;
}

}  // namespace

TEST_CASE("zonal polynomials of all axes have mean zero up to the degree of the rule, a harmonic of the next has not") {
    for (const RuleCase& at : rule_cases()) {
        CAPTURE(at.dim);
        CAPTURE(at.degree);
        const SphereCubature rule = sphere_cubature(at.dim, at.degree);
        REQUIRE(rule.degree == at.degree);
        CHECK(static_cast<double>(rule.size()) == cubature_point_count(at.dim, at.degree));
        CHECK(rule.weights.minCoeff() > 0);
        CHECK(std::abs(rule.weights.sum() - 1) < 1e-13);
        CHECK((rule.points.colwise().norm().array() - 1).abs().maxCoeff() < 1e-15);
        const Eigen::MatrixXd axes = uniform_points(at.dim, 6, RandomStream(3, "axes of cubature"));
        for (Eigen::Index e = 0; e < axes.cols(); ++e) {
            const std::vector<double> means = zonal_means(rule, axes.col(e), at.degree);
            CHECK(std::abs(means[0] - 1) < 1e-13);
            double largest = 0;
            for (std::size_t k = 1; k < means.size(); ++k) largest = std::max(largest, std::abs(means[k]));
            CHECK(largest < 1e-13 + 1e-15 * at.degree);
        }
        CHECK(mean_of_circle_harmonic(rule, at.degree + 1) > 1e-3);
    }
}

TEST_CASE("the rule reproduces the addition theorem") {
    for (const RuleCase& at : {RuleCase{2, 31}, RuleCase{3, 24}, RuleCase{4, 16}, RuleCase{6, 8}}) {
        CAPTURE(at.dim);
        const SphereCubature rule = sphere_cubature(at.dim, at.degree);
        const Eigen::MatrixXd axes = uniform_points(at.dim, 2, RandomStream(4, "axes of the addition theorem"));
        for (int k = 0; k <= at.degree; ++k) {
            for (int l = 0; k + l <= at.degree; ++l) {
                double product = 0;
                for (Eigen::Index j = 0; j < rule.size(); ++j) {
                    product += rule.weights(j) * gegenbauer_p(at.dim, k, axes.col(0).dot(rule.points.col(j))) *
                               gegenbauer_p(at.dim, l, axes.col(1).dot(rule.points.col(j)));
                }
                const double expected =
                    k == l ? gegenbauer_p(at.dim, k, axes.col(0).dot(axes.col(1))) / multiplicity_double(at.dim, k) : 0;
                CHECK(std::abs(product - expected) < 1e-13);
            }
        }
    }
}

TEST_CASE("the rule has the moments of the coordinates") {
    for (const RuleCase& at : {RuleCase{2, 20}, RuleCase{3, 20}, RuleCase{4, 14}, RuleCase{5, 10}, RuleCase{8, 4}}) {
        CAPTURE(at.dim);
        const SphereCubature rule = sphere_cubature(at.dim, at.degree);
        const RandomStream stream(6, "exponents");
        for (std::uint64_t draw = 0; draw < 40; ++draw) {
            std::vector<int> exponents(static_cast<std::size_t>(at.dim));
            int left = at.degree;
            for (std::size_t i = 0; i < exponents.size(); ++i) {
                // Every second one even in all coordinates, so that it is not zero.
                const int step = draw % 2 == 0 ? 2 : 1;
                const auto most = static_cast<double>(left / step + 1);
                exponents[i] = step * static_cast<int>(stream.uniform(draw * 16 + i) * most);
                left -= exponents[i];
            }
            CHECK(std::abs(moment_by(rule, exponents) - moment(exponents)) < 1e-15);
        }
    }
}

TEST_CASE("a rule of odd degree is symmetric to the last bit") {
    for (const RuleCase& at : {RuleCase{2, 11}, RuleCase{3, 13}, RuleCase{4, 7}, RuleCase{5, 5}}) {
        const SphereCubature rule = sphere_cubature(at.dim, at.degree);
        int partners = 0;
        for (Eigen::Index i = 0; i < rule.size(); ++i) {
            for (Eigen::Index j = 0; j < rule.size(); ++j) {
                partners += rule.points.col(i) == -rule.points.col(j) && rule.weights(i) == rule.weights(j) ? 1 : 0;
            }
        }
        CHECK(partners == rule.size());
    }
}

TEST_CASE("what a rule would cost is known and refused beyond the limit") {
    CHECK(cubature_point_count(2, 7) == 8);
    CHECK(cubature_point_count(3, 7) == 32);
    CHECK(cubature_point_count(3, 8) == 45);
    CHECK(cubature_point_count(10, 41) == 42 * std::pow(21.0, 8));
    CHECK(std::isinf(cubature_point_count(100000, 1000)));
    std::string message;
    try {
        sphere_cubature(10, 41);
    } catch (const ResourceError& error) {
        message = error.what();
    }
    CHECK(message.find("1588560093162 points") != std::string::npos);
    CHECK_THROWS_AS(sphere_cubature(3, 7, 31), ResourceError);
    CHECK_THROWS_AS(sphere_cubature(1, 3), std::domain_error);
    CHECK_THROWS_AS(sphere_cubature(3, -1), std::domain_error);
}
