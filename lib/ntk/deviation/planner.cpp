// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/planner.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>

namespace ntk::deviation {

std::string to_string(PlannedBound bound) {
    switch (bound) {
        case PlannedBound::best:
            return "best";
        case PlannedBound::basic:
            return "basic";
        case PlannedBound::hessian:
            return "H";
        case PlannedBound::pairs:
            return "A2";
        case PlannedBound::linear_split:
            return "linear-split";
    }
    throw std::logic_error("unknown bound of a plan");
}

std::vector<DriftForm> forms_of(PlannedBound bound) {
    switch (bound) {
        case PlannedBound::basic:
            return {DriftForm::basic};
        case PlannedBound::hessian:
            return {DriftForm::hessian};
        case PlannedBound::pairs:
            return {DriftForm::pairs, DriftForm::pairs_l2};
        case PlannedBound::best:
        case PlannedBound::linear_split:
            return {drift_forms.begin(), drift_forms.end()};
    }
    throw std::logic_error("unknown bound of a plan");
}

double PlannedProbe::ratio() const {
    const Measured bound = terms.sum();
    // Rounding of what is needed.
    return needed > 0 ? (bound.value + bound.error) / needed * (1 + 1e-14) : std::numeric_limits<double>::infinity();
}

std::pair<std::string, double> PlannedProbe::dominating() const {
    std::pair<std::string, double> largest{"", -1};
    for (const auto& [name, term] : terms.named()) {
        if (term.value > largest.second) largest = {name, term.value};
    }
    const double total = terms.sum().value;
    return {largest.first, std::isinf(largest.second) ? 1 : total > 0 ? std::min(largest.second / total, 1.0) : 0};
}

const PlannedProbe& PlanPoint::worst() const {
    if (probes.empty()) throw std::logic_error("PlanPoint: no probe");
    return *std::max_element(probes.begin(), probes.end(),
                             [](const PlannedProbe& a, const PlannedProbe& b) { return a.ratio() < b.ratio(); });
}

namespace {

/// Evaluations at multiples of a step, each made once.
class Multiples {
public:
    Multiples(const std::function<PlanPoint(double)>& at, double step, double limit)
        : at_(at), step_(step), most_(std::floor(limit / step)) {}

    double most() const { return most_; }
    bool informative(double count) { return point(count).informative(); }
    const PlanPoint& point(double count) {
        const auto found = known_.find(count);
        return found != known_.end() ? found->second : known_.emplace(count, at_(count * step_)).first->second;
    }
    /// Whether it is informative there and at the next `doublings` doublings below the limit.
    bool lasts(double count, int doublings) {
        for (int i = 0; i <= doublings && count <= most_; ++i, count *= 2) {
            if (!informative(count)) return false;
        }
        return true;
    }
    /// The first of the next two multiples that is not informative, or 0.
    double failing_neighbour(double count) {
        for (const double beyond : {count + 1, count + 2}) {
            if (beyond <= most_ && !informative(beyond)) return beyond;
        }
        return 0;
    }

private:
    const std::function<PlanPoint(double)>& at_;
    double step_, most_;
    std::map<double, PlanPoint> known_;
};

}  // namespace

PlanSearch search_multiples(const std::function<PlanPoint(double)>& at, double step, double limit) {
    if (!(step > 0) || !(limit >= step)) {
        throw std::domain_error("search_multiples: step = " + std::to_string(step) +
                                ", limit = " + std::to_string(limit) + ": expected 0 < step <= limit");
    }
    constexpr int doublings = 2, most_moves = 32;
    Multiples multiples(at, step, limit);
    double low = 0, high = 1;
    while (high < multiples.most() && !multiples.lasts(high, doublings)) {
        low = high;
        high = std::min(2 * high, multiples.most());
    }
    if (!multiples.informative(high)) return {std::nullopt, std::nullopt, multiples.point(high), {}};
    while (high - low > 1) {
        const double middle = std::floor((low + high) / 2);
        (multiples.informative(middle) ? high : low) = middle;
    }
    for (int moves = 0; moves < most_moves; ++moves) {
        const double failing = multiples.failing_neighbour(high);
        if (failing == 0 || failing == multiples.most()) break;
        high = failing + 1;
        while (high < multiples.most() && !multiples.informative(high)) ++high;
    }
    const PlanPoint last = multiples.point(high);
    PlanSearch result{std::nullopt, std::nullopt, last, {}};
    if (!last.informative()) return result;
    result.found = last;
    if (high > 1) result.before = multiples.point(high - 1);
    for (const double beyond : {high + 1, high + 2}) {
        if (beyond <= multiples.most() && !multiples.informative(beyond)) {
            result.failing_beyond.push_back(beyond * step);
        }
    }
    return result;
}

bool Plan::reached() const { return (!width || width->found) && (!samples || samples->found); }

Plan make_plan(const std::function<PlanPoint(double width, double samples)>& at, const PlanLimits& limits) {
    Plan plan;
    if (limits.width && limits.samples) {
        plan.width = search_multiples([&](double m) { return at(m, *limits.samples); }, *limits.width, *limits.width);
        return plan;
    }
    double width = limits.width.value_or(0);
    if (!limits.width) {
        const double samples = limits.samples.value_or(std::numeric_limits<double>::infinity());
        plan.width =
            search_multiples([&](double m) { return at(m, samples); }, limits.width_step, limits.largest_width);
        if (!plan.width->found || limits.samples) return plan;
        width = std::min(2 * plan.width->found->width,
                         std::floor(limits.largest_width / limits.width_step) * limits.width_step);
    }
    const double largest = std::min(limits.largest_samples, limits.largest_product / width);
    plan.samples = search_multiples([&](double n) { return at(width, n); }, 1, std::max(largest, 1.0));
    return plan;
}

}  // namespace ntk::deviation
