// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/eigenvalues.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/spectrum/exact_route.hpp"
#include "ntk/spectrum/series_route.hpp"
#include "ntk/sphere/funk_hecke.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <bit>
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

/// The size of a series for the next attempt: its length for the rest, its bits for the rounding.
struct SeriesSize {
    long length;
    long bits;
};

/// The exponent of 2 that the absolute error of every value has to reach, and the one that the rest has to: of the rest
/// the eigenvalue of degree k gets at most the part 1/N(d,k). Values that are not yet separated from 0 count with their
/// upper bound, so the true need may be greater.
struct SeriesNeed {
    long error;
    long rest;
};

SeriesNeed series_need(const std::vector<int>& degrees, const std::vector<Ball>& values, int dim, long digits) {
    SeriesNeed need{0, 0};
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        if (is_certain(values[i], digits)) continue;
        const long error = values[i].magnitude_exponent() - bits_for_digits(digits);
        need.error = std::min(need.error, error);
        const auto multiplicity_bits = static_cast<long>(boost::multiprecision::msb(multiplicity(dim, degrees[i])));
        need.rest = std::min(need.rest, error + multiplicity_bits);
    }
    return need;
}

/// Grows what is too small. The rest of a series falls like e^{-c sqrt(length)} for an activation with poles, faster
/// for an entire one, which gives the length to try next; the rest is never below what rounding leaves of f(1) - P(1).
SeriesSize next_size(const SeriesSize& size, const PositiveSeries& series, const SeriesNeed& need) {
    const long at_one = series.at_one().magnitude_exponent();
    const long floor =
        at_one - size.bits + static_cast<long>(std::bit_width(static_cast<unsigned long>(size.length))) + 4;
    const long rest = series.rest().magnitude_exponent();
    SeriesSize next = size;
    next.bits = std::max(size.bits, at_one - std::min(need.error, need.rest) + 48);
    if (rest > need.rest && rest > floor) {
        const double ratio =
            static_cast<double>(need.rest - at_one) / static_cast<double>(std::min(rest - at_one, -1L));
        next.length = static_cast<long>(static_cast<double>(size.length) * std::clamp(1.1 * ratio * ratio, 1.25, 4.0));
    } else if (next.bits == size.bits) {
        next.bits += size.bits / 2;
    }
    return next;
}

/// Ziv's loop over the power series in t: what it does not know and what it rounds both show in the radius.
std::vector<Ball> certain_series(const Kernel& kernel, int dim, const std::vector<int>& degrees, long digits) {
    constexpr long longest = 1 << 14;
    const int largest = *std::max_element(degrees.begin(), degrees.end());
    const long most_bits = 64L * (largest + dim) + 4096 + bits_for_digits(digits);
    SeriesSize size{std::max(128L, 2L * largest + 64), bits_for_digits(digits) + 64};
    for (;;) {
        const std::optional<PositiveSeries> series = kernel.series(size.length, size.bits);
        if (!series) {
            throw Unreachable("certified eigenvalues: " + kernel.spec().activation->name() +
                              " has neither a dual activation in closed form nor a strip of analyticity");
        }
        std::vector<Ball> values = series_eigenvalues(*series, dim, degrees);
        const auto open =
            std::find_if(values.begin(), values.end(), [&](const Ball& value) { return !is_certain(value, digits); });
        if (open == values.end()) return values;
        const SeriesSize next = next_size(size, *series, series_need(degrees, values, dim, digits));
        const bool stuck = next.length == size.length && next.bits == size.bits;
        if (stuck || size.length >= longest || size.bits >= most_bits) {
            give_up(degrees[static_cast<std::size_t>(open - values.begin())], *open, digits);
        }
        size = {std::min(next.length, longest), std::min(next.bits, most_bits)};
    }
}

}  // namespace

std::string to_string(Route route) {
    switch (route) {
        case Route::exact:
            return "exact";
        case Route::ball:
            return "ball";
        case Route::series:
            return "series";
        case Route::ridge:
            return "ridge";
    }
    throw std::logic_error("unknown route");
}

bool vanishes_by_symmetry(const Kernel& kernel, int degree) {
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
    std::vector<Exact> exact;
    if (has_exact_route(kernel)) {
        exact = exact_eigenvalues(kernel, dim, *std::max_element(degrees.begin(), degrees.end()));
    }
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        if (!exact.empty()) {
            result[i] = exact[static_cast<std::size_t>(degrees[i])];
        } else if (vanishes_by_symmetry(kernel, degrees[i])) {
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

/// Closed forms where they are wanted and known, zeros by symmetry always; all other degrees by one numerical route.
std::vector<Eigenvalue> eigenvalues(const Kernel& kernel, int dim, const std::vector<int>& degrees, long digits,
                                    Route route, bool closed_forms_wanted) {
    require_arguments(dim, degrees, digits);
    const std::vector<std::optional<Exact>> exact = closed_forms(kernel, dim, degrees);
    const auto take_exact = [&](std::size_t i) {
        return exact[i] && (closed_forms_wanted || route == Route::exact || exact[i]->is_zero());
    };
    std::vector<int> open;
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        if (!take_exact(i)) open.push_back(degrees[i]);
    }
    std::vector<Ball> values;
    if (!open.empty()) {
        values = route == Route::series ? certain_series(kernel, dim, open, digits)
                                        : certain_balls(kernel, dim, open, digits);
    }
    std::vector<Eigenvalue> result;
    auto next = values.begin();
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        const Integer count = multiplicity(dim, degrees[i]);
        if (take_exact(i)) {
            const Route found = closed_forms_wanted ? Route::exact : route;
            result.push_back({degrees[i], count, evaluate(*exact[i], digits), exact[i], found});
        } else {
            result.push_back({degrees[i], count, *next++, std::nullopt, route});
        }
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
        case Route::series:
            return kernel.series(2, 64).has_value();
        case Route::ridge:
            return false;  // of kernels with a discrete law of the weights (ridge_route.hpp)
    }
    throw std::logic_error("unknown route");
}

std::vector<Eigenvalue> certified_eigenvalues(const Kernel& kernel, int dim, const std::vector<int>& degrees,
                                              long digits) {
    return eigenvalues(kernel, dim, degrees, digits, kernel.has_closed_form() ? Route::ball : Route::series, true);
}

std::vector<Eigenvalue> eigenvalues_by(Route route, const Kernel& kernel, int dim, const std::vector<int>& degrees,
                                       long digits) {
    if (!has_route(kernel, route)) {
        throw std::domain_error("eigenvalues_by: the kernel " + kernel.description() + " has no route " +
                                to_string(route));
    }
    return eigenvalues(kernel, dim, degrees, digits, route, false);
}

}  // namespace ntk
