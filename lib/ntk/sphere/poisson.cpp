// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/poisson.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/sphere/funk_hecke.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace ntk {
namespace {

/// f p_r on the interval; its values off the real line are bounded by hand (strip_ellipse).
class PoissonProduct final : public AngleFunction {
public:
    PoissonProduct(const AngleFunction& f, int dim, const Rational& r) : f_(f), dim_(dim), r_(r) {}

    Ball at_angle(const Ball& theta) const override {
        const Ball r = constant_like(r_, theta);
        const Ball half_sine = sin(theta / 2);
        // 1 - 2 r cos(theta) + r^2 without cancellation.
        const Ball distance = (1 - r) * (1 - r) + 4 * r * half_sine * half_sine;
        return f_.at_angle(theta) * (1 - r * r) / pow(sqrt(distance), static_cast<unsigned>(dim_));
    }
    ComplexBall at_angle(const ComplexBall& theta) const override { return indeterminate_like(theta); }

private:
    const AngleFunction& f_;
    int dim_;
    Rational r_;
};

/// An upper bound of log2 p_r on |Im theta| <= height < log(1/r): there
/// |1 - 2 r cos(theta) + r^2| = |1 - r e^{i theta}| |1 - r e^{-i theta}| >= (1 - r e^height)(1 - r e^{-height})
/// >= (1 - r e^height)^2. One bit covers the rounding.
double log2_poisson_bound(double r, double height, int dim) {
    return std::log2(1 - r * r) - dim * std::log2(1 - r * std::exp(height) - 1e-12) + 1;
}

/// The ellipse whose half-axis in the angle is `height`: |Im theta| <= (pi/4)(rho - 1/rho).
double rho_of_height(double height) {
    const double a = 2 * height / std::numbers::pi;
    return (a + std::sqrt(a * a + 1)) * (1 - 1e-13);
}

/// p_r is analytic for |Im theta| < log(1/r), where both factors of log2_poisson_bound lie in the right half-plane. The
/// share of that height with the fewest nodes is taken, and f is certified there.
Ellipse strip_ellipse(const AngleFunction& f, int dim, double r, long bits) {
    double best_height = 0;
    long best_nodes = std::numeric_limits<long>::max();
    for (const double share : {0.2, 0.35, 0.5, 0.65, 0.8, 0.9}) {
        const double height = share * std::log(1 / r);
        const long nodes = nodes_needed({rho_of_height(height), log2_poisson_bound(r, height, dim)}, 0, bits);
        if (nodes < best_nodes) {
            best_nodes = nodes;
            best_height = height;
        }
    }
    constexpr double least_share = 1e-3;
    for (double height = std::min(best_height, 1.0); height > least_share * std::log(1 / r); height /= 2) {
        std::optional<Ellipse> ellipse = certified_ellipse(f, dim, rho_of_height(height));
        if (!ellipse) continue;
        ellipse->log2_maximum += log2_poisson_bound(r, height, dim);
        return *ellipse;
    }
    throw Unreachable("poisson_integral: the function is not analytic in the angle around [0, pi]");
}

}  // namespace

Ball poisson_integral(const AngleFunction& f, int dim, const Rational& r, long bits) {
    if (dim < 2 || r <= 0 || r >= 1) {
        throw std::domain_error("poisson_integral: dim = " + std::to_string(dim) + ", r = " + to_string(r) +
                                ": needs dim >= 2 and 0 < r < 1");
    }
    const Ellipse ellipse = strip_ellipse(f, dim, r.convert_to<double>(), bits);
    return funk_hecke_balls(PoissonProduct(f, dim, r), dim, {0}, bits, ellipse).front();
}

}  // namespace ntk
