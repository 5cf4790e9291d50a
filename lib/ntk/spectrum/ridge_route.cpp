// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/ridge_route.hpp"

#include "ntk/ridge/offset_mean.hpp"
#include "ntk/ridge/ridge_coefficients.hpp"
#include "ntk/spectrum/wanted_eigenvalues.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <stdexcept>

namespace ntk {
namespace {

/// E_{r,b} of Lambda_k^2 of a part (of Lambda_k of a squared part) for the given degrees.
using Means = std::function<std::map<int, Ball>(RidgePart part, const std::set<int>& degrees)>;

/// A kernel of one layer whose weights have a discrete law.
class RadialKernel {
public:
    RadialKernel(const KernelSpec& spec, const RadialLaw& law, int dim) : kernel_(spec), law_(law), dim_(dim) {
        if (const auto reason = no_ridge_route(spec)) throw std::domain_error("ridge_eigenvalues: " + *reason);
    }

    const Kernel& kernel() const { return kernel_; }

    /// Without random biases each coefficient has its digits, and so has a sum of their squares.
    Means relative_means(long digits) const {
        return [this, digits](RidgePart part, const std::set<int>& degrees) {
            return summed(part, degrees, bits_for_digits(digits) + 32, [&](const RidgeFunction& g, const Rational& r) {
                std::vector<Ball> values = ridge_coefficients(g, dim_, {r, 0}, as_list(degrees), digits + 3);
                for (Ball& value : values) {
                    if (!g.is_squared()) value *= value;
                }
                return values;
            });
        };
    }

    /// With random biases: absolute errors of about 2^-bits.
    Means absolute_means(long bits) const {
        return [this, bits](RidgePart part, const std::set<int>& degrees) {
            return summed(part, degrees, bits + 32, [&](const RidgeFunction& g, const Rational& r) {
                return offset_means(g, dim_, r, kernel_.bias_variance(), as_list(degrees), bits);
            });
        };
    }

    std::vector<Ball> eigenvalues(const std::vector<int>& degrees, long bits, const Means& means) const {
        const KernelSpec& spec = kernel_.spec();
        const Ball layer(spec.layers.front().weight_variance, bits);
        const Ball gradient_weight = layer * Ball(spec.output_weight_variance, bits);
        std::map<int, Ball> value_means, gradient_means;
        if (kernel_.has_value_part()) value_means = means(RidgePart::value, {degrees.begin(), degrees.end()});
        if (kernel_.has_gradient_part()) gradient_means = means(RidgePart::derivative, with_neighbours(degrees));
        std::vector<Ball> result;
        for (const int k : degrees) {
            Ball sum(spec.output_bias && k == 0 ? 1 : 0, bits);
            if (kernel_.has_value_part()) sum += layer * value_means.at(k);
            if (kernel_.has_gradient_part()) sum += gradient_weight * gradient_eigenvalue(k, gradient_means);
            result.push_back(sum);
        }
        return result;
    }

    Ball at_one(long bits, const Means& means) const {
        const KernelSpec& spec = kernel_.spec();
        Ball sum(bits);
        if (kernel_.has_value_part()) sum += means(RidgePart::squared_value, {0}).at(0);
        if (kernel_.has_gradient_part()) {
            const Ball weight = Ball(spec.output_weight_variance, bits) * (spec.train_bias ? 2 : 1);
            sum += weight * means(RidgePart::squared_derivative, {0}).at(0);
        }
        return sum * Ball(spec.layers.front().weight_variance, bits) + (spec.output_bias ? 1 : 0);
    }

private:
    static std::vector<int> as_list(const std::set<int>& degrees) { return {degrees.begin(), degrees.end()}; }

    std::set<int> with_neighbours(const std::vector<int>& degrees) const {
        std::set<int> result;
        for (const int k : degrees) {
            result.insert(k + 1);
            if (k > 0) result.insert(k - 1);
            if (kernel_.spec().train_bias) result.insert(k);
        }
        return result;
    }

