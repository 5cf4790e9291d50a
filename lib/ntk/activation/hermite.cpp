// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/hermite.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>

/// Certified Hermite coefficients by the trapezoidal rule (numerics.md, "Hermite series").
///
/// Glossary: x = m/2^M a node, He_j = 2^{e_j} g_j with integers e_j such that 1/sqrt(2) <= sqrt(j!)/2^{e_j} < sqrt(2),
/// so that |g_j| < sqrt(2) |h_j|; G_j ~ 2^p g_j and W ~ 2^P h phi(x) (sigma(sqrt(q) x) +- sigma(-sqrt(q) x)) are
/// integers.
namespace ntk {
namespace {

constexpr long bound_bits = 64;
/// e_j - e_{j-1} <= 1 + log2(j)/2 must not exceed the exponent of the nodes, 12.
constexpr long longest = 1L << 20;

constexpr double log2_e = 1.4426950408889634;

/// 2^exponent x.
Ball shifted(Ball x, long exponent) {
    arb_mul_2exp_si(x.get(), x.get(), exponent);
    return x;
}

/// Integers of any size.
class Integers {
public:
    explicit Integers(long size) : data_(_fmpz_vec_init(size)), size_(size) {}
    ~Integers() { _fmpz_vec_clear(data_, size_); }
    Integers(const Integers&) = delete;
    Integers& operator=(const Integers&) = delete;
    fmpz* operator[](long i) { return data_ + i; }

private:
    fmpz* data_;
    long size_;
};

/// Which Hermite coefficients can be different from zero.
bool may_be_nonzero(Parity parity, long degree) {
    const bool odd = degree % 2 == 1;
    switch (parity) {
        case Parity::none:
            return true;
        case Parity::even:
            return !odd;
        case Parity::odd:
            return odd;
        case Parity::even_plus_linear:
            return !odd || degree == 1;
        case Parity::odd_plus_constant:
            return odd || degree == 0;
    }
    throw std::logic_error("unknown parity");
}

/// What the recurrence and the sums need for each degree j, the same at every node.
struct Degree {
    Ball factorial;  ///< j!
    long exponent;   ///< e_j
    long shift;      ///< M + e_{j+1} - e_j
    ulong factor;    ///< j 2^{M + e_{j-1} - e_j}
    bool wanted;     ///< a_j may differ from zero
};

std::vector<Degree> degrees_below(long length, long node_exponent, Parity parity, long bits) {
    Integers factorial(1);
    fmpz_one(factorial[0]);
    std::vector<long> exponents;
    std::vector<Degree> result;
    for (long j = 0; j <= length; ++j) {
        if (j > 0) fmpz_mul_si(factorial[0], factorial[0], j);
        // 2^{size-1} <= j! < 2^size.
        exponents.push_back(static_cast<long>(fmpz_bits(factorial[0])) / 2);
        Degree degree{Ball(bits), exponents.back(), 0, 0, may_be_nonzero(parity, j)};
        arb_set_round_fmpz(degree.factorial.get(), factorial[0], bits);
        result.push_back(std::move(degree));
    }
    for (std::size_t j = 0; j + 1 < result.size(); ++j) {
        const long down = j == 0 ? 0 : exponents[j] - exponents[j - 1];
        result[j].shift = node_exponent + exponents[j + 1] - exponents[j];
        result[j].factor = static_cast<ulong>(j) << (node_exponent - down);
    }
    result.pop_back();
    return result;
}

/// The sums over all nodes in integers, with what they are off by.
class IntegerSums {
public:
    /// Coefficients to about 2^-bits; nodes up to `end`.
    IntegerSums(const HermiteRule& rule, long length, Parity parity, long bits)
        : degrees_(degrees_below(length, rule.exponent, parity, bits + 64)), sums_(length), bits_(bits) {
        const long spread = std::bit_width(static_cast<ulong>(length)) + std::bit_width(static_cast<ulong>(rule.count));
        const double end = rule.node(rule.count);
        fraction_bits_ = bits + 16 + spread;
        weight_bits_ = bits + 8 + spread + static_cast<long>(end * end / 4 * log2_e);
    }

    /// The precision at which weights of the node x should be computed.
    long working_bits(double x) const {
        return std::max(bound_bits, weight_bits_ + 32 - static_cast<long>(x * x / 2 * log2_e));
    }

    /// Adds even He_j(x) for even j and odd He_j(x) for odd j, x = numerator/2^M.
    void add(long numerator, const Ball& x, const Ball& even, const Ball& odd) {
        const Ball square = (x * x).at_precision(bound_bits);
        const Ball growth = exp(square / 4);
        take_weight(weights_[0], even, growth);
        take_weight(weights_[1], odd, growth);
        fmpz* previous = recurrence_[0];
        fmpz* current = recurrence_[1];
        fmpz* next = recurrence_[2];
        fmpz_zero(previous);
        fmpz_one_2exp(current, static_cast<ulong>(fraction_bits_));
        for (std::size_t j = 0; j < degrees_.size(); ++j) {
            const Degree& degree = degrees_[j];
            if (degree.wanted) fmpz_addmul(sums_[static_cast<long>(j)], weights_[static_cast<long>(j % 2)], current);
            fmpz_mul_si(next, current, numerator);
            fmpz_submul_ui(next, previous, degree.factor);
            fmpz_fdiv_q_2exp(next, next, static_cast<ulong>(degree.shift));
            std::swap(previous, current);
            std::swap(current, next);
        }
    }

