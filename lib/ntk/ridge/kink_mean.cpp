// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/kink_mean.hpp"

#include "ntk/ridge/kink_integral.hpp"
#include "ntk/ridge/power_ridge.hpp"
#include "ntk/sphere/ellipse.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>

/// Inside, b = -r cos(phi), t0 = cos(phi), s = sin(phi), J = (right - left) r^p, and with D = d + 2p + 2
///     k > p:   Lambda_k = J f s^{d-1+2p} P_{k-p-1,D}(t0),
///     k <= p:  Lambda_k = left r^p (polynomial in t0) + J f' int_0^phi (cos u - cos phi)^{p-k} sin^{d+2k-2} u du,
/// entire functions of phi. The integrand of the rule is Lambda_k^e density(b) r s with the density of N(0,V).
///
/// Bound on |Im phi| <= eta, |Re phi| arbitrary: |sin|, |cos| <= cosh eta, |P_n(cos phi)| <= e^{n eta} (Laplace's
/// integral), |e^{-x cos^2 phi}| <= e^{x sinh^2 eta} because Re cos^2 = cos^2 cosh^2 - sin^2 sinh^2, and the integral
/// is at most |phi| (2 cosh eta)^{p-k} cosh^{d+2k-2} eta along the segment from 0 to phi, on which |Im u| <= eta. In
/// the image of the ellipse |phi| <= (pi/2)(1 + rho).
namespace ntk {
namespace {

constexpr long bound_bits = 64;

std::vector<Rational> monomial(int power, const Rational& factor) {
    std::vector<Rational> result(static_cast<std::size_t>(power) + 1);
    result.back() = factor;
    return result;
}

class KinkMean {
public:
    KinkMean(const PiecewisePower& g, int dim, const Rational& radius, const Rational& variance, int exponent)
        : g_(g), dim_(dim), radius_(radius), variance_(variance), exponent_(exponent), jump_(g.right - g.left) {
        for (int i = 0; i < g.power; ++i) jump_ *= radius;
    }

    /// The mean over |b| >= r: int_r^inf b^j density = T_j, T_0 = erfc(r/sqrt(2V))/2, T_1 = V density(r),
    /// T_j = V (r^{j-1} density(r) + (j-1) T_{j-2}).
    Ball outside(int degree, long bits) const {
        const std::vector<Rational> right = integrand_outside(g_.right, degree);
        const std::vector<Rational> left = integrand_outside(g_.left, degree);
        const Ball r(radius_, bits), v(variance_, bits);
        const Ball density = exp(-(r * r) / (2 * v)) / sqrt(2 * Ball::pi(bits) * v);
        std::vector<Ball> moments = {(1 - erf(r / sqrt(2 * v))) / 2, v * density};
        Ball power = r;
        for (std::size_t j = 2; j < std::max(right.size(), left.size()); ++j) {
            moments.push_back(v * (power * density + static_cast<long>(j - 1) * moments[j - 2]));
            power *= r;
        }
        Ball sum(bits);
        for (std::size_t j = 0; j < right.size(); ++j) sum += Ball(right[j], bits) * moments[j];
        for (std::size_t j = 0; j < left.size(); ++j) {
            sum += Ball(j % 2 == 0 ? left[j] : Rational(-left[j]), bits) * moments[j];
        }
        return sum;
    }

    /// The mean over |b| < r for all degrees.
    std::map<int, Ball> inside(const std::vector<int>& degrees, long bits) const {
        const int max_shifted = shifted(*std::max_element(degrees.begin(), degrees.end()));
        const Ellipse ellipse = choose_ellipse(max_shifted, bits);
        const long count = nodes_needed(ellipse, exponent_ * max_shifted, bits);
        const long sizes = std::max(0L, factor(degrees.front(), bound_bits).magnitude_exponent());
        const long node_bits = bits + 2L * max_shifted + 2 * sizes + 64;
        std::map<int, Ball> sums;
        for (const int degree : degrees) sums.emplace(degree, Ball(node_bits));
        Ball z(node_bits), weight(node_bits);
        for (long i = 0; i < count / 2; ++i) {
            arb_hypgeom_legendre_p_ui_root(z.get(), weight.get(), static_cast<ulong>(count), static_cast<ulong>(i),
                                           node_bits);
            add_node(sums, z, weight);
            add_node(sums, -z, weight);
        }
        for (auto& [degree, sum] : sums) {
            Ball remainder(1, bound_bits);
            const double log2 = log2_remainder(ellipse, exponent_ * shifted(degree), count);
            arb_mul_2exp_si(remainder.get(), remainder.get(), static_cast<slong>(std::ceil(log2)));
            sum = enlarged(sum, remainder);
        }
        return sums;
    }

    bool has_kink() const { return jump_ != 0; }

private:
    int shifted(int degree) const { return std::max(0, degree - g_.power - 1); }

    /// The polynomial Lambda_k(r,b)^exponent in b for a g without kink.
    std::vector<Rational> integrand_outside(const Rational& coefficient, int degree) const {
        const std::vector<Rational> once =
            polynomial_ridge_in_offset(monomial(g_.power, coefficient), dim_, degree, radius_);
        if (exponent_ == 1 || once.empty()) return once;
        std::vector<Rational> twice(2 * once.size() - 1);
        for (std::size_t i = 0; i < once.size(); ++i) {
            for (std::size_t j = 0; j < once.size(); ++j) twice[i + j] += once[i] * once[j];
        }
        return twice;
    }

