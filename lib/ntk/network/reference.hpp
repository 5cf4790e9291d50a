// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"
#include "ntk/network/parameters.hpp"

#include <cmath>
#include <vector>

/// The network written out plainly for every scalar, one neuron and one sample at a time: slow and easy to check. The
/// tests hold the blocked path of network.hpp against it, and small trajectories are integrated with it in Real.
namespace ntk {

template <class Scalar>
struct ReferenceNetwork {
    NetworkShape shape;
    ActivationPtr activation;
    std::vector<std::vector<Scalar>> points;  ///< n points of d coordinates

    /// <w_l, x_j> + b_l
    Scalar preactivation(const std::vector<Scalar>& theta, int l, std::size_t j) const {
        Scalar z(0);
        const auto m = static_cast<std::size_t>(shape.width);
        const auto at = static_cast<std::size_t>(l);
        for (std::size_t i = 0; i < points[j].size(); ++i) z += theta[m + i * m + at] * points[j][i];
        if (shape.hidden_bias) z += theta[static_cast<std::size_t>(shape.biases_at()) + at];
        return z;
    }

    /// f(x_j; theta) for all j.
    std::vector<Scalar> values(const std::vector<Scalar>& theta) const {
        using std::sqrt;
        const Scalar scale = Scalar(1) / sqrt(Scalar(shape.width));
        std::vector<Scalar> result;
        for (std::size_t j = 0; j < points.size(); ++j) {
            Scalar sum(0);
            for (int l = 0; l < shape.width; ++l) {
                sum += theta[static_cast<std::size_t>(l)] * activation->value(preactivation(theta, l, j));
            }
            sum *= scale;
            if (shape.output_bias) sum += theta.back();
            result.push_back(sum);
        }
        return result;
    }

    /// The gradient of f(x_j; .) at theta.
    std::vector<Scalar> gradient(const std::vector<Scalar>& theta, std::size_t j) const {
        using std::sqrt;
        const Scalar scale = Scalar(1) / sqrt(Scalar(shape.width));
        const auto m = static_cast<std::size_t>(shape.width);
        std::vector<Scalar> result(theta.size(), Scalar(0));
        for (int l = 0; l < shape.width; ++l) {
            const auto at = static_cast<std::size_t>(l);
            const Scalar z = preactivation(theta, l, j);
            const Scalar slope = scale * theta[at] * activation->derivative(z);
            result[at] = scale * activation->value(z);
            for (std::size_t i = 0; i < points[j].size(); ++i) result[m + i * m + at] = slope * points[j][i];
            if (shape.hidden_bias) result[static_cast<std::size_t>(shape.biases_at()) + at] = slope;
        }
        if (shape.output_bias) result.back() = Scalar(1);
        return result;
    }

    /// <grad f(x_j), direction> for all j.
    std::vector<Scalar> jacobian_product(const std::vector<Scalar>& theta, const std::vector<Scalar>& direction) const {
        std::vector<Scalar> result;
        for (std::size_t j = 0; j < points.size(); ++j) {
            const std::vector<Scalar> slope = gradient(theta, j);
            Scalar sum(0);
            for (std::size_t i = 0; i < slope.size(); ++i) sum += slope[i] * direction[i];
            result.push_back(sum);
        }
        return result;
    }

    /// theta' = -(1/n) sum_j (f(x_j) - y_j) grad f(x_j), the gradient flow of (1/2n) sum (f - y)^2.
    std::vector<Scalar> velocity(const std::vector<Scalar>& theta, const std::vector<Scalar>& labels) const {
        const std::vector<Scalar> f = values(theta);
        std::vector<Scalar> result(theta.size(), Scalar(0));
        for (std::size_t j = 0; j < points.size(); ++j) {
            const Scalar weight = (labels[j] - f[j]) / Scalar(static_cast<long>(points.size()));
            const std::vector<Scalar> slope = gradient(theta, j);
            for (std::size_t i = 0; i < result.size(); ++i) result[i] += weight * slope[i];
        }
        return result;
    }
};

}  // namespace ntk
