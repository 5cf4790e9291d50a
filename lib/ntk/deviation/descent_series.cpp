// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/descent_series.hpp"

#include "ntk/numeric/message_number.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ntk::deviation {

std::vector<Measured> damped_sum(double factor, const Eigen::VectorXd& source, const Eigen::VectorXd& source_error) {
    constexpr double epsilon = std::numeric_limits<double>::epsilon();
    std::vector<Measured> result = {{0, 0}};
    for (Eigen::Index j = 0; j < source.size(); ++j) {
        const Measured& before = result.back();
        const double kept = factor * before.value;
        result.push_back({kept + source(j), std::abs(factor) * before.error + source_error(j) +
                                                epsilon * (std::abs(kept) + std::abs(source(j)))});
    }
    return result;
}

std::vector<double> running_maximum(const Eigen::VectorXd& values) {
    std::vector<double> result = {0};
    for (Eigen::Index j = 0; j < values.size(); ++j) result.push_back(std::max(result.back(), std::abs(values(j))));
    return result;
}

std::vector<long> shown_steps(long steps) {
    constexpr long all_up_to = 100, part = 25;
    std::vector<long> shown;
    for (long j = 0; j < steps; j += j < all_up_to ? 1 : j / part) shown.push_back(j);
    shown.push_back(steps);
    return shown;
}

std::vector<double> distance_so_far(const std::vector<Measured>& values, const std::vector<Measured>& others,
                                    double factor) {
    std::vector<double> result;
    double largest = 0;
    for (std::size_t j = 0; j < values.size(); ++j) {
        // Equal values may be infinite.
        const double apart = values[j].value == others[j].value ? 0 : std::abs(values[j].value - others[j].value);
        largest = std::max(largest, factor * apart);
        result.push_back(largest);
    }
    return result;
}

ledger::Hypothesis has_descent(const Experiment& experiment) {
    return {"the study trains a finite network on a finite sample by gradient descent", experiment.descent.has_value(),
            experiment.no_descent};
}

ledger::Hypothesis small_step(double step, double eigenvalue, const std::string& name) {
    return {"the step times " + name + " is at most 1", step * eigenvalue <= 1,
            "it is " + message_number(step * eigenvalue)};
}

std::vector<ledger::Hypothesis> descent_probe_hypotheses(const Experiment& experiment) {
    const bool known = experiment.descent && experiment.descent->knows_target;
    const bool any = experiment.descent && !experiment.descent->probes.empty();
    return {has_descent(experiment),
            {"the target is known on the sphere", known,
             experiment.descent ? "it is known on the sample alone, so that <r, phi> is not known"
                                : "there is no gradient descent"},
            {"at least one probe is asked for", any, "checks.probes is empty, or there is no gradient descent"}};
}

}  // namespace ntk::deviation
