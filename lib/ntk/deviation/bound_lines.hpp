// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/experiment.hpp"
#include "ntk/deviation/random_terms.hpp"
#include "ntk/deviation/start_quantities.hpp"

#include <string>
#include <vector>

/// The lines of the chain of bounds that are known before training (lib/ntk/bounds.md), at the breakpoints of the time
/// grid, for one probe. They are rounded up; what error they carry comes from the population coefficients at the start.
/// All need run.start, else std::logic_error.
namespace ntk::deviation {

/// What a mutation control changes.
enum class BoundMutation {
    none,
    squared_factor,   ///< D(mu,t)^2 in the place of D(mu,t)
    no_start_gap,     ///< K_0 taken as the infinite-width kernel: h_0 = 0
    no_linear_part,   ///< the linearised network taken as infinitely wide: c_lin(t) = e^{-mu t} c(0)
    no_random_terms,  ///< sample and width taken as infinite in U5
};

/// U4 with the smallest of these forms of drift and remainder:
///   (1-e^{-mu t}) [ |(E-E_n)[phi r_0]| + P_t Z + (E|phi| + E_n|phi|) Rem(t) ] + D(mu,t) beta (||h_0||_n + gap(t)),
/// gap = E|phi| Drift, or the bound of ||h_s - h_0|| that (H) has.
std::vector<Measured> line_before_training(const TrajectoryResult& run, std::size_t probe,
                                           const std::vector<DriftForm>& forms, BoundMutation mutation);

/// A bound of ||h_s - h_0|| for all s up to a node of the bootstrap: the smallest of E|phi| Drift, that
/// of (H) and GradientDrift::kernel_gap.
double bootstrap_gap(const StartQuantities& start, std::size_t probe, std::size_t node);

/// U3' with what the bootstrap knows: int_0^t e^{-mu(t-s)} { mu [...]_s + y_s (||h_0||_n + gap_s) } ds, from above.
std::vector<Measured> bootstrap_line(const TrajectoryResult& run, std::size_t probe, BoundMutation mutation);

/// |c_lin(t) - e^{-mu t} c(0)| + int_0^t y_u [ gap_u + ||A(t-u) g_0||_n ||G_u - G_0|| ] du, from above; needs the
/// linearised flow, else std::logic_error.
std::vector<Measured> linear_split_line(const TrajectoryResult& run, std::size_t probe, BoundMutation mutation);

/// The bounds of the random terms with probability at least 1 - delta each.
struct RandomTerms {
    RandomBound sampling;
    RandomBound gradient_gap;
    RandomBound kernel_gap;
};
/// Without the terms of the sample for n = infinity.
RandomTerms random_terms(const Experiment& experiment, std::size_t probe, double delta);

/// U5: U4 with every form that applies and the random terms in the place of what they bound.
std::vector<Measured> line_with_probability(const Experiment& experiment, std::size_t probe, double delta,
                                            BoundMutation mutation);

}  // namespace ntk::deviation
