// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/route_comparison.hpp"

#include "ntk/spectrum/quadrature_route.hpp"
#include "ntk/sphere/funk_hecke.hpp"

#include <cmath>

namespace ntk {
namespace {

/// |midpoint - midpoint| as an exact ball.
Ball distance(const Ball& x, const Ball& y) {
    return Ball(Rational(boost::multiprecision::abs(Rational(x.exact_midpoint() - y.exact_midpoint()))), 128);
}

Ball radius_sum(const Ball& x, const Ball& y) { return Ball(Rational(x.exact_radius() + y.exact_radius()), 128); }

/// Finds the pair of values that lies farthest apart.
RouteComparison compare(int degree, std::vector<RouteValue> values) {
    RouteComparison result{degree, std::move(values), Ball(128), Ball(128), true};
    for (std::size_t i = 0; i < result.values.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const Ball& x = result.values[i].enclosure;
            const Ball& y = result.values[j].enclosure;
            if (!x.overlaps(y)) result.consistent = false;
            const Ball apart = distance(x, y);
            if (i == 1 || result.difference.midpoint() < apart.midpoint()) {
                result.difference = apart;
                result.allowed = radius_sum(x, y);
            }
        }
    }
    return result;
}

/// With inputs of their own, the balls are computed to the absolute precision that the true eigenvalues needed.
std::vector<Ball> substituted_balls(const std::vector<Eigenvalue>& truth, const AngleFunction& kernel, int dim,
                                    const std::vector<int>& degrees, FixedPointRecurrence::Step step) {
    long bits = 64;
    for (const Eigenvalue& eigenvalue : truth) bits = std::max(bits, eigenvalue.enclosure.bits());
    return funk_hecke_balls(kernel, dim, degrees, bits, step);
}

/// The Hermite coefficients of an activation with a kink fall like a power, too slowly for many digits.
bool converges_for(const Kernel& kernel, Route route) {
    return route != Route::ridge || kernel.spec().activation->kinks().empty();
}

}  // namespace

Ball ball_from_real(const Real& midpoint, const Real& error, long bits) {
    Ball value(bits), radius(bits);
    arf_set_mpfr(arb_midref(value.get()), midpoint.backend().data());
    arf_set_mpfr(arb_midref(radius.get()), error.backend().data());
    arb_add_error(value.get(), radius.get());
    return value;
}

std::vector<RouteComparison> compare_routes(const Kernel& kernel, int dim, const std::vector<int>& degrees, long digits,
                                            const RouteInputs& inputs) {
    const std::vector<Eigenvalue> truth = certified_eigenvalues(kernel, dim, degrees, digits);
    std::vector<std::vector<RouteValue>> values(degrees.size());
    for (const Route route : {Route::exact, Route::ball, Route::ridge}) {
        if (!has_route(kernel, route) || !converges_for(kernel, route)) continue;
        std::vector<Ball> enclosures;
        if (route == Route::ball && (inputs.ball_kernel != nullptr || inputs.ball_recurrence != nullptr)) {
            const AngleFunction& substitute = inputs.ball_kernel != nullptr ? *inputs.ball_kernel : kernel;
            const auto step = inputs.ball_recurrence != nullptr ? inputs.ball_recurrence : gegenbauer_step;
            enclosures = substituted_balls(truth, substitute, dim, degrees, step);
        } else {
            for (const Eigenvalue& eigenvalue : eigenvalues_by(route, kernel, dim, degrees, digits))
                enclosures.push_back(eigenvalue.enclosure);
        }
        for (std::size_t i = 0; i < degrees.size(); ++i) values[i].push_back({to_string(route), true, enclosures[i]});
    }
    const long extra_digits = digits_below_diagonal(truth, kernel);
    const RealPrecision precision(static_cast<unsigned>(quadrature_digits(digits, extra_digits)));
    const auto kappa = inputs.quadrature_kernel ? inputs.quadrature_kernel : kernel.real_form();
    const std::vector<EstimatedValue> quadrature = quadrature_eigenvalues(kappa, dim, degrees, digits, extra_digits);

    std::vector<RouteComparison> result;
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        values[i].push_back({"quadrature", false,
                             ball_from_real(quadrature[i].value, quadrature[i].estimate, truth[i].enclosure.bits())});
        result.push_back(compare(degrees[i], std::move(values[i])));
    }
    return result;
}

}  // namespace ntk
