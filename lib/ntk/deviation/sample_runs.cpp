// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/sample_runs.hpp"

#include "ntk/deviation/kernel_distance.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ntk::deviation {

SampleRuns sample_runs(const TrajectoryResult& run) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(run.kernel_gram);
    // u_i = Q^{-1/2} times a Euclidean unit vector, which is sqrt(n) times it for q_j = 1/n; <v, u_i>_q = v . Q u_i.
    const Eigen::MatrixXd basis =
        run.problem->weights.cwiseSqrt().asDiagonal() * solver.eigenvectors().rowwise().reverse();
    const auto n = static_cast<double>(run.kernel_gram.rows());
    const Eigen::VectorXd eigenvalues = solver.eigenvalues().reverse();
    const auto along = [&](const Observables& seen) {
        SampleRun result;
        result.residual = basis.transpose() * seen.residual;
        result.deviation = eigenvalues.asDiagonal() * result.residual - basis.transpose() * seen.gram_residual;
        result.residual_norm = seen.residual_norm;
        result.movement = seen.movement;
        result.gram_gap = seen.gram_gap;
        if (seen.gram_gap.size() > 0) result.kernel_distance = kernel_distance_supremum(run, seen);
        return result;
    };
    const double beta = run.seen.residual_norm(0);
    const double epsilon = std::numeric_limits<double>::epsilon();
    // kappa(t) and the solver: a few units of the largest eigenvalue each, times n for the sums.
    SampleRuns result{run.grid,
                      eigenvalues.cwiseMax(0.0),
                      4 * epsilon * n * eigenvalues(0),
                      beta,
                      run.least_error(),
                      64 * epsilon * std::sqrt(n) * beta,
                      {along(run.seen)}};
    for (const Observables& other : run.compared) result.runs.push_back(along(other));
    return result;
}

std::vector<Measured> SampleRuns::with_errors(const Line& line, Source source,
                                              std::map<std::string, double>& errors) const {
    std::vector<Measured> result = line(runs.front());
    std::vector<std::vector<Measured>> compared;
    for (std::size_t i = 1; i < runs.size(); ++i) compared.push_back(line(runs[i]));
    const auto keep = [&](const std::string& origin, double error) {
        errors[origin] = std::max(errors[origin], error);
    };
    double trajectory = source == Source::states ? tolerance : 0;
    for (std::size_t i = 0; i < result.size(); ++i) {
        double apart = 0;
        for (const auto& other : compared) apart += std::abs(result[i].value - other[i].value);
        trajectory = std::max(trajectory, apart);
        const double eigenvalue = eigenvalue_error * grid.breakpoints()[i] *
                                  (std::abs(result[i].value) + (source == Source::states ? beta : 0));
        const double round = rounding * (source == Source::states ? 1 : std::min(1.0, grid.breakpoints()[i]));
        keep("quadrature or supremum", result[i].error);
        keep("eigenvalues and rounding", eigenvalue + round);
        result[i].error += trajectory + eigenvalue + round;
    }
    keep("trajectory", trajectory);
    return result;
}

}  // namespace ntk::deviation
