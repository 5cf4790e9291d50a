// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/chain_lines.hpp"

#include "ntk/deviation/damped_paths.hpp"
#include "ntk/numeric/damping.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>

namespace ntk::deviation {
namespace {

double rate_with(ChainMutation mutation, double mu) {
    if (mutation == ChainMutation::undamped) return 0;
    return mutation == ChainMutation::doubled_rate ? 2 * mu : mu;
}

/// ||r_0|| in L^2(rho), or on the sample where that is not known.
double start_norm(const TrajectoryResult& run) {
    return run.starts_at_zero ? run.target_norm : run.seen.residual_norm(0);
}

bool measured_by_norm(const TrajectoryResult& run, std::size_t probe) {
    return std::abs(run.seen.coefficient(static_cast<Eigen::Index>(probe), 0)) < 0.1 * start_norm(run);
}

}  // namespace

ChainLines chain_lines(const TrajectoryResult& run, const Observables& seen, std::size_t probe,
                       ChainMutation mutation) {
    const auto row = static_cast<Eigen::Index>(probe);
    const double mu = run.eigenvalues[probe].value;
    const TimeGrid& grid = run.grid;
    const Eigen::VectorXd delta = seen.deviation.row(row), sampling = seen.sampling.row(row);
    const Eigen::VectorXd gap = seen.kernel_gap.row(row);
    const auto signed_integral = grid.damped_integral(mutation == ChainMutation::undamped ? 0 : mu, delta);
    const auto sup_delta = grid.running_supremum(delta);
    const auto sup_sampling = grid.running_supremum(sampling);
    const auto sup_residual = grid.running_supremum(seen.residual_norm);
    const auto sup_gap = grid.running_supremum(gap);
    const auto of_sampling = grid.damped_integral_of_absolute(mu, sampling);
    const auto of_kernel = grid.damped_integral(mu, seen.residual_norm.cwiseProduct(gap));
    ChainLines lines;
    lines.u1_prime = grid.damped_integral_of_absolute(
        rate_with(mutation == ChainMutation::doubled_rate ? mutation : ChainMutation::none, mu), delta);
    for (std::size_t i = 0; i < grid.breakpoints().size(); ++i) {
        const double time = grid.breakpoints()[i];
        const auto at = static_cast<Eigen::Index>(grid.place(i));
        const double factor = damping_factor(mu, time);
        const double in_u2 = mutation == ChainMutation::squared_factor ? factor * factor : factor;
        const double once_more = mutation == ChainMutation::squared_split ? factor : 1;
        lines.deviation.push_back(
            {std::abs(seen.coefficient(row, at) - std::exp(-mu * time) * seen.coefficient(row, 0)), 0});
        lines.u1.push_back({std::abs(signed_integral[i].value), signed_integral[i].error});
        lines.u2.push_back({in_u2 * sup_delta[i].value, in_u2 * sup_delta[i].error});
        const double product = sup_residual[i].value * sup_gap[i].value;
        const double product_error =
            sup_residual[i].error * sup_gap[i].value + sup_residual[i].value * sup_gap[i].error;
        lines.u3.push_back({once_more * factor * (mu * sup_sampling[i].value + product),
                            once_more * factor * (mu * sup_sampling[i].error + product_error)});
        lines.u3_prime.push_back({once_more * (mu * of_sampling[i].value + of_kernel[i].value),
                                  once_more * (mu * of_sampling[i].error + of_kernel[i].error)});
    }
    return lines;
}

LinesOfRuns::LinesOfRuns(const TrajectoryResult& run, std::size_t probe, ChainMutation mutation)
    : seen(chain_lines(run, run.seen, probe, mutation)) {
    for (const Observables& other : run.compared) compared.push_back(chain_lines(run, other, probe, mutation));
}

std::vector<double> coefficient_floor(const TrajectoryResult& run, std::size_t probe, bool from_network) {
    // In U1 both sides come from different data, so the tolerance is the least error of either; the other lines are
    // made from the same delta. An error of a coefficient enters dev once and the integrals through delta = mu c - ...,
    // damped.
    const double mu = run.eigenvalues[probe].value;
    std::vector<double> floor;
    for (const double time : run.grid.breakpoints()) {
        floor.push_back(run.seen.coefficient_error * (1 + 2 * damping_factor(mu, time)) *
                            (from_network ? 1 : std::min(time, 1.0)) +
                        (from_network ? run.least_error() : 0));
    }
    return floor;
}

std::vector<double> rounding_floor(const TrajectoryResult& run, std::size_t probe) {
    const double mu = run.eigenvalues[probe].value;
    const double largest = std::sqrt(multiplicity_double(run.probes[probe].dim(), run.probes[probe].degree));
    std::vector<double> floor;
    for (const double time : run.grid.breakpoints()) {
        floor.push_back(1e-14 * run.seen.residual_norm(0) * (mu * largest + 1) * damping_factor(mu, time));
    }
    return floor;
}

namespace {

void note_error(std::map<std::string, double>& errors, const std::string& source, double error) {
    errors[source] = std::max(errors[source], error);
}

/// A line with the errors that are its own, and `floor`.
std::vector<Measured> with_own_errors(const ChainLines& lines, ChainLine line, const std::vector<double>& floor,
                                      std::map<std::string, double>& errors) {
    std::vector<Measured> result = lines.*line;
    for (std::size_t i = 0; i < result.size(); ++i) {
        note_error(errors, "quadrature or supremum", result[i].error);
        note_error(errors, "population coefficients and rounding", floor[i]);
        result[i].error += floor[i];
    }
    return result;
}

/// Adds to each entry the largest sum of distances so far of `value` in the used run from the others.
template <class Value>
void add_distances(const LinesOfRuns& runs, const Value& value, std::vector<Measured>& to,
                   std::map<std::string, double>& errors) {
    double largest = 0;
    for (std::size_t i = 0; i < to.size(); ++i) {
        double apart = 0;
        for (const ChainLines& other : runs.compared) apart += std::abs(value(runs.seen, i) - value(other, i));
        largest = std::max(largest, apart);
        to[i].error += largest;
    }
    note_error(errors, "trajectory", largest);
}

}  // namespace

std::vector<Measured> with_errors(const LinesOfRuns& runs, ChainLine line, const std::vector<double>& floor,
                                  std::map<std::string, double>& errors) {
    std::vector<Measured> result = with_own_errors(runs.seen, line, floor, errors);
    add_distances(
        runs, [line](const ChainLines& lines, std::size_t i) { return (lines.*line)[i].value; }, result, errors);
    return result;
}

LinePair pair_with_errors(const LinesOfRuns& runs, ChainLine left, ChainLine right, const std::vector<double>& floor,
                          std::map<std::string, double>& errors) {
    LinePair result{with_own_errors(runs.seen, left, floor, errors), with_own_errors(runs.seen, right, floor, errors)};
    add_distances(
        runs,
        [left, right](const ChainLines& lines, std::size_t i) {
            return (lines.*right)[i].value - (lines.*left)[i].value;
        },
        result.right, errors);
    return result;
}

Usefulness usefulness(const TrajectoryResult& run, std::size_t probe) {
    const auto row = static_cast<Eigen::Index>(probe);
    const double mu = run.eigenvalues[probe].value;
    const double start = std::abs(run.seen.coefficient(row, 0));
    Usefulness result;
    for (std::size_t i = 0; i < run.grid.breakpoints().size(); ++i) {
        const double decay = std::exp(-mu * run.grid.breakpoints()[i]);
        result.separates.push_back((1 - decay) * start);
        const double measured = std::abs(run.seen.coefficient(row, static_cast<Eigen::Index>(run.grid.place(i))));
        result.says_nothing.push_back(measured_by_norm(run, probe) ? start_norm(run) : measured + decay * start);
    }
    return result;
}

std::string vacuity_note(const TrajectoryResult& run) {
    for (std::size_t i = 0; i < run.probes.size(); ++i) {
        if (!measured_by_norm(run, i)) continue;
        return "Vacuity is measured against ||r_0|| for probes with |c(0)| < 0.1 ||r_0||, else against |c(t)| + e^{-mu "
               "t}|c(0)|.";
    }
    return "";
}

}  // namespace ntk::deviation
