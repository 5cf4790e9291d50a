// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/offset_mean.hpp"

#include "ntk/ridge/kink_mean.hpp"
#include "ntk/ridge/power_ridge.hpp"
#include "ntk/sphere/ellipse.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>
#include <stdexcept>

/// Glossary: a half-width of the strip, |g| <= (C + S|z|)^m there, m = 1 or 2; A = C + S(r + a); h step of the
/// trapezoidal rule, J its last index; phi the density of N(0,V); eta half-width of the strip in the angle.
namespace ntk {
namespace {

/// Bounds of errors are computed as balls of this precision; only their upper ends count.
constexpr long bound_bits = 64;

Ball bound(const Rational& value) { return Ball(value, bound_bits); }
Ball bound(double value) { return Ball::from_double(value, bound_bits); }

Ball power_of_two(long exponent) {
    Ball result(1, bound_bits);
    arb_mul_2exp_si(result.get(), result.get(), exponent);
    return result;
}

/// E[Lambda_k^2] (or E[Lambda_k] of a square) for a polynomial: Gaussian moments E[b^{2n}] = V^n (2n-1)!!.
Rational polynomial_mean(const std::vector<Rational>& in_offset, const Rational& variance, bool squared) {
    std::vector<Rational> integrand = in_offset;
    if (squared && !in_offset.empty()) {
        integrand.assign(2 * in_offset.size() - 1, Rational(0));
        for (std::size_t i = 0; i < in_offset.size(); ++i) {
            for (std::size_t j = 0; j < in_offset.size(); ++j) integrand[i + j] += in_offset[i] * in_offset[j];
        }
    }
    Rational sum = 0, moment = 1;
    for (std::size_t n = 0; n < integrand.size(); n += 2) {
        sum += integrand[n] * moment;
        moment *= variance * Rational(n + 1);
    }
    return sum;
}

/// The trapezoidal rule h sum_{|j| <= J} phi(jh) f(jh) and a bound of its two errors.
struct OffsetRule {
    Rational step;
    long last;
    Ball error;
};

OffsetRule make_offset_rule(const StripGrowth& strip, const Rational& radius, const Rational& variance, long bits) {
    const auto v = variance.convert_to<double>();
    const double goal = static_cast<double>(bits + 4) * std::numbers::ln2;
    // A wider strip than this costs more through e^{a^2/(2V)} than it gains.
    const double a_value = std::min(strip.half_width.convert_to<double>(), std::sqrt(2 * v * goal));
    const Rational a = Rational(a_value * (1 - 1e-9));
    const Ball size = bound(Rational(strip.constant + strip.slope * (radius + a)));
    const Ball slope = bound(strip.slope);
    const Ball mean_bound = 2 * size * size + 2 * slope * slope * bound(variance);
    const Ball line_bound = exp(bound(Rational(a * a / (2 * variance)))) * mean_bound;
    const double log_line = std::log(2.0) * static_cast<double>(line_bound.magnitude_exponent() + 1);
    const double h = 2 * std::numbers::pi * a_value / (std::max(log_line, 0.0) + goal);
    OffsetRule rule{Rational(h), 0, Ball(bound_bits)};

    const double log_mean = std::log(2.0) * static_cast<double>(mean_bound.magnitude_exponent() + 8);
    const double length = std::sqrt(2 * v * (std::max(log_mean, 0.0) + goal + std::log(goal)));
    rule.last = static_cast<long>(std::ceil(length / h)) + 1;
    // From here on rigorous, for the h and J that were chosen.
    const Ball exponent = 2 * Ball::pi(bound_bits) * bound(a) / bound(rule.step);
    const Ball aliasing = 2 * line_bound / (exp(exponent) - 1);
    const Rational end = rule.last * rule.step;
    if (end * end < 2 * variance) throw std::logic_error("offset_means: the rule ends before its terms decrease");
    const Ball tail_argument = bound(Rational(end * end / (2 * variance)));
    const Ball scaled_end = bound(end) / sqrt(bound(variance));
    const Ball truncation =
        exp(-tail_argument) * (2 * size * size + 2 * slope * slope * bound(variance) * (scaled_end + 1));
    rule.error = aliasing + truncation;
    return rule;
}

/// Gauss–Legendre in the angle with the polynomials multiplied in: Lambda_k(r,b) = sum_i weights[k][i] g(r t_i + b)
/// with an error of at most remainder[k] for every |b| <= the largest one.
struct AngleRule {
    std::vector<Ball> nodes;  ///< t_i
    std::map<int, std::vector<Ball>> weights;
    std::map<int, Ball> remainder;
};

/// An ellipse in whose image |Im(r cos theta)| <= a, with the bound of (C + S|z|)^m sin^{d-2} there; empty if it does
/// not fit. |Im cos theta| <= sinh eta, |cos theta|, |sin theta| <= cosh eta for |Im theta| <= eta.
std::optional<Ellipse> ellipse_in_strip(double rho, const StripGrowth& strip, int dim, const Rational& radius,
                                        const Rational& largest_offset) {
    const Ball at = bound(rho);
    const Ball eta = Ball::pi(bound_bits) / 4 * (at - Ball(1, bound_bits) / at);
    const Ball reach = bound(radius) * sinh(eta);
    if (!reach.certainly_at_most(bound(strip.half_width))) return std::nullopt;
    const Ball argument = bound(radius) * cosh(eta) + bound(largest_offset);
    const Ball growth = pow(bound(strip.constant) + bound(strip.slope) * argument, strip.exponent);
    const Ball maximum = growth * pow(cosh(eta), static_cast<unsigned>(dim - 2));
    // The function zero has no exponent worth the name.
    return Ellipse{rho, static_cast<double>(std::max(maximum.magnitude_exponent(), -1000L))};
}

/// The ellipse with the smallest number of nodes.
Ellipse choose_ellipse(const StripGrowth& strip, int dim, const Rational& radius, const Rational& largest_offset,
                       int max_degree, long bits) {
    std::optional<Ellipse> best;
    long best_nodes = 0;
    // eta = asinh(a/r) is the widest strip; larger ellipses than rho = 5 never paid.
    const double ratio = radius == 0 ? 10.0 : Rational(strip.half_width / radius).convert_to<double>();
    const double eta = std::min(std::asinh(ratio), 4.0) * (1 - 1e-9);
    const double semi_axis = 2 * eta / std::numbers::pi;  // (rho - 1/rho)/2
    const double widest = semi_axis + std::sqrt(1 + semi_axis * semi_axis) - 1;
    for (double share = 1; share > 0.02; share *= 0.8) {
        const auto candidate = ellipse_in_strip(1 + widest * share, strip, dim, radius, largest_offset);
        if (!candidate) continue;
        const long nodes = nodes_needed(*candidate, max_degree, bits);
        if (!best || nodes < best_nodes) {
            best = candidate;
            best_nodes = nodes;
        }
    }
    if (!best) throw std::logic_error("offset_means: no ellipse fits into the strip");
    return *best;
}

/// weights_{k} = (c_d pi/2) w sin^{d-2}(theta) P_k(t) of one node for the degrees of the rule, by the recurrence in
/// balls: it loses up to log2(1+sqrt 2) < 1.3 bits per degree, which `bits` must bring along.
void append_node(AngleRule& rule, int dim, const Ball& z, const Ball& weight, const Ball& scale, long stored_bits) {
    const Ball half_angle = Ball::pi(z.bits()) * z / 2;  // theta - pi/2
    const Ball t = -sin(half_angle);
    const Ball factor = scale * weight * pow(cos(half_angle), static_cast<unsigned>(dim - 2));
    GegenbauerWalk<Ball> polynomials(dim, t, Ball(1, z.bits()));
    for (auto& [degree, weights] : rule.weights) {
        weights.push_back(rounded(factor * polynomials.at(degree), stored_bits));
    }
    rule.nodes.push_back(rounded(t, stored_bits));
}

AngleRule make_angle_rule(const Ellipse& ellipse, int dim, const std::vector<int>& degrees, long remainder_bits,
                          long stored_bits) {
    AngleRule rule;
    for (const int degree : degrees) rule.weights[degree];
    const int max_degree = rule.weights.rbegin()->first;
    const long count = nodes_needed(ellipse, max_degree, remainder_bits);
    const Ball density = zonal_density_constant(dim, bound_bits);
    for (const int degree : degrees) {
        const auto exponent = static_cast<long>(std::ceil(log2_remainder(ellipse, degree, count)));
        rule.remainder.emplace(degree, density * power_of_two(exponent));
    }
    const long bits = stored_bits + 2L * max_degree + 32;
    const Ball scale = zonal_density_constant(dim, bits) * Ball::pi(bits) / 2;
    Ball z(bits), weight(bits);
    for (long i = 0; i < count / 2; ++i) {
        arb_hypgeom_legendre_p_ui_root(z.get(), weight.get(), static_cast<ulong>(count), static_cast<ulong>(i), bits);
        append_node(rule, dim, z, weight, scale, stored_bits);
        append_node(rule, dim, -z, weight, scale, stored_bits);
    }
    return rule;
}

/// Lambda_k(r,b) for the degrees of the rule.
std::map<int, Ball> coefficients_at(const RidgeFunction& g, const AngleRule& rule, const Rational& radius,
                                    const Rational& offset, long bits) {
    const Ball r(radius, bits), b(offset, bits);
    std::vector<Ball> values;
    values.reserve(rule.nodes.size());
    for (const Ball& t : rule.nodes) values.push_back(g.at(r * t + b));
    std::map<int, Ball> result;
    for (const auto& [degree, weights] : rule.weights) {
        Ball sum(bits);
        for (std::size_t i = 0; i < values.size(); ++i) {
            arb_addmul(sum.get(), weights[i].get(), values[i].get(), bits);
        }
        result.emplace(degree, enlarged(sum, rule.remainder.at(degree)));
    }
    return result;
}

std::vector<Ball> strip_means(const RidgeFunction& g, int dim, const Rational& radius, const Rational& variance,
                              const std::vector<int>& degrees, long bits) {
    const StripGrowth strip = *g.strip();
    const OffsetRule offsets = make_offset_rule(strip, radius, variance, bits);
    const Rational largest_offset = offsets.last * offsets.step;
    const Ball largest = pow(bound(Rational(strip.constant + strip.slope * (radius + largest_offset))), strip.exponent);
    const long size_bits = std::max(0L, largest.magnitude_exponent());
    const long density_bits = std::max(0L, zonal_density_constant(dim, bound_bits).magnitude_exponent());
    // An error of Lambda counts 2 |Lambda| times in its square.
    const long remainder_bits = bits + 8 + size_bits + density_bits;
    const long stored_bits = remainder_bits + size_bits + 32;
    const int max_degree = *std::max_element(degrees.begin(), degrees.end());
    const Ellipse ellipse = choose_ellipse(strip, dim, radius, largest_offset, max_degree, remainder_bits);
    const AngleRule angles = make_angle_rule(ellipse, dim, degrees, remainder_bits, stored_bits);

    const Ball scale = Ball(offsets.step, stored_bits) / sqrt(2 * Ball::pi(stored_bits) * Ball(variance, stored_bits));
    std::map<int, Ball> sums;
    for (const int degree : degrees) sums.emplace(degree, Ball(stored_bits));
    // Lambda_k(r,-b) = +-Lambda_k(r,b) if g has a parity: then one side is enough.
    const bool folded = g.has_parity();
    for (long j = folded ? 0 : -offsets.last; j <= offsets.last; ++j) {
        const Rational b = j * offsets.step;
        const Ball density = scale * exp(Ball(Rational(-b * b / (2 * variance)), stored_bits));
        const Ball weight = folded && j > 0 ? 2 * density : density;
        for (const auto& [degree, value] : coefficients_at(g, angles, radius, b, stored_bits)) {
            sums.at(degree) += weight * (g.is_squared() ? value : value * value);
        }
    }
    std::vector<Ball> means;
    for (const int degree : degrees) means.push_back(enlarged(sums.at(degree), offsets.error));
    return means;
}

}  // namespace

bool has_offset_mean(const RidgeFunction& g) { return g.polynomial() || g.piecewise_power() || g.strip(); }

std::vector<Ball> offset_means(const RidgeFunction& g, int dim, const Rational& radius, const Rational& variance,
                               const std::vector<int>& degrees, long bits) {
    if (dim < 2 || radius < 0 || variance <= 0 ||
        std::any_of(degrees.begin(), degrees.end(), [](int k) { return k < 0; })) {
        throw std::domain_error("offset_means: needs dim >= 2, radius >= 0, variance > 0 and degrees >= 0");
    }
    if (!has_offset_mean(g)) {
        throw std::domain_error("offset_means: " + g.name() +
                                ": a mean over random biases is certified for polynomials, powers with a kink and "
                                "activations with a strip of analyticity only");
    }
    if (degrees.empty()) return {};
    if (!g.polynomial() && g.piecewise_power()) {
        return kink_means(*g.piecewise_power(), dim, radius, variance, degrees, g.is_squared() ? 1 : 2, bits);
    }
    std::vector<Ball> means(degrees.size(), Ball(bits));
    std::vector<int> open;
    const auto polynomial = g.polynomial();
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        if (polynomial) {
            const auto in_offset = polynomial_ridge_in_offset(*polynomial, dim, degrees[i], radius);
            means[i] = Ball(polynomial_mean(in_offset, variance, !g.is_squared()), bits);
        } else if (radius > 0 || degrees[i] == 0) {
            open.push_back(degrees[i]);
        }
    }
    if (open.empty()) return means;
    const std::vector<Ball> found = strip_means(g, dim, radius, variance, open, bits);
    for (std::size_t i = 0, next = 0; i < degrees.size(); ++i) {
        if (radius > 0 || degrees[i] == 0) means[i] = found[next++];
    }
    return means;
}

}  // namespace ntk
