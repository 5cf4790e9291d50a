// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/bootstrap.hpp"
#include "ntk/deviation/training.hpp"
#include "ntk/ledger/verdict.hpp"

#include <optional>
#include <vector>

namespace ntk::deviation {

/// What the bounds ask of a probe phi with eigenvalue mu before training (lib/ntk/bounds.md, "Known before training").
struct ProbeStart {
    ledger::Measured sampling;       ///< |(E - E_n)[phi r_0]|
    ledger::Measured gradient_gap;   ///< Z = ||grad C_0 - E_n[phi grad f_0]||
    ledger::Measured kernel_gap;     ///< ||h_0||_q
    double coefficient;              ///< c(0)
    double coefficient_gradient;     ///< ||grad C_0|| without the output bias, with its error added
    double largest;                  ///< sup |phi| = sqrt(N)
    double mean_of_absolute;         ///< >= E|phi|
    double sample_mean_of_absolute;  ///< E_n|phi|, rounded up
    double target_second_moment;     ///< >= E[phi^2 f*^2]
    Eigen::VectorXd along;           ///< coordinates of Q^{1/2} g_0 in the eigenvectors of G_0, g_0(x_j) = grad C_0 .
                                     ///< grad f_0(x_j); empty without a linearised flow
};

/// Which random experiment the start and the sample came from.
struct StartDesign {
    InitialLaw law;
    bool start_is_drawn;   ///< from the law, not given
    bool sample_is_drawn;  ///< independent uniform points
    bool population;       ///< n = infinity
    bool exact_labels;     ///< the values of the target, without noise
    double kernel_at_one;  ///< kappa(1)
    double target_bound;   ///< >= sup |f*|
};

/// All that is known of a training problem before training.
struct StartQuantities {
    StartDesign design;
    DriftBounds bounds;
    double residual_norm;  ///< beta = ||r_0||_q, rounded up
    double kernel_bound;   ///< K_max >= sup K_0(x,x)
    std::vector<ProbeStart> probes;
    std::vector<DriftBeforeTraining> drift;    ///< by every form that applies, one entry per breakpoint
    std::optional<LinearisedFlow> linearised;  ///< for at most most_linearised_points points
    std::optional<SampledDrift> sampled;       ///< where the bootstrap applies
    std::optional<Bootstrap> bootstrap;        ///< with every form that applies; nothing where basic does not
};

/// Beyond this many points no eigendecomposition of G_0 is made: about 10 n^3 operations.
constexpr Eigen::Index most_linearised_points = 1024;

/// What can be left out where it is not asked for: it costs most.
struct StartEffort {
    bool linearised = true;
    bool bootstrap = true;
};

/// Needs a smooth activation, as population_coefficients, and a known target. eigenvalues: of the probes of the setup.
/// kernel_at_one: kappa(1). breakpoints: of the time grid of the trajectory. Errors of the population coefficients are
/// estimates (population.hpp); the rest is rounded up. Cost: the Gram matrix and its eigenvectors, a few velocities per
/// probe, and the march.
StartQuantities start_quantities(const TrainingProblem& problem, const TrajectorySetup& setup,
                                 const std::vector<ledger::Measured>& eigenvalues, double kernel_at_one,
                                 const std::vector<double>& breakpoints, const StartEffort& effort = {});

}  // namespace ntk::deviation
