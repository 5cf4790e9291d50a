// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/power_moments.hpp"

#include "ntk/numeric/rational.hpp"
#include "ntk/spectrum/exact_route.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

/// Glossary: a_k = N(d,k) (lambda_k^{(p)})^2, non-zero for k = p and for k of the parity of p + 1;
/// r_k = a_{k+2}/a_k = numerator(k)/denominator(k).
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

/// An upper bound of a_k + a_{k+2} + ... for the term a_k at k = start.
Ball telescoped(const Ball& term, long d, long p, long start) {
    for (long s = 0; s <= 64 * (d + 4); s = s == 0 ? 1 : 2 * s) {
        if (majorant_holds(d, p, start, s)) return term * (start + s) / (4 * p + 2);
    }
    throw std::logic_error("power_moment_tail: no telescoping majorant found");
}

}  // namespace

Ball power_moment_term(int dim, int power, int degree) {
    return Ball(multiplicity(dim, degree), working_bits) *
           squared_power_moments(dim, power, degree).back().to_ball(working_bits);
}

Ball power_moment_tail(int dim, int power, int max_degree) {
    if (max_degree < -1) throw std::domain_error("power_moment_tail: max_degree must be >= -1");
    const long d = dim;
    const long p = power;
    Ball sum(working_bits);
    if (p > max_degree) sum += power_moment_term(dim, power, power);
    long k = max_degree + 1;
    if ((k + p) % 2 == 0) ++k;
    const long last = std::max({8 * k, 16 * d, 64L});
    Ball term = power_moment_term(dim, power, static_cast<int>(k));
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
