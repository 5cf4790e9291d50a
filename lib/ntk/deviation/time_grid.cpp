// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/time_grid.hpp"

#include "ntk/numeric/quadrature.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace ntk::deviation {
namespace {

/// -1, the 15 Kronrod nodes, 1: the interpolation nodes of a panel, with their barycentric weights.
struct InterpolationNodes {
    static constexpr std::size_t count = 17;
    std::array<double, count> nodes;
    std::array<double, count> weights;
};

const InterpolationNodes& interpolation_nodes() {
    static const InterpolationNodes made = [] {
        InterpolationNodes result{};
        result.nodes.front() = -1;
        std::copy(kronrod_15().nodes.begin(), kronrod_15().nodes.end(), result.nodes.begin() + 1);
        result.nodes.back() = 1;
        for (std::size_t i = 0; i < InterpolationNodes::count; ++i) {
            double product = 1;
            for (std::size_t j = 0; j < InterpolationNodes::count; ++j) {
                if (j != i) product *= result.nodes[i] - result.nodes[j];
            }
            result.weights[i] = 1 / product;
        }
        return result;
    }();
    return made;
}

/// The polynomial through the 17 values at x in [-1,1] (second barycentric form).
double interpolate(const Eigen::VectorXd& values, double x) {
    const InterpolationNodes& at = interpolation_nodes();
    double numerator = 0;
    double denominator = 0;
    for (std::size_t i = 0; i < InterpolationNodes::count; ++i) {
        const double distance = x - at.nodes[i];
        if (distance == 0) return values(static_cast<Eigen::Index>(i));
        numerator += at.weights[i] / distance * values(static_cast<Eigen::Index>(i));
        denominator += at.weights[i] / distance;
    }
    return numerator / denominator;
}

constexpr int samples = 64;  ///< of the interpolating polynomial per panel, where zeros and maxima are sought

double sample_point(int i) { return -1 + 2.0 * i / samples; }

/// The zeros of the interpolating polynomial at which it changes sign, in order.
std::vector<double> sign_changes(const Eigen::VectorXd& values) {
    std::vector<double> zeros;
    double left = -1;
    double left_value = interpolate(values, left);
    for (int i = 1; i <= samples; ++i) {
        const double right = sample_point(i);
        const double right_value = interpolate(values, right);
        if (left_value * right_value < 0) {
            double low = left, high = right;
            for (int step = 0; step < 60; ++step) {
                const double middle = (low + high) / 2;
                (interpolate(values, middle) * left_value > 0 ? low : high) = middle;
            }
            zeros.push_back((low + high) / 2);
        }
        left = right;
        left_value = right_value;
    }
    return zeros;
}

/// The error of the 15-node rule from its distance to the 7-node one. Where the integrand is resolved the distance is
/// far more than that error. Where it is not, 15 nodes may be as wrong as 7 and the distance is no bound: from 1e-4 of
/// the spread on, the integral of |integrand - mean|, the error grows faster, up to the whole spread at a hundredth of it.
double error_of_rule(double distance, double spread) {
    constexpr double resolved = 1e-4, lost = 0.01;
    if (!(distance > resolved * spread)) return distance;
    const double part = std::min(1.0, std::log(distance / (resolved * spread)) / std::log(lost / resolved));
    return std::max(distance, spread * std::pow(resolved, 1 - part));
}

std::vector<double> increasing_and_distinct(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::vector<double> distinct;
    for (const double time : times) {
        if (distinct.empty() || time > distinct.back()) distinct.push_back(time);
    }
    return distinct;
}

}  // namespace

TimeGrid::TimeGrid(std::vector<double> breakpoints) : breakpoints_(std::move(breakpoints)) {
    const bool increasing =
        std::adjacent_find(breakpoints_.begin(), breakpoints_.end(), std::greater_equal<>()) == breakpoints_.end();
    if (breakpoints_.size() < 2 || breakpoints_.front() != 0 || !increasing) {
        throw std::domain_error("TimeGrid: the breakpoints must increase strictly and start at 0");
    }
    times_.push_back(0);
    for (std::size_t panel = 0; panel < panel_count(); ++panel) {
        const double middle = (breakpoints_[panel] + breakpoints_[panel + 1]) / 2;
        for (const double node : kronrod_15().nodes) times_.push_back(middle + length(panel) / 2 * node);
        times_.push_back(breakpoints_[panel + 1]);
    }
}

