// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/checks.hpp"

#include <Eigen/Core>

#include <string>
#include <vector>

/// What the checks of gradient descent share. Steps are counted from 0 to J; times are eta j.
namespace ntk::deviation {

/// x_0 = 0, x_{j+1} = factor x_j + source_j for j = 0..J; the error follows |factor| and takes in that of the source
/// and the rounding of each step.
std::vector<Measured> damped_sum(double factor, const Eigen::VectorXd& source, const Eigen::VectorXd& source_error);

/// max_{i<j} |values_i| for j = 0..J (0 for j = 0). Exact: steps are not a continuum.
std::vector<double> running_maximum(const Eigen::VectorXd& values);

/// The steps that a series shows: all up to 100, later ones a twenty-fifth apart, and the last.
std::vector<long> shown_steps(long steps);

/// `factor` times the largest distance up to each step.
std::vector<double> distance_so_far(const std::vector<Measured>& values, const std::vector<Measured>& others,
                                    double factor);

ledger::Hypothesis has_descent(const Experiment& experiment);
/// The hypothesis eta x <= 1 for the largest eigenvalue x in question, under which every factor 1 - eta x is in [0,1].
ledger::Hypothesis small_step(double step, double eigenvalue, const std::string& name);
/// The hypotheses of statements on probes: descent, a known target, probes.
std::vector<ledger::Hypothesis> descent_probe_hypotheses(const Experiment& experiment);

}  // namespace ntk::deviation
