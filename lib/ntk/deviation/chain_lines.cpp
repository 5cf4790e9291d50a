// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/chain_lines.hpp"

#include "ntk/deviation/damped_paths.hpp"
#include "ntk/numeric/damping.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ntk::deviation {
namespace {

/// The lines of one probe, each made when it is asked for.
class LineMaker {
public:
    LineMaker(const TrajectoryResult& run, const Observables& seen, std::size_t probe, ChainMutation mutation)
        : grid_(run.grid),
          seen_(seen),
          row_(static_cast<Eigen::Index>(probe)),
          mu_(run.eigenvalues[probe].value),
          mutation_(mutation) {}

    std::vector<Measured> deviation() const {
        std::vector<Measured> line;
        for (std::size_t i = 0; i < grid_.breakpoints().size(); ++i) {
            const double damping = std::exp(-mu_ * grid_.breakpoints()[i]);
            const double now = seen_.coefficient(row_, static_cast<Eigen::Index>(grid_.place(i)));
            line.push_back({std::abs(now - damping * seen_.coefficient(row_, 0)), 0});
        }
        return line;
    }

    std::vector<Measured> u1() const {
        const double rate = mutation_ == ChainMutation::undamped ? 0 : mu_;
        std::vector<Measured> line = grid_.damped_integral(rate, seen_.deviation.row(row_));
        for (Measured& at : line) at.value = std::abs(at.value);
        return line;
    }

    std::vector<Measured> u1_prime() const {
        const double rate = mutation_ == ChainMutation::doubled_rate ? 2 * mu_ : mu_;
        return grid_.damped_integral_of_absolute(rate, seen_.deviation.row(row_));
    }

    std::vector<Measured> u2() const {
        std::vector<Measured> line = grid_.running_supremum(seen_.deviation.row(row_));
        for (std::size_t i = 0; i < line.size(); ++i) {
            const double factor = factor_at(i) * (mutation_ == ChainMutation::squared_factor ? factor_at(i) : 1);
            line[i] = {factor * line[i].value, factor * line[i].error};
        }
        return line;
    }

    std::vector<Measured> u3() const {
        const auto sampling = grid_.running_supremum(seen_.sampling.row(row_));
        const auto residual = grid_.running_supremum(seen_.residual_norm);
        const auto gap = grid_.running_supremum(seen_.kernel_gap.row(row_));
        std::vector<Measured> line;
        for (std::size_t i = 0; i < sampling.size(); ++i) {
            const double factor = factor_at(i) * once_more(i);
            const double product = residual[i].value * gap[i].value;
            const double product_error = residual[i].error * gap[i].value + residual[i].value * gap[i].error;
            line.push_back(
                {factor * (mu_ * sampling[i].value + product), factor * (mu_ * sampling[i].error + product_error)});
        }
        return line;
    }

    std::vector<Measured> u3_prime() const {
        const auto sampling = grid_.damped_integral_of_absolute(mu_, seen_.sampling.row(row_));
        const Eigen::VectorXd product = seen_.residual_norm.cwiseProduct(seen_.kernel_gap.row(row_).transpose());
        const auto kernel = grid_.damped_integral(mu_, product);
        std::vector<Measured> line;
        for (std::size_t i = 0; i < sampling.size(); ++i) {
            line.push_back({once_more(i) * (mu_ * sampling[i].value + kernel[i].value),
                            once_more(i) * (mu_ * sampling[i].error + kernel[i].error)});
        }
        return line;
    }

private:
    double factor_at(std::size_t breakpoint) const { return damping_factor(mu_, grid_.breakpoints()[breakpoint]); }
    double once_more(std::size_t breakpoint) const {
        return mutation_ == ChainMutation::squared_split ? factor_at(breakpoint) : 1;
    }

    const TimeGrid& grid_;
    const Observables& seen_;
    Eigen::Index row_;
    double mu_;
    ChainMutation mutation_;
};

/// ||r_0|| in L^2(rho), or on the sample where that is not known.
double start_norm(const TrajectoryResult& run) {
    return run.starts_at_zero ? run.target_norm : run.seen.residual_norm(0);
}

bool measured_by_norm(const TrajectoryResult& run, std::size_t probe) {
    return std::abs(run.seen.coefficient(static_cast<Eigen::Index>(probe), 0)) < 0.1 * start_norm(run);
}

}  // namespace

std::vector<Measured> chain_line(const TrajectoryResult& run, const Observables& seen, std::size_t probe,
                                 ChainLine line, ChainMutation mutation) {
    const LineMaker maker(run, seen, probe, mutation);
    switch (line) {
        case ChainLine::deviation:
            return maker.deviation();
        case ChainLine::u1:
            return maker.u1();
        case ChainLine::u1_prime:
            return maker.u1_prime();
        case ChainLine::u2:
            return maker.u2();
        case ChainLine::u3:
            return maker.u3();
        case ChainLine::u3_prime:
            return maker.u3_prime();
    }
    throw std::logic_error("unknown line of the chain of bounds");
}

LineOfRuns::LineOfRuns(const TrajectoryResult& run, std::size_t probe, ChainLine line, ChainMutation mutation)
    : seen(chain_line(run, run.seen, probe, line, mutation)) {
    for (const Observables& other : run.compared) compared.push_back(chain_line(run, other, probe, line, mutation));
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
std::vector<Measured> with_own_errors(std::vector<Measured> line, const std::vector<double>& floor,
                                      std::map<std::string, double>& errors) {
    for (std::size_t i = 0; i < line.size(); ++i) {
        note_error(errors, "quadrature or supremum", line[i].error);
        note_error(errors, "population coefficients and rounding", floor[i]);
        line[i].error += floor[i];
    }
    return line;
}

/// Adds to each entry the largest sum so far, over the other runs, of the distances from the used one: apart(run, i).
template <class Distance>
void add_distances(std::size_t other_runs, const Distance& apart, std::vector<Measured>& to,
                   std::map<std::string, double>& errors) {
    double largest = 0;
    for (std::size_t i = 0; i < to.size(); ++i) {
        double sum = 0;
        for (std::size_t run = 0; run < other_runs; ++run) sum += std::abs(apart(run, i));
        largest = std::max(largest, sum);
        to[i].error += largest;
    }
    note_error(errors, "trajectory", largest);
}

/// How far a line of another run is from the used one.
double apart_from(const LineOfRuns& line, std::size_t run, std::size_t i) {
    return line.compared[run][i].value - line.seen[i].value;
}

}  // namespace

std::vector<Measured> with_errors(const LineOfRuns& line, const std::vector<double>& floor,
                                  std::map<std::string, double>& errors) {
    std::vector<Measured> result = with_own_errors(line.seen, floor, errors);
    add_distances(
        line.compared.size(), [&](std::size_t run, std::size_t i) { return apart_from(line, run, i); }, result, errors);
    return result;
}

LinePair pair_with_errors(const LineOfRuns& left, const LineOfRuns& right, const std::vector<double>& floor,
                          std::map<std::string, double>& errors) {
    LinePair result{with_own_errors(left.seen, floor, errors), with_own_errors(right.seen, floor, errors)};
    add_distances(
        left.compared.size(),
        [&](std::size_t run, std::size_t i) { return apart_from(right, run, i) - apart_from(left, run, i); },
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
