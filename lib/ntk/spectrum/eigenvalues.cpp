// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/eigenvalues.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/spectrum/exact_route.hpp"
#include "ntk/spectrum/funk_hecke.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ntk {
namespace {

long bits_for_digits(long digits) {
    return static_cast<long>(std::ceil(static_cast<double>(digits) * 3.3219280948873627)) + 8;
}

void require_arguments(int dim, const std::vector<int>& degrees, long digits) {
    if (dim < 2) throw std::domain_error("eigenvalues: dim = " + std::to_string(dim) + ": must be >= 2");
    if (digits < 1) throw std::domain_error("eigenvalues: digits = " + std::to_string(digits) + ": must be >= 1");
    for (const int degree : degrees) {
        if (degree < 0) throw std::domain_error("eigenvalues: degree = " + std::to_string(degree) + ": must be >= 0");
    }
}

/// A closed form evaluated until cancellation between its terms leaves enough digits.
Ball evaluate(const Exact& exact, long digits) {
    long bits = bits_for_digits(digits) + 16;
    Ball value = exact.to_ball(bits);
    while (!exact.is_zero() && certified_digits(value) <= digits) {
        bits *= 2;
        value = exact.to_ball(bits);
    }
    return value;
}

/// One more digit than asked for leaves room for printing.
bool is_certain(const Ball& value, long digits) { return value.is_zero() || certified_digits(value) > digits; }

[[noreturn]] void give_up(int degree, const Ball& value, long digits) {
    throw Unreachable(
        "eigenvalue of degree " + std::to_string(degree) + ": " + std::to_string(digits) +
        " digits could not be certified, reached " + std::to_string(certified_digits(value)) + "; it is at most " +
        print_rounded_up(Rational(boost::multiprecision::abs(value.exact_midpoint()) + value.exact_radius()), 2) +
        " in absolute value");
}

/// The absolute precision at which every value has its digits, judged from a first look; 0 if all are certain already.
long missing_bits(const std::vector<int>& degrees, const std::vector<Ball>& values, int dim, long bits, long digits) {
    long needed = 0;
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        if (is_certain(values[i], digits)) continue;
        const long ceiling = 64L * (degrees[i] + dim) + 4096 + bits_for_digits(digits);
        if (bits >= ceiling) give_up(degrees[i], values[i], digits);
        const long seen =
            values[i].contains_zero() ? 2 * bits : bits_for_digits(digits) - values[i].magnitude_exponent() + 16;
        needed = std::max(needed, std::min(std::max(seen, bits + 32), ceiling));
    }
    return needed;
}

/// Ziv's loop over the certified quadrature; degrees that vanish are left to the caller.
std::vector<Ball> certain_balls(const Kernel& kernel, int dim, const std::vector<int>& degrees, long digits) {
    if (degrees.empty()) return {};
    // mu_k N(d,k) <= kappa(1): an eigenvalue of large multiplicity needs at least this many bits more.
    const int largest = *std::max_element(degrees.begin(), degrees.end());
    long bits =
        bits_for_digits(digits) + 24 + static_cast<long>(boost::multiprecision::msb(multiplicity(dim, largest)));
    for (;;) {
        std::vector<Ball> values = funk_hecke_balls(kernel, dim, degrees, bits);
        const long needed = missing_bits(degrees, values, dim, bits, digits);
        if (needed == 0) return values;
        bits = needed;
    }
}

}  // namespace

std::string to_string(Route route) { return route == Route::exact ? "exact" : "ball"; }

bool vanishes_by_symmetry(const Kernel& kernel, int degree) {
    const KernelSpec& spec = kernel.spec();
    const std::optional<Rational> slope = spec.activation->negative_slope();
    // Slope 1 is the identity, whose kernel is linear in t with or without biases.
    if (slope && *slope == 1 && degree >= 2) return true;
    if (spec.bias_variance != 0) return false;
    const bool constant_part = degree == 0 && spec.output_bias;
    // G alone (a bias trained from zero) has the parity opposite to F and t G.
    const bool gradient_alone = kernel.has_gradient_part() && spec.train_bias;
    const Parity parity = spec.activation->parity();
    if (parity != Parity::none) {
        const bool matches = (degree % 2 == 1) == (parity == Parity::odd);
        if (!matches && !gradient_alone && !constant_part) return true;
    }
    // sigma(z) = (1+slope)/2 z + (1-slope)/2 |z|: in F and t G the odd degrees see only the linear part; G alone has
    // odd degrees of its own.
    return slope && degree % 2 == 1 && degree >= 3 && !gradient_alone;
}

long digits_below_diagonal(const std::vector<Eigenvalue>& eigenvalues, const Kernel& kernel) {
    constexpr double digits_per_bit = 0.30103;
    long bits = 0;
    const long at_one = kernel.at_one(64).magnitude_exponent();
    for (const Eigenvalue& eigenvalue : eigenvalues) {
        if (eigenvalue.enclosure.is_zero()) continue;
        bits = std::max(bits, at_one - eigenvalue.enclosure.magnitude_exponent());
    }
    return static_cast<long>(std::ceil(static_cast<double>(bits) * digits_per_bit)) + 1;
}

std::vector<Eigenvalue> ball_eigenvalues(const Kernel& kernel, int dim, const std::vector<int>& degrees, long digits) {
    require_arguments(dim, degrees, digits);
    std::vector<int> open;
    for (const int degree : degrees) {
        if (!vanishes_by_symmetry(kernel, degree)) open.push_back(degree);
    }
    const std::vector<Ball> values = certain_balls(kernel, dim, open, digits);
    std::vector<Eigenvalue> result;
    std::size_t next = 0;
    for (const int degree : degrees) {
        const bool zero = vanishes_by_symmetry(kernel, degree);
        const Ball value = zero ? Ball(bits_for_digits(digits)) : values[next++];
        result.push_back({degree, multiplicity(dim, degree), value, zero ? std::optional<Exact>(Exact()) : std::nullopt,
                          Route::ball});
    }
    return result;
}

std::vector<Eigenvalue> certified_eigenvalues(const Kernel& kernel, int dim, const std::vector<int>& degrees,
                                              long digits) {
    require_arguments(dim, degrees, digits);
    if (!has_exact_route(kernel)) return ball_eigenvalues(kernel, dim, degrees, digits);
    if (degrees.empty()) return {};
    const std::vector<Exact> exact = exact_eigenvalues(kernel, dim, *std::max_element(degrees.begin(), degrees.end()));
    std::vector<Eigenvalue> result;
    for (const int degree : degrees) {
        const Exact& value = exact[static_cast<std::size_t>(degree)];
        result.push_back({degree, multiplicity(dim, degree), evaluate(value, digits), value, Route::exact});
    }
    return result;
}

}  // namespace ntk
