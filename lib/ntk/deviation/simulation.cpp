// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/simulation.hpp"

#include "ntk/deviation/experiment.hpp"
#include "ntk/flow/descent_bookkeeping.hpp"
#include "ntk/flow/population_sample.hpp"
#include "ntk/flow/time_units.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/message_number.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace ntk::deviation {
namespace {

void require(bool condition, const std::string& what) {
    if (!condition) throw std::domain_error("Simulation: " + what);
}

void require_valid(const TrajectorySetup& setup) {
    require(!setup.infinite_width, "expected a finite width");
    require(!setup.given, "expected a network that is trained here");
    require(!setup.population || (setup.noise == 0 && !setup.points && !setup.labels && setup.target_is_known()),
            "n = infinity needs a known target, and has neither noise nor own data");
    require(!setup.population || setup.method == TrainingMethod::gradient_flow,
            "n = infinity goes with gradient flow, not with gradient descent");
    require(setup.method == TrainingMethod::gradient_flow || setup.step > 0, "gradient descent needs a step > 0");
}

/// The least error of a value that is stated, in parts of the tolerance: about a third of that of the tighter run.
constexpr double least_stated_share = 0.01;

/// Steps of a run are at most this part of a segment: where the tolerance would let both runs pass in one step, their
/// distance would say nothing.
double longest_part(std::size_t run) { return run == 0 ? 1.0 / 4 : 1.0 / 2; }

DegreeEnergies energies_of(const NetworkShape& shape, const Activation& activation, const Eigen::VectorXd& theta,
                           const TrajectorySetup& setup, int max_degree, ThreadPool& pool) {
    return setup.target_is_known() ? residual_energies(shape, activation, theta, setup.target, max_degree, pool)
                                   : degree_energies(shape, activation, theta, max_degree, pool);
}

int largest_degree(const ZonalTarget& target, int at_least) {
    for (const ZonalProbe& probe : target.probes) at_least = std::max(at_least, probe.degree);
    return at_least;
}

}  // namespace

Eigen::VectorXd lately_largest(const std::vector<double>& times, const Eigen::VectorXd& distances) {
    Eigen::VectorXd largest = distances;
    Eigen::Index first = 0;
    for (Eigen::Index i = 0; i < distances.size(); ++i) {
        while (times[static_cast<std::size_t>(first)] < times[static_cast<std::size_t>(i)] / 2) ++first;
        largest(i) = distances.segment(first, i - first + 1).maxCoeff();
    }
    return largest;
}

std::vector<double> simulation_checkpoints(const TrajectorySetup& setup) {
    std::vector<double> times;
    for (const double time : setup.output_times) {
        if (time > 0 && time < setup.time) times.push_back(time);
    }
    if (setup.output_times.empty()) {
        for (const double percent : {1, 2, 5, 10, 20, 50}) times.push_back(setup.time * percent / 100);
    }
    times.push_back(setup.time);
    if (setup.method == TrainingMethod::gradient_descent) {
        for (double& time : times) time = time_after_steps(setup.step, steps_to_reach(time, setup.step));
    }
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    return times;
}

struct Simulation::Leg {
    double from, to;
    std::vector<double> times;  ///< to be recorded
    double end;
    double rate;  ///< of steps that grow with the time: they come like log(1 + rate t); 0 for equal steps
    const SimulationProgress& progress;

    double work(double time) const { return rate > 0 ? std::log1p(rate * time) : time; }

    void report(std::size_t run, const std::string& stage, double time, const RunState& before, long steps,
                long evaluations) const {
        if (!progress) return;
        // Both runs of a segment come one after the other.
        const double begun = work(from), whole = work(to) - begun;
        const double share = (2 * begun + (run == 0 ? 0 : whole) + work(time) - begun) / (2 * work(end));
        progress({stage, time, std::min(1.0, share), before.steps + steps, before.evaluations + evaluations});
    }
};

