// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/verdict.hpp"
#include "ntk/spectrum/eigenvalues.hpp"

#include <functional>
#include <optional>
#include <vector>

/// A kernel on the sphere against its expansion in Gegenbauer polynomials,
///     kappa(t) = sum_k N(d,k) mu_k P_k(t),  -1 <= t <= 1.
namespace ntk {

/// P_{0,dim}(t), ..., P_{max_degree,dim}(t). `t` encloses a point of [-1,1]; one that reaches beyond is understood to
/// mean the part inside. Each radius is at most P_k'(1) = k(k+d-2)/(d-1) times the radius of t, plus 2^{-bits}:
/// recurrence in fixed point with its proved rounding bound (numerics.md, "The recurrence in fixed point"), not a
/// recurrence in balls, whose radius would grow like (1+sqrt(2))^k. Throws std::domain_error for dim < 2, a negative
/// degree, bits < 1, or a ball that misses [-1,1]. Cost: max_degree multiplications of about `bits` bits.
std::vector<Ball> gegenbauer_balls(int dim, int max_degree, const Ball& t, long bits);

/// P_{degree,dim}(t) alone, with the precision of t as the goal.
Ball gegenbauer_ball(int dim, int degree, const Ball& t);

/// kappa(t) for an exact t in [-1,1], else std::domain_error. The angle is 2 arcsin sqrt((1-t)/2), or pi minus the same
/// for -t where t < 0, so that no digit is lost near t = 1 or -1, which give the angles 0 and pi exactly.
/// A kernel without closed form comes from its power series, with as many terms as bring the rest below 2^{-bits} of
/// kappa(1), or with the most that are tried (20 000). Otherwise the radius is at most about kappa(1) 2^{-bits}.
Ball kernel_at(const Kernel& kernel, const Rational& t, long bits);
/// The same for any function of the angle.
Ball kernel_at(const AngleFunction& kernel, const Rational& t, long bits);

/// A function of t as enclosures: (t, bits) -> kappa(t), like kernel_at of one kernel.
using EnclosedFunction = std::function<Ball(const Rational&, long)>;

/// kappa(t) with at least `digits` significant digits where |kappa(t)| >= 10^{-2 digits} or so; a smaller value, or an
/// exact zero that no rule announces, comes as an enclosure of zero of radius below that.
Ball kernel_to_digits(const EnclosedFunction& kernel, const Rational& t, long digits);

/// The expansion cut after some degree K, at one point.
struct Expansion {
    Ball kernel;                    ///< kappa(t)
    Ball partial_sum;               ///< sum_{k <= K} N(d,k) mu_k P_k(t)
    Ball rest;                      ///< kappa(t) minus the partial sum: contains sum_{k > K} N(d,k) mu_k P_k(t)
    std::optional<Ball> remainder;  ///< the bound that was given for |rest|
    /// Whether |rest| <= remainder, with the radii as errors (theory.md, "Verdicts"); not_applicable without a bound.
    ledger::Verdict verdict;
};

/// Evaluates both sides at t. `eigenvalues` are those of degrees 0, ..., K in this order, else std::domain_error.
/// `remainder` bounds sum_{k > K} N(d,k) mu_k, as trace_tail_bound does; since mu_k >= 0 and |P_k| <= 1
/// it bounds |rest| at every t. It must not come from kappa(1), or the verdict at t = 1 says nothing.
/// `digits` are those of kernel_to_digits; the partial sum is as certain as its eigenvalues.
Expansion expand(const EnclosedFunction& kernel, int dim, const std::vector<Eigenvalue>& eigenvalues,
                 const std::optional<Ball>& remainder, const Rational& t, long digits);
Expansion expand(const Kernel& kernel, int dim, const std::vector<Eigenvalue>& eigenvalues,
                 const std::optional<Ball>& remainder, const Rational& t, long digits);

}  // namespace ntk
