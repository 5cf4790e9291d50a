// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/trace.hpp"

#include "ntk/spectrum/power_moments.hpp"
#include "ntk/spectrum/restriction.hpp"
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

/// sum_{k > max_degree} N_k (t nu)_k for nu = (lambda^{(0)})^2. Multiplication by t sends N_j nu_j to degrees j+1 and
/// j-1 in the shares (j+d-2)/(2j+d-2) and j/(2j+d-2), so only j = max_degree and max_degree + 1 enter in part.
Ball gradient_times_t_tail(int dim, int max_degree) {
    Ball sum = power_moment_tail(dim, 0, max_degree + 1);
    for (const int j : {max_degree, max_degree + 1})
        sum += power_moment_term(dim, 0, j) * constant(upward_share(dim, j));
    return sum;
}

/// Kernels of ReLU-type activations without random biases.
Ball homogeneous_tail(const Kernel& kernel, int dim, int max_degree) {
    const KernelSpec& spec = kernel.spec();
    const Rational slope = *spec.activation->negative_slope();
    const Rational bend = (1 - slope) * (1 - slope);
    const Rational weight = kernel.has_gradient_part() ? spec.output_weight_variance : Rational(0);
    Ball tail(working_bits);
    if (kernel.has_value_part()) tail += constant(Rational(bend * dim)) * power_moment_tail(dim, 1, max_degree);
    if (weight != 0) {
        Ball product = gradient_times_t_tail(dim, max_degree);
        if (spec.train_bias) product += power_moment_tail(dim, 0, max_degree);
        tail += constant(Rational(bend * weight)) * product;
    }
    // The linear part slope c of F and slope t of t G: one harmonic of degree 1.
    if (max_degree == 0) tail += constant(Rational(slope * ((kernel.has_value_part() ? 1 : 0) + weight)));
    return tail;
}

/// Kernels of ReLU-type activations with random biases, lifted to S^d (numerics.md): there the kernel is bias-free in u
/// = (t + s_b^2)/q, and degree j of S^d restricted to the parallel sphere has the share kept_share(j) in degrees above
/// max_degree of S^{d-1}.
Ball lifted_tail(const Kernel& kernel, int dim, int max_degree) {
    const KernelSpec& spec = kernel.spec();
    const Rational slope = *spec.activation->negative_slope();
    const Rational bend = (1 - slope) * (1 - slope);
    const Rational weight = kernel.has_gradient_part() ? spec.output_weight_variance : Rational(0);
    const Rational trained = spec.train_bias ? 1 : 0;
    const Rational q = kernel.variance();
    const int lifted = dim + 1;
    const int last = 6 * max_degree + 64;
    const auto restricted = [&](int power, int from) {
        const std::vector<Ball> shares = restriction_shares(dim, spec.bias_variance, from, last);
        Ball sum = power_moment_tail(lifted, power, last);
        for (int j = from + 1; j <= last; ++j)
            sum += power_moment_term(lifted, power, j) * shares[static_cast<std::size_t>(j)];
        return sum;
    };
    Ball tail(working_bits);
    if (kernel.has_value_part()) tail += constant(Rational(bend * q * lifted)) * restricted(1, max_degree);
    if (weight != 0) {
        // Multiplication by t moves nu_j to degrees j-1 and j+1, so the rest of t G beyond K is at most the rest of G
        // beyond K - 1.
        const Ball alone = restricted(0, max_degree);
        tail += constant(Rational(bend * weight)) * (restricted(0, max_degree - 1) + constant(trained) * alone);
    }
    if (max_degree == 0) tail += constant(Rational(slope * ((kernel.has_value_part() ? 1 : 0) + weight)));
    return tail;
}

/// sum_{k > max_degree} N_k m_{jk} for all j at once: m_{jk} = c_d int t^j P_k (1-t^2)^{(d-3)/2} dt, non-zero for j >=
/// k of equal parity, m_{kk} = k! Gamma(d/2)/(2^k Gamma(k+d/2)), m_{j+2,k}/m_{jk} = (j+1)(j+2)/((j-k+2)(j+k+d)).
Ball moment_tail(const std::vector<Ball>& coefficients, int dim, int max_degree) {
    Ball total(working_bits);
    const auto length = static_cast<long>(coefficients.size());
    Ball diagonal(1, working_bits);
    for (long k = 0; k < length; ++k) {
        if (k > max_degree) {
            Ball moment = diagonal;
            Ball sum(working_bits);
            for (long j = k; j < length; j += 2) {
                sum += coefficients[static_cast<std::size_t>(j)] * moment;
                moment *= Ball((j + 1) * (j + 2), working_bits) / ((j - k + 2) * (j + k + dim));
            }
            total += sum * Ball(multiplicity(dim, static_cast<int>(k)), working_bits);
        }
        diagonal *= Ball(k + 1, working_bits) / (2 * k + dim);
    }
    return total;
}

/// Kernels with non-negative Taylor coefficients in t.
std::optional<Ball> series_tail(const Kernel& kernel, int dim, int max_degree) {
    const KernelSpec& spec = kernel.spec();
    const Ball weight = constant(kernel.has_gradient_part() ? spec.output_weight_variance : Rational(0));
    const Ball trained(spec.train_bias ? 1 : 0, working_bits);
    for (long length = 3L * max_degree + 64;; length *= 2) {
        const std::optional<DualSeries> dual =
            spec.activation->dual_series(kernel.variance(), spec.bias_variance, length, working_bits + 2 * length);
        if (!dual) return std::nullopt;
        std::vector<Ball> coefficients;
        for (std::size_t i = 0; i < static_cast<std::size_t>(length); ++i) {
            const Ball below = i == 0 ? Ball(working_bits) : dual->gradient[i - 1];
            Ball sum = weight * (below + trained * dual->gradient[i]);
            if (kernel.has_value_part()) sum += dual->value[i];
            coefficients.push_back(sum.at_precision(working_bits));
        }
        Ball rest = weight * (dual->gradient.back() + dual->gradient_rest + trained * dual->gradient_rest);
        if (kernel.has_value_part()) rest += dual->value_rest;
        const Ball found = moment_tail(coefficients, dim, max_degree);
        if ((rest * 20).certainly_at_most(found)) return found + rest;
        constexpr long longest = 20000;
        if (length > longest) return std::nullopt;
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
    if (kernel.spec().activation->negative_slope()) {
        return kernel.spec().bias_variance == 0 ? homogeneous_tail(kernel, dim, max_degree)
                                                : lifted_tail(kernel, dim, max_degree);
    }
    return series_tail(kernel, dim, max_degree);
}

}  // namespace ntk
