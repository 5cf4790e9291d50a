// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/ridge_coefficients.hpp"

#include "ntk/numeric/adaptive_precision.hpp"
#include "ntk/sphere/funk_hecke.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

/// t -> g(rt+b) 2^{-exponent} as a function of the angle.
class Neuron final : public AngleFunction {
public:
    Neuron(const RidgeFunction& g, const RidgePoint& at, long exponent) : g_(g), at_(at), exponent_(exponent) {}
    Ball at_angle(const Ball& theta) const override {
        Ball value = g_.at(pre_activation(theta));
        arb_mul_2exp_si(value.get(), value.get(), -exponent_);
        return value;
    }
    ComplexBall at_angle(const ComplexBall& theta) const override {
        ComplexBall value = g_.at(pre_activation(theta));
        acb_mul_2exp_si(value.get(), value.get(), -exponent_);
        return value;
    }

private:
    template <class Scalar>
    Scalar pre_activation(const Scalar& theta) const {
        return constant_like(at_.radius, theta) * cos(theta) + constant_like(at_.offset, theta);
    }

    const RidgeFunction& g_;
    RidgePoint at_;
    long exponent_;
};

/// About log2 max |g(rt+b)|, from a sample: it decides on precision, never on a bound. Empty where g looks like zero or
/// is beyond 2^(+-2^22).
std::optional<long> size_exponent(const RidgeFunction& g, const RidgePoint& at) {
    constexpr int samples = 32;
    constexpr long largest = 1L << 22;
    std::optional<long> exponent;
    for (int i = -samples; i <= samples; ++i) {
        const Ball value = g.at(Ball(Rational(at.offset + at.radius * Rational(i, samples)), 64));
        if (!value.is_finite() || value.contains_zero()) continue;
        const long here = value.magnitude_exponent();
        if (std::abs(here) <= largest && (!exponent || here > *exponent)) exponent = here;
    }
    return exponent;
}

std::string name_of(int degree) { return "ridge coefficient of degree " + std::to_string(degree); }

void require_arguments(int dim, const RidgePoint& at, const std::vector<int>& degrees, long digits) {
    if (dim < 2) throw std::domain_error("ridge_coefficients: dim = " + std::to_string(dim) + ": must be >= 2");
    if (digits < 1)
        throw std::domain_error("ridge_coefficients: digits = " + std::to_string(digits) + ": must be >= 1");
    if (at.radius < 0) {
        throw std::domain_error("ridge_coefficients: radius = " + to_string(at.radius) + ": must be >= 0");
    }
    for (const int degree : degrees) {
        if (degree < 0) {
            throw std::domain_error("ridge_coefficients: degree = " + std::to_string(degree) + ": must be >= 0");
        }
    }
}

/// log2 of x rounded up, at least 0.
long log2_above(const Rational& x) {
    if (x <= 1) return 0;
    return static_cast<long>(boost::multiprecision::msb(
               Integer(boost::multiprecision::numerator(x) / boost::multiprecision::denominator(x)))) +
           1;
}

/// The bits below the size of g at which the search for a coefficient ends; one of degree k is of size r^k for small r.
long most_bits(int dim, const RidgePoint& at, int degree, long digits) {
    const long smallness = at.radius < 1 && at.radius > 0 ? log2_above(Rational(1 / at.radius)) : 0;
    return 64L * (degree + dim) + 4096 + bits_for_digits(digits) + smallness * degree;
}

/// g(b): the average of the neuron without weights over the sphere.
Ball constant_neuron(const RidgeFunction& g, const RidgePoint& at, long digits) {
    const auto compute = [&](long bits) { return std::vector<Ball>{g.at(Ball(at.offset, bits))}; };
    return until_certain({{name_of(0), 1L << 16}}, digits, bits_for_digits(digits) + 32, compute)[0];
}