    /// J f or J f' of the formulas above.
    Ball factor(int degree, long bits) const {
        const int order = std::min(degree, g_.power + 1);
        return Ball(Rational(jump_ * kink_factor(g_.power, dim_, order)), bits) * zonal_density_constant(dim_, bits);
    }

    /// The polynomial part for k <= p at b = -r t0.
    Ball polynomial_part(int degree, const Ball& b) const {
        const std::vector<Rational> coefficients =
            polynomial_ridge_in_offset(monomial(g_.power, g_.left), dim_, degree, radius_);
        Ball value(b.bits());
        for (auto it = coefficients.rbegin(); it != coefficients.rend(); ++it) value = value * b + Ball(*it, b.bits());
        return value;
    }

    void add_node(std::map<int, Ball>& sums, const Ball& z, const Ball& weight) const {
        const long bits = z.bits();
        const Ball half_pi = Ball::pi(bits) / 2;
        const Ball half_angle = half_pi * z;  // phi - pi/2
        const BallKink kink{-sin(half_angle), cos(half_angle), half_pi + half_angle};
        const Ball r(radius_, bits), v(variance_, bits);
        const Ball b = -(r * kink.t0);
        const Ball density = exp(-(b * b) / (2 * v)) / sqrt(2 * Ball::pi(bits) * v);
        const Ball measure = half_pi * weight * density * r * kink.sine;
        const Ball envelope = kink.sine_power(dim_ - 1 + 2 * g_.power);
        const int inner = dim_ + 2 * g_.power + 2;
        GegenbauerWalk<Ball> polynomials(inner, kink.t0, Ball(1, bits));
        for (auto& [degree, sum] : sums) {
            Ball value(bits);
            if (degree <= g_.power) {
                value = polynomial_part(degree, b) +
                        factor(degree, bits) * shifted_moment(kink, dim_ + 2 * degree, g_.power - degree);
            } else {
                value = factor(degree, bits) * envelope * polynomials.at(shifted(degree));
            }
            sum += measure * (exponent_ == 2 ? value * value : value);
        }
    }

    /// The ellipse of this rho with log2 of the bound above, without the factor e^{exponent n eta}.
    Ellipse ellipse_of(double rho) const {
        const Ball at = Ball::from_double(rho, bound_bits);
        const Ball eta = Ball::pi(bound_bits) / 4 * (at - Ball(1, bound_bits) / at);
        const Ball growth = cosh(eta);
        const Ball r(radius_, bound_bits), v(variance_, bound_bits);
        Ball largest =
            abs(factor(g_.power + 1, bound_bits)) * pow(growth, static_cast<unsigned>(dim_ - 1 + 2 * g_.power));
        const Ball reach = Ball::pi(bound_bits) / 2 * (at + 1);
        for (int k = 0; k <= g_.power; ++k) {
            Ball low = abs(factor(k, bound_bits)) * reach * pow(2 * growth, static_cast<unsigned>(g_.power - k)) *
                       pow(growth, static_cast<unsigned>(dim_ + 2 * k - 2));
            Ball power(1, bound_bits);
            for (const Rational& c : polynomial_ridge_in_offset(monomial(g_.power, g_.left), dim_, k, radius_)) {
                low += Ball(Rational(boost::multiprecision::abs(c)), bound_bits) * power;
                power *= r * growth;
            }
            largest += low;
        }
        const Ball density = exp(r * r / (2 * v) * sinh(eta) * sinh(eta)) / sqrt(2 * Ball::pi(bound_bits) * v);
        const Ball maximum = pow(largest, static_cast<unsigned>(exponent_)) * density * r * growth;
        return {rho, static_cast<double>(std::max(maximum.magnitude_exponent(), -1000L))};
    }

    /// The ellipse with the fewest nodes.
    Ellipse choose_ellipse(int max_shifted, long bits) const {
        std::optional<Ellipse> best;
        long best_nodes = 0;
        for (double excess = 0.02; excess < 8; excess *= 1.3) {
            const Ellipse candidate = ellipse_of(1 + excess);
            const long nodes = nodes_needed(candidate, exponent_ * max_shifted, bits);
            if (best && nodes >= best_nodes) continue;
            best = candidate;
            best_nodes = nodes;
        }
        return *best;
    }

    PiecewisePower g_;
    int dim_;
    Rational radius_, variance_;
    int exponent_;
    Rational jump_;  ///< J
};

}  // namespace

std::vector<Ball> kink_means(const PiecewisePower& g, int dim, const Rational& radius, const Rational& variance,
                             const std::vector<int>& degrees, int exponent, long bits) {
    const KinkMean mean(g, dim, radius, variance, exponent);
    // Polynomials in b with coefficients of some size, whose sum has to be known to 2^{-bits}.
    const long outside_bits = bits + 64;
    std::vector<int> open;
    if (radius > 0) {
        std::copy_if(degrees.begin(), degrees.end(), std::back_inserter(open),
                     [&](int k) { return k <= g.power || mean.has_kink(); });
    }
    const std::map<int, Ball> inside = open.empty() ? std::map<int, Ball>() : mean.inside(open, bits + 2);
    std::vector<Ball> result;
    for (const int degree : degrees) {
        const auto found = inside.find(degree);
        Ball value = degree <= g.power ? mean.outside(degree, outside_bits) : Ball(outside_bits);
        if (found != inside.end()) value += found->second;
        result.push_back(value.at_precision(bits + 64));
    }
    return result;
}

}  // namespace ntk
