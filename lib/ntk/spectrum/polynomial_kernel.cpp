// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/polynomial_kernel.hpp"

#include "ntk/activation/polynomial.hpp"

#include <algorithm>
#include <stdexcept>

namespace ntk {
namespace {

/// Coefficients, the constant first.
using Polynomial = std::vector<Rational>;

Polynomial add(Polynomial x, const Polynomial& y) {
    if (x.size() < y.size()) x.resize(y.size());
    for (std::size_t i = 0; i < y.size(); ++i) x[i] += y[i];
    return x;
}

Polynomial multiply(const Polynomial& x, const Polynomial& y) {
    if (x.empty() || y.empty()) return {};
    Polynomial product(x.size() + y.size() - 1);
    for (std::size_t i = 0; i < x.size(); ++i) {
        for (std::size_t j = 0; j < y.size(); ++j) product[i + j] += x[i] * y[j];
    }
    return product;
}

Polynomial compose(const Polynomial& outer, const Polynomial& inner) {
    Polynomial result;
    for (std::size_t i = outer.size(); i-- > 0;) result = add(multiply(result, inner), {outer[i]});
    return result;
}

Rational value_at(const Polynomial& x, const Rational& t) {
    Rational result = 0;
    for (std::size_t i = x.size(); i-- > 0;) result = result * t + x[i];
    return result;
}

Polynomial scaled(const Polynomial& x, const Rational& factor) { return multiply(x, {factor}); }

}  // namespace

std::optional<int> short_polynomial_degree(const Kernel& kernel) {
    constexpr std::size_t longest = 1024;
    const std::size_t length = kernel.spec().activation->polynomial().size();
    if (length == 0) return std::nullopt;
    std::size_t degree = 1;
    for (std::size_t layer = 0; layer < kernel.depth() && degree <= longest; ++layer) degree *= length - 1;
    return degree <= longest ? std::optional(static_cast<int>(degree)) : std::nullopt;
}

std::vector<Rational> polynomial_kernel(const Kernel& kernel) {
    const KernelSpec& spec = kernel.spec();
    const Polynomial activation = spec.activation->polynomial();
    if (activation.empty()) {
        throw std::domain_error("polynomial_kernel: " + spec.activation->name() + " is not a polynomial");
    }
    const Rational trained = spec.train_bias ? 1 : 0;
    Rational variance = kernel.variance();
    Polynomial covariance = {kernel.bias_variance(), 1};
    Polynomial tangent = {trained, 1};
    for (std::size_t l = 0;; ++l) {
        const Rational& factor = spec.layers[l].weight_variance;
        const Polynomial dual = scaled(polynomial_dual(activation, variance), factor);
        const Polynomial value = compose(dual, covariance);
        tangent = multiply(compose(polynomial_derivative(dual), covariance), tangent);
        if (l + 1 == kernel.depth()) {
            Polynomial sum = kernel.has_value_part() ? value : Polynomial{};
            if (kernel.has_gradient_part()) sum = add(sum, scaled(tangent, spec.output_weight_variance));
            return spec.output_bias ? add(sum, {1}) : sum;
        }
        tangent = add(add(tangent, value), {trained});
        const Rational& bias = spec.layers[l + 1].bias_variance;
        variance = value_at(dual, variance) + bias;
        covariance = add(value, {bias});
    }
}

std::vector<Exact> polynomial_eigenvalues(const Kernel& kernel, int dim, int max_degree) {
    if (dim < 2 || max_degree < 0) throw std::domain_error("polynomial_eigenvalues: needs dim >= 2, max_degree >= 0");
    const Polynomial coefficients = polynomial_kernel(kernel);
    std::vector<Exact> eigenvalues;
    Rational diagonal = 1;  // m_{kk} = k! Gamma(d/2) / (2^k Gamma(k+d/2))
    for (long k = 0; k <= max_degree; ++k) {
        Rational sum = 0, moment = diagonal;
        for (long i = k; i < static_cast<long>(coefficients.size()); i += 2) {
            sum += coefficients[static_cast<std::size_t>(i)] * moment;
            moment *= Rational((i + 1) * (i + 2), (i - k + 2) * (i + k + dim));
        }
        eigenvalues.emplace_back(sum);
        diagonal *= Rational(k + 1, 2 * k + dim);
    }
    return eigenvalues;
}

}  // namespace ntk
