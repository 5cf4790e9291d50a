// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/parameters.hpp"

#include "ntk/numeric/random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

void require_variance(const std::string& name, double variance) {
    if (std::isfinite(variance) && variance >= 0) return;
    std::ostringstream text;
    text << "draw_parameters: " << name << " = " << variance << ": a variance must be finite and >= 0";
    throw std::domain_error(text.str());
}

void require_law(const NetworkShape& shape, const InitialLaw& law) {
    if (shape.dim < 2 || shape.width < 1) {
        throw std::domain_error("draw_parameters: dim = " + std::to_string(shape.dim) +
                                ", width = " + std::to_string(shape.width) + ": dim must be >= 2 and width >= 1");
    }
    if (law.antisymmetric && shape.width % 2 != 0) {
        throw std::domain_error("draw_parameters: width = " + std::to_string(shape.width) +
                                ": an antisymmetric start needs an even width");
    }
    require_variance("bias_variance", law.bias_variance);
    require_variance("output_weight_variance", law.output_weight_variance);
    if (law.bias_variance != 0 && !shape.hidden_bias) {
        throw std::domain_error("draw_parameters: random hidden biases need hidden biases among the parameters");
    }
}

void require_radial_law(const RadialLaw& law) {
    const Rational largest(std::numeric_limits<double>::max());
    Rational total = 0;
    for (const RadialAtom& atom : law.atoms) {
        if (atom.radius < 0 || atom.radius > largest || atom.probability <= 0) {
            throw std::domain_error("draw_parameters: radius " + to_string(atom.radius) + " with probability " +
                                    to_string(atom.probability) +
                                    ": a radius must be >= 0 and representable, a probability > 0");
        }
        total += atom.probability;
    }
    if (total != 1) {
        throw std::domain_error("draw_parameters: the probabilities of the radii add up to " + to_string(total) +
                                ": they must add up to 1");
    }
}

/// Neurons per block of a parallel draw.
constexpr int block_size = 4096;

}  // namespace

ParameterDraw::ParameterDraw(const NetworkShape& shape, const InitialLaw& law, std::uint64_t seed)
    : shape_(shape), law_(law), seed_(seed) {
    require_law(shape, law);
    if (!law.weights) return;
    require_radial_law(*law.weights);
    Rational sum = 0;
    for (const RadialAtom& atom : law.weights->atoms) {
        sum += atom.probability;
        radial_steps_.push_back({sum.convert_to<double>(), atom.radius.convert_to<double>()});
    }
}

/// The first radius whose cumulative probability exceeds a uniform number. The last one is not compared: it takes what
/// is left.
double ParameterDraw::radius(std::uint64_t source) const {
    const double at = RandomStream(seed_, "network weight radii").uniform(source);
    std::size_t i = 0;
    while (i + 1 < radial_steps_.size() && at >= radial_steps_[i].cumulative_probability) ++i;
    return radial_steps_[i].radius;
}

void ParameterDraw::write_weights(int neuron, std::uint64_t source, Eigen::VectorXd& theta) const {
    const RandomStream stream(seed_, law_.weights ? "network weight directions" : "network weights");
    const auto dim = static_cast<std::uint64_t>(shape_.dim);
    // Row l of the m x d matrix W, which is stored column by column.
    Eigen::Map<Eigen::VectorXd, 0, Eigen::InnerStride<>> weights(theta.data() + shape_.weights_at() + neuron,
                                                                 shape_.dim, Eigen::InnerStride<>(shape_.width));
    for (std::uint64_t i = 0; i < dim; ++i) weights(static_cast<Eigen::Index>(i)) = stream.normal(source * dim + i);
    if (law_.weights) weights *= radius(source) / weights.norm();
}

void ParameterDraw::write_neurons(int first, int count, Eigen::VectorXd& theta) const {
    if (first < 0 || count < 0 || first > shape_.width - count || theta.size() != shape_.parameter_count()) {
        throw std::domain_error("write_neurons: neurons " + std::to_string(first) + " to " +
                                std::to_string(static_cast<long>(first) + count - 1) + " of " +
                                std::to_string(shape_.width) + ", theta with " + std::to_string(theta.size()) +
                                " entries: expected neurons of the network and " +
                                std::to_string(shape_.parameter_count()) + " entries");
    }
    const RandomStream signs(seed_, "network output weights");
    const RandomStream gaussians(seed_, "network Gaussian output weights");
    const RandomStream biases(seed_, "network biases");
    const double output_scale = std::sqrt(law_.output_weight_variance);
    const double bias_scale = std::sqrt(law_.bias_variance);
    const int drawn = law_.antisymmetric ? shape_.width / 2 : shape_.width;
    for (int l = first; l < first + count; ++l) {
        const auto source = static_cast<std::uint64_t>(l % drawn);
        const bool is_sign = law_.output_weights == OutputWeights::rademacher;
        const double a = output_scale * (is_sign ? signs.rademacher(source) : gaussians.normal(source));
        theta(shape_.output_weights_at() + l) = l < drawn ? a : -a;
        write_weights(l, source, theta);
        if (shape_.hidden_bias) theta(shape_.biases_at() + l) = bias_scale * biases.normal(source);
    }
}

Eigen::VectorXd draw_parameters(const NetworkShape& shape, const InitialLaw& law, std::uint64_t seed) {
    const ParameterDraw draw(shape, law, seed);
    Eigen::VectorXd theta = Eigen::VectorXd::Zero(shape.parameter_count());
    draw.write_neurons(0, shape.width, theta);
    return theta;
}

Eigen::VectorXd draw_parameters(const NetworkShape& shape, const InitialLaw& law, std::uint64_t seed,
                                ThreadPool& pool) {
    const ParameterDraw draw(shape, law, seed);
    Eigen::VectorXd theta = Eigen::VectorXd::Zero(shape.parameter_count());
    const int blocks = (shape.width - 1) / block_size + 1;
    pool.parallel_for(blocks, [&](int block) {
        const int first = block * block_size;
        draw.write_neurons(first, std::min(block_size, shape.width - first), theta);
    });
    return theta;
}

ParameterView::ParameterView(const NetworkShape& shape, const Eigen::VectorXd& theta)
    : output_weights(theta.data(), shape.width),
      weights(theta.data() + shape.weights_at(), shape.width, shape.dim),
      biases(shape.hidden_bias ? theta.data() + shape.biases_at() : nullptr),
      output_bias(shape.output_bias ? theta(shape.output_bias_at()) : 0) {}

}  // namespace ntk
