// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/kernel/kernel.hpp"
#include "ntk/numeric/exact.hpp"

#include <vector>

/// Closed forms for positively homogeneous activations with random hidden biases. Statements and proofs:
/// lib/ntk/closed-forms.md, whose equation numbers are quoted here.
namespace ntk {

/// A Funk-Hecke coefficient one + (root A + arc B + chi C)/pi with rational one, root, arc, chi, where for the bias
/// variance V
///     odd d:   A = sqrt(V),         B = 2 arctan(1/sqrt(V)),     C does not occur,
///     even d:  A = sqrt(1+V)/pi,    B = 2 arsinh(1/sqrt(V))/pi,  C = chi_2(1/sqrt(1+V))/pi,
/// and chi_2(x) = x + x^3/9 + x^5/25 + ... is Legendre's function.
struct BiasedCoefficient {
    Rational one;
    Rational root;
    Rational arc;
    Rational chi;

    BiasedCoefficient& operator*=(const Rational& factor);
    /// Adds factor * term.
    void add(const Rational& factor, const BiasedCoefficient& term);
};

/// Coefficients of F and G as functions of <x,x'>.
struct BiasedDual {
    std::vector<BiasedCoefficient> value;     ///< of F, degrees 0..max_degree
    std::vector<BiasedCoefficient> gradient;  ///< of G, degrees 0..max_degree+1; empty for power 0
};

/// F = E[sigma(z) sigma(z')], G = E[sigma'(z) sigma'(z')] for z = <w,x> + b, z' = <w,x'> + b with a standard Gaussian w
/// and b of variance `bias_variance`, x and x' on S^{dim-1}: exactly. Four-term recurrence (5) in the degree, started
/// by a climb in dimension (6). Cost: O(dim + max_degree) operations on rationals of O(dim + max_degree) bits. Throws
/// std::domain_error for dim < 2, max_degree < 0, bias_variance <= 0 or a negative power.
BiasedDual biased_dual(int dim, const Rational& bias_variance, const Homogeneous& activation, int max_degree);

/// Whether every eigenvalue of the kernel has a closed form in the basis of Exact by this page: one hidden layer with
/// biases of variance 1 and a positively homogeneous activation.
bool has_exact_bias_route(const Kernel& kernel);

/// mu_0, ..., mu_max_degree on S^{dim-1} of any part of such a kernel with a homogeneous activation of power p: in
/// Q + Q/pi for odd dim, in (Q sqrt(2) + Q log(1+sqrt(2)))/pi^2 for even dim and degrees > p; for even dim and degrees
/// <= p, Q and Q chi_2(1/sqrt(2))/pi^2 come in. The coefficients grow like (3+2 sqrt(2))^k while mu_k ~ k^{-dim}:
/// evaluation in balls needs 2.6 k bits and more on top of the digits. Cost: O(dim + max_degree) rational operations.
/// Throws std::domain_error if has_exact_bias_route is false, dim < 2 or max_degree < 0.
std::vector<Exact> exact_bias_eigenvalues(const Kernel& kernel, int dim, int max_degree);

}  // namespace ntk