    /// sum_n w_n h_j(x_n). A product W g_j is off by at most |W - W'| |g_j| + |W'| |g_j - g_j'|, where |g_j| is at most
    /// sqrt(2) e^{1/2} ((j+2)/2)^{1/4} e^{x^2/4} and |g_j - g_j'| at most 2^{11-p} j e^{x^2/2}.
    std::vector<Ball> coefficients() {
        const Ball length(static_cast<long>(degrees_.size()), bound_bits);
        const Ball largest = Ball(Rational(234, 100), bound_bits) * sqrt(sqrt((length + 2) / 2));
        const Ball error = shifted(weight_error_ * largest, -weight_bits_) +
                           shifted(growth_error_ * length, 11 - weight_bits_ - fraction_bits_);
        std::vector<Ball> result;
        for (std::size_t j = 0; j < degrees_.size(); ++j) {
            Ball sum(bits_ + 64);
            if (degrees_[j].wanted) {
                arb_set_round_fmpz(sum.get(), sums_[static_cast<long>(j)], bits_ + 64);
                sum = enlarged(shifted(sum, -weight_bits_ - fraction_bits_), error);
                sum = shifted(sum, degrees_[j].exponent) / sqrt(degrees_[j].factorial);
            }
            result.push_back(std::move(sum));
        }
        return result;
    }

private:
    /// The integer next to 2^P weight.
    void take_weight(fmpz* integer, const Ball& weight, const Ball& growth) {
        if (!weight.is_finite()) throw std::domain_error("hermite_sums: the variance is too uncertain");
        const Ball scaled = shifted(weight, weight_bits_);
        arf_get_fmpz(integer, arb_midref(scaled.get()), ARF_RND_NEAR);
        Ball magnitude(bound_bits), radius(bound_bits);
        arb_set_round_fmpz(magnitude.get(), integer, bound_bits);
        arf_set_mag(arb_midref(radius.get()), arb_radref(scaled.get()));
        weight_error_ += (radius + 1) * growth;
        growth_error_ += abs(magnitude) * growth * growth;
    }

    std::vector<Degree> degrees_;
    Integers sums_;
    Integers recurrence_{3};
    Integers weights_{2};
    long bits_;
    long fraction_bits_;                    ///< p
    long weight_bits_;                      ///< P
    Ball weight_error_ = Ball(bound_bits);  ///< sum |W - W'| e^{x^2/4}
    Ball growth_error_ = Ball(bound_bits);  ///< sum |W'| e^{x^2/2}
};

/// sigma(z) and sigma(-z), the second from the first where parity allows.
struct Both {
    Ball right;
    Ball left;
};

Both values_at(const Activation& activation, const Ball& z) {
    const Ball right = activation.value(z);
    if (activation.parity() == Parity::odd) return {right, -right};
    if (activation.parity() == Parity::even) return {right, right};
    return {right, activation.value(-z)};
}

Both derivatives_at(const Activation& activation, const Ball& z) {
    const Ball right = activation.derivative(z);
    if (activation.parity() == Parity::odd) return {right, right};
    if (activation.parity() == Parity::even) return {right, -right};
    return {right, activation.derivative(-z)};
}

}  // namespace

HermiteSums hermite_sums(const Activation& activation, const Ball& variance, const HermiteRule& rule, long length,
                         long bits) {
    if (length < 1 || length > longest) {
        throw std::domain_error("hermite_sums: length = " + std::to_string(length) + ": must be from 1 to 2^20");
    }
    IntegerSums sums(rule, length, activation.parity(), bits);
    const long most = sums.working_bits(0);
    const Ball root = sqrt(variance.at_precision(most));
    const Ball scale = Ball(rule.step(), most) / sqrt(2 * Ball::pi(most));
    Ball value_square(bits + 32), derivative_square(bits + 32);
    for (long n = 0; n <= rule.count; ++n) {
        const long working = std::max(sums.working_bits(rule.node(n)), bits + 32);
        const Ball x = Ball(n, working) * Ball(rule.step(), working);
        const Ball z = Ball(root).at_precision(working) * x;
        const Ball weight = scale.at_precision(working) * exp(-(x * x) / 2);
        const Both value = values_at(activation, z), derivative = derivatives_at(activation, z);
        if (n == 0) {
            sums.add(0, x, weight * value.right, Ball(working));
            value_square += weight * value.right * value.right;
            derivative_square += weight * derivative.right * derivative.right;
            continue;
        }
        sums.add(n * rule.numerator, x, weight * (value.right + value.left), weight * (value.right - value.left));
        value_square += weight * (value.right * value.right + value.left * value.left);
        derivative_square += weight * (derivative.right * derivative.right + derivative.left * derivative.left);
    }
    return {sums.coefficients(), value_square, derivative_square};
}

DualSeries hermite_dual_series(const Activation& activation, const Ball& variance, long length, long bits) {
    const std::optional<StripBound> strip = activation.strip();
    if (!strip) {
        throw std::domain_error("hermite_dual_series: " + activation.name() + " has no strip of analyticity");
    }
    const HermiteBound bound(*strip, variance);
    const HermiteRule rule = bound.rule(length, bits);
    const HermiteSums sums = hermite_sums(activation, variance, rule, length + 1, bits);
    const Ball error = bound.between_nodes(rule, length) + bound.beyond_nodes(rule, length);
    std::vector<Ball> squares, gradient;
    for (long j = 0; j <= length; ++j) {
        const Ball& sum = sums.coefficients[static_cast<std::size_t>(j)];
        const Ball coefficient = may_be_nonzero(activation.parity(), j) ? enlarged(sum, error) : sum;
        squares.push_back(coefficient * coefficient);
        if (j > 0) gradient.push_back(squares.back() * j / variance);
    }
    squares.pop_back();
    return {PositiveSeries(squares, enlarged(sums.value_square, bound.value_square(rule)), bits),
            PositiveSeries(gradient, enlarged(sums.derivative_square, bound.derivative_square(rule)), bits)};
}

}  // namespace ntk
