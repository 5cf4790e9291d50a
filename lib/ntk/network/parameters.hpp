// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/threads.hpp"
#include "ntk/ridge/weight_law.hpp"

#include <Eigen/Core>

#include <cstdint>
#include <optional>
#include <vector>

/// f(x; theta) = m^{-1/2} sum_l a_l sigma(<w_l, x> + b_l) + b_0 on S^{d-1} (theory.md, "Conventions").
/// The parameters are one vector theta: a (m entries), the m x d matrix W column by column (entry (l,i) at m + i m +
/// l), b (m entries, if hidden biases are trained), b_0 (if an output bias is trained).
namespace ntk {

struct NetworkShape {
    int dim;           ///< d >= 2
    int width;         ///< m >= 1
    bool hidden_bias;  ///< hidden biases are parameters
    bool output_bias;  ///< b_0 is a parameter

    Eigen::Index output_weights_at() const { return 0; }
    Eigen::Index weights_at() const { return width; }
    Eigen::Index biases_at() const { return static_cast<Eigen::Index>(width) * (1 + dim); }
    Eigen::Index output_bias_at() const { return parameter_count() - 1; }
    /// p = m(d+2)+1 with all biases.
    Eigen::Index parameter_count() const {
        return static_cast<Eigen::Index>(width) * (1 + dim + (hidden_bias ? 1 : 0)) + (output_bias ? 1 : 0);
    }
};

enum class OutputWeights { rademacher, gaussian };

/// The law of theta_0 (theory.md, "Conventions"): independent neurons, or independent pairs, with
///     w = g ~ N(0, I), or w = r u, u = g/||g|| uniform on S^{d-1} and r independent of u with the law `weights`,
///     b ~ N(0, bias_variance): all zero, but trained, with variance 0; no biases at all where the shape has none,
///     a = +-sqrt(v) with equal probability, or a ~ N(0, v), v = output_weight_variance = E[a^2],
///     b_0 = 0.
/// Antisymmetric: neurons l and l + m/2 share (w,b) and have opposite a, so f(.; theta_0) = 0.
struct InitialLaw {
    bool antisymmetric = true;
    OutputWeights output_weights = OutputWeights::rademacher;
    double bias_variance = 0;               ///< s_b^2 >= 0
    double output_weight_variance = 1;      ///< E[a^2] >= 0
    std::optional<RadialLaw> weights = {};  ///< law of ||w||; nothing for w ~ N(0, I)
};

/// theta_0 neuron by neuron. What neuron l (antisymmetric: each neuron of pair l < m/2) gets depends on seed, l, dim
/// and the law alone: not on threads, on processes, on the order in which neurons are asked for, or on the width, so
/// that a wider network with a plain start continues a narrower one. Streams of the seed, numbers i < d:
///     w ~ N(0,I) "network weights" at l d + i; u "network weight directions" at l d + i; r "network weight radii" at
///     l; b "network biases" at l; +-1 "network output weights" at l; N(0,v) "network Gaussian output weights" at l.
/// r is found from one number of 53 bits: each probability is met to 2^-52. ||w|| = r to a few units in the last place.
class ParameterDraw {
public:
    /// Throws std::domain_error for a bad shape, an odd width with an antisymmetric start, a variance that is negative
    /// or not finite, random hidden biases where the shape has none, and a radial law that is none (no atom, a negative
    /// radius or one beyond the doubles, a probability <= 0, a sum other than 1).
    ParameterDraw(const NetworkShape& shape, const InitialLaw& law, std::uint64_t seed);

    /// Writes the parameters of neurons first, ..., first + count - 1 to their places in theta (p entries) and nothing
    /// else. Throws std::domain_error for neurons that the network does not have or a theta of another size.
    void write_neurons(int first, int count, Eigen::VectorXd& theta) const;

private:
    struct RadialStep {
        double cumulative_probability;
        double radius;
    };
    void write_weights(int neuron, std::uint64_t source, Eigen::VectorXd& theta) const;
    double radius(std::uint64_t source) const;

    NetworkShape shape_;
    InitialLaw law_;
    std::uint64_t seed_;
    std::vector<RadialStep> radial_steps_;  ///< empty for Gaussian weights
};

/// theta_0 of all neurons. Errors as ParameterDraw.
Eigen::VectorXd draw_parameters(const NetworkShape& shape, const InitialLaw& law, std::uint64_t seed);
/// The same, bit by bit, on all threads of a pool.
Eigen::VectorXd draw_parameters(const NetworkShape& shape, const InitialLaw& law, std::uint64_t seed, ThreadPool& pool);

/// Views of the parts of a parameter vector.
struct ParameterView {
    ParameterView(const NetworkShape& shape, const Eigen::VectorXd& theta);

    Eigen::Map<const Eigen::VectorXd> output_weights;  ///< a, m entries
    Eigen::Map<const Eigen::MatrixXd> weights;         ///< W, m x d
    const double* biases;                              ///< b, m entries, or null
    double output_bias;                                ///< b_0, or 0
};

}  // namespace ntk
