// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/identity_series.hpp"

#include <algorithm>
#include <cmath>

namespace ntk::deviation {
namespace {

double largest_value(const std::vector<Measured>& values) {
    double largest = 0;
    for (const Measured& value : values) largest = std::max(largest, std::abs(value.value));
    return largest;
}

/// e^{-rate t} start + sign * integral, at every breakpoint.
std::vector<Measured> right_side(const TimeGrid& grid, double rate, double start, const std::vector<Measured>& integral,
                                 double sign) {
    std::vector<Measured> result;
    for (std::size_t i = 0; i < integral.size(); ++i) {
        result.push_back(
            {std::exp(-rate * grid.breakpoints()[i]) * start + sign * integral[i].value, integral[i].error});
    }
    return result;
}

}  // namespace

ledger::Series identity_series(const std::string& label, const TimeGrid& grid, const Measured& rate, const Paths& path,
                               const Paths& deviation, double tolerance, double extra_error, double sign,
                               std::map<std::string, double>& errors) {
    const auto integral = grid.damped_integral(rate.value, deviation.seen);
    const auto right = right_side(grid, rate.value, path.seen(0), integral, sign);
    std::vector<std::vector<Measured>> compared;
    for (std::size_t run = 0; run < path.compared.size(); ++run) {
        compared.push_back(right_side(grid, rate.value, path.compared[run](0),
                                      grid.damped_integral(rate.value, deviation.compared[run]), sign));
    }
    ledger::Series series;
    series.label = label;
    double trajectory = tolerance;
    double trajectory_right = tolerance;
    for (std::size_t i = 0; i < right.size(); ++i) {
        const double time = grid.breakpoints()[i];
        const auto at = static_cast<Eigen::Index>(grid.place(i));
        double apart = 0, apart_right = 0;
        for (std::size_t run = 0; run < compared.size(); ++run) {
            apart += std::abs(path.seen(at) - path.compared[run](at));
            apart_right += std::abs(right[i].value - compared[run][i].value);
        }
        trajectory = std::max(trajectory, apart);
        trajectory_right = std::max(trajectory_right, apart_right);
        const double eigenvalue = rate.error * time * (std::abs(path.seen(0)) + std::abs(integral[i].value));
        series.time.push_back(time);
        series.left.push_back({path.seen(at), trajectory + extra_error});
        series.right.push_back(
            {right[i].value, trajectory_right + right[i].error + eigenvalue + extra_error * (1 + rate.value * time)});
        series.size.push_back(largest_value(integral));
        errors["trajectory"] = std::max({errors["trajectory"], trajectory, trajectory_right});
        errors["quadrature"] = std::max(errors["quadrature"], right[i].error);
        errors["eigenvalue"] = std::max(errors["eigenvalue"], eigenvalue);
    }
    errors["population coefficients and rounding"] =
        std::max(errors["population coefficients and rounding"], extra_error);
    return series;
}

}  // namespace ntk::deviation
