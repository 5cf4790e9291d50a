// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/trace.hpp"

#include "ntk/spectrum/power_moments.hpp"
#include "ntk/spectrum/series_route.hpp"
#include "ntk/sphere/harmonics.hpp"
#include "ntk/sphere/poisson.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

constexpr long working_bits = 128;

Ball constant(const Rational& value) { return Ball(value, working_bits); }

/// The share with which N_j nu_j enters sum_{k > max_degree} N_k (t nu)_k from below: (j+d-2)/(2j+d-2), and 1 for j =
/// 0.
Rational upward_share(long dim, long j) { return j == 0 ? Rational(1) : Rational(j + dim - 2, 2 * j + dim - 2); }

/// sum_{k > max_degree} N_k (t nu)_k for nu = Lambda_k^2. Multiplication by t sends N_j nu_j to degrees j+1 and j-1 in
/// the shares (j+d-2)/(2j+d-2) and j/(2j+d-2), so only j = max_degree and max_degree + 1 enter in part.
Ball gradient_times_t_tail(int dim, const Homogeneous& slope, int max_degree) {
    Ball sum = ridge_energy_tail(dim, slope, max_degree + 1);
    for (const int j : {max_degree, max_degree + 1})
        sum += ridge_energy(dim, slope, j) * constant(upward_share(dim, j));
    return sum;
}

/// What a shallow kernel of a homogeneous activation is made of: F = value_factor sum_k N_k Lambda_k^2 P_k(u), G the
/// same with the derivative, u in R^dim.
struct HomogeneousParts {
    Homogeneous activation;
    Homogeneous slope;
    Rational value_factor;
    Rational gradient_factor;
};

/// E[r^{2p}] = dim (dim+2) ... (dim+2p-2); F carries q^p and G p^2 q^{p-1}.
HomogeneousParts homogeneous_parts(const Kernel& kernel, int dim) {
    const KernelSpec& spec = kernel.spec();
    const Homogeneous activation = *spec.activation->homogeneous();
    const int p = activation.power;
    const Rational q = kernel.variance();
    HomogeneousParts parts{activation, {p - 1, activation.negative_factor}, spec.layers.front().weight_variance, 0};
    Rational gradient = parts.value_factor * p * p * spec.output_weight_variance;
    for (int i = 0; i < p; ++i) parts.value_factor *= q * (dim + 2 * i);
    for (int i = 0; i + 1 < p; ++i) gradient *= q * (dim + 2 * i);
    if (kernel.has_gradient_part()) parts.gradient_factor = gradient;
    if (!kernel.has_value_part()) parts.value_factor = 0;
    return parts;
}

/// Homogeneous activations without random biases.
Ball homogeneous_tail(const Kernel& kernel, int dim, int max_degree) {
    const HomogeneousParts parts = homogeneous_parts(kernel, dim);
    Ball tail = constant(parts.value_factor) * ridge_energy_tail(dim, parts.activation, max_degree);
    if (parts.gradient_factor != 0) {
        Ball product = gradient_times_t_tail(dim, parts.slope, max_degree);
        if (kernel.spec().train_bias) product += ridge_energy_tail(dim, parts.slope, max_degree);
        tail += constant(parts.gradient_factor) * product;
    }
    return tail;
}

/// r = e^{-5/(max_degree+1)} as a fraction: then r^{max_degree+1} is about 1/150.
Rational poisson_radius(int max_degree) {
    constexpr long denominator = 1L << 20;
    return Rational(std::lround(std::exp(-5.0 / (max_degree + 1)) * denominator), denominator);
}

/// Kernels that are analytic in the angle, by their Poisson integral (numerics.md): kappa(1) - sum_k N_k mu_k r^k is
/// the sum of N_k mu_k (1 - r^k), from which the known degrees are taken; for the others 1 - r^k >= 1 -
/// r^{max_degree+1}.
std::optional<Ball> poisson_tail(const Kernel& kernel, int dim, const std::vector<Eigenvalue>& eigenvalues) {
    const int max_degree = static_cast<int>(eigenvalues.size()) - 1;
    const Rational r = poisson_radius(max_degree);
    constexpr long most_bits = 2048;
    for (long bits = 64; bits <= most_bits; bits *= 2) {
        Ball sum = kernel.at_one(bits) - poisson_integral(kernel, dim, r, bits);
        const Ball radius(r, bits);
        Ball power(1, bits);
        for (const Eigenvalue& eigenvalue : eigenvalues) {
            sum -= eigenvalue.enclosure.at_precision(bits) * Ball(eigenvalue.multiplicity, bits) * (1 - power);
            power *= radius;
        }
        const Ball tail = sum / (1 - power);
        constexpr long enough = 12;
        if (tail.relative_accuracy_bits() >= enough) return tail.at_precision(working_bits);
    }
    return std::nullopt;
}

/// Kernels with a power series in t: sum_{k > K} N_k sum_i c_i m_{ik} over the known coefficients, where
/// sum_k N_k m_{ik} = 1, and all of what lies beyond them. The series is lengthened until that is at most a
/// two-hundredth.
std::optional<Ball> series_tail(const Kernel& kernel, int dim, int max_degree) {
    constexpr long longest = 2048;
    for (long length = std::max(128L, 4L * max_degree);; length *= 2) {
        const std::optional<PositiveSeries> series = kernel.series(length, working_bits + length);
        if (!series) return std::nullopt;
        // A difference of nearly equal sums: the bits added to the series are for this.
        Ball found(series->bits());
        for (long i = max_degree + 1; i < length; ++i) found += series->coefficient(i);
        for (const Ball& kept : moment_sums(*series, dim, max_degree, max_degree + 1)) found -= kept;
        const Ball rest = series->rest();
        if ((rest * 200).certainly_at_most(found) || 2 * length > longest)
            return (found + rest).at_precision(working_bits);
    }
}

}  // namespace

Ball trace_sum(const std::vector<Eigenvalue>& eigenvalues) {
    Ball sum(working_bits);
    for (const Eigenvalue& eigenvalue : eigenvalues) {
        sum +=
            eigenvalue.enclosure * Ball(eigenvalue.multiplicity, std::max(working_bits, eigenvalue.enclosure.bits()));
    }
    return sum;
}

std::optional<Ball> trace_tail_bound(const Kernel& kernel, int dim, const std::vector<Eigenvalue>& eigenvalues) {
    for (std::size_t i = 0; i < eigenvalues.size(); ++i) {
        if (eigenvalues[i].degree != static_cast<int>(i)) {
            throw std::domain_error("trace_tail_bound: needs the eigenvalues of the degrees 0, 1, ... in this order");
        }
    }
    if (dim < 2 || eigenvalues.empty()) throw std::domain_error("trace_tail_bound: needs dim >= 2 and an eigenvalue");
    const int max_degree = eigenvalues.back().degree;
    const Activation& activation = *kernel.spec().activation;
    if (kernel.is_shallow() && kernel.bias_variance() == 0 && activation.homogeneous()) {
        return homogeneous_tail(kernel, dim, max_degree);
    }
    if (activation.dual_argument() == DualArgument::cosine) {
        const std::optional<Ball> tail = series_tail(kernel, dim, max_degree);
        if (tail || !kernel.has_closed_form()) return tail;
    }
    return poisson_tail(kernel, dim, eigenvalues);
}

}  // namespace ntk
