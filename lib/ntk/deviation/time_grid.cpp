// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/time_grid.hpp"

#include "ntk/numeric/quadrature.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ntk::deviation {
namespace {

constexpr std::size_t values_of_panel = 17;  ///< at -1, the 15 Kronrod nodes and 1

constexpr int samples = 64;  ///< of the interpolating polynomial per panel, where zeros and maxima are sought

double sample_point(int i) { return -1 + 2.0 * i / samples; }

/// The polynomial through every `step`-th value of a panel (second barycentric form).
class Interpolation {
public:
    explicit Interpolation(std::size_t step) {
        for (std::size_t place = 0; place < values_of_panel; place += step) {
            places_.push_back(static_cast<Eigen::Index>(place));
            nodes_.push_back(place == 0 ? -1 : place + 1 == values_of_panel ? 1 : kronrod_15().nodes[place - 1]);
        }
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            double product = 1;
            for (std::size_t j = 0; j < nodes_.size(); ++j) {
                if (j != i) product *= nodes_[i] - nodes_[j];
            }
            weights_.push_back(1 / product);
        }
        at_samples_.resize(samples + 1, static_cast<Eigen::Index>(values_of_panel));
        for (Eigen::Index place = 0; place < at_samples_.cols(); ++place) {
            const Eigen::VectorXd unit = Eigen::VectorXd::Unit(at_samples_.cols(), place);
            for (int i = 0; i <= samples; ++i) at_samples_(i, place) = at(unit, sample_point(i));
        }
    }

    /// Its value at x in [-1,1], from all values of the panel.
    double at(const Eigen::VectorXd& values, double x) const {
        double numerator = 0;
        double denominator = 0;
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            const double distance = x - nodes_[i];
            if (distance == 0) return values(places_[i]);
            numerator += weights_[i] / distance * values(places_[i]);
            denominator += weights_[i] / distance;
        }
        return numerator / denominator;
    }

    /// Its values at all sample points: they are linear in those of the panel.
    Eigen::ArrayXd at_samples(const Eigen::VectorXd& values) const { return at_samples_ * values; }

private:
    std::vector<Eigen::Index> places_;  ///< of the nodes among the values of a panel
    std::vector<double> nodes_;
    std::vector<double> weights_;
    Eigen::MatrixXd at_samples_;
};

/// Through all nodes of a panel.
const Interpolation& interpolation() {
    static const Interpolation made(1);
    return made;
}

/// Through both ends and the 7 Gauss nodes.
const Interpolation& coarse_interpolation() {
    static const Interpolation made(2);
    return made;
}

/// The zeros of the interpolating polynomial at which it changes sign, in order.
std::vector<double> sign_changes(const Eigen::VectorXd& values) {
    std::vector<double> zeros;
    const Eigen::ArrayXd seen = interpolation().at_samples(values);
    for (int i = 0; i < samples; ++i) {
        if (!(seen(i) * seen(i + 1) < 0)) continue;
        double low = sample_point(i), high = sample_point(i + 1);
        for (int step = 0; step < 60; ++step) {
            const double middle = (low + high) / 2;
            (interpolation().at(values, middle) * seen(i) > 0 ? low : high) = middle;
        }
        zeros.push_back((low + high) / 2);
    }
    return zeros;
}

/// The error of a rule with all nodes of a panel from its distance to the same rule with every second one. Where the
/// function is resolved the distance is far more than that error. Where it is not, all nodes may be as wrong as half of
/// them and the distance is no bound: from 1e-4 of the spread on, the size of |function - mean|, the error grows
/// faster, up to the whole spread at a hundredth of it.
double error_of_rule(double distance, double spread) {
    constexpr double resolved = 1e-4, lost = 0.01;
    if (!(distance > resolved * spread)) return distance;
    const double part = std::min(1.0, std::log(distance / (resolved * spread)) / std::log(lost / resolved));
    return std::max(distance, spread * std::pow(resolved, 1 - part));
}

/// sup |values| over a panel, from its interpolating polynomial at sampled points. The error: what half of the points
/// would miss, and the distance to the polynomial through every second node, as for the integrals.
Measured panel_supremum(const Eigen::VectorXd& values) {
    const Eigen::ArrayXd seen = interpolation().at_samples(values);
    const double fine = seen.abs().maxCoeff();
    double coarse = 0;
    for (int i = 0; i <= samples; i += 2) coarse = std::max(coarse, std::abs(seen(i)));
    const double distance = (seen - coarse_interpolation().at_samples(values)).abs().maxCoeff();
    const double spread = (seen - values.mean()).abs().maxCoeff();
    return {fine, fine - coarse + error_of_rule(distance, spread)};
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
    return values.segment(static_cast<Eigen::Index>(panel * stride), static_cast<Eigen::Index>(values_of_panel));
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
            sum += half * rule.weights[i] * damping * std::abs(interpolation().at(inside, x));
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
    // Between these the supremum lies; a panel that is badly resolved widens them only where it matters.
    double low = std::abs(values(0)), found = low, high = low;
    std::vector<Measured> result = {{found, 0}};
    for (std::size_t panel = 0; panel < panel_count(); ++panel) {
        const Measured here = panel_supremum(panel_values(panel, values));
        low = std::max(low, here.value - here.error);
        found = std::max(found, here.value);
        high = std::max(high, here.value + here.error);
        result.push_back({found, std::max(high - found, found - low)});
    }
    return result;
}

}  // namespace ntk::deviation
