// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/kernel/kernel.hpp"
#include "ntk/numeric/exact.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ntk {

/// How an eigenvalue was found, each with a rigorous radius: in closed form, by certified quadrature in the angle, or
/// as the mean of the squared ridge coefficients of single neurons (for Gaussian weights by the power series of the
/// kernel, that is, the Hermite series of the activation, with exact moments).
enum class Route { exact, ball, ridge };
std::string to_string(Route route);

/// One eigenvalue mu_k of the integral operator of a kernel on S^{d-1}.
struct Eigenvalue {
    int degree;
    Integer multiplicity;        ///< N(d,k)
    Ball enclosure;              ///< contains mu_k
    std::optional<Exact> exact;  ///< present whenever a closed form is known
    Route route;
};

/// Eigenvalues for the given degrees with at least `digits` certified significant digits each, by the exact route where
/// there is one. The precision follows the eigenvalue, however small (Ziv's strategy: compute, look at the radius,
/// repeat with the bits that are missing). Eigenvalues that vanish by symmetry are exactly zero, with exact form 0.
/// Throws std::domain_error for dim < 2, a negative degree or digits < 1; Unreachable, naming the degree and the digits
/// reached, if an eigenvalue is so small that 64 (degree + dim) + 4096 bits below kappa(1) do not show it.
std::vector<Eigenvalue> certified_eigenvalues(const Kernel& kernel, int dim, const std::vector<int>& degrees,
                                              long digits);

/// Whether the kernel has this route for every degree, here with Gaussian weights (for others: ridge_route.hpp).
bool has_route(const Kernel& kernel, Route route);

/// The same by one route alone; of a closed form, only its zeros are used. Throws std::domain_error if has_route is
/// false.
std::vector<Eigenvalue> eigenvalues_by(Route route, const Kernel& kernel, int dim, const std::vector<int>& degrees,
                                       long digits);

/// The closed form of each degree, empty where none is known. Forms with random biases are left out for dim + degree >
/// 4096, where their coefficients become long; exact_eigenvalues knows them.
std::vector<std::optional<Exact>> closed_forms(const Kernel& kernel, int dim, const std::vector<int>& degrees);

/// The decimal digits by which the smallest non-zero eigenvalue lies below kappa(1), rounded up: what a computation
/// with absolute precision must add.
long digits_below_diagonal(const std::vector<Eigenvalue>& eigenvalues, const Kernel& kernel);

/// Whether mu_degree = 0 by the parity of the activation (no random biases), or because kappa is a polynomial of lower
/// degree.
bool is_known_to_vanish(const Kernel& kernel, int degree);

}  // namespace ntk
