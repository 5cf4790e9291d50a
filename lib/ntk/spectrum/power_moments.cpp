// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/power_moments.hpp"

#include "ntk/numeric/rational.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

/// Glossary: a_k = N(d,k) (lambda_k^{(p)})^2, non-zero for k <= p of the parity of p and for all k of the parity of
/// p + 1; r_k = a_{k+2}/a_k = numerator(k)/denominator(k).
namespace ntk {
namespace {

constexpr long working_bits = 128;
using Polynomial = std::vector<Integer>;  // coefficients, constant first

Polynomial multiply(const Polynomial& x, const Polynomial& y) {
    Polynomial product(x.size() + y.size() - 1, Integer(0));
    for (std::size_t i = 0; i < x.size(); ++i) {
        for (std::size_t j = 0; j < y.size(); ++j) product[i + j] += x[i] * y[j];
    }
    return product;
}

/// (2k+d+2)(k+d-1)(k+d-2)(k-p)^2 as a polynomial in x with k = start + x.
Polynomial ratio_numerator(long d, long p, long start) {
    const Polynomial difference = {start - p, 1};
    return multiply(multiply({2 * start + d + 2, 2}, {start + d - 1, 1}),
                    multiply({start + d - 2, 1}, multiply(difference, difference)));
}

/// (2k+d-2)(k+2)(k+1)(k+p+d)^2.
Polynomial ratio_denominator(long d, long p, long start) {
    const Polynomial sum = {start + p + d, 1};
    return multiply(multiply({2 * start + d - 2, 2}, {start + 2, 1}), multiply({start + 1, 1}, multiply(sum, sum)));
}

/// r_k (k+s+2) <= k+s-4p-2 for all k >= start: then a_k (k+s)/(4p+2) - a_{k+2} (k+2+s)/(4p+2) >= a_k, and the sum
/// telescopes. Proved by non-negative coefficients after the shift k = start + x.
bool majorant_holds(long d, long p, long start, long s) {
    const Polynomial left = multiply({start + s - 4 * p - 2, 1}, ratio_denominator(d, p, start));
    const Polynomial right = multiply({start + s + 2, 1}, ratio_numerator(d, p, start));
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (left[i] < right[i]) return false;
    }
    return true;
}

/// An upper bound of a_k + a_{k+2} + ... for the term a_k at k = start >= p.
Ball telescoped(const Ball& term, long d, long p, long start) {
    for (long s = 0; s <= 64 * (d + p + 4); s = s == 0 ? 1 : 2 * s) {
        if (majorant_holds(d, p, start, s)) return term * (start + s) / (4 * p + 2);
    }
    throw std::logic_error("ridge_energy_tail: no telescoping majorant found");
}

/// Gamma(d/2) / Gamma((d+1)/2) without its power of pi: sqrt(pi) times this for odd d, this over sqrt(pi) for even d.
/// Each step d -> d+2 multiplies by (d/2)/((d+1)/2); d = 1: sqrt(pi)/1, d = 2: 1/(sqrt(pi)/2).
Rational gamma_quotient(int dim) {
    Rational value = dim % 2 == 1 ? 1 : 2;
    for (int d = dim % 2 == 1 ? 1 : 2; d < dim; d += 2) value *= Rational(d, d + 1);
    return value;
}

/// lambda_k^{(p)} squared for k = 0, 1. With g = Gamma(d/2)/Gamma((d+1)/2) and Gamma(1/2)^2 = pi:
///   lambda_0^{(0)} = 1/2,               lambda_1^{(0)} = g/(2 sqrt(pi)),
///   lambda_0^{(1)} = g/(2 sqrt(pi)),    lambda_1^{(1)} = 1/(2d),
/// and lambda_k^{(p+2)} = (p+1)(p+2)/((p-k+2)(p+k+d)) lambda_k^{(p)}.
Exact leading_square(int dim, int power, int degree) {
    if (power >= 2) {
        const long p = power - 2;
        const Rational ratio((p + 1) * (p + 2), (p - degree + 2) * (p + degree + dim));
        return leading_square(dim, power - 2, degree) * Rational(ratio * ratio);
    }
    if (power == degree) {
        const Rational value = power == 0 ? Rational(1, 2) : Rational(1, 2 * dim);
        return Exact(Rational(value * value));
    }
    const Rational half = gamma_quotient(dim) / 2;
    return Exact(Rational(half * half), dim % 2 == 1 ? Exact::Basis::one : Exact::Basis::inverse_pi_squared);
}

/// (1 + (-1)^{p+k} factor)^2.
Rational parity_factor(const Homogeneous& activation, int degree) {
    const Rational sum = (activation.power + degree) % 2 == 0 ? Rational(1 + activation.negative_factor)
                                                              : Rational(1 - activation.negative_factor);
    return sum * sum;
}

}  // namespace

std::vector<Exact> squared_power_moments(int dim, int power, int max_degree) {
    if (dim < 2 || max_degree < 0 || power < 0) {
        throw std::domain_error("squared_power_moments: dim = " + std::to_string(dim) +
                                ", power = " + std::to_string(power) + ", max_degree = " + std::to_string(max_degree) +
                                ": needs dim >= 2, power >= 0, max_degree >= 0");
    }
    std::vector<Exact> squares = {leading_square(dim, power, 0)};
    if (max_degree >= 1) squares.push_back(leading_square(dim, power, 1));
    for (long k = 2; k <= max_degree; ++k) {
        const Rational ratio(power - (k - 2), power + (k - 2) + dim);
        squares.push_back(squares[static_cast<std::size_t>(k - 2)] * Rational(ratio * ratio));
    }
    return squares;
}

std::vector<Exact> squared_ridge_coefficients(int dim, const Homogeneous& activation, int max_degree) {
    std::vector<Exact> squares = squared_power_moments(dim, activation.power, max_degree);
    for (int k = 0; k <= max_degree; ++k) squares[static_cast<std::size_t>(k)] *= parity_factor(activation, k);
    return squares;
}

Ball ridge_energy(int dim, const Homogeneous& activation, int degree) {
    return Ball(multiplicity(dim, degree), working_bits) *
           squared_ridge_coefficients(dim, activation, degree).back().to_ball(working_bits);
}

Ball ridge_energy_tail(int dim, const Homogeneous& activation, int max_degree) {
    if (max_degree < -1) throw std::domain_error("ridge_energy_tail: max_degree must be >= -1");
    const long d = dim;
    const long p = activation.power;
    Ball sum(working_bits);
    for (int k = max_degree + 1; k <= p; ++k) {
        if ((k + p) % 2 == 0) sum += ridge_energy(dim, activation, k);
    }
    if (activation.negative_factor == 1) return sum;
    long k = max_degree + 1;
    if ((k + p) % 2 == 0) ++k;
    const long last = std::max({8 * k, 16 * d, 4 * p, 64L});
    Ball term = ridge_energy(dim, activation, static_cast<int>(k));
    for (; k < last; k += 2) {
        sum += term;
        // N_{k+2}/N_k and (lambda_{k+2}/lambda_k)^2 separately: N_0 = 1 does not follow the quotient for d = 2.
        const Rational moment(p - k, p + k + d);
        const Rational ratio =
            Rational(multiplicity(dim, static_cast<int>(k + 2)), multiplicity(dim, static_cast<int>(k))) * moment *
            moment;
        term *= Ball(ratio, working_bits);
    }
    return sum + telescoped(term, d, p, k);
}

}  // namespace ntk
