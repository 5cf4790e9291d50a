// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

/// Moments of what one random neuron contributes to the empirical NTK at two points with <x,x'> = t,
///     X = sigma(z) sigma(z') + a^2 sigma'(z) sigma'(z') (t + 1_bias),
/// by quadrature over its law. Shares nothing with the library: neither activations, nor kernels, nor draws.
namespace ntk::test {

struct Neuron {
    std::string activation;  ///< erf, tanh, relu or gelu
    int dim;                 ///< d >= 3
    double bias_variance;
    bool trained_bias;
    bool gaussian_output_weights;  ///< else +-sqrt(output_weight_variance)
    double output_weight_variance;
    std::optional<double> radius;  ///< of the hidden weights; N(0,I) without
};

/// E[X] and the second and fourth central moment.
struct Moments {
    double mean, second, fourth;
};

namespace detail {

struct ValueAndSlope {
    double value, slope;
};

inline ValueAndSlope activation_at(const std::string& name, double z) {
    if (name == "erf") return {std::erf(z), 2 / std::sqrt(std::numbers::pi) * std::exp(-z * z)};
    if (name == "tanh") return {std::tanh(z), 1 / (std::cosh(z) * std::cosh(z))};
    if (name == "relu") return {std::max(z, 0.0), z > 0 ? 1.0 : 0.0};
    if (name == "gelu") {
        const double below = std::erfc(-z / std::numbers::sqrt2) / 2;
        return {z * below, below + z * std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi)};
    }
    throw std::domain_error("neuron moments: unknown activation " + name);
}

struct Node {
    double at, weight;
};

/// Gauss-Legendre with 16 nodes on each piece between neighbours of `ends`.
inline std::vector<Node> rule(std::vector<double> ends) {
    std::sort(ends.begin(), ends.end());
    using Gauss = boost::math::quadrature::gauss<double, 16>;
    std::vector<Node> nodes;
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
        const double middle = (ends[i] + ends[i + 1]) / 2, half = (ends[i + 1] - ends[i]) / 2;
        if (half < 1e-14) continue;
        for (std::size_t j = 0; j < Gauss::abscissa().size(); ++j) {
            for (const double sign : {-1.0, 1.0}) {
                nodes.push_back({middle + sign * half * Gauss::abscissa()[j], half * Gauss::weights()[j]});
            }
        }
    }
    return nodes;
}

/// The length of the projection of w on the plane of x and x'. w ~ N(0,I): density r exp(-r^2/2); beyond 12 the density
/// times powers up to r^8 integrates to less than 1e-22. w uniform of length R: R sin(alpha) with density (d-2)
/// sin(alpha) cos^{d-3}(alpha).
inline std::vector<Node> lengths(const Neuron& neuron) {
    std::vector<Node> nodes =
        neuron.radius ? rule({0, std::numbers::pi / 4, std::numbers::pi / 2}) : rule({0, 1.5, 3, 5, 8, 12});
    for (Node& node : nodes) {
        const double x = node.at;
        node = neuron.radius ? Node{*neuron.radius * std::sin(x), node.weight * (neuron.dim - 2) * std::sin(x) *
                                                                      std::pow(std::cos(x), neuron.dim - 3)}
                             : Node{x, node.weight * x * std::exp(-x * x / 2)};
    }
    return nodes;
}

/// The bias b ~ N(0, s^2), with the kinks of relu at z = 0 and z' = 0 among the ends of the pieces.
inline std::vector<Node> biases(double deviation, double z, double z_other) {
    if (deviation == 0) return {{0, 1}};
    std::vector<double> ends = {-9, -3, 0, 3, 9};
    for (const double kink : {-z / deviation, -z_other / deviation}) ends.push_back(std::clamp(kink, -9.0, 9.0));
    std::vector<Node> nodes = rule(ends);
    for (Node& node : nodes) {
        node = {deviation * node.at, node.weight * std::exp(-node.at * node.at / 2) / std::sqrt(2 * std::numbers::pi)};
    }
    return nodes;
}