TimeGrid TimeGrid::for_rate(double end, double rate, const std::vector<double>& wanted) {
    if (!(end > 0) || !(rate > 0)) throw std::domain_error("TimeGrid::for_rate: end and rate must be positive");
    std::vector<double> marks = {0, end};
    for (const double time : wanted) {
        if (time > 0 && time < end) marks.push_back(time);
    }
    // Short panels at the start show the first instants on logarithmic plots.
    for (const double fraction : {0.02, 0.05, 0.1, 0.25, 0.5, 1.0}) {
        if (fraction / rate < end) marks.push_back(fraction / rate);
    }
    marks = increasing_and_distinct(marks);
    constexpr double growth = 0.2;
    std::vector<double> breakpoints = {0};
    for (std::size_t i = 1; i < marks.size(); ++i) {
        // Between two marks: equal panels at first, then panels that grow with the time.
        for (double from = marks[i - 1]; from < marks[i];) {
            const double longest = std::max(2 / rate, growth * from);
            const double pieces = std::ceil((marks[i] - from) / longest);
            from = pieces <= 1 ? marks[i] : from + (marks[i] - from) / pieces;
            breakpoints.push_back(from);
        }
    }
    return TimeGrid(increasing_and_distinct(breakpoints));
}

Eigen::VectorXd TimeGrid::panel_values(std::size_t panel, const Eigen::VectorXd& values) const {
    return values.segment(static_cast<Eigen::Index>(panel * stride),
                          static_cast<Eigen::Index>(InterpolationNodes::count));
}

Measured TimeGrid::panel_integral(std::size_t panel, double rate, const Eigen::VectorXd& values) const {
    const KronrodRule& rule = kronrod_15();
    double fine = 0, coarse = 0;
    std::vector<double> terms;
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
        const std::size_t at = panel * stride + 1 + i;
        const double term =
            std::exp(-rate * (breakpoints_[panel + 1] - times_[at])) * values(static_cast<Eigen::Index>(at));
        terms.push_back(term);
        fine += rule.weights[i] * term;
        coarse += rule.gauss_weights[i] * term;
    }
    double spread = 0;
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
        spread += rule.weights[i] * std::abs(terms[i] - fine / 2);
    }
    const double half = length(panel) / 2;
    return {half * fine, half * error_of_rule(std::abs(fine - coarse), spread)};
}

double TimeGrid::panel_integral_of_absolute(std::size_t panel, double rate, const Eigen::VectorXd& values) const {
    const Eigen::VectorXd inside = panel_values(panel, values);
    std::vector<double> ends = sign_changes(inside);
    ends.insert(ends.begin(), -1);
    ends.push_back(1);
    const KronrodRule& rule = kronrod_15();
    double sum = 0;
    for (std::size_t piece = 0; piece + 1 < ends.size(); ++piece) {
        const double middle = (ends[piece] + ends[piece + 1]) / 2;
        const double half = (ends[piece + 1] - ends[piece]) / 2;
        for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
            const double x = middle + half * rule.nodes[i];
            const double damping = std::exp(-rate * length(panel) / 2 * (1 - x));
            sum += half * rule.weights[i] * damping * std::abs(interpolate(inside, x));
        }
    }
    return length(panel) / 2 * sum;
}

std::vector<Measured> TimeGrid::damped_integral(double rate, const Eigen::VectorXd& values) const {
    std::vector<Measured> result = {{0, 0}};
    for (std::size_t panel = 0; panel < panel_count(); ++panel) {
        const double damping = std::exp(-rate * length(panel));
        const Measured added = panel_integral(panel, rate, values);
        result.push_back({damping * result.back().value + added.value, damping * result.back().error + added.error});
    }
    return result;
}

std::vector<Measured> TimeGrid::damped_integral_of_absolute(double rate, const Eigen::VectorXd& values) const {
    std::vector<Measured> result = {{0, 0}};
    for (std::size_t panel = 0; panel < panel_count(); ++panel) {
        const double damping = std::exp(-rate * length(panel));
        const double added = panel_integral_of_absolute(panel, rate, values);
        // The split pieces are smooth, so the error is that of the signed integrand on the whole panel.
        const double error = panel_integral(panel, rate, values).error;
        result.push_back({damping * result.back().value + added, damping * result.back().error + error});
    }
    return result;
}

std::vector<Measured> TimeGrid::running_supremum(const Eigen::VectorXd& values) const {
    double fine = std::abs(values(0)), coarse = fine;
    std::vector<Measured> result = {{fine, 0}};
    for (std::size_t panel = 0; panel < panel_count(); ++panel) {
        const Eigen::VectorXd inside = panel_values(panel, values);
        for (int i = 0; i <= samples; ++i) {
            const double size = std::abs(interpolate(inside, sample_point(i)));
            fine = std::max(fine, size);
            if (i % 2 == 0) coarse = std::max(coarse, size);
        }
        result.push_back({fine, fine - coarse});
    }
    return result;
}

}  // namespace ntk::deviation
