// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

/// Verdicts on comparisons of two numbers that each carry an error (theory.md, "Verdicts"). Pure functions; no
/// mathematics of networks.
namespace ntk::ledger {

/// In increasing order of severity, except not_applicable, which stands apart.
enum class Verdict { not_applicable, holds, vacuous, inconclusive, violated };

/// "holds", "vacuous", "inconclusive", "violated", "not applicable".
std::string to_string(Verdict verdict);

/// The worst: violated > inconclusive > vacuous > holds; not_applicable only if all are.
Verdict worst(Verdict x, Verdict y);

/// A number with a bound or estimate of its error.
struct Measured {
    double value = 0;
    double error = 0;
};

/// The claim left <= right with e the sum of both errors and `scale` the size of the problem (the residual norm at the
/// start): violated iff left - right > e; holds iff right - left >= e, or |left - right| <= e <= 1e-6 max(left, right,
/// 1e-6 scale); else inconclusive. Anything not finite is inconclusive, except an infinite bound without error on the
/// right, which holds.
Verdict judge_bound(const Measured& left, const Measured& right, double scale);

/// The claim left = right; `size` is the supremum of the terms that it balances:
/// violated iff |left - right| > e; holds iff |left - right| <= e <= 1e-4 size; else inconclusive: a large error never
/// makes anything hold.
Verdict judge_identity(const Measured& left, const Measured& right, double size);

/// log10(right/left) for a bound; empty where left is 0 or either is not finite and positive.
std::optional<double> bound_margin(const Measured& left, const Measured& right);
/// log10(e/|left - right|) for an identity; empty where the sides are equal.
std::optional<double> identity_margin(const Measured& left, const Measured& right);

}  // namespace ntk::ledger
