// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/trace.hpp"

#include "ntk/spectrum/power_moments.hpp"
#include "ntk/spectrum/restriction.hpp"
#include "ntk/spectrum/series_route.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
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

/// Homogeneous activations with random biases, lifted to S^d (numerics.md): there the kernel is bias-free in u
/// = (t + s_b^2)/q, and degree j of S^d restricted to the parallel sphere has the share kept_share(j) in degrees above
/// max_degree of S^{d-1}.
Ball lifted_tail(const Kernel& kernel, int dim, int max_degree) {
    const int lifted = dim + 1;
    const HomogeneousParts parts = homogeneous_parts(kernel, lifted);
    const int last = 6 * max_degree + 64;
    const auto restricted = [&](const Homogeneous& activation, int from) {
        const std::vector<Ball> shares = restriction_shares(dim, kernel.bias_variance(), from, last);
        Ball sum = ridge_energy_tail(lifted, activation, last);
        for (int j = from + 1; j <= last; ++j)
            sum += ridge_energy(lifted, activation, j) * shares[static_cast<std::size_t>(j)];
        return sum;
    };
    Ball tail = constant(parts.value_factor) * restricted(parts.activation, max_degree);
    if (parts.gradient_factor != 0) {
        // Multiplication by t moves nu_j to degrees j-1 and j+1, so the rest of t G beyond K is at most the rest of G
        // beyond K - 1.
        Ball sum = restricted(parts.slope, max_degree - 1);
        if (kernel.spec().train_bias) sum += restricted(parts.slope, max_degree);
        tail += constant(parts.gradient_factor) * sum;
    }
    return tail;
}

/// Kernels with a power series in t: sum_{k > K} N_k sum_i c_i m_{ik} over the known coefficients, where
/// sum_k N_k m_{ik} = 1, and all of what lies beyond them. The series is lengthened until that is at most a fifth.
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
        if ((rest * 5).certainly_at_most(found) || 2 * length > longest) return (found + rest).at_precision(working_bits);
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

std::optional<Ball> trace_tail_bound(const Kernel& kernel, int dim, int max_degree) {
    if (dim < 2 || max_degree < 0) {
        throw std::domain_error("trace_tail_bound: dim = " + std::to_string(dim) + ", max_degree = " +
                                std::to_string(max_degree) + ": needs dim >= 2 and max_degree >= 0");
    }
    if (kernel.is_shallow() && kernel.spec().activation->homogeneous()) {
        return kernel.bias_variance() == 0 ? homogeneous_tail(kernel, dim, max_degree)
                                           : lifted_tail(kernel, dim, max_degree);
    }
    return series_tail(kernel, dim, max_degree);
}

}  // namespace ntk
