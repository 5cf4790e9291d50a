// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/kink_flow.hpp"

#include "ntk/flow/chatter_watch.hpp"
#include "ntk/flow/dormand_prince_stepper.hpp"
#include "ntk/flow/first_descent.hpp"
#include "ntk/flow/kink_contact.hpp"
#include "ntk/flow/network_flow.hpp"
#include "ntk/flow/piecewise_linear_flow.hpp"
#include "ntk/flow/recorder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace ntk {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// A pair whose z goes through zero in a step.
struct Crossing {
    double time;
    Eigen::Index neuron;
    Eigen::Index point;
};

/// What of z_lj is rounding, for all points of neurons first, ..., first + count - 1.
Eigen::VectorXd rounding_band(const PiecewiseLinearFlow& flow, const Eigen::VectorXd& theta, Eigen::Index first,
                              Eigen::Index count) {
    const NetworkShape& shape = flow.shape();
    const Eigen::Map<const Eigen::MatrixXd> inner(theta.data() + shape.weights_at(), shape.width, flow.points().rows());
    const double longest = std::sqrt(flow.points().colwise().squaredNorm().maxCoeff());
    return 16 * static_cast<double>(shape.dim + 5) * epsilon * longest *
           inner.middleRows(first, count).rowwise().norm();
}

/// The crossings of the polynomial through six equidistant states of a step, each pair's first.
std::vector<Crossing> crossings(const PiecewiseLinearFlow& flow, const std::array<Eigen::VectorXd, 6>& states,
                                double from, double length) {
    std::vector<std::vector<Crossing>> found(static_cast<std::size_t>(flow.block_count()));
    flow.for_blocks([&](int block, Eigen::Index first, Eigen::Index count) {
        const auto sides = flow.sides().middleCols(first, count).array();
        std::array<Eigen::ArrayXXd, 6> values;
        for (std::size_t i = 0; i < states.size(); ++i) {
            values[i] = sides * flow.preactivations(states[i], first, count).array();
        }
        const std::array<Eigen::ArrayXXd, 6> coefficients = bernstein_coefficients(values);
        const Eigen::VectorXd band = rounding_band(flow, states.front(), first, count)
                                         .cwiseMax(rounding_band(flow, states.back(), first, count));
        Eigen::ArrayXXd least = coefficients[0];
        for (const Eigen::ArrayXXd& c : coefficients) least = least.min(c);
        for (Eigen::Index l = 0; l < count; ++l) {
            for (Eigen::Index j = 0; j < least.rows(); ++j) {
                if (least(j, l) >= -band(l)) continue;
                Quintic quintic{};
                for (std::size_t i = 0; i < quintic.size(); ++i) quintic[i] = coefficients[i](j, l);
                // Times are rounded, too, and z with them.
                const auto [smallest, largest] = std::minmax_element(quintic.begin(), quintic.end());
                const double by_time = 4 * epsilon * (std::abs(from) / length + 1) * (*largest - *smallest);
                if (const std::optional<double> s = first_descent(quintic, band(l) + by_time)) {
                    found[static_cast<std::size_t>(block)].push_back({from + *s * length, first + l, j});
                }
            }
        }
    });
    std::vector<Crossing> all;
    for (const std::vector<Crossing>& some : found) all.insert(all.end(), some.begin(), some.end());
    return all;
}

/// The neuron at all kinks that its z cannot be told from.
KinkContact contact_of(const PiecewiseLinearFlow& flow, const Eigen::VectorXd& theta, Eigen::Index neuron) {
    const Eigen::VectorXd z = flow.preactivations(theta, neuron, 1);
    const double band = rounding_band(flow, theta, neuron, 1)(0);
    KinkContact contact;
    contact.neuron = neuron;
    for (Eigen::Index j = 0; j < z.size(); ++j) {
        if (std::abs(z(j)) <= band) contact.points.push_back(j);
    }
    return contact;
}

/// Sides by the signs of z, on kinks by the rule for starts.
std::optional<Sliding> set_first_sides(PiecewiseLinearFlow& flow, const Eigen::VectorXd& start, double time) {
    std::vector<KinkContact> contacts;
    for (Eigen::Index l = 0; l < flow.shape().width; ++l) {
        const Eigen::VectorXd z = flow.preactivations(start, l, 1);
        for (Eigen::Index j = 0; j < z.size(); ++j) flow.set_side(j, l, z(j) >= 0 ? 1.0 : -1.0);
        KinkContact contact = contact_of(flow, start, l);
        contact.arriving = false;
        if (!contact.points.empty()) contacts.push_back(std::move(contact));
    }
    if (contacts.empty()) return std::nullopt;
    const Eigen::VectorXd errors = flow.weighted_errors(start);
    for (const KinkContact& contact : contacts) {
        if (std::optional<Sliding> stop = resolve(flow, start, errors, contact)) {
            stop->time = time;
            return stop;
        }
    }
    return std::nullopt;
}

