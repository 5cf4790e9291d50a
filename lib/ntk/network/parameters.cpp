// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/parameters.hpp"

#include "ntk/numeric/random.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

namespace ntk {

Eigen::VectorXd draw_parameters(const NetworkShape& shape, const InitialLaw& law, std::uint64_t seed) {
    if (shape.dim < 2 || shape.width < 1) {
        throw std::domain_error("draw_parameters: dim = " + std::to_string(shape.dim) +
                                ", width = " + std::to_string(shape.width) + ": dim must be >= 2 and width >= 1");
    }
    if (law.antisymmetric && shape.width % 2 != 0) {
        throw std::domain_error("draw_parameters: width = " + std::to_string(shape.width) +
                                ": an antisymmetric start needs an even width");
    }
    if (law.bias_variance != 0 && !shape.hidden_bias) {
        throw std::domain_error("draw_parameters: random hidden biases need hidden biases among the parameters");
    }
    const RandomStream weights(seed, "network weights");
    const RandomStream biases(seed, "network biases");
    const RandomStream output_weights(seed, "network output weights");
    const int drawn = law.antisymmetric ? shape.width / 2 : shape.width;
    const auto dim = static_cast<std::uint64_t>(shape.dim);
    Eigen::VectorXd theta = Eigen::VectorXd::Zero(shape.parameter_count());
    for (int l = 0; l < shape.width; ++l) {
        const auto source = static_cast<std::uint64_t>(l % drawn);
        const double a = law.output_weights == OutputWeights::rademacher ? output_weights.rademacher(source)
                                                                         : output_weights.normal(source);
        theta(l) = l < drawn ? a : -a;
        for (int i = 0; i < shape.dim; ++i) {
            theta(shape.weights_at() + static_cast<Eigen::Index>(i) * shape.width + l) =
                weights.normal(source * dim + static_cast<std::uint64_t>(i));
        }
        if (shape.hidden_bias) theta(shape.biases_at() + l) = std::sqrt(law.bias_variance) * biases.normal(source);
    }
    return theta;
}

ParameterView::ParameterView(const NetworkShape& shape, const Eigen::VectorXd& theta)
    : output_weights(theta.data(), shape.width),
      weights(theta.data() + shape.weights_at(), shape.width, shape.dim),
      biases(shape.hidden_bias ? theta.data() + shape.biases_at() : nullptr),
      output_bias(shape.output_bias ? theta(shape.output_bias_at()) : 0) {}

}  // namespace ntk
