// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/exact_route.hpp"

#include "ntk/spectrum/exact_bias.hpp"
#include "ntk/spectrum/polynomial_kernel.hpp"
#include "ntk/spectrum/power_moments.hpp"

#include <stdexcept>
#include <string>

namespace ntk {
namespace {

bool is_homogeneous_without_bias(const Kernel& kernel) {
    return kernel.is_shallow() && kernel.bias_variance() == 0 && kernel.spec().activation->homogeneous();
}

/// E[r^{2p}] = d (d+2) ... (d+2p-2), r the length of a standard Gaussian vector in R^d.
Rational radius_moment(int dim, int power) {
    Rational value = 1;
    for (int i = 0; i < power; ++i) value *= dim + 2 * i;
    return value;
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

/// The eigenvalues for degrees 0..max_degree from Lambda_k^2 and the multiplication by t.
std::vector<Exact> eigenvalues_from_ridge(const Kernel& kernel, int dim, int max_degree) {
    const KernelSpec& spec = kernel.spec();
    const Homogeneous activation = *spec.activation->homogeneous();
    const int p = activation.power;
    const Rational factor = spec.layers.front().weight_variance;
    std::vector<Exact> eigenvalues(static_cast<std::size_t>(max_degree) + 1);
    if (kernel.has_value_part()) {
        eigenvalues = squared_ridge_coefficients(dim, activation, max_degree);
        for (Exact& value : eigenvalues) value *= Rational(factor * radius_moment(dim, p));
    }
    if (kernel.has_gradient_part()) {
        const Rational weight =
            factor * spec.output_weight_variance * Rational(p) * Rational(p) * radius_moment(dim, p - 1);
        const Homogeneous slope{p - 1, activation.negative_factor};
        const std::vector<Exact> gradient = squared_ridge_coefficients(dim, slope, max_degree + 1);
        const std::vector<Exact> gradient_times_t = multiply_by_t(gradient, dim);
        for (std::size_t k = 0; k < eigenvalues.size(); ++k) {
            eigenvalues[k] += gradient_times_t[k] * weight;
            if (spec.train_bias) eigenvalues[k] += gradient[k] * weight;
        }
    }
    if (spec.output_bias) eigenvalues.front() += Exact(Rational(1));
    return eigenvalues;
}

/// mu_{k+2}/mu_k for k > p+1. Of the two parities of k, k + p even has Lambda_k = 0 for z^p and Lambda_{k-1} =
/// Lambda_{k+1} = 0 for its derivative, so that G_k alone is left, which a trained bias adds. The other has F_k and t
/// G: with Lambda_k of z^p = p/(p+k+d-2) Lambda_{k-1} of z^{p-1}, E[r^{2p}] = (d+2p-2) E[r^{2p-2}] and the ratio
/// Lambda_{k+1}/Lambda_{k-1} = (p-k)/(p+k+d-2) of the derivative, mu_k is a constant times Lambda_{k-1}^2 S_k.
class TwoTermRecurrence {
public:
    TwoTermRecurrence(const Kernel& kernel, int dim)
        : d_(dim),
          p_(kernel.spec().activation->homogeneous()->power),
          value_weight_(kernel.has_value_part() ? 1 : 0),
          gradient_weight_(kernel.has_gradient_part() ? kernel.spec().output_weight_variance : Rational(0)) {}

    Rational ratio(long k) const {
        if ((k + p_) % 2 == 0) return square(Rational(p_ - 1 - k, p_ - 1 + k + d_));
        const Rational here = sum(k);
        return here == 0 ? here : Rational(square(slope_ratio(k)) * sum(k + 2) / here);
    }

private:
    static Rational square(const Rational& x) { return x * x; }
    Rational slope_ratio(long k) const { return Rational(p_ - k, p_ + k + d_ - 2); }

    /// S_k.
    Rational sum(long k) const {
        const long size = 2 * k + d_ - 2;
        return value_weight_ * Rational(d_ + 2 * p_ - 2) / square(p_ + k + d_ - 2) +
               gradient_weight_ * (Rational(k + d_ - 2, size) * square(slope_ratio(k)) + Rational(k, size));
    }

    long d_, p_;
    Rational value_weight_, gradient_weight_;
};

std::vector<Exact> homogeneous_eigenvalues(const Kernel& kernel, int dim, int max_degree) {
    const int first_by_recurrence = kernel.spec().activation->homogeneous()->power + 4;
    if (max_degree < first_by_recurrence) return eigenvalues_from_ridge(kernel, dim, max_degree);
    std::vector<Exact> eigenvalues = eigenvalues_from_ridge(kernel, dim, first_by_recurrence - 1);
    const TwoTermRecurrence recurrence(kernel, dim);
    for (long k = first_by_recurrence; k <= max_degree; ++k) {
        eigenvalues.push_back(eigenvalues[static_cast<std::size_t>(k - 2)] * recurrence.ratio(k - 2));
    }
    return eigenvalues;
}

}  // namespace

bool has_exact_route(const Kernel& kernel) {
    return is_homogeneous_without_bias(kernel) || has_exact_bias_route(kernel) ||
           short_polynomial_degree(kernel).has_value();
}

std::vector<Exact> exact_eigenvalues(const Kernel& kernel, int dim, int max_degree) {
    if (!has_exact_route(kernel)) {
        throw std::domain_error("exact_eigenvalues: no closed form is known for the kernel " + kernel.description());
    }
    if (is_homogeneous_without_bias(kernel)) return homogeneous_eigenvalues(kernel, dim, max_degree);
    if (has_exact_bias_route(kernel)) return exact_bias_eigenvalues(kernel, dim, max_degree);
    return polynomial_eigenvalues(kernel, dim, max_degree);
}

}  // namespace ntk
