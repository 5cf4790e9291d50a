// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ntk {

/// An interval of probabilities.
struct ProbabilityInterval {
    double lower;
    double upper;
};

/// The interval of Clopper and Pearson (1934) for the probability of an event that was seen `events` times in `trials`
/// independent trials: whatever the probability, the interval contains it with probability at least `confidence`. Each
/// end is the probability under which so many events or more (so few or fewer) have the probability (1 - confidence)/2:
/// quantiles of beta laws, to about 1e-14. Throws std::domain_error unless 0 <= events <= trials, trials >= 1 and
/// 0 < confidence < 1.
ProbabilityInterval clopper_pearson(long events, long trials, double confidence);

}  // namespace ntk