Simulation::Simulation(const Kernel& kernel, TrajectorySetup setup, std::shared_ptr<ThreadPool> pool, int max_degree)
    : kernel_(kernel),
      setup_(std::move(setup)),
      pool_(std::move(pool)),
      max_degree_(largest_degree(setup_.target, max_degree)),
      checkpoints_((require_valid(setup_), simulation_checkpoints(setup_))),
      // No eigenvalue of G^inf exceeds its trace kappa(1).
      grid_(TimeGrid::for_rate(checkpoints_.back(),
                               kernel_in_double(kernel, setup_.law.weights, setup_.shape.dim).at_one, checkpoints_)) {
    start_ = training_start(setup_, *pool_);
    if (setup_.population) return;
    points_ = sample_points(setup_);
    labels_ = sample_labels(setup_, points_);
}

Network Simulation::network_on(const Eigen::MatrixXd& points) const {
    return Network(setup_.shape, kernel_.spec().activation, points, pool_);
}

ObservationFrame Simulation::frame_for(const Eigen::VectorXd& labels, const Eigen::VectorXd& weights) const {
    ObservationFrame frame;
    frame.start = start_;
    frame.labels = labels;
    frame.weights = weights;
    if (setup_.target_is_known()) frame.target = setup_.target;
    frame.probes = setup_.probes;
    return frame;
}

SimulationState Simulation::start() const {
    SimulationState state;
    const bool flow = setup_.method == TrainingMethod::gradient_flow;
    state.runs.resize(2);
    state.observed.resize(2);
    state.energies.resize(2);
    state.runs[0].theta = start_;
    state.runs[1].theta = flow ? start_ : moved_by_rounding(start_, setup_.seed);
    Eigen::MatrixXd points = points_;
    Eigen::VectorXd labels = labels_, weights;
    if (setup_.population) {
        const PopulationProblem problem{setup_.shape, kernel_.spec().activation, setup_.target, pool_};
        PopulationOptions options;
        options.velocity_error = setup_.tolerance;
        const PopulationSample sample = population_sample(problem, {start_}, options);
        points = sample.rule.points;
        labels = sample.labels;
        weights = sample.rule.weights;
    }
    const Network network = network_on(points);
    if (flow) state.integrator = chosen_integrator(network, start_, setup_.integrator, setup_.time);
    for (std::size_t run = 0; run < state.runs.size(); ++run) {
        Observer observer(network, frame_for(labels, weights));
        observer.add(state.runs[run].theta);
        state.observed[run] = observer.take();
        if (setup_.population) state.observed[run].residual.resize(0, 1);
    }
    state.times = {0};
    add_state(state, 0);
    return state;
}

void Simulation::add_state(SimulationState& state, double time) const {
    state.state_times.push_back(time);
    state.states.push_back(state.runs.front().theta);
    for (std::size_t run = 0; run < state.runs.size(); ++run) {
        state.energies[run].push_back(
            energies_of(setup_.shape, *kernel_.spec().activation, state.runs[run].theta, setup_, max_degree_, *pool_));
    }
}

void Simulation::advance(SimulationState& state, const SimulationProgress& progress) const {
    if (done(state)) return;
    const double from = state.reached == 0 ? 0 : checkpoints_[state.reached - 1];
    const double to = checkpoints_[state.reached];
    const bool growing_steps =
        setup_.method == TrainingMethod::gradient_flow && state.integrator != Integrator::dormand_prince;
    Leg leg{from, to, {}, checkpoints_.back(), growing_steps ? 1.0 : 0.0, progress};
    for (const double time : grid_.times()) {
        if (time > from && time <= to) leg.times.push_back(time);
    }
    try {
        for (std::size_t run = 0; run < state.runs.size(); ++run) advance_run(state, run, leg);
        if (state.sliding) return end_early(state);
        ++state.reached;
        add_state(state, to);
    } catch (const std::domain_error& error) {
        // The setup was checked; what is left are parameters too large for the network.
        throw Unreachable("training stopped before time " + message_number(to) + ": a value is not finite (" +
                          error.what() + "); last good state at time " + message_number(from));
    }
}

