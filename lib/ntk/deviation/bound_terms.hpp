// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/start_quantities.hpp"

#include <string>
#include <utility>
#include <vector>

/// The bounds that are known before training, term by term (lib/ntk/bounds.md): which of sample, start and movement of
/// the network makes a bound large. Values are rounded up; `error` is what population coefficients at the start carry.
namespace ntk::deviation {

using ledger::Measured;

/// What a mutation control changes.
enum class BoundMutation {
    none,
    squared_factor,   ///< D(mu,t)^2 in the place of D(mu,t)
    no_start_gap,     ///< K_0 taken as the infinite-width kernel: h_0 = 0
    no_linear_part,   ///< the linearised network taken as infinitely wide: c_lin(t) = e^{-mu t} c(0)
    no_random_terms,  ///< sample and width taken as infinite in U5
};

/// The terms of one bound at one time; those that it does not have are 0.
struct BoundTerms {
    Measured sampling{0, 0};      ///< of |(E-E_n)[phi r_0]|
    Measured gradient_gap{0, 0};  ///< of P Z
    Measured remainder{0, 0};     ///< of what linearisation leaves
    Measured start_gap{0, 0};     ///< of ||h_0||
    Measured linearised{0, 0};    ///< |c_lin(t) - e^{-mu t} c(0)| of the linear split
    Measured drift{0, 0};         ///< of the drift of the kernel

    /// The bound: rounded up, errors added.
    Measured sum() const;
    /// All of them: "sampling at the start", "P Z", "remainder", "||h_0||", "linearised network", "drift".
    std::vector<std::pair<std::string, Measured>> named() const;
};

/// What multiplies the damping in U4, measured at the start or bounded with probability.
struct RandomValues {
    Measured sampling, gradient_gap, kernel_gap;
};

/// What U4 takes from the probe besides.
struct ProbeSizes {
    double mean_of_absolute;         ///< >= E|phi|
    double sample_mean_of_absolute;  ///< >= E_n|phi|
    double coefficient_gradient;     ///< >= ||grad C_0|| without the output bias
};

/// U4 at one time, with the smallest of these forms of drift and remainder that apply; infinite where none does.
///   (1-e^{-mu t}) [ |(E-E_n)[phi r_0]| + P_t Z + (E|phi| + E_n|phi|) Rem(t) ] + D(mu,t) beta (||h_0||_n + gap(t)),
/// gap = E|phi| Drift, or the bound of ||h_s - h_0|| that (H) has.
BoundTerms terms_before_training(const DriftBeforeTraining& known, const std::vector<DriftForm>& forms,
                                 const ProbeSizes& probe, const RandomValues& random, double mu,
                                 BoundMutation mutation = BoundMutation::none);
/// The same at a breakpoint, with what is measured at the start.
BoundTerms terms_before_training(const StartQuantities& start, std::size_t probe, std::size_t breakpoint,
                                 const std::vector<DriftForm>& forms, double mu,
                                 BoundMutation mutation = BoundMutation::none);

/// A bound of ||h_s - h_0|| for all s up to a node of the bootstrap: the smallest of E|phi| Drift, that of (H) and
/// GradientDrift::kernel_gap.
double bootstrap_gap(const StartQuantities& start, std::size_t probe, std::size_t node);

/// U3' with what the bootstrap knows, at every breakpoint of the march; needs the bootstrap, else std::logic_error.
std::vector<BoundTerms> bootstrap_terms(const StartQuantities& start, std::size_t probe, double mu,
                                        BoundMutation mutation = BoundMutation::none);

/// The linear split at every breakpoint of the march; needs the bootstrap and the linearised flow, else
/// std::logic_error.
std::vector<BoundTerms> linear_split_terms(const StartQuantities& start, std::size_t probe, double mu,
                                           BoundMutation mutation = BoundMutation::none);

}  // namespace ntk::deviation
