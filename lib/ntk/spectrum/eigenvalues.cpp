// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/eigenvalues.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/spectrum/exact_route.hpp"
#include "ntk/spectrum/polynomial_kernel.hpp"
#include "ntk/spectrum/series_route.hpp"
#include "ntk/spectrum/wanted_eigenvalues.hpp"
#include "ntk/sphere/funk_hecke.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ntk {
namespace {

/// The absolute accuracy of a first attempt: mu_k N(d,k) <= kappa(1), so that an eigenvalue of large multiplicity needs
/// at least this many bits.
long first_bits(int dim, const std::vector<int>& degrees, long digits) {
    const int largest = *std::max_element(degrees.begin(), degrees.end());
    return bits_for_digits(digits) + 24 + static_cast<long>(boost::multiprecision::msb(multiplicity(dim, largest)));
}

std::vector<Ball> quadrature_balls(const Kernel& kernel, int dim, const std::vector<int>& degrees, long digits) {
    return until_certain(wanted_eigenvalues(dim, degrees, digits), digits, first_bits(dim, degrees, digits),
                         [&](long bits) { return funk_hecke_balls(kernel, dim, degrees, bits); });
}

std::vector<Ball> series_balls(const Kernel& kernel, int dim, const std::vector<int>& degrees, long digits) {
    return certain_series_eigenvalues(
        [&](long length, long bits) {
            std::optional<PositiveSeries> series = kernel.series(length, bits);
            if (series) return *std::move(series);
            throw Unreachable("certified eigenvalues: " + kernel.spec().activation->name() +
                              " has neither a dual activation in closed form nor a strip of analyticity");
        },
        dim, degrees, digits);
}

/// An e such that every coefficient of the closed form is below 2^e: what its terms may lose by cancellation.
long coefficient_exponent(const Exact& exact) {
    using boost::multiprecision::msb;
    long exponent = 0;
    for (std::size_t i = 0; i < Exact::basis_size; ++i) {
        const Rational size = boost::multiprecision::abs(exact.coefficient(static_cast<Exact::Basis>(i)));
        if (size == 0) continue;
        const auto above = static_cast<long>(msb(numerator(size))), below = static_cast<long>(msb(denominator(size)));
        exponent = std::max(exponent, above - below + 1);
    }
    return exponent;
}

/// A closed form as a ball with its digits.
Ball evaluate(const Exact& exact, long digits) {
    if (exact.is_zero()) return exact.to_ball(64);
    const long cancellation = coefficient_exponent(exact);
    const WantedValue wanted{"closed form", 1L << 24};
    const std::vector<Ball> values = until_certain({wanted}, digits, bits_for_digits(digits) + 16, [&](long bits) {
        return std::vector<Ball>{exact.to_ball(bits + cancellation)};
    });
    // The bits that cancellation took are not wanted any longer.
    return rounded(values.front(), bits_for_digits(digits) + 32);
}

/// Without random biases the rationals stay small. With them their size and number grow with degree and dimension, and
/// beyond this limit a numerical route is faster.
bool is_cheap_exactly(const Kernel& kernel, int dim, int max_degree) {
    return !kernel.has_random_bias() || kernel.spec().activation->homogeneous() == std::nullopt ||
           static_cast<long>(dim) + max_degree <= 4096;
}

}  // namespace

std::string to_string(Route route) {
    switch (route) {
        case Route::exact:
            return "exact";
        case Route::ball:
            return "ball";
        case Route::ridge:
            return "ridge";
    }
    throw std::logic_error("unknown route");
}

bool is_known_to_vanish(const Kernel& kernel, int degree) {
    const std::optional<int> polynomial_degree = short_polynomial_degree(kernel);
    if (polynomial_degree && degree > *polynomial_degree) return true;
    const KernelSpec& spec = kernel.spec();
    if (kernel.has_random_bias()) return false;
    const bool odd_degree = degree % 2 == 1;
    // A constant is added by the output bias; with biases trained from zero, by every layer.
    if (degree == 0 && spec.output_bias) return false;
    // Biases trained from zero add G alone, which has the parity opposite to F and t G.
    if (kernel.has_gradient_part() && spec.train_bias) return false;
    switch (spec.activation->parity()) {
        case Parity::none:
            return false;
        case Parity::odd:
            return !odd_degree;
        case Parity::even:
            return odd_degree;
        case Parity::even_plus_linear:
            return kernel.is_shallow() && odd_degree && degree >= 3;
        case Parity::odd_plus_constant:
            return kernel.is_shallow() && !odd_degree && (degree >= 2 || !kernel.has_value_part());
    }
    throw std::logic_error("unknown parity");
}

