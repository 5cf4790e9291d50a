// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ledger/verdict.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ntk::ledger {
namespace {

/// Equality counts as holding when the error is this small against the sides.
constexpr double equality_precision = 1e-6;
/// An identity holds only when its error is this small against the terms that it balances.
constexpr double identity_precision = 1e-4;

bool usable(const Measured& x) { return std::isfinite(x.value) && std::isfinite(x.error) && x.error >= 0; }

}  // namespace

std::string to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::not_applicable:
            return "not applicable";
        case Verdict::holds:
            return "holds";
        case Verdict::vacuous:
            return "vacuous";
        case Verdict::inconclusive:
            return "inconclusive";
        case Verdict::violated:
            return "violated";
    }
    throw std::logic_error("unknown verdict");
}

Verdict worst(Verdict x, Verdict y) { return std::max(x, y); }

Verdict judge_bound(const Measured& left, const Measured& right, double scale) {
    if (usable(left) && std::isinf(right.value) && right.value > 0 && right.error == 0) return Verdict::holds;
    if (!usable(left) || !usable(right) || !std::isfinite(scale)) return Verdict::inconclusive;
    const double error = left.error + right.error;
    if (left.value - right.value > error) return Verdict::violated;
    if (right.value - left.value >= error && right.value > left.value) return Verdict::holds;
    const double size = std::max({left.value, right.value, equality_precision * scale});
    if (std::abs(left.value - right.value) <= error && error <= equality_precision * size) return Verdict::holds;
    return Verdict::inconclusive;
}

Verdict judge_identity(const Measured& left, const Measured& right, double size) {
    if (!usable(left) || !usable(right) || !std::isfinite(size)) return Verdict::inconclusive;
    const double error = left.error + right.error;
    if (std::abs(left.value - right.value) > error) return Verdict::violated;
    return error <= identity_precision * size ? Verdict::holds : Verdict::inconclusive;
}

std::optional<double> bound_margin(const Measured& left, const Measured& right) {
    if (!(left.value > 0 && right.value > 0 && std::isfinite(left.value) && std::isfinite(right.value)))
        return std::nullopt;
    return std::log10(right.value / left.value);
}

std::optional<double> identity_margin(const Measured& left, const Measured& right) {
    const double difference = std::abs(left.value - right.value);
    const double error = left.error + right.error;
    if (!(difference > 0 && error > 0 && std::isfinite(difference) && std::isfinite(error))) return std::nullopt;
    return std::log10(error / difference);
}

}  // namespace ntk::ledger
