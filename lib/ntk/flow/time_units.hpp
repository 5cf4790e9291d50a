// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

/// Units of training time (conventions.md, "Units of time"). Our clock is that of gradient flow on
/// Phi = (1/2n) sum_j (f(x_j) - y_j)^2, in which a mode of eigenvalue mu decays like e^{-mu t}.
namespace ntk {

/// The losses in use, each alpha times Phi.
enum class LossConvention {
    half_mean,  ///< (1/2n) sum (f - y)^2: ours, alpha = 1
    mean,       ///< (1/n) sum (f - y)^2: alpha = 2
    half_sum,   ///< (1/2) sum (f - y)^2: alpha = n
    sum         ///< sum (f - y)^2: alpha = 2n
};

/// "1/(2n)", "1/n", "1/2", "1": what stands before the sum.
std::string to_string(LossConvention convention);

/// alpha = loss/Phi for a sample of n = samples >= 1 points, else std::domain_error.
double loss_factor(LossConvention convention, long samples);

/// Flow time under the other loss in our units and back. The flow theta' = -alpha grad Phi runs along the same curve
/// alpha times as fast, so that ours = alpha theirs. A step of gradient descent is a time: theta - eta alpha grad Phi
/// is a step alpha eta of ours, and the largest stable step 2/lambda_max(G) becomes 2/(alpha lambda_max(G)).
double to_our_time(LossConvention convention, long samples, double theirs);
double from_our_time(LossConvention convention, long samples, double ours);

/// eta j, the flow time that j >= 0 steps eta > 0 of gradient descent stand for: explicit Euler, so that
/// theta_j = theta(eta j) + O(eta) while eta lambda_max is small. Throws std::domain_error for other arguments.
double time_after_steps(double step, long steps);

/// The fewest steps with eta j >= t, where a quotient t/eta within four units in the last place of a whole number
/// counts as that number (0.9/0.3 is 3). Throws std::domain_error unless t >= 0 and eta > 0 are finite and j is below
/// 2^53.
long steps_to_reach(double time, double step);

}  // namespace ntk
