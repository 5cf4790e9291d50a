// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

/// How many nodes a rule in double needs for the ridge coefficients of one neuron, with the proofs of the bounds.
namespace ntk {

/// A number of nodes and what the rule then leaves out at most.
struct RuleSize {
    int nodes;
    double truncation;
};

/// The largest rule that is tried.
inline constexpr int most_rule_nodes = 4096;

/// The rules of one smooth activation: Gauss–Gegenbauer in t.
class SmoothRules {
public:
    explicit SmoothRules(const Activation& activation);

    /// False for an activation that has neither a strip nor is a polynomial.
    bool known() const { return polynomial_length_ > 0 || half_width_ > 0; }
    /// For a neuron of radius r and offset b and degrees up to max_degree. A rule is reported also if its bound is not
    /// small: the caller looks.
    RuleSize size_for(double radius, double offset, int max_degree) const;

private:
    double polynomial_length_ = 0;
    double half_width_ = 0;
    double value_constant_ = 0, value_slope_ = 0, derivative_constant_ = 0, derivative_slope_ = 0;
};

/// Gauss–Legendre in the angle on an interval of length <= pi for (r cos theta + b)^power P_k(cos theta) cos theta
/// sin^{d-2} theta.
RuleSize kink_rule_size(int power, double radius, double offset, int dim, int max_degree);

}  // namespace ntk
