// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/flow/flow_system.hpp"
#include "ntk/numeric/errors.hpp"

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace ntk {

/// Dormand–Prince for short times, exponential Rosenbrock for long ones; `automatic` chooses by lambda_max t. CVODE is
/// the independent one that they are compared with.
enum class Integrator { automatic, dormand_prince, exponential_rosenbrock, cvode };

/// "auto", "dormand-prince", "exponential-rosenbrock", "cvode": as a study writes them.
std::string to_string(Integrator integrator);

/// Options of one integration.
struct FlowOptions {
    double tolerance = 1e-9;           ///< absolute and relative tolerance of a step, per entry of the state
    std::vector<double> record_times;  ///< increasing, >= start_time; the integration ends at the last one
    /// Called now and then with the time reached and the number of evaluations so far.
    std::function<void(double time, long evaluations)> progress = {};
    Integrator integrator = Integrator::automatic;
    double start_time = 0;  ///< the time of the first state: a run that is taken up again
    double first_step = 0;  ///< Trajectory::next_step of the run before; 0 for the integrator's own rule
    double longest_step = std::numeric_limits<double>::infinity();
    /// Told every recorded state in order; Trajectory::parameters then stays empty.
    std::function<void(double time, const Eigen::VectorXd& state)> observe = {};
    /// False for a cubature rule in the place of the population: its points have kinks that the population flow has
    /// not, so that they are integrated over at the tolerance.
    bool locate_kinks = true;
};

/// Why a flow with kinks cannot be continued.
enum class KinkStop {
    sliding,    ///< the velocities on both sides point to the kink: the flow moves along it, with no sigma' there
    ambiguous,  ///< more than one continuation, or more kinks at once than are decided
    chattering  ///< crossings of one neuron accumulate
};

/// "sliding", "ambiguous", "chattering".
std::string to_string(KinkStop reason);

/// Where a flow came to a kink z = <v_l, x~_j> = 0 that it cannot be taken over.
struct Sliding {
    double time = 0;
    Eigen::Index neuron = 0;    ///< l, from 0
    Eigen::Index point = 0;     ///< j, from 0; of several points at once the first
    double negative_speed = 0;  ///< z' with sigma' of z < 0 at this point
    double positive_speed = 0;  ///< z' with sigma' of z > 0 at this point
    KinkStop reason = KinkStop::sliding;
};

/// One sentence for people: "sliding at time t: ...".
std::string describe(const Sliding& sliding);

/// The states at the recorded times.
struct Trajectory {
    std::vector<double> times;
    std::vector<Eigen::VectorXd> parameters;  ///< empty with FlowOptions::observe
    long evaluations = 0;
    long derivative_products = 0;  ///< products with F'
    long steps = 0;
    double tolerance = 0;
    double next_step = 0;  ///< what the integrator would try next
    std::string integrator;
    long events = 0;  ///< kinks crossed: pairs (neuron, point) whose sign changed
    /// Set where a flow with kinks ended early; then only the times before it are recorded.
    std::optional<Sliding> sliding = {};
};

/// Throws std::domain_error unless the start has the size of the system, the times increase from >= start_time and the
/// tolerance is positive.
void require_valid(const FlowSystem& system, const Eigen::VectorXd& start, const FlowOptions& options);

/// A flow that ends at a kink; the message says where and why.
class FlowSlides : public Unreachable {
public:
    using Unreachable::Unreachable;
};

/// Throws FlowSlides if the flow ended at a kink.
void require_complete(const Trajectory& trajectory);

/// Throws Unreachable: the run ended at `time`, `last_good` is the time of the last good state.
[[noreturn]] void stop_flow(double time, const std::string& why, double last_good);

/// The Dormand–Prince pair of orders 5 and 4 (Boost.odeint) with step control; recorded states come from its dense
/// output of order 4 in the step, whose error is of the order of the tolerance. Errors as integrate_gradient_flow.
Trajectory integrate_dormand_prince(const FlowSystem& system, const Eigen::VectorXd& start, const FlowOptions& options);

/// The exponential Rosenbrock method exprb43 of order 4 (Hochbruck, Ostermann, Schweitzer 2009, SIAM J. Numer. Anal.
/// 47, 786) with an embedded one of order 3 for step control, phi-functions of the symmetric F' by Lanczos; stable for
/// every step on a contracting F. Recorded states come from a continuous extension of order 4 (numerics.md,
/// "Trajectories"). Errors as integrate_gradient_flow. Cost of a step: 3 velocities and some dozens of derivative
/// products; memory: up to 360 states.
Trajectory integrate_exponential_rosenbrock(const FlowSystem& system, const Eigen::VectorXd& start,
                                            const FlowOptions& options);

/// CVODE of SUNDIALS: backward differentiation formulas of orders 1 to 5, Newton's method by GMRES without
/// preconditioner, products with F' from FlowSystem::linearise. Recorded states come from its dense output. Not every
/// build has it: then std::domain_error. Errors otherwise as integrate_gradient_flow.
Trajectory integrate_cvode(const FlowSystem& system, const Eigen::VectorXd& start, const FlowOptions& options);
bool cvode_is_available();

}  // namespace ntk
