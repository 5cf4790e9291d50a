// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/recorder.hpp"

#include <boost/numeric/odeint/algebra/algebra_dispatcher.hpp>
#include <boost/numeric/odeint/algebra/vector_space_algebra.hpp>
#include <boost/numeric/odeint/external/eigen/eigen.hpp>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/dense_output_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>

#include <algorithm>
#include <cmath>

namespace ntk {
namespace {

namespace odeint = boost::numeric::odeint;
using State = Eigen::VectorXd;
using Stepper = odeint::runge_kutta_dopri5<State, double, State, double, odeint::vector_space_algebra>;

}  // namespace

Trajectory integrate_dormand_prince(const FlowSystem& system, const State& start, const FlowOptions& options) {
    require_valid(system, start, options);
    Trajectory trajectory;
    trajectory.integrator = "Dormand-Prince 5(4), dense output";
    trajectory.tolerance = options.tolerance;
    double last_good = options.start_time;
    const auto velocity = [&](const State& theta, State& derivative, double time) {
        derivative = system.velocity(theta);
        ++trajectory.evaluations;
        if (!derivative.allFinite()) stop_flow(time, "the velocity is not finite", last_good);
    };
    const double end = options.record_times.back();
    auto stepper = odeint::make_dense_output(options.tolerance, options.tolerance, Stepper());
    // The first step follows the tolerance as the controlled ones do, so that two runs at different tolerances differ
    // from the start.
    const double first_step =
        options.first_step > 0 ? options.first_step : 1e-3 * std::pow(options.tolerance / 1e-9, 0.2);
    const double duration = end - options.start_time;
    stepper.initialize(start, options.start_time, duration > 0 ? std::min(first_step, duration) : first_step);
    trajectory.next_step = first_step;
    Recorder recorder(options, trajectory);
    recorder.record_until(options.start_time, [&](double) { return start; });
    while (!recorder.done()) {
        const double before = stepper.current_time();
        try {
            stepper.do_step(velocity);
        } catch (const odeint::odeint_error& error) {
            stop_flow(before, std::string("the step size collapsed (") + error.what() + ")", before);
        }
        ++trajectory.steps;
        // Steps this short would never reach the end.
        trajectory.next_step = stepper.current_time_step();
        if (trajectory.next_step < 1e-13 * duration) stop_flow(before, "the step size collapsed", before);
        last_good = stepper.current_time();
        if (!stepper.current_state().allFinite()) {
            stop_flow(stepper.current_time(), "a parameter is not finite", before);
        }
        recorder.record_until(stepper.current_time(), [&](double wanted) {
            State state(start.size());
            stepper.calc_state(wanted, state);
            return state;
        });
        if (options.progress) options.progress(std::min(stepper.current_time(), end), trajectory.evaluations);
    }
    return trajectory;
}

}  // namespace ntk
