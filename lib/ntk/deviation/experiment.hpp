// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/descent_experiment.hpp"
#include "ntk/deviation/observables.hpp"
#include "ntk/deviation/sphere_run.hpp"
#include "ntk/deviation/start_quantities.hpp"
#include "ntk/deviation/time_grid.hpp"
#include "ntk/deviation/training.hpp"
#include "ntk/kernel/kernel.hpp"
#include "ntk/spectrum/route_comparison.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ntk::deviation {

/// What the spectrum checks and the spectrum section of a report need.
struct SpectrumResult {
    std::vector<int> degrees;
    long digits;
    std::vector<Eigenvalue> eigenvalues;
    std::vector<RouteComparison> comparisons;
    Ball kappa_at_one;
    Ball trace_sum;
    std::optional<Ball> tail_bound;  ///< present if the degrees are 0..K and a bound is known
};

/// One trajectory of gradient flow of a finite network, and what its errors are estimated from: the sum of its
/// distances from the other runs. A simulated one is the run at a thirtieth of the tolerance, compared with the one at
/// the tolerance; one that was made elsewhere is the path through its states (given_trajectory.hpp), compared with both
/// runs from its start. For n = infinity the sample is a cubature rule with weights q_j, the same for all runs, and
/// E_n is the mean by the rule; what that changes is in `rule_error`.
struct TrajectoryResult {
    std::shared_ptr<const TrainingProblem> problem;
    TimeGrid grid;
    std::vector<ZonalProbe> probes;
    std::vector<Measured> eigenvalues;  ///< of the probes, as doubles with their rounding
    Observables seen;                   ///< whose values are used
    std::vector<Observables> compared;
    /// G^inf = Q^{1/2} [K^inf(x_i, x_j)] Q^{1/2}, Q = diag(q); empty for more than most_eigenvector_points points.
    Eigen::MatrixXd kernel_gram;
    double tolerance;                                        ///< of the loosest run
    double target_norm;                                      ///< ||f*|| in L^2(rho); 0 where f* is not known
    bool starts_at_zero;                                     ///< f(.; theta_0) = 0 exactly (antisymmetric start)
    std::vector<std::pair<std::string, std::string>> facts;  ///< integrator, evaluations, tolerances
    bool knows_target = true;     ///< f* is known on the sphere; else Observables::coefficient is <f_t, phi>
    std::string no_kernels = {};  ///< why the runs were observed without kernels; empty if they were observed with them
    double rule_error = 0;        ///< n = infinity: estimated error of a value of the network by the cubature rule

    std::shared_ptr<const SphereData> sphere = {};  ///< the same runs on the sphere; null where no_sphere says why
    std::string no_sphere = {};
    /// What is known before training; null where the activation has kinks or the target is not known.
    std::shared_ptr<const StartQuantities> start = {};

    /// What an error of a value is never below.
    double least_error() const { return tolerance + rule_error; }
};

/// Beyond this many points no eigendecomposition of G^inf is made.
constexpr Eigen::Index most_eigenvector_points = 4096;
/// Samples of at most this many points are observed with ||G^inf - G_s||: that costs about n/25 velocities and n^3
/// operations per state.
constexpr Eigen::Index most_gram_gap_points = 128;

/// An instance on which claims are checked.
struct Experiment {
    std::string name;
    Kernel kernel;
    int dim;
    std::optional<SpectrumResult> spectrum;
    std::optional<TrajectoryResult> trajectory;
    std::string no_trajectory;              ///< why there is none
    std::string reproduce;                  ///< how to run it again
    std::optional<RadialLaw> weights = {};  ///< law of the length of the hidden weights; nothing for Gaussian ones
    double failure_probability = 0.05;      ///< of all statements with probability together
    std::optional<DescentResult> descent = {};
    std::string no_descent = {};  ///< why there is none
};

/// Tells which stage is running and how far it is (0 to 1).
using StageProgress = std::function<void(const std::string& stage, double fraction)>;

/// Eigenvalues for the degrees by every route, and the trace. Hidden weights of another law than the Gaussian one have
/// one route (ridge_route.hpp) and no tail bound. Errors as certified_eigenvalues and ridge_eigenvalues.
SpectrumResult compute_spectrum(const Kernel& kernel, int dim, const std::vector<int>& degrees, long digits,
                                const std::optional<RadialLaw>& weights = {});

/// The doubles nearest to the certified eigenvalues of the probes, with half a unit in the last place as error. Errors
/// as compute_spectrum.
std::vector<Measured> probe_eigenvalues(const Kernel& kernel, const std::optional<RadialLaw>& weights, int dim,
                                        const std::vector<ZonalProbe>& probes);

/// Makes the training problem, integrates the flow twice and evaluates all observables. The kernel, with the weights of
/// setup.law, must be the infinite-width kernel of that start, and the setup a finite network trained by gradient flow,
/// else std::domain_error. With an activation that has kinks the runs are observed without kernels (no_kernels says
/// why). n = infinity needs a known target and takes neither noise nor own data nor a given trajectory; its rule is the
/// one that population_sample_along finds for a thirtieth of the tolerance. Errors as integrate_gradient_flow,
/// population_coefficients, population_sample_along and, for weights of discrete length, RadialKernelSeries; FlowSlides
/// where the flow cannot be taken over a kink. With setup.given its sample, labels, states and last time take the place
/// of those of the setup (a single state is a start: the flow goes on from it up to setup.time).
TrajectoryResult compute_trajectory(const Kernel& kernel, const TrajectorySetup& setup,
                                    const std::shared_ptr<ThreadPool>& pool, const StageProgress& progress);

}  // namespace ntk::deviation
