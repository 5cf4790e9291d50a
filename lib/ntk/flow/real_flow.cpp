// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/real_flow.hpp"

#include "ntk/numeric/errors.hpp"

#include <boost/numeric/odeint/algebra/range_algebra.hpp>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>

#include <algorithm>
#include <stdexcept>

/// The steppers of odeint read the type of the numbers off the state and do not expect one that is a class with members
/// of its own (Boost 1.74 to 1.81).
namespace boost::numeric::odeint::detail {
template <>
struct extract_value_type<ntk::Real, void> {
    using type = ntk::Real;
};
}  // namespace boost::numeric::odeint::detail

#include <boost/numeric/odeint/stepper/dense_output_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>

namespace ntk {

std::vector<std::vector<Real>> integrate_real_flow(
    const std::function<std::vector<Real>(const std::vector<Real>&)>& velocity, const std::vector<Real>& start,
    const std::vector<Real>& times, const Real& tolerance) {
    namespace odeint = boost::numeric::odeint;
    using State = std::vector<Real>;
    if (times.empty() || !(times.front() >= 0) || !std::is_sorted(times.begin(), times.end()) || !(tolerance > 0)) {
        throw std::domain_error("integrate_real_flow: expected increasing times >= 0 and a positive tolerance");
    }
    std::vector<State> states;
    while (states.size() < times.size() && times[states.size()] == 0) states.push_back(start);
    if (states.size() == times.size()) return states;
    auto stepper =
        odeint::make_dense_output(tolerance, tolerance, odeint::runge_kutta_dopri5<State, Real, State, Real>());
    using std::pow;
    const Real first_step = std::min<Real>(times.back(), Real(pow(tolerance, Real(1) / 5)) / 10);
    stepper.initialize(start, Real(0), first_step);
    const auto derivative = [&](const State& state, State& result, const Real&) { result = velocity(state); };
    while (states.size() < times.size()) {
        const Real before = stepper.current_time();
        try {
            stepper.do_step(derivative);
        } catch (const odeint::odeint_error& error) {
            throw Unreachable(std::string("integrate_real_flow: the step size collapsed: ") + error.what());
        }
        if (stepper.current_time() == before) throw Unreachable("integrate_real_flow: the step size collapsed");
        while (states.size() < times.size() && times[states.size()] <= stepper.current_time()) {
            State state(start.size());
            stepper.calc_state(times[states.size()], state);
            states.push_back(std::move(state));
        }
    }
    return states;
}

}  // namespace ntk