/// What both runs saw of a segment that one of them could not finish.
void Simulation::end_early(SimulationState& state) const {
    const Eigen::Index common = std::min(state.observed[0].times(), state.observed[1].times());
    for (Observables& seen : state.observed) seen.keep_first(common);
    state.times.resize(static_cast<std::size_t>(common));
}

void Simulation::advance_run(SimulationState& state, std::size_t run, const Leg& leg) const {
    if (setup_.method == TrainingMethod::gradient_descent) {
        advance_descent(state, run, leg);
    } else if (setup_.population) {
        advance_population(state, run, leg);
    } else {
        advance_flow(state, run, leg);
    }
}

namespace {

/// One segment of a gradient flow, observed.
struct ObservedFlow {
    Trajectory trajectory;
    Observables observed;
    std::vector<Eigen::VectorXd> some_states;  ///< in the middle and at the end
};

ObservedFlow observed_flow(const Network& network, const ObservationFrame& frame, const RunState& run,
                           FlowOptions options) {
    Observer observer(network, frame);
    ObservedFlow made;
    const std::size_t middle = options.record_times.size() / 2;
    std::size_t count = 0;
    options.observe = [&](double, const Eigen::VectorXd& theta) {
        observer.add(theta);
        if (count++ == middle || count == options.record_times.size()) made.some_states.push_back(theta);
    };
    made.trajectory = frame.weights.size() == 0
                          ? integrate_gradient_flow(network, run.theta, frame.labels, options)
                          : integrate_gradient_flow(network, run.theta, frame.labels, frame.weights, options);
    made.observed = observer.take();
    return made;
}

void take_over(ObservedFlow&& made, SimulationState& state, std::size_t run) {
    RunState& now = state.runs[run];
    if (!made.some_states.empty()) now.theta = made.some_states.back();
    now.next_step = made.trajectory.next_step;
    now.steps += made.trajectory.steps;
    now.evaluations += made.trajectory.evaluations;
    now.derivative_products += made.trajectory.derivative_products;
    now.events += made.trajectory.events;
    now.integrator = made.trajectory.integrator;
    state.observed[run].append(made.observed);
    // Both runs record the same times, unless one of them ends early.
    if (run == 0) {
        state.times.insert(state.times.end(), made.trajectory.times.begin(), made.trajectory.times.end());
    }
}

}  // namespace

void Simulation::advance_flow(SimulationState& state, std::size_t run, const Leg& leg) const {
    const std::string stage = run == 0 ? "gradient flow at a thirtieth of the tolerance" : "gradient flow, second run";
    FlowOptions options{tolerance_of(run), leg.times, {}, state.integrator, leg.from, state.runs[run].next_step};
    long steps = 0;
    options.longest_step = longest_part(run) * (leg.to - leg.from);
    options.progress = [&](double time, long evaluations) {
        leg.report(run, stage, time, state.runs[run], ++steps, evaluations);
    };
    const Network network = network_on(points_);
    ObservedFlow made = observed_flow(network, frame_for(labels_, {}), state.runs[run], options);
    if (made.trajectory.sliding && !state.sliding) {
        state.sliding = true;
        state.stopped = describe(*made.trajectory.sliding);
    }
    take_over(std::move(made), state, run);
}

void Simulation::advance_population(SimulationState& state, std::size_t run, const Leg& leg) const {
    const std::string stage =
        run == 0 ? "population flow at a thirtieth of the tolerance" : "population flow, second run";
    const PopulationProblem problem{setup_.shape, kernel_.spec().activation, setup_.target, pool_};
    PopulationOptions wanted;
    wanted.velocity_error = tolerance_of(run);
    wanted.first_degree = state.runs[run].rule_degree;
    FlowOptions options{tolerance_of(run), leg.times, {}, state.integrator, leg.from, state.runs[run].next_step};
    options.longest_step = longest_part(run) * (leg.to - leg.from);
    options.locate_kinks = false;
    ObservedFlow made;
    const PopulationSample sample =
        population_sample_along(problem, state.runs[run].theta, wanted, [&](const PopulationSample& tried) {
            long steps = 0;
            options.progress = [&](double time, long evaluations) {
                leg.report(run, stage, time, state.runs[run], ++steps, evaluations);
            };
            const Network network = network_on(tried.rule.points);
            made = observed_flow(network, frame_for(tried.labels, tried.rule.weights), state.runs[run], options);
            return made.some_states;
        });
    // The next segment may have another rule, with other points.
    made.observed.residual.resize(0, made.observed.times());
    state.runs[run].rule_degree = sample.rule.degree;
    take_over(std::move(made), state, run);
}

