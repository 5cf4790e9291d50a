// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/experiment.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ntk::deviation {

/// One run on its sample, along the eigenvectors u_i of G^inf with ||u_i||_n = 1: sqrt(n) times Euclidean unit vectors.
struct SampleRun {
    Eigen::MatrixXd residual;               ///< n x times: <r_s, u_i>_n
    Eigen::MatrixXd deviation;              ///< n x times: <(G^inf - G_s) r_s, u_i>_n
    Eigen::VectorXd residual_norm;          ///< ||r_s||_n at all times
    Eigen::VectorXd movement;               ///< ||theta_s - theta_0|| at all times
    Eigen::VectorXd gram_gap;               ///< ||G^inf - G_s||_op at all times; empty where it was not observed
    std::vector<Measured> kernel_distance;  ///< eps_t at the breakpoints; empty likewise
};

/// The runs of a trajectory on its sample.
struct SampleRuns {
    TimeGrid grid;
    Eigen::VectorXd eigenvalues;  ///< lambda_1 >= ... >= lambda_n >= 0 of G^inf
    double eigenvalue_error;      ///< estimated, of each
    double beta;                  ///< ||r_0||_n
    double tolerance;             ///< what an error of a value is never below
    double rounding;              ///< of a residual
    std::vector<SampleRun> runs;  ///< the one whose values are used comes first

    Eigen::Index directions() const { return eigenvalues.size(); }
    double smallest_eigenvalue() const { return eigenvalues(eigenvalues.size() - 1); }

    enum class Source { states, deviations };
    /// Values at the breakpoints with their own errors, from a run.
    using Line = std::function<std::vector<Measured>(const SampleRun&)>;
    /// The line of the run that is used. Its errors: its own, the largest sum so far of its distances from the lines of
    /// the other runs, the relative error lambda' t of a decay e^{-lambda t} with lambda' the error of an eigenvalue,
    /// and rounding. A value from states has at least the tolerance as its error; one that is made of integrals or
    /// damped suprema of deviations has none, and its rounding grows from zero at t = 0. `errors` keeps the largest of
    /// each source.
    std::vector<Measured> with_errors(const Line& line, Source source, std::map<std::string, double>& errors) const;
};

SampleRuns sample_runs(const TrajectoryResult& run);

}  // namespace ntk::deviation
