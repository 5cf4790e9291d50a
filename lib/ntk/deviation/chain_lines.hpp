// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/experiment.hpp"

#include <map>
#include <string>
#include <vector>

/// The lines of the chain of bounds (theory.md, "Chain of bounds") that are measured along a trajectory, at the
/// breakpoints of its time grid.
namespace ntk::deviation {

enum class ChainLine {
    deviation,  ///< dev(t) = |c(t) - e^{-mu t} c(0)|
    u1,         ///< |int e^{-mu(t-s)} delta|
    u1_prime,   ///< int e^{-mu(t-s)} |delta|
    u2,         ///< D(mu,t) sup |delta|
    u3,         ///< (1-e^{-mu t}) sup |(E-E_n)[phi r]| + D(mu,t) sup ||r||_n sup ||h||_n
    u3_prime,   ///< int e^{-mu(t-s)} (mu |(E-E_n)[phi r]| + ||r||_n ||h||_n)
};

/// What a mutation control changes: in U1 no damping; in U1' twice the rate; D(mu,t) once more in U2; the same in U3
/// and U3'.
enum class ChainMutation { none, undamped, doubled_rate, squared_factor, squared_split };

/// A line of one probe as one run has it; errors are those of quadrature and suprema alone.
std::vector<Measured> chain_line(const TrajectoryResult& run, const Observables& seen, std::size_t probe,
                                 ChainLine line, ChainMutation mutation);

/// A line of the run that is used and of those that it is compared with.
struct LineOfRuns {
    std::vector<Measured> seen;
    std::vector<std::vector<Measured>> compared;

    LineOfRuns(const TrajectoryResult& run, std::size_t probe, ChainLine line, ChainMutation mutation);
};

/// What errors of the population coefficients add to a line, one entry per breakpoint; more for dev, which is the one
/// line that the state of the network enters directly.
std::vector<double> coefficient_floor(const TrajectoryResult& run, std::size_t probe, bool from_network);

/// Rounding of the damped integral of delta, one entry per breakpoint: delta is a sum of terms of the size of mu
/// sqrt(N) beta and beta.
std::vector<double> rounding_floor(const TrajectoryResult& run, std::size_t probe);

/// A line with its errors: its own of quadrature or supremum, the distances from the other runs, and `floor`. The
/// distances pass through zero now and then: their largest value so far is the estimate. Notes the largest of each
/// source in `errors`.
std::vector<Measured> with_errors(const LineOfRuns& line, const std::vector<double>& floor,
                                  std::map<std::string, double>& errors);

/// Two lines of the same runs, for a claim that the first is at most the second. Their difference is what counts, and
/// what the runs do to both is no error of it: `right` carries the largest change so far of the difference from run to
/// run, `left` none; else as with_errors. Both are made from the same coefficients and kernels, and the claim is true
/// of whatever these are: `floor` is rounding_floor.
struct LinePair {
    std::vector<Measured> left;
    std::vector<Measured> right;
};
LinePair pair_with_errors(const LineOfRuns& left, const LineOfRuns& right, const std::vector<double>& floor,
                          std::map<std::string, double>& errors);

/// Below what a bound of the deviation separates the damped prediction from "nothing learned", and above what it says
/// nothing (theory.md, "Verdicts"), one entry per breakpoint.
struct Usefulness {
    std::vector<double> separates;
    std::vector<double> says_nothing;
};
Usefulness usefulness(const TrajectoryResult& run, std::size_t probe);
/// Whether for some probe vacuity is measured against ||r_0||, and the sentence that says so.
std::string vacuity_note(const TrajectoryResult& run);

}  // namespace ntk::deviation
