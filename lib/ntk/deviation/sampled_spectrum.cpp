// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/sampled_spectrum.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/spectrum/ridge_route.hpp"
#include "ntk/spectrum/trace.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>

namespace ntk::deviation {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr long digits = 20;
constexpr int most_degrees = 256;

ledger::Measured measured(const Ball& ball) {
    const double value = ball.midpoint();
    return {value, ball.radius() + epsilon * std::abs(value)};
}

std::vector<Eigenvalue> eigenvalues_up_to(const Kernel& kernel, const std::optional<RadialLaw>& weights, int dim,
                                          int degree) {
    std::vector<int> degrees(static_cast<std::size_t>(degree) + 1);
    std::iota(degrees.begin(), degrees.end(), 0);
    return weights ? ridge_eigenvalues(kernel.spec(), *weights, dim, degrees, digits)
                   : certified_eigenvalues(kernel, dim, degrees, digits);
}

/// What the degrees beyond those that are known can be.
struct Rest {
    double trace;    ///< a bound of sum_{k>K} N mu_k
    double largest;  ///< a bound of mu_k, k > K
};

Rest rest_of(const std::vector<Eigenvalue>& known, const Ball& at_one, int dim) {
    const Ball rest = at_one - trace_sum(known);
    const double trace = std::max(0.0, rest.midpoint() + rest.radius());
    return {trace, trace / multiplicity_double(dim, known.back().degree + 1)};
}

}  // namespace

ledger::Measured OperatorSpectrum::centred_norm() const {
    const double square = kappa_at_one.value * kappa_at_one.value - square_sum.value;
    const double wrong = 2 * kappa_at_one.value * kappa_at_one.error + square_sum.error +
                         4 * epsilon * kappa_at_one.value * kappa_at_one.value;
    const double value = std::sqrt(std::max(0.0, square));
    // |sqrt(x + e) - sqrt(x)| <= min(sqrt|e|, |e|/sqrt(x)).
    return {value, std::min(std::sqrt(wrong), wrong / std::max(value, std::numeric_limits<double>::min()))};
}

OperatorSpectrum operator_spectrum(const Kernel& kernel, const std::optional<RadialLaw>& weights, int dim,
                                   Eigen::Index count) {
    constexpr long bits = 128;
    const Ball at_one = weights ? ridge_kernel_at_one(kernel.spec(), *weights, dim, digits + 2) : kernel.at_one(bits);
    OperatorSpectrum result{};
    result.kappa_at_one = measured(at_one);
    const double small =
        1e-3 * result.kappa_at_one.value / std::sqrt(static_cast<double>(std::max<Eigen::Index>(count, 1)));
    std::vector<Eigenvalue> known;
    Rest rest{};
    for (int degree = 8; degree <= most_degrees; degree *= 2) {
        try {
            known = eigenvalues_up_to(kernel, weights, dim, degree);
        } catch (const Unreachable&) {
            // Eigenvalues that are too small to be seen: the rest of the degrees before bounds them.
            if (known.empty()) throw;
            break;
        }
        rest = rest_of(known, at_one, dim);
        if (rest.largest <= small) break;
    }
    Ball squares(bits);
    std::vector<std::pair<double, double>> values;  // mu_k and N(d,k)
    double radius = 0;
    for (const Eigenvalue& one : known) {
        squares += Ball(one.multiplicity, bits) * one.enclosure * one.enclosure;
        const ledger::Measured mu = measured(one.enclosure);
        values.emplace_back(mu.value, multiplicity_double(dim, one.degree));
        radius = std::max(radius, mu.error);
        const double variance = mu.value * (result.kappa_at_one.value - mu.value);
        result.largest_variance = std::max(result.largest_variance, variance);
    }
    result.largest_variance =
        std::max(result.largest_variance * (1 + 8 * epsilon), rest.largest * result.kappa_at_one.value);
    // The rest adds between 0 and its bound to the sum of squares.
    result.square_sum = measured(squares);
    result.square_sum.value += rest.largest * rest.trace / 2;
    result.square_sum.error += rest.largest * rest.trace / 2;
    std::sort(values.begin(), values.end(), std::greater<>());
    result.eigenvalues = Eigen::VectorXd::Zero(count);
    Eigen::Index filled = 0;
    for (const auto& [mu, multiplicity] : values) {
        const auto wanted = static_cast<double>(count - filled);
        const auto more = static_cast<Eigen::Index>(std::min(multiplicity, wanted));
        result.eigenvalues.segment(filled, more).setConstant(mu);
        filled += more;
    }
    result.error = radius + rest.largest;
    return result;
}

SamplingBounds sampling_bounds(const OperatorSpectrum& spectrum, Eigen::Index points, double delta) {
    if (points < 1 || !(delta > 0 && delta < 1)) {
        throw std::domain_error("sampling_bounds: " + std::to_string(points) + " points, delta = " +
                                std::to_string(delta) + ": expected at least one and 0 < delta < 1");
    }
    const auto n = static_cast<double>(points);
    const ledger::Measured centred = spectrum.centred_norm();
    const double kappa_c = centred.value + centred.error;
    const double kappa = spectrum.kappa_at_one.value + spectrum.kappa_at_one.error;
    const double variance = spectrum.largest_variance / n;
    const double log_dimension = std::log(8 * kappa_c * kappa_c / (spectrum.largest_variance * delta));
    const double drift = kappa / n * log_dimension / 3;
    return {kappa_c * std::sqrt(2 * std::log(2 / delta) / n),
            2 * std::sqrt(2.0) * kappa * std::sqrt(std::log(2 / delta) / n),
            drift + std::sqrt(drift * drift + 2 * variance * log_dimension)};
}

ledger::Measured operator_distance(const OperatorSpectrum& spectrum, const Eigen::MatrixXd& gram) {
    const double norm = gram.squaredNorm();
    const double square = norm - spectrum.square_sum.value;
    const double wrong = spectrum.square_sum.error + 4 * epsilon * static_cast<double>(gram.rows()) * norm;
    const double value = std::sqrt(std::max(0.0, square));
    return {value, std::min(std::sqrt(wrong), wrong / std::max(value, std::numeric_limits<double>::min()))};
}

}  // namespace ntk::deviation
