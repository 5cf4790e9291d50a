// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/exact_route.hpp"

#include <stdexcept>
#include <string>

namespace ntk {
namespace {

/// Gamma(d/2) / Gamma((d+1)/2) without its power of pi: sqrt(pi) times this for odd d, this over sqrt(pi) for even d.
/// Each step d -> d+2 multiplies by (d/2)/((d+1)/2); d = 1: sqrt(pi)/1, d = 2: 1/(sqrt(pi)/2).
Rational gamma_quotient(int dim) {
    Rational value = dim % 2 == 1 ? 1 : 2;
    for (int d = dim % 2 == 1 ? 1 : 2; d < dim; d += 2) value *= Rational(d, d + 1);
    return value;
}

/// The leading lambda of each parity, squared. With g = Gamma(d/2)/Gamma((d+1)/2) and Gamma(1/2)^2 = pi:
///   lambda_0^{(0)} = 1/2,               lambda_1^{(0)} = g/(2 sqrt(pi)),
///   lambda_0^{(1)} = g/(2 sqrt(pi)),    lambda_1^{(1)} = 1/(2d).
Exact leading_square(int dim, int power, int degree) {
    if (power == degree) {
        const Rational value = power == 0 ? Rational(1, 2) : Rational(1, 2 * dim);
        return Exact(Rational(value * value));
    }
    const Rational half = gamma_quotient(dim) / 2;
    return Exact(Rational(half * half), dim % 2 == 1 ? Exact::Basis::one : Exact::Basis::inverse_pi_squared);
}

/// The eigenvalues of t G(t) from those of G (one more degree than asked for).
std::vector<Exact> multiply_by_t(const std::vector<Exact>& nu, int dim) {
    std::vector<Exact> product;
    product.push_back(nu[1]);
    for (long k = 1; k + 1 < static_cast<long>(nu.size()); ++k) {
        const long size = 2 * k + dim - 2;
        const auto at = static_cast<std::size_t>(k);
        product.push_back(nu[at + 1] * Rational(k + dim - 2, size) + nu[at - 1] * Rational(k, size));
    }
    return product;
}

}  // namespace

bool has_exact_route(const Kernel& kernel) {
    return kernel.spec().activation->negative_slope().has_value() && kernel.spec().bias_variance == 0;
}

std::vector<Exact> squared_power_moments(int dim, int power, int max_degree) {
    if (dim < 2 || max_degree < 0 || power < 0 || power > 1) {
        throw std::domain_error("squared_power_moments: dim = " + std::to_string(dim) +
                                ", power = " + std::to_string(power) + ", max_degree = " + std::to_string(max_degree) +
                                ": needs dim >= 2, power 0 or 1, max_degree >= 0");
    }
    std::vector<Exact> squares = {leading_square(dim, power, 0)};
    if (max_degree >= 1) squares.push_back(leading_square(dim, power, 1));
    for (long k = 2; k <= max_degree; ++k) {
        const Rational ratio(power - (k - 2), power + (k - 2) + dim);
        squares.push_back(squares[static_cast<std::size_t>(k - 2)] * Rational(ratio * ratio));
    }
    return squares;
}

std::vector<Exact> exact_eigenvalues(const Kernel& kernel, int dim, int max_degree) {
    if (!has_exact_route(kernel)) {
        throw std::domain_error("exact_eigenvalues: no closed form is known for the kernel " + kernel.description());
    }
    const KernelSpec& spec = kernel.spec();
    const Rational slope = *spec.activation->negative_slope();
    const Rational bend = (1 - slope) * (1 - slope);
    const Rational weight = kernel.has_gradient_part() ? spec.output_weight_variance : Rational(0);
    const std::vector<Exact> value = squared_power_moments(dim, 1, max_degree);
    const std::vector<Exact> gradient = squared_power_moments(dim, 0, max_degree + 1);
    const std::vector<Exact> gradient_times_t = multiply_by_t(gradient, dim);

    std::vector<Exact> eigenvalues;
    for (std::size_t k = 0; k <= static_cast<std::size_t>(max_degree); ++k) {
        Exact sum;
        if (kernel.has_value_part()) sum += value[k] * Rational(bend * dim);
        sum += gradient_times_t[k] * Rational(bend * weight);
        if (spec.train_bias) sum += gradient[k] * Rational(bend * weight);
        // The linear part: slope c in F and slope in G; t has the single eigenvalue 1/d at degree 1, 1 the eigenvalue 1
        // at degree 0.
        if (k == 1) sum += Exact(Rational(slope * ((kernel.has_value_part() ? 1 : 0) + weight) / dim));
        if (k == 0 && spec.train_bias) sum += Exact(Rational(slope * weight));
        if (k == 0 && spec.output_bias) sum += Exact(Rational(1));
        eigenvalues.push_back(sum);
    }
    return eigenvalues;
}

}  // namespace ntk