void Simulation::advance_descent(SimulationState& state, std::size_t run, const Leg& leg) const {
    const std::string stage = run == 0 ? "gradient descent" : "gradient descent, second run";
    const Network network = network_on(points_);
    RunState& now = state.runs[run];
    const double step = setup_.step;
    DescentOptions options;
    options.step = step;
    options.batch_size = setup_.batch_size;
    options.seed = setup_.seed;
    options.first_step = steps_to_reach(leg.from, step);
    options.record_noise = run == 0 && setup_.batch_size > 0;
    options.check_stability = false;
    for (const double time : leg.times) {
        const long wanted = steps_to_reach(time, step);
        const long before = options.record_steps.empty() ? options.first_step : options.record_steps.back();
        if (wanted > before) options.record_steps.push_back(wanted);
    }
    const long last = steps_to_reach(leg.to, step);
    std::optional<DescentIdentity> identity;
    if (run == 0) {
        const KernelInDouble kappa = kernel_in_double(kernel_, setup_.law.weights, setup_.shape.dim);
        identity.emplace(infinite_width_gram(kappa, points_), step);
        options.observe = [&](const DescentStep& made) { identity->advance(made); };
    }
    options.progress = [&](long reached) {
        const long made = reached - options.first_step;
        leg.report(run, stage, static_cast<double>(reached) * step, now, made, made);
    };
    const DescentRun made = gradient_descent(network, now.theta, labels_, options);
    Observer observer(network, frame_for(labels_, {}));
    for (const Eigen::VectorXd& theta : made.parameters) observer.add(theta);
    state.observed[run].append(observer.take());
    now.theta = made.parameters.back();
    now.steps += last - options.first_step;
    now.evaluations += last - options.first_step;
    now.integrator = "gradient descent, step " + message_number(step) +
                     (setup_.batch_size > 0 ? ", mini-batches of " + std::to_string(setup_.batch_size) : "");
    if (run > 0) return;
    for (const long at : made.steps) state.times.push_back(static_cast<double>(at) * step);
    state.noise.insert(state.noise.end(), made.noise.begin(), made.noise.end());
    if (identity->steps() == 0) return;
    const double root = std::sqrt(static_cast<double>(labels_.size()));
    state.descent.push_back({static_cast<double>(last) * step,
                             {identity->residual().norm() / root, identity->residual_error()},
                             identity->distance(),
                             identity->residual_error() + identity->right_error(),
                             identity->largest_deviation()});
}

