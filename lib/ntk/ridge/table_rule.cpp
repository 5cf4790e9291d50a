// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/table_rule.hpp"

#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ntk {
namespace {

/// Rules come in these sizes, so that many neurons share one.
int rounded_up_to_size(double nodes) {
    int power = 32;
    while (power < nodes && power < most_rule_nodes) power *= 2;
    return power > 32 && power / 4 * 3 >= nodes ? power / 4 * 3 : power;
}

/// What is left out may be this part of the largest value.
constexpr double wanted = 0x1p-55;

}  // namespace

/// The rule with N nodes integrates polynomials of degree <= 2N-1 exactly, its weights are positive and add up to 1,
/// and |P_k| <= 1. With p the best approximation of degree n = 2N-2-k of g = sigma or sigma' (so that t p P_k is still
/// integrated exactly), integral and sum of (g-p) P_k and (g-p) t P_k are each at most max |g-p|. If |g| <= M on the
/// ellipse with foci -1, 1 and half-axes (rho +- 1/rho)/2, then max |g-p| <= 2 M rho^{-n}/(rho-1) (Bernstein; Trefethen,
/// Approximation Theory and Approximation Practice, Theorem 8.2). rt+b stays in the strip |Im z| <= h for
/// r (rho - 1/rho)/2 = h, and there |rt+b| <= sqrt(r^2+h^2) + |b|.
RuleSize SmoothRules::size_for(double radius, double offset, int max_degree) const {
    if (polynomial_length_ > 0) {
        const double degree = polynomial_length_ + max_degree;
        const int size = rounded_up_to_size((degree + 2) / 2);
        return {size, 2 * size >= degree + 1 ? 0 : std::numeric_limits<double>::infinity()};
    }
    const double reach = std::hypot(radius, half_width_) + std::abs(offset);
    const double largest =
        std::max(value_constant_ + value_slope_ * reach, derivative_constant_ + derivative_slope_ * reach);
    // Below radius 10^-3 h the ellipse is as good as any.
    const double log_rho = std::asinh(half_width_ / std::max(radius, 1e-3 * half_width_));
    const double factor = 4 * largest / std::expm1(log_rho);
    const double degree = std::max(0.0, std::log(factor / wanted) / log_rho);
    const int size = rounded_up_to_size((degree + max_degree + 2) / 2);
    return {size, factor * std::exp(-log_rho * (2.0 * size - 2 - max_degree))};
}

SmoothRules::SmoothRules(const Activation& activation) {
    polynomial_length_ = static_cast<double>(activation.polynomial().size());
    const std::optional<StripBound> strip = activation.strip();
    if (polynomial_length_ > 0 || !strip) return;
    half_width_ = strip->half_width.convert_to<double>();
    value_constant_ = strip->value_constant.convert_to<double>();
    value_slope_ = strip->value_slope.convert_to<double>();
    derivative_constant_ = strip->derivative_constant.convert_to<double>();
    derivative_slope_ = strip->derivative_slope.convert_to<double>();
}

/// On the ellipse around [-1,1] that belongs to rho, the angle has an imaginary part of at most y = (pi/4)(rho - 1/rho),
/// where |P_k(cos theta)| <= e^{ky} (sphere/ellipse.hpp), |cos theta| <= cosh y and |sin theta| <= cosh y. The error of
/// N nodes is at most (64/15) (pi/2) M rho^{-2N}/(1 - rho^{-2}), M the bound of the integrand (Trefethen, Theorem 19.3,
/// for N >= 2), times c_d.
RuleSize kink_rule_size(int power, double radius, double offset, int dim, int max_degree) {
    const double density = zonal_density_constant(dim, 64).magnitude_upper();
    const double real_size = std::pow(radius + std::abs(offset), power);
    const auto log_error = [&](double log_rho, double nodes) {
        const double y = std::numbers::pi / 2 * std::sinh(log_rho);
        const double log_cosh = y + std::log1p(std::exp(-2 * y)) - std::numbers::ln2;
        return std::log(64.0 / 15 * std::numbers::pi / 2 * density * std::max(real_size, 1.0)) + max_degree * y +
               (dim - 1 + power) * log_cosh - 2 * nodes * log_rho - std::log1p(-std::exp(-2 * log_rho));
    };
    int size = 16;
    double best = std::numeric_limits<double>::infinity();
    for (;; size += size / 2) {
        best = std::numeric_limits<double>::infinity();
        for (double log_rho = 0.02; log_rho < 4; log_rho *= 1.1) best = std::min(best, log_error(log_rho, size));
        if (best <= std::log(wanted * std::max(real_size, 1e-300)) || size >= most_rule_nodes) break;
    }
    return {size, std::exp(best)};
}

}  // namespace ntk
