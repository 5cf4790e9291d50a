// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/kink_contact.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace ntk {
namespace {

constexpr std::size_t most_enumerated = 10;
constexpr int most_iterations = 100;
constexpr double rounding_units = 64 * std::numeric_limits<double>::epsilon();
constexpr double parallel_within = 1e-13;

/// Points with parallel x~: one kink. Its side is that of its first point.
struct Kink {
    std::vector<Eigen::Index> points;
    std::vector<double> orientations;  ///< +1 or -1 against the first point
};

std::vector<Kink> grouped(const Eigen::MatrixXd& points, const std::vector<Eigen::Index>& wanted) {
    std::vector<Kink> kinks;
    for (const Eigen::Index point : wanted) {
        const auto parallel = std::find_if(kinks.begin(), kinks.end(), [&](const Kink& kink) {
            const auto first = points.col(kink.points.front());
            const double factor = first.dot(points.col(point)) / first.squaredNorm();
            return (points.col(point) - factor * first).norm() <= parallel_within * points.col(point).norm();
        });
        if (parallel == kinks.end()) {
            kinks.push_back({{point}, {1.0}});
            continue;
        }
        const double product = points.col(parallel->points.front()).dot(points.col(point));
        parallel->points.push_back(point);
        parallel->orientations.push_back(product > 0 ? 1.0 : -1.0);
    }
    return kinks;
}

/// v_l' as a function of the sides of the kinks of one neuron.
class NeuronVelocity {
public:
    NeuronVelocity(const PiecewiseLinearFlow& flow, const Eigen::VectorXd& theta, const Eigen::VectorXd& errors,
                   const KinkContact& contact)
        : flow_(flow), errors_(errors), kinks_(grouped(flow.points(), contact.points)) {
        const Eigen::Index l = contact.neuron;
        Eigen::VectorXd factors(errors.size());
        for (Eigen::Index j = 0; j < errors.size(); ++j) factors(j) = errors(j) * flow.slope(flow.sides()(j, l));
        output_weight_ = theta(flow.shape().output_weights_at() + l);
        if (output_weight_ == 0) {
            const Eigen::VectorXd z = flow.preactivations(theta, l, 1);
            output_weight_ = flow.scale() * factors.dot(z);
        }
        for (const Eigen::Index j : contact.points) factors(j) = 0;
        elsewhere_ = flow.points() * factors;
        const Eigen::VectorXd lengths = flow.points().colwise().norm();
        const double steepest = std::max(std::abs(flow.slope(1)), std::abs(flow.slope(-1)));
        for (const Kink& kink : kinks_) {
            zero_.push_back(rounding_units * std::abs(output_weight_) * flow.scale() * steepest *
                            errors.cwiseAbs().dot(lengths) * lengths(kink.points.front()));
            sides_.push_back(flow.sides()(kink.points.front(), l));
        }
    }

    const std::vector<Kink>& kinks() const { return kinks_; }
    /// The sides that are set now.
    const std::vector<double>& sides() const { return sides_; }

