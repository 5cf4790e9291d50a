// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/verdict.hpp"

#include <Eigen/Core>

#include <vector>

namespace ntk::deviation {

using ledger::Measured;

/// A partition 0 = t_0 < t_1 < ... < t_M of time into panels, each with the 15 Gauss–Kronrod nodes and its right end.
/// Quantities are known at all of these times; integrals and suprema up to each t_i follow with estimates of their
/// errors (numerics.md, "Integrals and suprema over time").
class TimeGrid {
public:
    /// breakpoints: increasing, starting at 0, at least two; else std::domain_error.
    explicit TimeGrid(std::vector<double> breakpoints);

    /// A grid up to `end` for paths that are mixtures of decays no faster than e^{-rate t}, with the given times among
    /// its breakpoints and a few short panels at the start: a panel that starts at t has length at most max(2/rate,
    /// t/5), since what decays faster than that has gone by then. O(log(rate end)) panels.
    static TimeGrid for_rate(double end, double rate, const std::vector<double>& wanted);

    /// All times at which quantities must be known, increasing, starting at 0.
    const std::vector<double>& times() const { return times_; }
    /// t_0, ..., t_M.
    const std::vector<double>& breakpoints() const { return breakpoints_; }
    /// The place of t_i in times().
    std::size_t place(std::size_t breakpoint) const { return breakpoint * stride; }

    /// int_0^{t_i} e^{-rate (t_i - s)} values(s) ds for every i; the error is the difference of the 15-node and the
    /// 7-node rule, summed over panels.
    std::vector<Measured> damped_integral(double rate, const Eigen::VectorXd& values) const;
    /// The same for |values|; panels are split where the interpolating polynomial changes its sign.
    std::vector<Measured> damped_integral_of_absolute(double rate, const Eigen::VectorXd& values) const;
    /// sup_{s <= t_i} |values(s)| over the continuum, from the interpolating polynomial of each panel; the error comes
    /// from its change under a coarser sampling and from its distance to the polynomial through every second node.
    std::vector<Measured> running_supremum(const Eigen::VectorXd& values) const;

private:
    static constexpr std::size_t stride = 16;  ///< 15 nodes and a right end per panel

    std::size_t panel_count() const { return breakpoints_.size() - 1; }
    double length(std::size_t panel) const { return breakpoints_[panel + 1] - breakpoints_[panel]; }
    Eigen::VectorXd panel_values(std::size_t panel, const Eigen::VectorXd& values) const;
    Measured panel_integral(std::size_t panel, double rate, const Eigen::VectorXd& values) const;
    double panel_integral_of_absolute(std::size_t panel, double rate, const Eigen::VectorXd& values) const;

    std::vector<double> breakpoints_;
    std::vector<double> times_;
};

}  // namespace ntk::deviation
