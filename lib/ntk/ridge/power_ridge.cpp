// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/power_ridge.hpp"

#include "ntk/numeric/adaptive_precision.hpp"
#include "ntk/ridge/kink_integral.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace ntk {
namespace {

Rational power(const Rational& base, int exponent) {
    Rational result = 1;
    for (int i = 0; i < exponent; ++i) result *= base;
    return result;
}

/// c_d for odd d: c_3 = 1/2 and c_{d+2} = c_d d/(d-1).
Rational rational_density_constant(int dim) {
    Rational result(1, 2);
    for (int d = 3; d < dim; d += 2) result *= Rational(d, d - 1);
    return result;
}

/// (right - left) z^p as coefficients, times `factor`.
std::vector<Rational> monomial(int p, const Rational& factor) {
    if (factor == 0) return {};
    std::vector<Rational> result(static_cast<std::size_t>(p) + 1);
    result.back() = factor;
    return result;
}

/// P_{n,dim}(t0) for the wanted n >= 0 at a rational t0 = x/y: the recurrence for N_n = P_n y^n (c_1 c_2 ... c_{n-1}),
/// c_n = n + dim - 2, stays in the integers:  N_{n+1} = a x N_n - b c_{n-1} y^2 N_{n-1} (c_0 replaced by 1).
std::map<int, Ball> exact_gegenbauer_values(int dim, const Rational& t0, const std::vector<int>& wanted, long bits) {
    const Integer x = boost::multiprecision::numerator(t0), y = boost::multiprecision::denominator(t0);
    const Integer y_squared = y * y;
    std::map<int, Ball> values;
    for (const int n : wanted) values.emplace(n, Ball(bits));
    Integer previous = 1, current = x;
    Ball scale(y, bits);
    int n = 1;
    for (auto& [degree, value] : values) {
        if (degree == 0) {
            value = Ball(1, bits);
            continue;
        }
        for (; n < degree; ++n) {
            const GegenbauerStep step = gegenbauer_step(dim, n);
            const long last_divisor = n == 1 ? 1 : gegenbauer_step(dim, n - 1).c;
            Integer next = step.a * x * current - (step.b * last_divisor) * (y_squared * previous);
            previous = std::move(current);
            current = std::move(next);
            scale *= Ball(y, bits) * Ball(step.c, bits);
        }
        if (current != 0) value = Ball(current, bits) / scale;
    }
    return values;
}

BallKink ball_kink(const Rational& t0, long bits) {
    const Ball at(t0, bits);
    return {at, sqrt(Ball(Rational(1 - t0 * t0), bits)), acos(at)};
}

/// The coefficients of one neuron with the kink inside the sphere, |b| < r.
class KinkInside {
public:
    KinkInside(const PiecewisePower& g, int dim, const RidgePoint& at)
        : g_(g),
          dim_(dim),
          at_(at),
          t0_(-at.offset / at.radius),
          jump_((g.right - g.left) * power(at.radius, g.power)) {}

    /// The degrees above p, all at once.
    std::map<int, Ball> high(const std::vector<int>& degrees, long bits) const {
        const int p = g_.power;
        std::vector<int> shifted;
        for (const int k : degrees) shifted.push_back(k - p - 1);
        const Rational factor = jump_ * kink_factor(p, dim_, p + 1);
        const Ball common =
            Ball(factor, bits) * zonal_density_constant(dim_, bits) * ball_kink(t0_, bits).sine_power(dim_ - 1 + 2 * p);
        std::map<int, Ball> result;
        for (const auto& [n, value] : exact_gegenbauer_values(dim_ + 2 * p + 2, t0_, shifted, bits)) {
            result.emplace(n + p + 1, value.is_zero() || jump_ == 0 ? Ball(bits) : common * value);
        }
        return result;
    }

