// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/observables.hpp"
#include "ntk/deviation/time_grid.hpp"
#include "ntk/deviation/training.hpp"
#include "ntk/network/energies.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ntk::deviation {

/// One run of a simulation at a checkpoint: all that its continuation depends on.
struct RunState {
    Eigen::VectorXd theta;
    double next_step = 0;  ///< gradient flow: FlowOptions::first_step of the next segment
    int rule_degree = 0;   ///< n = infinity: degree of the cubature rule
    long steps = 0, evaluations = 0, derivative_products = 0, events = 0;
    std::string integrator;
};

/// Both sides of D4 over one segment of a run of gradient descent (descent_bookkeeping.hpp), in ||.||_n.
struct DescentSegment {
    double time = 0;  ///< at its end
    Measured left_norm;
    double distance = 0, error = 0, largest_deviation = 0;
};

/// What is known of a simulation at a checkpoint.
struct SimulationState {
    std::size_t reached = 0;                            ///< how many checkpoints; the start is none
    Integrator integrator = Integrator::automatic;      ///< of gradient flow: the one that was chosen
    std::vector<RunState> runs;                         ///< the one whose values are used comes first
    std::vector<double> times;                          ///< of the columns of the observables
    std::vector<Observables> observed;                  ///< of each run
    std::vector<double> state_times;                    ///< 0 and the checkpoints that are reached
    std::vector<Eigen::VectorXd> states;                ///< of the first run at these times
    std::vector<std::vector<DegreeEnergies>> energies;  ///< of each run at these times
    std::vector<DescentSegment> descent;                ///< gradient descent on a finite sample
    std::vector<double> noise;                          ///< norms of the noise of mini-batches, of every step
    std::string stopped;                                ///< why the run ended before its time; empty if it did not
    bool sliding = false;                               ///< it ended because the flow slides along a kink
};

/// A number over time with its estimated error.
struct MeasuredPath {
    Eigen::VectorXd value, error;
};

/// The largest distance within [t/2, t] for every time: a distance of two runs passes through zero now and then, and
/// falls where the flow contracts.
Eigen::VectorXd lately_largest(const std::vector<double>& times, const Eigen::VectorXd& distances);

/// What a simulation found. Errors are estimates (numerics.md, "Trajectories"): lately_largest of the distances of the
/// runs, and rounding.
struct SimulationResult {
    std::vector<double> times;
    MeasuredPath residual_norm, loss, squared_speed;
    MeasuredPath movement;                   ///< ||theta_t - theta_0||; empty for m = infinity
    std::vector<MeasuredPath> coefficients;  ///< of each probe
    Eigen::MatrixXd residual;                ///< n x times; no rows for n = infinity
    Eigen::VectorXd residual_error;          ///< over time, the largest of an entry
    std::vector<Measured> eigenvalues;       ///< of the probes
    std::vector<double> state_times;
    std::vector<Eigen::VectorXd> states;          ///< empty for m = infinity
    double state_error = 0;                       ///< estimated ||error of theta|| at the end
    std::vector<std::vector<Measured>> energies;  ///< ||Pi_k r||^2 (of f where f* is not known) for each of state_times
    std::vector<double> energy_tails;             ///< bounds of the sums over what is left out
    std::vector<DescentSegment> descent;
    std::vector<double> noise;
    Eigen::MatrixXd points;  ///< of the sample, d x n; empty for n = infinity
    Eigen::VectorXd labels;
    std::string stopped;
    bool sliding = false;
    std::string warning;  ///< gradient descent: a step beyond the limit of stability; else empty
    std::vector<std::pair<std::string, std::string>> facts;
    std::optional<TimeGrid> grid;  ///< of `times`, for gradient flow that reached its end
};

/// How far a simulation is.
struct SimulationStatus {
    std::string stage;
    double time = 0;
    double share = 0;                 ///< of all runs, an estimate
    long steps = 0, evaluations = 0;  ///< of this run
};
using SimulationProgress = std::function<void(const SimulationStatus&)>;

/// output_times of the setup before its end, and the end; without output_times 1, 2, 5, 10, 20, 50 and 100 percent.
/// Gradient descent: the first multiples of the step that are not before these times.
std::vector<double> simulation_checkpoints(const TrajectorySetup& setup);

/// Training of one network of finite width, from checkpoint to checkpoint; every checkpoint ends a segment, where
/// integrators start anew: a simulation that is taken up at a state goes on as if it had not stopped, to the last bit.
/// Gradient flow runs twice, at a thirtieth of the tolerance (whose values are used) and at the tolerance. Gradient
/// descent runs twice, the second time from a start that rounding has moved (each entry by a unit in its last place up
/// or down, stream "rounding"): the distance times the number of steps estimates what the rounding of all steps does.
/// n = infinity: cubature rules whose velocity errors are below the tolerance of the run (population_sample.hpp).
class Simulation {
public:
    /// The kernel must outlive the object. `max_degree`: of the degree energies; raised to that of the target. Throws
    /// std::domain_error for m = infinity, for n = infinity with noise, own data, an unknown target or gradient
    /// descent, and for gradient descent without a positive step.
    Simulation(const Kernel& kernel, TrajectorySetup setup, std::shared_ptr<ThreadPool> pool, int max_degree);

    const std::vector<double>& checkpoints() const { return checkpoints_; }

    SimulationState start() const;
    bool done(const SimulationState& state) const {
        return state.reached == checkpoints_.size() || !state.stopped.empty();
    }
    /// From one checkpoint to the next. Errors as integrate_gradient_flow, gradient_descent, population_sample_along;
    /// Unreachable, too, if a value of the network is not finite. After an exception the state is good for nothing.
    void advance(SimulationState& state, const SimulationProgress& progress) const;
    SimulationResult result(const SimulationState& state) const;

private:
    /// A run up to a checkpoint, where it is to be taken on to the next one.
    struct Leg;
    void advance_run(SimulationState& state, std::size_t run, const Leg& leg) const;
    void advance_flow(SimulationState& state, std::size_t run, const Leg& leg) const;
    void advance_population(SimulationState& state, std::size_t run, const Leg& leg) const;
    void advance_descent(SimulationState& state, std::size_t run, const Leg& leg) const;
    void end_early(SimulationState& state) const;
    void add_state(SimulationState& state, double time) const;
    double tolerance_of(std::size_t run) const { return run == 0 ? tight_part * setup_.tolerance : setup_.tolerance; }
    Network network_on(const Eigen::MatrixXd& points) const;
    ObservationFrame frame_for(const Eigen::VectorXd& labels, const Eigen::VectorXd& weights) const;

    const Kernel& kernel_;
    TrajectorySetup setup_;
    std::shared_ptr<ThreadPool> pool_;
    int max_degree_;
    std::vector<double> checkpoints_;
    TimeGrid grid_;
    Eigen::VectorXd start_;   ///< theta_0
    Eigen::MatrixXd points_;  ///< of a finite sample
    Eigen::VectorXd labels_;
};

}  // namespace ntk::deviation