    /// z' at the first point of each kink, with 0 for what is rounding. A side of 0 has the mean slope.
    std::vector<double> speeds(const std::vector<double>& sides) const {
        Eigen::VectorXd sum = elsewhere_;
        for (std::size_t k = 0; k < kinks_.size(); ++k) {
            for (std::size_t i = 0; i < kinks_[k].points.size(); ++i) {
                const Eigen::Index j = kinks_[k].points[i];
                const double side = sides[k] * kinks_[k].orientations[i];
                const double slope = side == 0 ? (flow_.slope(1) + flow_.slope(-1)) / 2 : flow_.slope(side);
                sum += slope * errors_(j) * flow_.points().col(j);
            }
        }
        sum *= output_weight_ * flow_.scale();
        std::vector<double> found;
        for (std::size_t k = 0; k < kinks_.size(); ++k) {
            const double speed = sum.dot(flow_.points().col(kinks_[k].points.front()));
            found.push_back(std::abs(speed) <= zero_[k] ? 0.0 : speed);
        }
        return found;
    }

private:
    const PiecewiseLinearFlow& flow_;
    const Eigen::VectorXd& errors_;
    std::vector<Kink> kinks_;
    double output_weight_ = 0;   ///< a_l, or what it becomes
    Eigen::VectorXd elsewhere_;  ///< the points that are not in contact
    std::vector<double> zero_;   ///< rounding of the speeds
    std::vector<double> sides_;
};

struct Decision {
    std::optional<KinkStop> stop;
    std::vector<double> sides;
};

/// One kink, arriving at it on a side.
Decision at_crossing(const NeuronVelocity& velocity) {
    const double side = velocity.sides().front();
    if (side * velocity.speeds({-side}).front() <= 0) return {std::nullopt, {-side}};
    if (side * velocity.speeds({side}).front() < 0) return {KinkStop::sliding, {}};
    return {std::nullopt, {side}};
}

Decision among_all_patterns(const NeuronVelocity& velocity) {
    const std::size_t count = velocity.kinks().size();
    std::vector<std::vector<double>> strict, weak;
    bool at_rest = true;
    for (std::size_t code = 0; code < std::size_t{1} << count; ++code) {
        std::vector<double> sides(count);
        for (std::size_t k = 0; k < count; ++k) sides[k] = (code >> k & 1U) != 0 ? 1.0 : -1.0;
        const std::vector<double> speeds = velocity.speeds(sides);
        double smallest = std::numeric_limits<double>::infinity();
        for (std::size_t k = 0; k < count; ++k) {
            smallest = std::min(smallest, sides[k] * speeds[k]);
            if (speeds[k] != 0) at_rest = false;
        }
        if (smallest > 0) strict.push_back(sides);
        if (smallest >= 0) weak.push_back(sides);
    }
    if (at_rest) return {std::nullopt, velocity.sides()};
    const auto& candidates = strict.empty() ? weak : strict;
    if (candidates.empty()) return {KinkStop::sliding, {}};
    if (candidates.size() > 1) return {KinkStop::ambiguous, {}};
    return {std::nullopt, candidates.front()};
}

Decision by_iteration(const NeuronVelocity& velocity) {
    std::vector<double> sides(velocity.kinks().size(), 0.0);
    for (int iteration = 0; iteration < most_iterations; ++iteration) {
        const std::vector<double> speeds = velocity.speeds(sides);
        std::vector<double> next(sides.size());
        for (std::size_t k = 0; k < sides.size(); ++k) next[k] = speeds[k] == 0 ? 0 : std::copysign(1.0, speeds[k]);
        // A neuron without any velocity rests where it is.
        if (std::all_of(next.begin(), next.end(), [](double side) { return side == 0; })) {
            return {std::nullopt, velocity.sides()};
        }
        if (next == sides) break;
        sides = std::move(next);
    }
    const std::vector<double> speeds = velocity.speeds(sides);
    for (std::size_t k = 0; k < sides.size(); ++k) {
        if (!(sides[k] * speeds[k] > 0)) return {KinkStop::ambiguous, {}};
    }
    return {std::nullopt, sides};
}

}  // namespace

std::optional<Sliding> resolve(PiecewiseLinearFlow& flow, const Eigen::VectorXd& theta, const Eigen::VectorXd& errors,
                               const KinkContact& contact) {
    const NeuronVelocity velocity(flow, theta, errors, contact);
    const std::vector<Kink>& kinks = velocity.kinks();
    const Decision decision = contact.arriving && kinks.size() == 1 ? at_crossing(velocity)
                              : kinks.size() <= most_enumerated     ? among_all_patterns(velocity)
                                                                    : by_iteration(velocity);
    if (decision.stop) {
        Sliding stop = normal_speeds(flow, theta, errors, contact.neuron, contact.points.front());
        stop.reason = *decision.stop;
        return stop;
    }
    for (std::size_t k = 0; k < kinks.size(); ++k) {
        for (std::size_t i = 0; i < kinks[k].points.size(); ++i) {
            flow.set_side(kinks[k].points[i], contact.neuron, decision.sides[k] * kinks[k].orientations[i]);
        }
    }
    return std::nullopt;
}

Sliding normal_speeds(const PiecewiseLinearFlow& flow, const Eigen::VectorXd& theta, const Eigen::VectorXd& errors,
                      Eigen::Index neuron, Eigen::Index point) {
    const NeuronVelocity velocity(flow, theta, errors, {neuron, {point}, true});
    Sliding found;
    found.neuron = neuron;
    found.point = point;
    found.negative_speed = velocity.speeds({-1.0}).front();
    found.positive_speed = velocity.speeds({1.0}).front();
    return found;
}

}  // namespace ntk
