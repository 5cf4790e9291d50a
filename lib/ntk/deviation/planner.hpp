// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/bound_terms.hpp"

#include <array>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// How wide a network and how large a sample must be for a bound known before training to be informative at a time:
/// below (1-e^{-mu t})|c(0)|, what separates the damped prediction from "nothing learned" (lib/ntk/bounds.md,
/// "Planner"). Nothing here trains a network. Widths and sample sizes are doubles, as they can be infinite.
namespace ntk::deviation {

/// best: the smallest of all that are known before training. basic, hessian, pairs: U4 with that form of drift and
/// remainder, pairs with the smaller of (A2) and (A2l2).
enum class PlannedBound { best, basic, hessian, pairs, linear_split };
constexpr std::array<PlannedBound, 5> planned_bounds = {PlannedBound::best, PlannedBound::basic, PlannedBound::hessian,
                                                        PlannedBound::pairs, PlannedBound::linear_split};
/// "best", "basic", "H", "A2", "linear-split", as on the command line.
std::string to_string(PlannedBound bound);
/// The forms of drift and remainder in it; all for `best` and `linear_split`.
std::vector<DriftForm> forms_of(PlannedBound bound);

struct PlanQuestion {
    PlannedBound bound = PlannedBound::best;
    double time = 0;                    ///< > 0
    double failure_probability = 0.05;  ///< of everything random in a plan together, in (0,1)
};

/// The bound of one probe at one width and sample size.
struct PlannedProbe {
    ZonalProbe probe;
    Measured eigenvalue;
    double coefficient;  ///< c(0)
    double needed;       ///< (1-e^{-mu t})|c(0)|
    BoundTerms terms;
    std::string line;  ///< which bound it is

    /// The bound with its error over `needed`: informative below 1. Infinite for c(0) = 0.
    double ratio() const;
    /// The largest term, with its share of the bound.
    std::pair<std::string, double> dominating() const;
};

struct PlanPoint {
    double width;
    double samples;
    std::vector<PlannedProbe> probes;

    /// Every probe's bound is below what is needed.
    bool informative() const { return worst().ratio() < 1; }
    /// The probe with the largest ratio. std::logic_error without probes.
    const PlannedProbe& worst() const;
};

/// What was found among the multiples of a step up to a limit.
struct PlanSearch {
    std::optional<PlanPoint> found;      ///< informative
    std::optional<PlanPoint> before;     ///< one step below, if there is one
    PlanPoint last;                      ///< where the search ended: `found`, or the limit
    std::vector<double> failing_beyond;  ///< which of the next two multiples are not informative after all
};

/// Where the answer changes from no to yes among the multiples of `step`: the first doubling that is informative with
/// the two doublings after it (one alone can be luck of a small sample), then bisection, then on past neighbours that
/// fail, until a multiple and the next two are informative. It is the smallest of all if the bound falls in this
/// direction; for a network that is drawn that is no theorem, and a multiple that bisection has skipped may be
/// informative too. limit >= step > 0, else std::domain_error.
PlanSearch search_multiples(const std::function<PlanPoint(double)>& at, double step, double limit);

struct PlanLimits {
    double width_step = 2;  ///< 2 for an antisymmetric start
    double largest_width = 0;
    double largest_samples = 0;
    double largest_product = std::numeric_limits<double>::infinity();  ///< of width and a finite sample size
    std::optional<double> width = {};                                  ///< nothing: to be found
    std::optional<double> samples = {};  ///< nothing: infinite for the width, and then to be found
};

/// First the width, with the sample that is given or an infinite one; then the sample size, at the width that is given
/// or else at twice the one that was found: with that itself an infinite sample leaves nothing for a finite one to
/// spend. Both given: one evaluation, as a search with one multiple.
struct Plan {
    std::optional<PlanSearch> width;
    std::optional<PlanSearch> samples;

    bool reached() const;
    /// What a user takes: the last point of the last search.
    const PlanPoint& result() const { return samples ? samples->last : width->last; }
};
Plan make_plan(const std::function<PlanPoint(double width, double samples)>& at, const PlanLimits& limits);

}  // namespace ntk::deviation