/// Takes the neurons that cross at `time` over their kinks and counts the sides that change.
std::optional<Sliding> cross(PiecewiseLinearFlow& flow, const Eigen::VectorXd& theta, double time,
                             const std::vector<Crossing>& crossing, ChatterWatch& watch, long& events) {
    const Eigen::VectorXd errors = flow.weighted_errors(theta);
    // The order of `crossing` keeps the pairs of a neuron together.
    for (std::size_t i = 0; i < crossing.size(); ++i) {
        const Eigen::Index l = crossing[i].neuron;
        if (i > 0 && crossing[i - 1].neuron == l) continue;
        KinkContact contact = contact_of(flow, theta, l);
        for (std::size_t k = i; k < crossing.size() && crossing[k].neuron == l; ++k) {
            const auto place = std::lower_bound(contact.points.begin(), contact.points.end(), crossing[k].point);
            if (place == contact.points.end() || *place != crossing[k].point) {
                contact.points.insert(place, crossing[k].point);
            }
        }
        const Eigen::VectorXd before = flow.sides().col(l);
        std::optional<Sliding> stop = resolve(flow, theta, errors, contact);
        if (!stop && watch.add(l, time)) {
            stop = normal_speeds(flow, theta, errors, l, contact.points.front());
            stop->reason = KinkStop::chattering;
        }
        if (stop) {
            stop->time = time;
            return stop;
        }
        events += (flow.sides().col(l) - before).cwiseAbs().cast<long>().sum() / 2;
    }
    return std::nullopt;
}

}  // namespace

bool has_velocity_jumps(const Activation& activation) { return PiecewiseLinearFlow::applies_to(activation); }

Trajectory integrate_kink_flow(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                               const Eigen::VectorXd& weights, const FlowOptions& options) {
    require_valid(NetworkFlow(network, labels, weights), start, options);
    if (!start.allFinite()) throw std::domain_error("gradient flow: a parameter of the start is not finite");
    PiecewiseLinearFlow flow(network, labels, weights);
    Trajectory trajectory;
    trajectory.integrator = "Dormand-Prince 5(4), dense output, kinks located";
    trajectory.tolerance = options.tolerance;
    double last_good = options.start_time;
    const auto velocity = [&](const Eigen::VectorXd& theta, Eigen::VectorXd& derivative, double time) {
        derivative = flow.velocity(theta);
        ++trajectory.evaluations;
        if (!derivative.allFinite()) stop_flow(time, "the velocity is not finite", last_good);
    };
    const double end = options.record_times.back();
    const double duration = end - options.start_time;
    const double first_step = first_dormand_prince_step(options);
    trajectory.next_step = first_step;
    trajectory.sliding = set_first_sides(flow, start, options.start_time);
    if (trajectory.sliding) return trajectory;
    auto stepper = make_dormand_prince(options);
    stepper.initialize(start, options.start_time, duration > 0 ? std::min(first_step, duration) : first_step);
    Recorder recorder(options, trajectory);
    ChatterWatch watch(flow.shape().width, flow.points().cols(), duration);
    const auto state_at = [&](double time) {
        Eigen::VectorXd state(start.size());
        stepper.calc_state(time, state);
        return state;
    };
    recorder.record_until(options.start_time, [&](double) { return start; });
    while (!recorder.done()) {
        const double before = stepper.current_time();
        try {
            stepper.do_step(velocity);
        } catch (const boost::numeric::odeint::odeint_error& error) {
            stop_flow(before, std::string("the step size collapsed (") + error.what() + ")", before);
        }
        ++trajectory.steps;
        trajectory.next_step = stepper.current_time_step();
        // Steps this short would never reach the end.
        if (trajectory.next_step < 1e-13 * duration) stop_flow(before, "the step size collapsed", before);
        const double after = stepper.current_time();
        if (!stepper.current_state().allFinite()) stop_flow(after, "a parameter is not finite", before);
        const double length = after - before;
        std::array<Eigen::VectorXd, 6> states;
        for (std::size_t i = 0; i < 5; ++i) states[i] = state_at(before + static_cast<double>(i) / 5 * length);
        states[5] = stepper.current_state();
        std::vector<Crossing> crossing = crossings(flow, states, before, length);
        std::erase_if(crossing, [&](const Crossing& one) { return one.time > end; });
        if (crossing.empty()) {
            last_good = after;
            recorder.record_until(after, state_at);
        } else {
            const double time = std::min_element(crossing.begin(), crossing.end(), [](const auto& x, const auto& y) {
                                    return x.time < y.time;
                                })->time;
            const double together = time + 4 * epsilon * (std::abs(time) + length);
            std::erase_if(crossing, [&](const Crossing& one) { return one.time > together; });
            const Eigen::VectorXd state = state_at(time);
            ++trajectory.evaluations;
            trajectory.sliding = cross(flow, state, time, crossing, watch, trajectory.events);
            last_good = time;
            if (trajectory.sliding) {
                recorder.record_until(std::nextafter(time, -std::numeric_limits<double>::infinity()), state_at);
                return trajectory;
            }
            recorder.record_until(time, state_at);
            stepper.initialize(state, time, trajectory.next_step);
        }
        if (options.progress) options.progress(std::min(stepper.current_time(), end), trajectory.evaluations);
    }
    return trajectory;
}

}  // namespace ntk