    /// (t + 1_bias) G from the eigenvalues nu of G.
    Ball gradient_eigenvalue(int k, const std::map<int, Ball>& nu) const {
        Ball result = nu.at(k + 1);
        if (k > 0) {
            const long size = 2L * k + dim_ - 2;
            result = (result * (static_cast<long>(k) + dim_ - 2) + nu.at(k - 1) * k) / size;
        }
        if (kernel_.spec().train_bias) result += nu.at(k);
        return result;
    }

    template <class Compute>
    std::map<int, Ball> summed(RidgePart part, const std::set<int>& degrees, long bits, const Compute& compute) const {
        const RidgeFunction g(kernel_.spec().activation, part);
        std::map<int, Ball> sums;
        for (const int k : degrees) sums.emplace(k, Ball(bits));
        for (const RadialAtom& atom : law_.atoms) {
            const std::vector<Ball> values = compute(g, atom.radius);
            std::size_t i = 0;
            for (auto& [degree, sum] : sums) sum += Ball(atom.probability, bits) * values[i++];
        }
        return sums;
    }

    Kernel kernel_;
    RadialLaw law_;
    int dim_;
};

void require_arguments(const RadialLaw& law, int dim, const std::vector<int>& degrees, long digits) {
    if (law.atoms.empty()) throw std::domain_error("ridge_eigenvalues: the law of the weights has no atoms");
    require_eigenvalue_arguments("ridge_eigenvalues", dim, degrees, digits);
}

/// Enclosures with their digits: at once without random biases, by Ziv's strategy with them.
std::vector<Ball> certain(const RadialKernel& radial, const std::vector<WantedValue>& wanted, long digits,
                          const std::function<std::vector<Ball>(long bits, const Means& means)>& compute) {
    const long bits = bits_for_digits(digits) + 32;
    if (!radial.kernel().has_random_bias()) return compute(bits, radial.relative_means(digits));
    return until_certain(wanted, digits, bits, [&](long absolute_bits) {
        return compute(absolute_bits + 32, radial.absolute_means(absolute_bits));
    });
}

}  // namespace

std::optional<std::string> no_ridge_route(const KernelSpec& spec) {
    if (spec.layers.size() != 1) return "weights other than gaussian are defined for one hidden layer only";
    if (!spec.activation) return "the activation is missing";
    if (spec.layers.front().bias_variance == 0) return std::nullopt;
    if (has_offset_mean(RidgeFunction(spec.activation, RidgePart::value))) return std::nullopt;
    return "weights other than gaussian together with random hidden biases are supported for polynomials, powers with "
           "a "
           "kink and activations with a strip of analyticity, which " +
           spec.activation->name() + " has not";
}

std::vector<Eigenvalue> ridge_eigenvalues(const KernelSpec& spec, const RadialLaw& law, int dim,
                                          const std::vector<int>& degrees, long digits) {
    require_arguments(law, dim, degrees, digits);
    const RadialKernel radial(spec, law, dim);
    const std::vector<Ball> values =
        certain(radial, wanted_eigenvalues(dim, degrees, digits), digits,
                [&](long bits, const Means& means) { return radial.eigenvalues(degrees, bits, means); });
    std::vector<Eigenvalue> result;
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        const auto exact = values[i].is_zero() ? std::optional<Exact>(Exact()) : std::nullopt;
        result.push_back({degrees[i], multiplicity(dim, degrees[i]), values[i], exact, Route::ridge});
    }
    return result;
}

Ball ridge_kernel_at_one(const KernelSpec& spec, const RadialLaw& law, int dim, long digits) {
    require_arguments(law, dim, {}, digits);
    const RadialKernel radial(spec, law, dim);
    const std::vector<WantedValue> wanted = {{"kernel at 1", 4096 + bits_for_digits(digits)}};
    return certain(radial, wanted, digits,
                   [&](long bits, const Means& means) { return std::vector<Ball>{radial.at_one(bits, means)}; })[0];
}

}  // namespace ntk
