// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/flow/trajectory.hpp"

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

/// The Dormand–Prince pair with step control and dense output. In a step the dense output is a polynomial of degree 5
/// in time, of order 4.
inline auto make_dormand_prince(const FlowOptions& options) {
    namespace odeint = boost::numeric::odeint;
    using State = Eigen::VectorXd;
    using Stepper = odeint::runge_kutta_dopri5<State, double, State, double, odeint::vector_space_algebra>;
    // odeint takes 0 for no limit.
    const double longest = std::isfinite(options.longest_step) ? options.longest_step : 0;
    return odeint::make_dense_output(options.tolerance, options.tolerance, longest, Stepper());
}

/// The step to begin with. It follows the tolerance as the controlled ones do, so that two runs at different
/// tolerances differ from the start.
inline double first_dormand_prince_step(const FlowOptions& options) {
    const double first = options.first_step > 0 ? options.first_step : 1e-3 * std::pow(options.tolerance / 1e-9, 0.2);
    return std::min(first, options.longest_step);
}

}  // namespace ntk