SimulationResult Simulation::result(const SimulationState& state) const {
    SimulationResult result;
    const Observables &seen = state.observed[0], &other = state.observed[1];
    const bool flow = setup_.method == TrainingMethod::gradient_flow;
    // What one unit of rounding at the start does stands for what every step does.
    // The multistep method starts at low order with steps that its tolerance hardly changes: on the presets its
    // distance was too small by factors of up to 1.7 against both other integrators.
    const double of_flow = setup_.integrator == Integrator::cvode ? 3 : 1;
    const double factor = flow ? of_flow : static_cast<double>(state.runs[0].steps + 1);
    const auto measured = [&](const Eigen::VectorXd& value, const Eigen::VectorXd& compared, double rounding) {
        const Eigen::VectorXd apart = factor * (value - compared).cwiseAbs();
        return MeasuredPath{value, lately_largest(state.times, apart).array() + rounding};
    };
    const double unit = std::numeric_limits<double>::epsilon();
    // A bound over the whole sphere: any sample will do.
    const Network network = network_on(Eigen::MatrixXd::Identity(setup_.shape.dim, 1));
    const double rounding =
        std::max(value_rounding(network, state.states.front()), value_rounding(network, state.states.back()));
    // At early times, where steps grow, a time may lie inside a step of the run that is used and at the end of one of
    // the other, and the distance of the runs then says little: no error of a value is stated below this.
    const double of_value = rounding + (flow ? least_stated_share * setup_.tolerance : 0);
    result.times = state.times;
    const double largest_norm = seen.residual_norm.maxCoeff();
    result.residual_norm = measured(seen.residual_norm, other.residual_norm, of_value);
    result.loss = measured(seen.loss, other.loss, of_value * largest_norm);
    // A sum of m terms per parameter, each with the error of a value.
    const double speed = std::sqrt(seen.squared_speed.maxCoeff());
    result.squared_speed = measured(seen.squared_speed, other.squared_speed,
                                    2 * speed * (of_value / largest_norm + 16 * unit) * std::max(speed, largest_norm));
    result.movement = measured(seen.movement, other.movement, of_value - rounding + 4 * unit * start_.norm());
    for (Eigen::Index i = 0; i < seen.coefficient.rows(); ++i) {
        result.coefficients.push_back(
            measured(seen.coefficient.row(i).transpose(), other.coefficient.row(i).transpose(),
                     of_value - rounding + std::max(seen.coefficient_error, other.coefficient_error)));
    }
    result.residual = seen.residual;
    if (seen.residual.rows() > 0) {
        const Eigen::VectorXd apart = (seen.residual - other.residual).cwiseAbs().colwise().maxCoeff().transpose();
        result.residual_error = lately_largest(state.times, factor * apart).array() + of_value;
    }
    result.eigenvalues = probe_eigenvalues(kernel_, setup_.law.weights, setup_.shape.dim, setup_.probes);
    result.state_times = state.state_times;
    result.states = state.states;
    result.state_error =
        factor * (state.runs[0].theta - state.runs[1].theta).norm() + unit * state.runs[0].theta.norm();
    for (std::size_t i = 0; i < state.state_times.size(); ++i) {
        const DegreeEnergies& first = state.energies[0][i];
        const DegreeEnergies& second = state.energies[1][i];
        std::vector<Measured> row;
        for (std::size_t k = 0; k < first.energy.size(); ++k) {
            row.push_back(
                {first.energy[k], factor * std::abs(first.energy[k] - second.energy[k]) + first.error_estimate});
        }
        result.energies.push_back(std::move(row));
        result.energy_tails.push_back(first.tail_bound);
    }
    result.descent = state.descent;
    result.noise = state.noise;
    result.points = points_;
    result.labels = labels_;
    result.stopped = state.stopped;
    result.sliding = state.sliding;
    const auto both = [&](auto text) { return text(state.runs[0]) + " and " + text(state.runs[1]); };
    result.facts = {{"integrator", state.runs[0].integrator},
                    {"steps", both([](const RunState& run) { return std::to_string(run.steps); })},
                    {"evaluations", both([](const RunState& run) { return std::to_string(run.evaluations); })}};
    if (flow) {
        result.facts.emplace_back("tolerances",
                                  message_number(tolerance_of(0)) + " and " + message_number(tolerance_of(1)));
        result.facts.emplace_back("derivative products",
                                  both([](const RunState& run) { return std::to_string(run.derivative_products); }));
    }
    if (state.runs[0].events > 0) {
        result.facts.emplace_back("kinks crossed",
                                  both([](const RunState& run) { return std::to_string(run.events); }));
    }
    if (setup_.population) {
        result.facts.emplace_back("degree of the cubature rule",
                                  both([](const RunState& run) { return std::to_string(run.rule_degree); }));
    }
    if (!flow) {
        result.warning = descent_stability(network_on(points_), start_, setup_.step).warning;
    }
    if (flow && state.reached == checkpoints_.size()) result.grid = grid_;
    return result;
}

}  // namespace ntk::deviation
