// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

#include <cstdint>

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

/// w_l ~ N(0, I), b_l ~ N(0, bias_variance), a_l = +-1 or N(0,1), b_0 = 0. Antisymmetric: neurons l and l + m/2 share
/// (w,b) and have opposite a, so f = 0.
struct InitialLaw {
    bool antisymmetric = true;
    OutputWeights output_weights = OutputWeights::rademacher;
    double bias_variance = 0;
};

/// theta_0, drawn from the streams "network weights", "network biases", "network output weights" of the seed.
/// Throws std::domain_error for an odd width with an antisymmetric start, a bias variance without hidden biases, or a
/// bad shape.
Eigen::VectorXd draw_parameters(const NetworkShape& shape, const InitialLaw& law, std::uint64_t seed);

/// Views of the parts of a parameter vector.
struct ParameterView {
    ParameterView(const NetworkShape& shape, const Eigen::VectorXd& theta);

    Eigen::Map<const Eigen::VectorXd> output_weights;  ///< a, m entries
    Eigen::Map<const Eigen::MatrixXd> weights;         ///< W, m x d
    const double* biases;                              ///< b, m entries, or null
    double output_bias;                                ///< b_0, or 0
};

}  // namespace ntk
