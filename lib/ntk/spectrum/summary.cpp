// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/summary.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/spectrum/trace.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace ntk {
namespace {

constexpr long share_digits = 60;
constexpr long share_bits = 256;

std::vector<int> degrees_up_to(int last) {
    std::vector<int> degrees(static_cast<std::size_t>(last) + 1);
    std::iota(degrees.begin(), degrees.end(), 0);
    return degrees;
}

Ball multiple(const Eigenvalue& eigenvalue) {
    const long bits = std::max(share_bits, eigenvalue.enclosure.bits());
    return Ball(eigenvalue.multiplicity, bits) * eigenvalue.enclosure;
}

/// Where the search for a share stands.
struct Search {
    Ball goal;  ///< share kappa(1)
    Ball sum{share_bits};
    Ball before{share_bits};
    int next = 0;  ///< the first degree that is not in the sum
};

/// Adds eigenvalues until the goal is reached; true if it was.
bool advance(Search& search, const std::vector<Eigenvalue>& eigenvalues) {
    while (search.next < static_cast<int>(eigenvalues.size())) {
        search.before = search.sum;
        search.sum += multiple(eigenvalues[static_cast<std::size_t>(search.next)]);
        ++search.next;
        if (search.goal.certainly_at_most(search.sum)) return true;
        if (search.goal.overlaps(search.sum)) {
            throw Unreachable("share of the trace: " + std::to_string(share_digits) +
                              " digits do not tell whether the degrees up to " + std::to_string(search.next - 1) +
                              " capture it or just fail to; a slightly different share can be decided");
        }
    }
    return false;
}

/// R_K = kappa(1) minus the sum over the eigenvalues of degrees 0..K.
Ball rest_of_trace(const Kernel& kernel, const std::vector<Eigenvalue>& eigenvalues, long bits) {
    Ball rest = kernel.at_one(bits);
    for (const Eigenvalue& eigenvalue : eigenvalues) rest -= multiple(eigenvalue).at_precision(bits);
    return rest;
}

/// sum_{k > K} N mu_k/(mu_k + lambda) for a rest R_K >= 0 of the trace.
Ball rest_of_dimension(const Ball& rest, const Ball& next_multiplicity, const Ball& lambda) {
    const Ball upper = rest / lambda;
    // R/(lambda + R/N) increases in R, so where R may be 0 the lower end is 0.
    const Ball lower = rest.contains_zero() ? Ball(rest.bits()) : rest / (lambda + rest / next_multiplicity);
    Ball hull(rest.bits());
    arb_union(hull.get(), lower.get(), upper.get(), rest.bits());
    return hull;
}

}  // namespace

TraceShare smallest_degree_for_share(const Kernel& kernel, int dim, const Rational& share, int max_degree) {
    if (share <= 0 || share > 1) {
        throw std::domain_error("smallest_degree_for_share: share = " + to_string(share) + ": must be in (0, 1]");
    }
    if (max_degree < 0) throw std::domain_error("smallest_degree_for_share: max_degree must be >= 0");
    const Ball trace = kernel.at_one(share_bits);
    Search search{Ball(share, share_bits) * trace};
    for (int last = std::min(16, max_degree);; last = std::min(2 * last, max_degree)) {
        if (advance(search, certified_eigenvalues(kernel, dim, degrees_up_to(last), share_digits))) break;
        if (last == max_degree) {
            throw Unreachable("share " + to_string(share) + " of the trace: the degrees up to " +
                              std::to_string(max_degree) + " capture " + print_enclosure(search.sum / trace, 12).value +
                              " only");
        }
    }
    TraceShare result{search.next - 1, search.sum / trace, std::nullopt, std::nullopt};
    if (result.degree > 0) result.captured_before = search.before / trace;
    const std::optional<Ball> tail =
        trace_tail_bound(kernel, dim, certified_eigenvalues(kernel, dim, degrees_up_to(result.degree), share_digits));
    if (tail && tail_avoids_diagonal(kernel)) result.at_least = search.sum / (search.sum + *tail);
    return result;
}

Ball effective_dimension(const Kernel& kernel, int dim, const std::vector<Eigenvalue>& eigenvalues,
                         const Rational& lambda) {
    if (lambda <= 0) throw std::domain_error("effective_dimension: lambda = " + to_string(lambda) + ": must be > 0");
    long bits = share_bits;
    Ball sum(bits);
    for (std::size_t i = 0; i < eigenvalues.size(); ++i) {
        const Eigenvalue& eigenvalue = eigenvalues[i];
        if (eigenvalue.degree != static_cast<int>(i)) {
            throw std::domain_error("effective_dimension: the degrees of the eigenvalues must be 0, 1, ..., K");
        }
        bits = std::max(bits, eigenvalue.enclosure.bits());
        sum += multiple(eigenvalue) / (eigenvalue.enclosure + Ball(lambda, bits));
    }
    if (eigenvalues.empty()) throw std::domain_error("effective_dimension: needs at least the eigenvalue of degree 0");
    const Ball next(multiplicity(dim, static_cast<int>(eigenvalues.size())), bits);
    return sum + rest_of_dimension(rest_of_trace(kernel, eigenvalues, bits), next, Ball(lambda, bits));
}

std::optional<Ball> decay_constant(const Kernel& kernel, int dim, long bits) {
    if (dim < 2) throw std::domain_error("decay_constant: dim = " + std::to_string(dim) + ": must be >= 2");
    const KernelSpec& spec = kernel.spec();
    const std::optional<Homogeneous> homogeneous = spec.activation->homogeneous();
    if (!homogeneous || homogeneous->power != 1 || !kernel.is_shallow() || !kernel.has_gradient_part()) {
        return std::nullopt;
    }
    const Rational bend = 1 - homogeneous->negative_factor;
    const Rational weight = spec.layers.front().weight_variance * spec.output_weight_variance * bend * bend;
    if (weight == 0) return std::nullopt;
    Ball constant = Ball(weight, bits) * pow(gamma_of_half(dim, bits) / Ball::pi(bits), 2);
    arb_mul_2exp_si(constant.get(), constant.get(), dim - 2);
    if (kernel.bias_variance() == 0 && !spec.train_bias) return constant;
    return constant * (spec.train_bias ? 2 : 1) / (2 * sqrt(Ball(kernel.variance(), bits)));
}

std::optional<Ball> decay_error(const Kernel& kernel, int dim, const Eigenvalue& eigenvalue) {
    const long bits = std::max(share_bits, eigenvalue.enclosure.bits()) + 32;
    const std::optional<Ball> constant = decay_constant(kernel, dim, bits);
    const long doubled = 2L * eigenvalue.degree + dim - 2;
    if (!constant || doubled == 0 || eigenvalue.enclosure.is_zero()) return std::nullopt;
    // Without biases the odd degrees do not follow the law: they vanish, but for the linear part of degree 1.
    const bool even_only = kernel.bias_variance() == 0 && !kernel.spec().train_bias;
    if (even_only && eigenvalue.degree % 2 == 1) return std::nullopt;
    const Ball base(Rational(doubled, 2), bits);
    return eigenvalue.enclosure * pow(base, static_cast<unsigned>(dim)) / *constant - 1;
}

}  // namespace ntk