/// Degrees that do not vanish, by quadrature.
std::vector<Ball> quadrature_coefficients(const RidgeFunction& g, int dim, const RidgePoint& at,
                                          const std::vector<int>& degrees, long digits) {
    std::vector<WantedValue> wanted;
    for (const int degree : degrees) wanted.push_back({name_of(degree), most_bits(dim, at, degree, digits)});
    const int largest = *std::max_element(degrees.begin(), degrees.end());
    // sum_k N(d,k) Lambda_k^2 <= max g^2: a coefficient of large multiplicity N needs at least log2(N)/2 bits more.
    const auto multiplicity_bits = static_cast<long>(boost::multiprecision::msb(multiplicity(dim, largest))) / 2;
    const long exponent = size_exponent(g, at).value_or(0);
    const Neuron neuron(g, at, exponent);
    std::vector<Ball> values = until_certain(wanted, digits, bits_for_digits(digits) + 24 + multiplicity_bits,
                                             [&](long bits) { return funk_hecke_balls(neuron, dim, degrees, bits); });
    for (Ball& value : values) arb_mul_2exp_si(value.get(), value.get(), exponent);
    return values;
}

/// Whether g is nearly constant on the neuron, so that all coefficients but the first are far below the size of g.
bool is_saturated(const RidgeFunction& g, const RidgeFunction& derivative, const RidgePoint& at) {
    const std::optional<long> size = size_exponent(g, at), slope = size_exponent(derivative, at);
    constexpr long negligible = 64;
    return size && slope && *slope + log2_above(at.radius) + negligible < *size;
}

/// Degrees that do not vanish. Of a saturated neuron by Lambda_{k,d} = (r/d) Lambda'_{k-1,d+2}, k >= 1 (integration by
/// parts, c_{d+2} = c_d d/(d-1)).
std::vector<Ball> smooth_coefficients(const RidgeFunction& g, int dim, const RidgePoint& at,
                                      const std::vector<int>& degrees, long digits) {
    const std::optional<RidgeFunction> derivative = g.derivative();
    if (!derivative || !is_saturated(g, *derivative, at)) {
        return quadrature_coefficients(g, dim, at, degrees, digits);
    }
    std::vector<int> lowered;
    for (const int degree : degrees) {
        if (degree > 0) lowered.push_back(degree - 1);
    }
    std::vector<Ball> found;
    if (!lowered.empty()) found = quadrature_coefficients(*derivative, dim + 2, at, lowered, digits + 1);
    std::vector<Ball> values;
    auto next = found.begin();
    for (const int degree : degrees) {
        values.push_back(degree == 0 ? quadrature_coefficients(g, dim, at, {0}, digits)[0]
                                     : *next++ * Ball(Rational(at.radius / dim), bits_for_digits(digits) + 32));
    }
    return values;
}

}  // namespace

std::vector<Ball> ridge_coefficients(const RidgeFunction& g, int dim, const RidgePoint& at,
                                     const std::vector<int>& degrees, long digits) {
    require_arguments(dim, at, degrees, digits);
    const long bits = bits_for_digits(digits) + 32;
    if (const auto polynomial = g.polynomial()) {
        std::vector<Ball> values;
        for (const int k : degrees) values.emplace_back(polynomial_ridge(*polynomial, dim, k, at), bits);
        return values;
    }
    if (const auto power = g.piecewise_power()) return piecewise_ridge(*power, dim, at, degrees, digits);

    std::vector<Ball> values(degrees.size(), Ball(bits));
    std::vector<int> open;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        if (at.offset == 0 && g.vanishes_without_offset(degrees[i])) continue;
        if (at.radius == 0) {
            if (degrees[i] == 0) values[i] = constant_neuron(g, at, digits);
            continue;
        }
        open.push_back(degrees[i]);
        places.push_back(i);
    }
    if (open.empty()) return values;
    const std::vector<Ball> found = smooth_coefficients(g, dim, at, open, digits);
    for (std::size_t i = 0; i < open.size(); ++i) values[places[i]] = found[i];
    return values;
}

}  // namespace ntk
