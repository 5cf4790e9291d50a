// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
// Boost 1.74 forgets this include in its Gegenbauer header.
#include <limits>

#include "ntk/spectrum/quadrature_route.hpp"

#include "ntk/numeric/errors.hpp"

#include <boost/math/special_functions/chebyshev.hpp>
#include <boost/math/special_functions/gegenbauer.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

/// The integrand c_d kappa(cos theta) sin^{d-2} theta theta'(x) of one node, without P_k, and the node t.
struct Node {
    Real t;
    Real weight;
};

/// sqrt(pi) Gamma((d-1)/2)/Gamma(d/2) = int_0^pi sin^{d-2}, the reciprocal of c_d.
Real sine_power_integral(int dim) {
    Real value = dim % 2 == 0 ? real_pi() : Real(2);
    for (int power = dim % 2 == 0 ? 2 : 3; power <= dim - 2; power += 2) value *= Real(power - 1) / Real(power);
    return value;
}

class DoubleExponentialRule {
public:
    DoubleExponentialRule(const std::function<Real(const Real&)>& kappa, int dim, const std::vector<int>& degrees)
        : kappa_(kappa),
          dim_(dim),
          degrees_(degrees),
          scale_(1 / sine_power_integral(dim)),
          sums_(degrees.size(), Real(0)) {
        for (const int degree : degrees) at_one_.push_back(boost_value(degree, Real(1)));
    }

    /// Adds the nodes x = first, first + step, ... up to the point where the weight has died out, and their mirror
    /// images.
    void add(const Real& first, const Real& step, const Real& end) {
        for (Real x = first; x <= end; x += step) {
            add_node(x);
            if (x != 0) add_node(-x);
        }
    }

    std::vector<Real> values(const Real& step) const {
        std::vector<Real> result;
        for (const Real& sum : sums_) result.push_back(Real(sum * step * scale_));
        return result;
    }
    Real absolute_integral(const Real& step) const { return Real(absolute_sum_ * step * scale_); }

private:
    void add_node(const Real& x) {
        const Real y = exp(Real(real_pi() * sinh(x)));
        const Real theta = real_pi() * y / (1 + y);
        const Real slope = real_pi() * real_pi() * cosh(x) * y / ((1 + y) * (1 + y));
        const Real t = cos(theta);
        const Real weight = kappa_(t) * pow(sin(theta), dim_ - 2) * slope;
        if (!isfinite(weight)) {
            throw std::domain_error("quadrature_eigenvalues: kappa(" + t.str(20) + ") is not finite");
        }
        absolute_sum_ += abs(weight);
        for (std::size_t i = 0; i < degrees_.size(); ++i) sums_[i] += weight * boost_value(degrees_[i], t) / at_one_[i];
    }

    /// Unnormalised: the value at 1 is divided out once per degree, not once per node.
    Real boost_value(int degree, const Real& t) const {
        const auto order = static_cast<unsigned>(degree);
        if (dim_ == 2) return boost::math::chebyshev_t(order, t);
        return boost::math::gegenbauer(order, Real(Real(dim_ - 2) / 2), t);
    }

    const std::function<Real(const Real&)>& kappa_;
    int dim_;
    const std::vector<int>& degrees_;
    Real scale_;
    std::vector<Real> at_one_;
    std::vector<Real> sums_;
    Real absolute_sum_ = 0;
};

std::vector<EstimatedValue> integrate(const std::function<Real(const Real&)>& kappa, int dim,
                                      const std::vector<int>& degrees, long digits, long working_digits) {
    const Real tolerance = pow(Real(10), static_cast<int>(-digits));
    // The weight theta' sin^{d-2} falls like e^{-(d-1) pi sinh x}, at least e^{-pi sinh x}.
    const Real end = asinh(Real(Real(working_digits) * log(Real(10)) / real_pi()));
    DoubleExponentialRule rule(kappa, dim, degrees);
    Real step = Real(1) / 2;
    rule.add(Real(0), step, end);
    std::vector<Real> previous = rule.values(step);
    constexpr int most_halvings = 14;
    for (int halving = 0; halving < most_halvings; ++halving) {
        step /= 2;
        rule.add(step, Real(2 * step), end);
        std::vector<Real> current = rule.values(step);
        const Real noise = rule.absolute_integral(step) * pow(Real(10), static_cast<int>(5 - working_digits));
        bool converged = true;
        std::vector<EstimatedValue> result;
        for (std::size_t i = 0; i < current.size(); ++i) {
            const Real change = abs(Real(current[i] - previous[i]));
            converged = converged && change <= std::max(Real(tolerance * abs(current[i])), noise);
            result.push_back({current[i], Real(change + noise)});
        }
        if (converged) return result;
        previous = std::move(current);
    }
    throw Unreachable("quadrature_eigenvalues: no convergence to " + std::to_string(digits) + " digits after " +
                      std::to_string(most_halvings) + " halvings of the step");
}

}  // namespace

long quadrature_digits(long digits, long extra_digits) { return digits + 15 + std::max(0L, extra_digits); }

Real boost_gegenbauer_p(int dim, int degree, const Real& t) {
    const auto order = static_cast<unsigned>(degree);
    if (dim == 2) return boost::math::chebyshev_t(order, t);
    const Real index = Real(dim - 2) / 2;
    return Real(boost::math::gegenbauer(order, index, t) / boost::math::gegenbauer(order, index, Real(1)));
}

std::vector<EstimatedValue> quadrature_eigenvalues(const std::function<Real(const Real&)>& kappa, int dim,
                                                   const std::vector<int>& degrees, long digits, long extra_digits) {
    if (dim < 2) throw std::domain_error("quadrature_eigenvalues: dim = " + std::to_string(dim) + ": must be >= 2");
    for (const int degree : degrees) {
        if (degree < 0)
            throw std::domain_error("quadrature_eigenvalues: degree = " + std::to_string(degree) + ": must be >= 0");
    }
    if (degrees.empty()) return {};
    const long working_digits = quadrature_digits(digits, extra_digits);
    const RealPrecision precision(static_cast<unsigned>(working_digits));
    return integrate(kappa, dim, degrees, digits, working_digits);
}

}  // namespace ntk
