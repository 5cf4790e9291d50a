// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/expansion.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/sphere/fixed_point.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ntk {
namespace {

constexpr int limb_bits = 64;
constexpr long longest_series = 20'000;

void require_in_interval(const Rational& t) {
    if (t < -1 || t > 1) throw std::domain_error("kernel_at: t = " + to_string(t) + ": must be in [-1,1]");
}

/// An exact number of units in the last place.
Ball in_units(const Ball& units, long limbs) {
    Ball result = units;
    arb_mul_2exp_si(result.get(), units.get(), -limb_bits * limbs);
    return result;
}

/// The computed P_degree at the only node, as an exact ball.
Ball stored_value(const FixedPointColumn& values, long bits) {
    Ball result(bits);
    fmpz_t whole;
    fmpz_init(whole);
    fmpz_set_ui_array(whole, values.magnitude(0), values.limbs() + 1);
    if (values.negative(0)) fmpz_neg(whole, whole);
    arb_set_fmpz(result.get(), whole);
    fmpz_clear(whole);
    return in_units(result, values.limbs());
}

/// Limbs such that rounding in the recurrence stays below 2^{-bits-1}.
long limbs_for(int max_degree, long bits) {
    const double units = std::max(1.0, FixedPointRecurrence::rounding_units(max_degree));
    return (bits + static_cast<long>(std::ceil(std::log2(units))) + 2) / limb_bits + 1;
}

/// P_k'(1) = k(k+d-2)/(d-1), the largest slope on [-1,1].
Ball largest_slope(int dim, int degree) {
    return Ball(Rational(Integer(degree) * (static_cast<long>(degree) + dim - 2), dim - 1), limb_bits);
}

void require_initial_segment(const std::vector<Eigenvalue>& eigenvalues) {
    bool initial = !eigenvalues.empty();
    for (std::size_t i = 0; i < eigenvalues.size(); ++i) {
        initial = initial && eigenvalues[i].degree == static_cast<int>(i);
    }
    if (!initial) throw std::domain_error("expand: the degrees of the eigenvalues must be 0, 1, ..., K");
}

/// The rule of ledger::judge_bound in balls, because here both sides can agree to more digits than a double has.
ledger::Verdict judge(const Expansion& expansion, const Ball& scale) {
    if (!expansion.remainder) return ledger::Verdict::not_applicable;
    const Ball& bound = *expansion.remainder;
    const Ball size = abs(expansion.rest);
    if (!size.is_finite() || !bound.is_finite()) return ledger::Verdict::inconclusive;
    if (size.certainly_at_most(bound)) return ledger::Verdict::holds;
    const Ball difference = size - bound;
    if (!difference.contains_zero()) return ledger::Verdict::violated;
    constexpr long equality_digits = 6;
    const Rational smallest = power_of_ten(-equality_digits);
    const Rational largest =
        std::max({size.exact_midpoint(), bound.exact_midpoint(), Rational(smallest * scale.exact_midpoint())});
    return difference.exact_radius() <= smallest * largest ? ledger::Verdict::holds : ledger::Verdict::inconclusive;
}

}  // namespace

std::vector<Ball> gegenbauer_balls(int dim, int max_degree, const Ball& t, long bits) {
    require_gegenbauer_arguments(dim, max_degree);
    if (bits < 1) throw std::domain_error("gegenbauer_balls: bits = " + std::to_string(bits) + ": must be >= 1");
    if (!t.is_finite() || t.magnitude_lower() > 1) throw std::domain_error("gegenbauer_balls: t must meet [-1,1]");
    const long limbs = limbs_for(max_degree, bits);
    const Rational midpoint = t.exact_midpoint();
    const Rational size = std::min(Rational(boost::multiprecision::abs(midpoint)), Rational(1));
    FixedPointColumn nodes(1, limbs);
    // Cutting the midpoint back to [-1,1] brings it no farther from the point that t encloses. The rounding of the
    // quotient is inside the ball, and `set` adds at most one unit.
    const Ball node(size, limb_bits * (limbs + 1));
    nodes.set(0, node);
    const Ball node_error =
        Ball(t.exact_radius(), limb_bits) + Ball(node.exact_radius(), limb_bits) + in_units(Ball(1, limb_bits), limbs);
    const bool reflected = midpoint < 0;
    const long working_bits = limb_bits * (limbs + 1);
    std::vector<Ball> result;
    FixedPointRecurrence recurrence(nodes, dim, gegenbauer_step);
    for (int degree = 0; degree <= max_degree; ++degree) {
        if (degree > 0) recurrence.advance();
        Ball value = stored_value(recurrence.values(), working_bits);
        const Ball rounding =
            in_units(Ball::from_double(FixedPointRecurrence::rounding_units(degree), limb_bits), limbs);
        arb_add_error(value.get(), Ball(rounding + largest_slope(dim, degree) * node_error).get());
        // P_k(-t) = (-1)^k P_k(t); P_0 = 1 has no error.
        result.push_back(degree == 0 ? Ball(1, working_bits) : reflected && (degree % 2 == 1) ? -value : value);
    }
    return result;
}

