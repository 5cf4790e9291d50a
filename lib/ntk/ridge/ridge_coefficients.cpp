// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/ridge_coefficients.hpp"

#include "ntk/numeric/adaptive_precision.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/sphere/funk_hecke.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

/// t -> g(rt+b) as a function of the angle.
class Neuron final : public AngleFunction {
public:
    Neuron(const RidgeFunction& g, const RidgePoint& at) : g_(g), at_(at) {}
    Ball at_angle(const Ball& theta) const override { return g_.at(pre_activation(theta)); }
    ComplexBall at_angle(const ComplexBall& theta) const override { return g_.at(pre_activation(theta)); }

private:
    template <class Scalar>
    Scalar pre_activation(const Scalar& theta) const {
        return constant_like(at_.radius, theta) * cos(theta) + constant_like(at_.offset, theta);
    }

    const RidgeFunction& g_;
    RidgePoint at_;
};

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

/// A coefficient of degree k is of size r^k for small r, and for functions with Gaussian decay of size e^{-b^2} for
/// large b: so many bits are tried before giving up.
long most_bits(int dim, const RidgePoint& at, int degree, long digits) {
    constexpr long largest_decay = 1L << 15;
    const Rational offset_squared = at.offset * at.offset;
    const long decay = offset_squared > largest_decay / 2 ? largest_decay : 2 * (offset_squared.convert_to<long>() + 1);
    const long smallness = at.radius < 1 && at.radius > 0 ? log2_above(Rational(1 / at.radius)) : 0;
    return 64L * (degree + dim) + 4096 + bits_for_digits(digits) + decay + smallness * degree;
}

/// g(b) P_k averaged over the sphere: the neuron without weights.
Ball constant_neuron(const RidgeFunction& g, const RidgePoint& at, int dim, long digits) {
    const auto compute = [&](long bits) { return std::vector<Ball>{g.at(Ball(at.offset, bits))}; };
    return until_certain({{name_of(0), most_bits(dim, at, 0, digits)}}, digits, bits_for_digits(digits) + 32,
                         compute)[0];
}

/// Degrees that do not vanish, by quadrature.
std::vector<Ball> smooth_coefficients(const RidgeFunction& g, int dim, const RidgePoint& at,
                                      const std::vector<int>& degrees, long digits) {
    std::vector<WantedValue> wanted;
    for (const int degree : degrees) wanted.push_back({name_of(degree), most_bits(dim, at, degree, digits)});
    const int largest = *std::max_element(degrees.begin(), degrees.end());
    // sum_k N(d,k) Lambda_k^2 <= max g^2: a coefficient of large multiplicity N needs at least log2(N)/2 bits more.
    const auto multiplicity_bits = static_cast<long>(boost::multiprecision::msb(multiplicity(dim, largest))) / 2;
    const Neuron neuron(g, at);
    return until_certain(wanted, digits, bits_for_digits(digits) + 24 + multiplicity_bits,
                         [&](long bits) { return funk_hecke_balls(neuron, dim, degrees, bits); });
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
            if (degrees[i] == 0) values[i] = constant_neuron(g, at, dim, digits);
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