std::vector<std::optional<Exact>> closed_forms(const Kernel& kernel, int dim, const std::vector<int>& degrees) {
    std::vector<std::optional<Exact>> result(degrees.size());
    if (degrees.empty()) return result;
    const int largest = *std::max_element(degrees.begin(), degrees.end());
    std::vector<Exact> exact;
    if (has_exact_route(kernel) && is_cheap_exactly(kernel, dim, largest)) {
        exact = exact_eigenvalues(kernel, dim, largest);
    }
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        if (!exact.empty()) {
            result[i] = exact[static_cast<std::size_t>(degrees[i])];
        } else if (is_known_to_vanish(kernel, degrees[i])) {
            result[i] = Exact();
        }
    }
    return result;
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

namespace {

std::vector<Ball> by_numerical_route(Route route, const Kernel& kernel, int dim, const std::vector<int>& degrees,
                                     long digits) {
    if (degrees.empty()) return {};
    return route == Route::ridge ? series_balls(kernel, dim, degrees, digits)
                                 : quadrature_balls(kernel, dim, degrees, digits);
}

/// The closed form where `exact` has one, the numerical route for all other degrees.
std::vector<Eigenvalue> eigenvalues(const Kernel& kernel, int dim, const std::vector<int>& degrees, long digits,
                                    Route numerical, const std::vector<std::optional<Exact>>& exact) {
    std::vector<int> open;
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        if (!exact[i]) open.push_back(degrees[i]);
    }
    const std::vector<Ball> values = by_numerical_route(numerical, kernel, dim, open, digits);
    std::vector<Eigenvalue> result;
    auto next = values.begin();
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        const Route route = exact[i] ? Route::exact : numerical;
        const Ball value = exact[i] ? evaluate(*exact[i], digits) : *next++;
        result.push_back({degrees[i], multiplicity(dim, degrees[i]), value, exact[i], route});
    }
    return result;
}

}  // namespace

bool has_route(const Kernel& kernel, Route route) {
    switch (route) {
        case Route::exact:
            return has_exact_route(kernel);
        case Route::ball:
            return kernel.has_closed_form();
        case Route::ridge:
            return kernel.series(2, 64).has_value();
    }
    throw std::logic_error("unknown route");
}

std::vector<Eigenvalue> certified_eigenvalues(const Kernel& kernel, int dim, const std::vector<int>& degrees,
                                              long digits) {
    require_eigenvalue_arguments("eigenvalues", dim, degrees, digits);
    const Route numerical = kernel.has_closed_form() ? Route::ball : Route::ridge;
    return eigenvalues(kernel, dim, degrees, digits, numerical, closed_forms(kernel, dim, degrees));
}

std::vector<Eigenvalue> eigenvalues_by(Route route, const Kernel& kernel, int dim, const std::vector<int>& degrees,
                                       long digits) {
    require_eigenvalue_arguments("eigenvalues", dim, degrees, digits);
    if (!has_route(kernel, route)) {
        throw std::domain_error("eigenvalues_by: the kernel " + kernel.description() + " has no route " +
                                to_string(route));
    }
    std::vector<std::optional<Exact>> exact(degrees.size());
    std::vector<Exact> all;
    if (route == Route::exact && !degrees.empty()) {
        all = exact_eigenvalues(kernel, dim, *std::max_element(degrees.begin(), degrees.end()));
    }
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        if (!all.empty()) exact[i] = all[static_cast<std::size_t>(degrees[i])];
        if (!exact[i] && is_known_to_vanish(kernel, degrees[i])) exact[i] = Exact();
    }
    std::vector<Eigenvalue> result = eigenvalues(kernel, dim, degrees, digits, route, exact);
    for (Eigenvalue& eigenvalue : result) eigenvalue.route = route;
    return result;
}

}  // namespace ntk
