// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/random_terms.hpp"

#include "ntk/deviation/drift_bounds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

namespace ntk::deviation {
namespace {

/// Roundings in one formula of this file, logarithms and roots included.
constexpr double roundings = 60;

void require_probability(double delta) {
    if (delta > 0 && delta < 1) return;
    throw std::domain_error("bounds with probability: delta = " + std::to_string(delta) +
                            ": expected a number > 0 and < 1");
}

RandomBound smallest(std::vector<RandomBound> bounds) {
    RandomBound best{std::numeric_limits<double>::infinity(), "none applies"};
    for (RandomBound& one : bounds) {
        one.value = rounded_up(one.value, roundings);
        if (one.value < best.value) best = one;
    }
    return best;
}

}  // namespace

double pinelis_bound(double variance, double scale, double count, double delta) {
    require_probability(delta);
    const double share = std::log(2 / delta) / count;
    return rounded_up(scale * share + std::sqrt(scale * share * scale * share + 2 * variance * share), roundings);
}

RandomBound sampling_bound(const SamplingTerm& term, double delta) {
    require_probability(delta);
    const double n = term.points, largest = term.largest_probe * term.largest_residual;
    const double variance = std::max(term.second_moment - term.coefficient * term.coefficient, 0.0);
    // For real numbers Bernstein's inequality is Pinelis' one.
    return smallest({{largest * std::sqrt(2 * std::log(2 / delta) / n), "Hoeffding"},
                     {pinelis_bound(variance, (largest + std::abs(term.coefficient)) / 3, n, delta), "Bernstein"},
                     {std::sqrt(term.mean_second_moment / (n * delta)), "Chebyshev"}});
}

RandomBound gradient_gap_bound(const GradientTerm& term, double delta) {
    require_probability(delta);
    const double n = term.points, M = term.largest_probe, K = term.kernel_bound;
    return smallest({{std::sqrt(K / n) + M * std::sqrt(2 * K * std::log(1 / delta) / n), "bounded differences"},
                     {pinelis_bound(K, 2 * M * std::sqrt(K) / 3, n, delta), "Pinelis"},
                     {std::sqrt(std::max(term.kernel_at_one - term.eigenvalue, 0.0) / (n * delta)), "Chebyshev"}});
}

double gaussian_envelope(const InitialLaw& law, const NetworkShape& shape) {
    double of_weights = 1;
    if (law.weights) {
        double longest = 0;
        for (const RadialAtom& atom : law.weights->atoms) longest = std::max(longest, atom.radius.convert_to<double>());
        of_weights = longest * longest / shape.dim;
    }
    return rounded_up(of_weights + law.bias_variance, 8);
}

RandomBound kernel_gap_bound(const KernelTerm& term, double delta) {
    require_probability(delta);
    const ActivationConstants& c = term.constants;
    const bool signs = term.law.output_weights == OutputWeights::rademacher;
    const double drawn = term.shape.width / (term.law.antisymmetric ? 2.0 : 1.0);
    const double v = term.law.output_weight_variance, radius_squared = term.shape.hidden_bias ? 2 : 1;
    const double slopes = c.L1 * c.L1 * radius_squared * v;
    std::vector<RandomBound> bounds;
    if (signs && std::isfinite(c.c_infinity)) {
        const double B = c.c_infinity * c.c_infinity + slopes, range = B * term.mean_of_absolute;
        const double variance = B * term.eigenvalue;
        bounds = {
            {std::sqrt(variance / drawn) + range * std::sqrt(2 * std::log(1 / delta) / drawn), "bounded differences"},
            {pinelis_bound(variance, 2 * range / 3, drawn, delta), "Pinelis"},
            {std::sqrt(variance / (drawn * delta)), "Chebyshev"}};
    }
    const double q = gaussian_envelope(term.law, term.shape);
    // ||sigma(z)||_4 and the scale of ||sigma(z)||_{2p} <= (p!)^{1/(2p)} times it, by Minkowski's inequality.
    const double fourth = std::min(c.c_infinity, c.c0 + c.L1 * std::sqrt(q) * std::pow(3, 0.25));
    const double scale = std::min(c.c_infinity, c.c0 + c.L1 * std::sqrt(2 * q));
    const double spread = fourth * fourth + slopes * (signs ? 1 : std::sqrt(3.0));
    bounds.push_back({spread / std::sqrt(drawn * delta), "Chebyshev with fourth moments"});
    const double A = scale * scale + slopes * (signs ? 1 : 2);
    bounds.push_back({pinelis_bound(8 * A * A, 2 * A, drawn, delta), "sub-exponential"});
    return smallest(std::move(bounds));
}

}  // namespace ntk::deviation
