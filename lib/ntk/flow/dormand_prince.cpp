// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/dormand_prince_stepper.hpp"
#include "ntk/flow/recorder.hpp"

#include <algorithm>

namespace ntk {

Trajectory integrate_dormand_prince(const FlowSystem& system, const Eigen::VectorXd& start,
                                    const FlowOptions& options) {
    require_valid(system, start, options);
    Trajectory trajectory;
    trajectory.integrator = "Dormand-Prince 5(4), dense output";
    trajectory.tolerance = options.tolerance;
    double last_good = options.start_time;
    const auto velocity = [&](const Eigen::VectorXd& theta, Eigen::VectorXd& derivative, double time) {
        derivative = system.velocity(theta);
        ++trajectory.evaluations;
        if (!derivative.allFinite()) stop_flow(time, "the velocity is not finite", last_good);
    };
    const double end = options.record_times.back();
    auto stepper = make_dormand_prince(options);
    const double first_step = first_dormand_prince_step(options);
    const double duration = end - options.start_time;
    stepper.initialize(start, options.start_time, duration > 0 ? std::min(first_step, duration) : first_step);
    trajectory.next_step = first_step;
    Recorder recorder(options, trajectory);
    recorder.record_until(options.start_time, [&](double) { return start; });
    while (!recorder.done()) {
        const double before = stepper.current_time();
        try {
            stepper.do_step(velocity);
        } catch (const boost::numeric::odeint::odeint_error& error) {
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
            Eigen::VectorXd state(start.size());
            stepper.calc_state(wanted, state);
            return state;
        });
        if (options.progress) options.progress(std::min(stepper.current_time(), end), trajectory.evaluations);
    }
    return trajectory;
}

}  // namespace ntk
