// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/real.hpp"
#include "ntk/spectrum/eigenvalues.hpp"
#include "ntk/sphere/fixed_point.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ntk {

/// One eigenvalue as one route found it. `enclosure` has the route's error as its radius: a rigorous bound if
/// `certified`, else an estimate.
struct RouteValue {
    std::string route;  ///< "exact", "ball", "ridge" or "quadrature"
    bool certified;
    Ball enclosure;
};

/// All routes for one degree. `difference` encloses the largest distance of two values, `allowed` is the sum of the two
/// errors that belong to it.
struct RouteComparison {
    int degree;
    std::vector<RouteValue> values;
    Ball difference;
    Ball allowed;
    bool consistent;  ///< every two values lie within the sum of their errors
};

/// Which functions the routes integrate; by default the two forms of the kernel. Tests put a broken one in the place of
/// either.
struct RouteInputs {
    const AngleFunction* ball_kernel = nullptr;
    std::function<Real(const Real&)> quadrature_kernel;
    FixedPointRecurrence::Step ball_recurrence = nullptr;
};

/// Every eigenvalue by every applicable route: exact (where a closed form is known), ball, ridge, quadrature. They
/// share neither kappa, nor P_k, nor nodes, nor the number type. Arguments and errors as certified_eigenvalues. Uses
/// Real: one thread at a time.
std::vector<RouteComparison> compare_routes(const Kernel& kernel, int dim, const std::vector<int>& degrees, long digits,
                                            const RouteInputs& inputs = {});

/// A real number with an error as a ball.
Ball ball_from_real(const Real& midpoint, const Real& error, long bits);

}  // namespace ntk
