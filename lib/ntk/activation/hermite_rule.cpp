// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/hermite_rule.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <stdexcept>

namespace ntk {
namespace {

constexpr long bound_bits = 64;

/// The upper end as an exact ball.
Ball upper_end(const Ball& x) {
    Ball result(bound_bits);
    arb_get_ubound_arf(arb_midref(result.get()), x.get(), bound_bits);
    return result;
}

Ball exact(const Rational& value) { return upper_end(Ball(value, bound_bits)); }

/// log2 of a positive bound, for choices only.
double log2_of(const Ball& x) { return log(x).midpoint() / std::numbers::ln2; }

/// The least of a bound that holds for every 0 < s < 1, over s = 1 - 2^-i and 1 - 3/2^{i+2}.
Ball least_over_s(const std::function<Ball(const Ball& s)>& bound) {
    std::optional<Ball> least;
    for (long i = 1; i <= 20; ++i) {
        for (const long quarters : {4L, 3L}) {
            Ball s(quarters, bound_bits);
            arb_mul_2exp_si(s.get(), s.get(), -i - 2);
            Ball candidate = upper_end(bound(1 - s));
            if (!least || candidate.certainly_at_most(*least)) least = candidate;
        }
    }
    return *least;
}

/// s^{-j/2} (1-s^2)^{-1/4} / sqrt(2 pi).
Ball mehler_factor(const Ball& s, long degree) {
    return exp(-log(s) * degree / 2) / sqrt(sqrt(1 - s * s) * 2 * Ball::pi(bound_bits));
}

}  // namespace

HermiteBound::HermiteBound(const StripBound& strip, const Ball& variance)
    : height_(bound_bits),
      value_{exact(strip.value_constant), Ball(bound_bits)},
      derivative_{exact(strip.derivative_constant), Ball(bound_bits)} {
    const Ball root = upper_end(sqrt(variance.at_precision(bound_bits)));
    // For every variance in the ball the line Im z = height is mapped into the strip.
    const Ball height = Ball(strip.half_width, bound_bits) / root;
    arb_get_lbound_arf(arb_midref(height_.get()), height.get(), bound_bits);
    value_.slope = upper_end(exact(strip.value_slope) * root);
    derivative_.slope = upper_end(exact(strip.derivative_slope) * root);
}

/// int (C + B (|x| + a)) e^{-x^2/(2v)} dx = (C + B a) sqrt(2 pi v) + 2 B v with v = 1 + s.
Ball HermiteBound::line_integral(long max_degree) const {
    const Ball at_height = value_.constant + value_.slope * height_;
    return least_over_s([&](const Ball& s) {
        const Ball width = 1 + s;
        const Ball integral = at_height * sqrt(2 * Ball::pi(bound_bits) * width) + 2 * value_.slope * width;
        return mehler_factor(s, max_degree) * exp(height_ * height_ / (2 * (1 - s))) * integral;
    });
}

/// |phi(x+iy)| = phi(x) e^{y^2/2} and int (A + B|x|)^2 phi <= 2 (A^2 + B^2), A = C + B a.
Ball HermiteBound::square_line_integral(const Growth& growth) const {
    const Ball at_height = growth.constant + growth.slope * height_;
    return 2 * exp(height_ * height_ / 2) * (at_height * at_height + growth.slope * growth.slope);
}

Ball HermiteBound::aliasing(const Ball& line_integral, const HermiteRule& rule) const {
    const Ball exponent = 2 * Ball::pi(bound_bits) * height_ / Ball(rule.step(), bound_bits);
    return upper_end(2 * line_integral / (exp(exponent) - 1));
}

Ball HermiteBound::between_nodes(const HermiteRule& rule, long max_degree) const {
    return aliasing(line_integral(max_degree), rule);
}

/// The bound (C + B x) e^{-x^2/(2v)} falls for x >= 2 > sqrt(v), so its sum over the nodes beyond X is at most its
/// integral, and int_X^inf (C + B x) e^{-x^2/(2v)} dx <= (C/X + B) v e^{-X^2/(2v)}; there are two sides.
Ball HermiteBound::beyond(const Ball& end, long max_degree) const {
    return least_over_s([&](const Ball& s) {
        const Ball width = 1 + s;
        return 2 * mehler_factor(s, max_degree) * (value_.constant / end + value_.slope) * width *
               exp(-(end * end) / (2 * width));
    });
}

Ball HermiteBound::beyond_nodes(const HermiteRule& rule, long max_degree) const {
    return beyond(Ball(Rational(rule.step() * rule.count), bound_bits), max_degree);
}

/// (C + B x)^2 phi(x) falls for x >= 2, and is at most (C/X + B)^2 x^2 phi(x) beyond X;
/// int_X^inf x^2 phi = X phi(X) + int_X^inf phi <= (X + 1/X) phi(X).
Ball HermiteBound::square_beyond_nodes(const Growth& growth, const Ball& end) const {
    const Ball rate = growth.constant / end + growth.slope;
    return 2 * rate * rate * (end + 1 / end) * exp(-(end * end) / 2) / sqrt(2 * Ball::pi(bound_bits));
}

Ball HermiteBound::value_square(const HermiteRule& rule) const {
    const Ball end(Rational(rule.step() * rule.count), bound_bits);
    return upper_end(aliasing(square_line_integral(value_), rule) + square_beyond_nodes(value_, end));
}

Ball HermiteBound::derivative_square(const HermiteRule& rule) const {
    const Ball end(Rational(rule.step() * rule.count), bound_bits);
    return upper_end(aliasing(square_line_integral(derivative_), rule) + square_beyond_nodes(derivative_, end));
}

/// The parameters are chosen in double; what they are worth, the bounds above say.
HermiteRule HermiteBound::rule(long max_degree, long bits) const {
    const Ball largest = line_integral(max_degree) + square_line_integral(value_) + square_line_integral(derivative_);
    const double nats = (static_cast<double>(bits) + 2 + std::max(0.0, log2_of(largest))) * std::numbers::ln2;
    const double step = std::min(1.0, 2 * std::numbers::pi * height_.midpoint() / nats);
    if (!(step > 0)) throw std::domain_error("HermiteBound: the strip of analyticity must have a positive width");
    HermiteRule rule{1, std::max(12L, 6L - std::ilogb(step)), 0};
    rule.numerator = static_cast<long>(std::ldexp(step, static_cast<int>(rule.exponent)));
    Ball goal(1, bound_bits);
    arb_mul_2exp_si(goal.get(), goal.get(), -bits);
    const auto reached = [&](double x) {
        const Ball at = Ball::from_double(x, bound_bits);
        const Ball squares = square_beyond_nodes(value_, at) + square_beyond_nodes(derivative_, at);
        return (beyond(at, max_degree) + squares).certainly_at_most(goal);
    };
    // No bound is below e^{-x^2/2}.
    double end = std::max(2.0, std::sqrt(2 * std::numbers::ln2 * static_cast<double>(bits)));
    while (!reached(end)) end *= 1.03;
    rule.count = static_cast<long>(
        std::ceil(std::ldexp(end, static_cast<int>(rule.exponent)) / static_cast<double>(rule.numerator)));
    return rule;
}

}  // namespace ntk
