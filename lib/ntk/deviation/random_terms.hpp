// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"
#include "ntk/network/parameters.hpp"

#include <string>

/// Bounds of the random terms of U4 that hold with probability at least 1 - delta each, over the draw of the sample
/// (independent uniform points) and, for those that say so, of the start (lib/ntk/bounds.md, "With probability").
/// Every delta must be in (0,1), else std::domain_error.
namespace ntk::deviation {

/// A bound and the inequality that gave it: the smallest of those that apply. Each is a number fixed before the event
/// that it bounds, so the smallest holds with the same probability.
struct RandomBound {
    double value;
    std::string inequality;
};

/// |(E - E_n)[phi r_0]|
struct SamplingTerm {
    double points;              ///< n
    double largest_probe;       ///< M = sup |phi|
    double largest_residual;    ///< >= sup |r_0|
    double second_moment;       ///< >= E[phi^2 r_0^2] at the given start
    double mean_second_moment;  ///< >= the same with its mean over the start
    double coefficient;         ///< c(0) = E[phi r_0]
};
/// Hoeffding M sup|r_0| sqrt(2 log(2/delta)/n); Bernstein with the variance E[phi^2 r_0^2] - c(0)^2; Chebyshev
/// sqrt(mean second moment/(n delta)).
RandomBound sampling_bound(const SamplingTerm& term, double delta);

/// Z = ||(E - E_n)[phi grad f_0]||
struct GradientTerm {
    double points;         ///< n
    double largest_probe;  ///< M
    double kernel_bound;   ///< K_max >= sup K_0(x,x) at the given start
    double kernel_at_one;  ///< kappa(1) = E K_0(x,x) over the start
    double eigenvalue;     ///< mu = E ||grad C_0||^2 over the start
};
/// Bounded differences sqrt(K_max/n) + M sqrt(2 K_max log(1/delta)/n); Pinelis with the variance K_max; Chebyshev
/// sqrt((kappa(1) - mu)/(n delta)), the exact variance over sample and start.
RandomBound gradient_gap_bound(const GradientTerm& term, double delta);

/// ||h_0||_n over the draw of the start, for any fixed sample.
struct KernelTerm {
    ActivationConstants constants;
    InitialLaw law;
    NetworkShape shape;
    double eigenvalue;        ///< mu without the 1 that an output bias adds in degree 0
    double mean_of_absolute;  ///< >= E|phi|
};
/// For bounded sigma and a = +-sqrt(v), with B = c_inf^2 + v L1^2 R^2: bounded differences sqrt(B mu/m') + B E|phi|
/// sqrt(2 log(1/delta)/m'), Pinelis with the variance B mu, Chebyshev sqrt(B mu/(m' delta)). For every other sigma with
/// bounded sigma' and every law of a: Chebyshev with fourth moments, and a sub-exponential form. m' is m, or the number
/// of pairs.
RandomBound kernel_gap_bound(const KernelTerm& term, double delta);

/// Variance of a Gaussian whose even moments are not below those of <w,x> + b: 1 + s_b^2 for Gaussian weights, r^2/d +
/// s_b^2 for lengths of at most r.
double gaussian_envelope(const InitialLaw& law, const NetworkShape& shape);

/// r with n r^2 = 2 log(2/delta) (s^2 + l r): the mean of n independent centred vectors of a Hilbert space with
/// E||xi||^p <= p! s^2 l^{p-2}/2 for p >= 2 is longer than r with probability at most delta (Pinelis and Sakhanenko).
/// Vectors of length at most b have l = b/3.
double pinelis_bound(double variance, double scale, double count, double delta);

}  // namespace ntk::deviation