/// E[a^{2p}], p <= 4: v^p times (2p-1)!! for Gaussian a, else v^p.
inline double even_moment(const Neuron& neuron, int p) {
    constexpr std::array<double, 5> gaussian = {1, 1, 3, 15, 105};
    return std::pow(neuron.output_weight_variance, p) *
           (neuron.gaussian_output_weights ? gaussian[static_cast<std::size_t>(p)] : 1);
}

}  // namespace detail

/// E[(sigma sigma')^i (slope slope')^j] for i + j <= 4, as entry (i,j).
using JointMoments = std::array<std::array<double, 5>, 5>;

namespace detail {

inline void add_powers(double values, double slopes, double weight, JointMoments& moments) {
    double first = weight;
    for (std::size_t i = 0; i <= 4; ++i, first *= values) {
        double product = first;
        for (std::size_t j = 0; i + j <= 4; ++j, product *= slopes) moments[i][j] += product;
    }
}

}  // namespace detail

/// z = r cos(phi) + b and z' = r cos(phi - theta) + b with cos(theta) = t: r and b as above, phi uniform. The mean over
/// r and b is smooth in phi except where z or z' changes sign (no biases) or z = z' (kinks change their order).
inline JointMoments joint_moments(const Neuron& neuron, double t) {
    constexpr double pi = std::numbers::pi;
    const double theta = std::acos(t);
    std::vector<double> ends = {0, 2 * pi};
    for (const double kink : {pi / 2, -pi / 2, theta + pi / 2, theta - pi / 2, theta / 2, theta / 2 + pi}) {
        ends.push_back(kink < 0 ? kink + 2 * pi : kink);
    }
    const double deviation = std::sqrt(neuron.bias_variance);
    const std::vector<detail::Node> radial = detail::lengths(neuron);
    JointMoments moments = {};
    for (const detail::Node& angle : detail::rule(ends)) {
        for (const detail::Node& length : radial) {
            const double z = length.at * std::cos(angle.at), z_other = length.at * std::cos(angle.at - theta);
            for (const detail::Node& bias : detail::biases(deviation, z, z_other)) {
                const detail::ValueAndSlope one = detail::activation_at(neuron.activation, z + bias.at);
                const detail::ValueAndSlope other = detail::activation_at(neuron.activation, z_other + bias.at);
                detail::add_powers(one.value * other.value, one.slope * other.slope,
                                   angle.weight / (2 * pi) * length.weight * bias.weight, moments);
            }
        }
    }
    if (std::abs(moments[0][0] - 1) > 1e-12) throw std::logic_error("the weights of the rule do not add up to 1");
    return moments;
}

/// E[X^p] = sum_i binomial(p,i) E[a^{2i}] (t + 1_bias)^i E[(sigma sigma')^{p-i} (slope slope')^i].
inline Moments neuron_moments(const Neuron& neuron, double t) {
    constexpr std::array<std::array<double, 5>, 5> binomial = {{{1}, {1, 1}, {1, 2, 1}, {1, 3, 3, 1}, {1, 4, 6, 4, 1}}};
    const double factor = t + (neuron.trained_bias ? 1 : 0);
    const JointMoments joint = joint_moments(neuron, t);
    std::array<double, 5> raw = {};
    for (std::size_t p = 0; p <= 4; ++p) {
        for (std::size_t i = 0; i <= p; ++i) {
            raw[p] += binomial[p][i] * detail::even_moment(neuron, static_cast<int>(i)) *
                      std::pow(factor, static_cast<double>(i)) * joint[p - i][i];
        }
    }
    const double mean = raw[1];
    return {mean, raw[2] - mean * mean, raw[4] - 4 * mean * raw[3] + 6 * mean * mean * raw[2] - 3 * std::pow(mean, 4)};
}

}  // namespace ntk::test