    /// One degree k <= p.
    Ball low(int k, long digits) const {
        const Rational polynomial_part = polynomial_ridge(monomial(g_.power, g_.left), dim_, k, at_);
        const Rational factor = jump_ * kink_factor(g_.power, dim_, k);
        const int inner = dim_ + 2 * k;
        const long first_bits = bits_for_digits(digits) + 32;
        if (dim_ % 2 == 1) {
            const Rational kinked =
                rational_density_constant(dim_) * factor * shifted_moment(RationalKink{t0_}, inner, g_.power - k);
            return Ball(Rational(polynomial_part + kinked), first_bits);
        }
        if (at_.offset == 0 && g_.left == ((g_.power + k) % 2 == 0 ? Rational(-g_.right) : g_.right)) {
            return Ball(first_bits);
        }
        // Without the polynomial part the integrand has one sign, and some precision shows it.
        const long most_bits = g_.left == 0 ? 1L << 24 : 1L << 17;
        const auto compute = [&](long bits) {
            return std::vector<Ball>{Ball(polynomial_part, bits) +
                                     zonal_density_constant(dim_, bits) * Ball(factor, bits) *
                                         shifted_moment(ball_kink(t0_, bits), inner, g_.power - k)};
        };
        return until_certain({{"ridge coefficient of degree " + std::to_string(k), most_bits}}, digits, first_bits,
                             compute)[0];
    }

private:
    PiecewisePower g_;
    int dim_;
    RidgePoint at_;
    Rational t0_;
    Rational jump_;  ///< (right - left) r^p
};

}  // namespace

Rational kink_factor(int power, int dim, int degree) {
    Rational result = 1;
    for (int i = 0; i < degree; ++i) result *= Rational(std::max(power - i, 1), dim - 1 + 2 * i);
    return result;
}

std::vector<Rational> monomial_moments(int dim, int degree, int last_power) {
    require_gegenbauer_arguments(dim, degree);
    std::vector<Rational> moments(static_cast<std::size_t>(last_power) + 1);
    if (degree > last_power) return moments;
    Rational moment = 1;
    for (int i = 0; i < degree; ++i) moment *= Rational(i + 1, dim + 2 * i);
    for (long j = degree; j <= last_power; j += 2) {
        moments[static_cast<std::size_t>(j)] = moment;
        moment *= Rational((j + 1) * (j + 2), (j - degree + 2) * (j + degree + dim));
    }
    return moments;
}

std::vector<Rational> polynomial_ridge_in_offset(const std::vector<Rational>& polynomial, int dim, int degree,
                                                 const Rational& radius) {
    const int top = static_cast<int>(polynomial.size()) - 1;
    if (degree > top) return {};
    const std::vector<Rational> moments = monomial_moments(dim, degree, top);
    std::vector<Rational> result(static_cast<std::size_t>(top - degree) + 1);
    for (int i = degree; i <= top; ++i) {
        Rational term = polynomial[static_cast<std::size_t>(i)] * power(radius, i);  // c_i binom(i,n) r^{i-n}
        for (int n = 0; n <= i - degree; ++n) {
            result[static_cast<std::size_t>(n)] += term * moments[static_cast<std::size_t>(i - n)];
            if (radius == 0) {
                term = n + 1 == i ? polynomial[static_cast<std::size_t>(i)] : Rational(0);
            } else {
                term *= Rational(i - n, n + 1) / radius;
            }
        }
    }
    return result;
}

Rational polynomial_ridge(const std::vector<Rational>& polynomial, int dim, int degree, const RidgePoint& at) {
    const std::vector<Rational> coefficients = polynomial_ridge_in_offset(polynomial, dim, degree, at.radius);
    Rational value = 0;
    for (auto it = coefficients.rbegin(); it != coefficients.rend(); ++it) value = value * at.offset + *it;
    return value;
}

std::vector<Ball> piecewise_ridge(const PiecewisePower& g, int dim, const RidgePoint& at,
                                  const std::vector<int>& degrees, long digits) {
    if (at.radius == 0 && at.offset == 0 && g.power == 0 && g.left != g.right) {
        throw std::domain_error("piecewise_ridge: radius = 0, offset = 0: the function jumps there");
    }
    // Balls of this precision lose one bit per operation of a product with O(max degree) factors at most.
    const long bits = bits_for_digits(digits) + 64;
    std::vector<Ball> values;
    if (boost::multiprecision::abs(at.offset) >= at.radius) {
        const std::vector<Rational> polynomial = monomial(g.power, at.offset > 0 ? g.right : g.left);
        for (const int k : degrees) values.emplace_back(polynomial_ridge(polynomial, dim, k, at), bits);
        return values;
    }
    const KinkInside neuron(g, dim, at);
    std::vector<int> above;
    std::copy_if(degrees.begin(), degrees.end(), std::back_inserter(above), [&](int k) { return k > g.power; });
    const std::map<int, Ball> high = neuron.high(above, bits);
    for (const int k : degrees) values.push_back(k > g.power ? high.at(k) : neuron.low(k, digits));
    return values;
}

}  // namespace ntk