Ball gegenbauer_ball(int dim, int degree, const Ball& t) { return gegenbauer_balls(dim, degree, t, t.bits()).back(); }

Ball kernel_at(const Kernel& kernel, const Rational& t, long bits) {
    if (kernel.has_closed_form()) return kernel_at(static_cast<const AngleFunction&>(kernel), t, bits);
    require_in_interval(t);
    for (long length = 64;; length = std::min(2 * length, longest_series)) {
        const std::optional<PositiveSeries> series = kernel.series(length, bits);
        if (!series) throw std::domain_error("kernel_at: the activation has neither a closed form nor a series");
        Ball goal = series->at_one();
        arb_mul_2exp_si(goal.get(), goal.get(), -bits);
        if (length == longest_series || series->rest().certainly_at_most(goal)) return series->at(Ball(t, bits));
    }
}

Ball kernel_at(const AngleFunction& kernel, const Rational& t, long bits) {
    require_in_interval(t);
    const Rational half_gap = (1 - Rational(boost::multiprecision::abs(t))) / 2;
    const Ball angle = 2 * asin(sqrt(Ball(half_gap, bits)));
    return kernel.at_angle(t < 0 ? Ball::pi(bits) - angle : angle);
}

Ball kernel_to_digits(const EnclosedFunction& kernel, const Rational& t, long digits) {
    if (digits < 1) throw std::domain_error("kernel_to_digits: digits = " + std::to_string(digits) + ": must be >= 1");
    constexpr double bits_per_digit = 3.3219280948873627;
    const long base = static_cast<long>(std::ceil(static_cast<double>(digits) * bits_per_digit)) + 64;
    Ball value = kernel(t, base);
    for (const int factor : {2, 3}) {
        if (certified_digits(value) > digits) break;
        value = kernel(t, factor * base);
    }
    return value;
}

Expansion expand(const EnclosedFunction& kernel, int dim, const std::vector<Eigenvalue>& eigenvalues,
                 const std::optional<Ball>& remainder, const Rational& t, long digits) {
    require_initial_segment(eigenvalues);
    const Ball value = kernel_to_digits(kernel, t, digits);
    const long bits = value.bits() + 32;
    const int last = eigenvalues.back().degree;
    const std::vector<Ball> polynomials = gegenbauer_balls(dim, last, Ball(t, bits), bits);
    Ball sum(bits);
    for (const Eigenvalue& eigenvalue : eigenvalues) {
        sum += Ball(eigenvalue.multiplicity, bits) * eigenvalue.enclosure *
               polynomials[static_cast<std::size_t>(eigenvalue.degree)];
    }
    Expansion result{value, sum, value - sum, remainder, ledger::Verdict::not_applicable};
    result.verdict = judge(result, kernel(1, limb_bits));
    return result;
}

Expansion expand(const Kernel& kernel, int dim, const std::vector<Eigenvalue>& eigenvalues,
                 const std::optional<Ball>& remainder, const Rational& t, long digits) {
    const EnclosedFunction function = [&](const Rational& point, long bits) { return kernel_at(kernel, point, bits); };
    return expand(function, dim, eigenvalues, remainder, t, digits);
}

}  // namespace ntk
