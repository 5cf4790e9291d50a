// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/exact_bias.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

/// Glossary (closed-forms.md): V bias variance, q = 1 + V, u = (t+V)/q; angle = arccos u; h = -(d/dt) arccos u;
/// primitive = sqrt(q^2-(t+V)^2) - (t+V) arccos u, whose derivative is -arccos u.
namespace ntk {
namespace {

using Coefficients = std::vector<BiasedCoefficient>;

BiasedCoefficient linear(const Rational& root, const Rational& arc) { return {0, root, arc, 0}; }

BiasedCoefficient combination(const Rational& x, const BiasedCoefficient& a, const Rational& y,
                              const BiasedCoefficient& b) {
    BiasedCoefficient result;
    result.add(x, a);
    result.add(y, b);
    return result;
}

/// h_{j+2} on S^{d+1} from h_{j-1}, h_j, h_{j+1} by recurrence (5); at j = 0 the first has the factor 0.
BiasedCoefficient next_derivative(long j, long d, const Rational& variance, const BiasedCoefficient& before,
                                  const BiasedCoefficient& here, const BiasedCoefficient& after) {
    const Rational n = 2 * j + d;
    const Rational size = n * (n + 2);
    const Rational slope = (1 + 2 * variance) * size + d;
    const Rational leading = n * (j + d + 1) * (j + d + 1);
    const Rational of_after = slope * (j + d + 1) - n * (j + 1) * (j + d + 1) - (n + 2) * (j + d) - variance * size;
    const Rational of_here = (n + 2) * j * (j + d) - slope * j - n * (j + 1) - variance * size;
    BiasedCoefficient result;
    result.add(-of_after / leading, after);
    result.add(-of_here / leading, here);
    result.add((n + 2) * j * j / leading, before);
    return result;
}

/// What the recurrence starts from: coefficient 0 of angle and primitive on S^{d-1}, 0 and 1 of h on S^{d+1}.
struct Start {
    BiasedCoefficient angle;
    BiasedCoefficient primitive;
    BiasedCoefficient h0;
    BiasedCoefficient h1;
};

/// (7): J_n = int_0^2 s^n (s^2+2Vs)^{-1/2} ds.
Start start_on_circle(const Rational& variance) {
    const BiasedCoefficient moment0 = linear(0, 1);
    const BiasedCoefficient moment1 = combination(2, linear(1, 0), -variance, moment0);
    const BiasedCoefficient moment2 = combination(2, linear(1, 0), Rational(-3, 2) * variance, moment1);
    Start start;
    start.angle.chi = 4;
    start.h0.add(2, moment1);
    start.h1 = combination(2, moment2, -2, moment1);
    start.primitive = combination(4, linear(1, 0), -variance, start.angle);
    return start;
}

/// (8): K_n = int_0^2 s^n (2qs-s^2)^{-1/2} ds.
Start start_on_sphere(const Rational& variance) {
    const Rational q = 1 + variance;
    const BiasedCoefficient moment0 = linear(0, 1);
    const BiasedCoefficient moment1 = combination(q, moment0, -2, linear(1, 0));
    const BiasedCoefficient moment2 = combination(Rational(3, 2) * q, moment1, -2, linear(1, 0));
    const BiasedCoefficient moment3 = combination(Rational(5, 3) * q, moment2, Rational(-8, 3), linear(1, 0));
    Start start;
    start.angle = combination(1, moment0, Rational(-1, 2), moment1);
    start.h0 = combination(Rational(3, 2), moment1, Rational(-3, 4), moment2);
    start.h1 = combination(Rational(3, 2), moment1, Rational(-9, 4), moment2);
    start.h1.add(Rational(3, 4), moment3);
    start.primitive = combination(q, moment1, Rational(-1, 2), moment2);
    start.primitive.add(Rational(1, 3), start.h0);
    start.primitive.add(-variance, start.angle);
    return start;
}

/// From d to d + 2 by (2): f_k^{(d+2)} = d/(2k+d) (f_k^{(d)} - f_{k+2}^{(d)}).
Start climbed(const Start& start, long d, const Rational& variance) {
    const BiasedCoefficient h2 = next_derivative(0, d, variance, {}, start.h0, start.h1);
    const BiasedCoefficient h3 = next_derivative(1, d, variance, start.h0, start.h1, h2);
    const Rational share(d + 2, d + 4);
    Start result;
    result.angle = combination(1, start.angle, Rational(1, d), start.h1);
    // Coefficient 2 of the primitive is (angle_3 - angle_1)/(d+2), angle_k = -h_{k-1}/d.
    const Rational factor(1, d * (d + 2));
    result.primitive = combination(factor, h2, -factor, start.h0);
    result.primitive.add(1, start.primitive);
    result.h0 = combination(1, start.h0, -1, h2);
    result.h1 = combination(share, start.h1, -share, h3);
    return result;
}

Start start_in(int dim, const Rational& variance) {
    Start start = dim % 2 == 0 ? start_on_circle(variance) : start_on_sphere(variance);
    for (int d = dim % 2 == 0 ? 2 : 3; d < dim; d += 2) start = climbed(start, d, variance);
    return start;
}

/// The dual of power 0, (1-factor)^2 (pi - arccos u)/(2 pi) + factor, in degrees 0..max_degree.
Coefficients step_coefficients(int dim, const Start& start, const Rational& variance, const Rational& factor,
                               int max_degree) {
    Coefficients derivative = {start.h0, start.h1};
    for (int j = 0; j + 2 < max_degree; ++j) {
        const auto at = static_cast<std::size_t>(j);
        const BiasedCoefficient before = j == 0 ? BiasedCoefficient{} : derivative[at - 1];
        derivative.push_back(next_derivative(j, dim, variance, before, derivative[at], derivative[at + 1]));
    }
    const Rational jump_squared = (1 - factor) * (1 - factor);
    Coefficients result(static_cast<std::size_t>(max_degree) + 1);
    result[0].one = jump_squared / 2 + factor;
    result[0].add(-jump_squared / 2, start.angle);
    for (std::size_t k = 1; k < result.size(); ++k) result[k].add(jump_squared / (2 * dim), derivative[k - 1]);
    return result;
}

/// Coefficient 0 of power 1, (1-factor)^2 ((t+V)/2 + primitive/(2 pi)) + factor (t+V).
BiasedCoefficient constant_of_relu(const Start& start, const Rational& variance, const Rational& factor) {
    const Rational jump_squared = (1 - factor) * (1 - factor);
    BiasedCoefficient result;
    result.one = variance * (jump_squared / 2 + factor);
    result.add(jump_squared / 2, start.primitive);
    return result;
}

/// (1) with power^2 f' = derivative, for degrees k >= 1; coefficient 0 is left to the caller.
Coefficients integrated(const Coefficients& derivative, int dim, int power) {
    Coefficients result(derivative.size() - 1);
    for (std::size_t k = 1; k < result.size(); ++k) {
        const Rational factor(power * power, 2 * static_cast<long>(k) + dim - 2);
        result[k] = combination(factor, derivative[k - 1], -factor, derivative[k + 1]);
    }
    return result;
}

/// Coefficient 0 of the dual of power p from those of p-1 and p-2 by (9).
BiasedCoefficient constant_of_power(int p, int dim, const Rational& variance, const Coefficients& one_below,
                                    const Coefficients& two_below) {
    const Rational square = (p - 1) * (p - 1);
    const Rational linear_factor = 2 * p - 1;
    BiasedCoefficient result;
    result.add(square * (1 + 2 * variance - Rational(1, dim)), two_below[0]);
    result.add(-2 * square * variance, two_below[1]);
    result.add(square * Rational(1 - dim, dim), two_below[2]);
    result.add(linear_factor * variance, one_below[0]);
    result.add(linear_factor, one_below[1]);
    return result;
}

void require_arguments(int dim, int max_degree) {
    if (dim < 2) throw std::domain_error("exact_bias: dim = " + std::to_string(dim) + ": must be >= 2");
    if (max_degree < 0) {
        throw std::domain_error("exact_bias: max_degree = " + std::to_string(max_degree) + ": must be >= 0");
    }
}

/// weight (t + 1_bias) G from the coefficients of G, one more than those of the sum.
void add_gradient_part(Coefficients& sum, const Coefficients& gradient, int dim, bool train_bias,
                       const Rational& weight) {
    sum[0].add(weight, gradient[1]);
    for (std::size_t k = 0; k < sum.size(); ++k) {
        const auto degree = static_cast<long>(k);
        if (train_bias) sum[k].add(weight, gradient[k]);
        if (k == 0) continue;
        const long size = 2 * degree + dim - 2;
        sum[k].add(weight * Rational(degree + dim - 2, size), gradient[k + 1]);
        sum[k].add(weight * Rational(degree, size), gradient[k - 1]);
    }
}

/// The coefficient at V = 1: A = 1 and B = pi/2 for odd d; A = sqrt(2)/pi, B = 2 log(1+sqrt(2))/pi and
/// C = chi_2(1/sqrt(2))/pi for even d.
Exact at_unit_bias(const BiasedCoefficient& value, int dim) {
    if (dim % 2 == 1) {
        return Exact(value.one + value.arc / 2) + Exact(value.root, Exact::Basis::inverse_pi);
    }
    return Exact(value.one) + Exact(value.root, Exact::Basis::sqrt2_over_pi_squared) +
           Exact(2 * value.arc, Exact::Basis::log_over_pi_squared) +
           Exact(value.chi, Exact::Basis::chi_over_pi_squared);
}

}  // namespace

BiasedCoefficient& BiasedCoefficient::operator*=(const Rational& factor) {
    for (Rational* part : {&one, &root, &arc, &chi}) *part *= factor;
    return *this;
}

void BiasedCoefficient::add(const Rational& factor, const BiasedCoefficient& term) {
    if (factor == 0) return;
    if (term.one != 0) one += factor * term.one;
    if (term.root != 0) root += factor * term.root;
    if (term.arc != 0) arc += factor * term.arc;
    if (term.chi != 0) chi += factor * term.chi;
}

BiasedDual biased_dual(int dim, const Rational& bias_variance, const Homogeneous& activation, int max_degree) {
    require_arguments(dim, max_degree);
    if (bias_variance <= 0) {
        throw std::domain_error("biased_dual: bias_variance = " + to_string(bias_variance) + ": must be > 0");
    }
    if (activation.power < 0) {
        throw std::domain_error("biased_dual: power = " + std::to_string(activation.power) + ": must be >= 0");
    }
    const Start start = start_in(dim, bias_variance);
    // Each power costs one degree, and (9) looks at degree 2 of the power two below.
    const int highest = std::max(max_degree, 2) + activation.power;
    Coefficients two_below;
    Coefficients below;
    Coefficients current = step_coefficients(dim, start, bias_variance, activation.negative_factor, highest);
    for (int p = 1; p <= activation.power; ++p) {
        two_below = std::move(below);
        below = std::move(current);
        current = integrated(below, dim, p);
        current[0] = p == 1 ? constant_of_relu(start, bias_variance, activation.negative_factor)
                            : constant_of_power(p, dim, bias_variance, below, two_below);
    }
    const auto size = static_cast<std::size_t>(max_degree) + 1;
    current.resize(size);
    if (!below.empty()) below.resize(size + 1);
    const Rational square = activation.power * activation.power;
    for (BiasedCoefficient& value : below) value *= square;
    return {std::move(current), std::move(below)};
}

bool has_exact_bias_route(const Kernel& kernel) {
    return kernel.is_shallow() && kernel.bias_variance() == 1 && kernel.spec().activation->homogeneous();
}

std::vector<Exact> exact_bias_eigenvalues(const Kernel& kernel, int dim, int max_degree) {
    require_arguments(dim, max_degree);
    if (!has_exact_bias_route(kernel)) {
        throw std::domain_error("exact_bias_eigenvalues: no closed form is known for the kernel " +
                                kernel.description());
    }
    const KernelSpec& spec = kernel.spec();
    const Homogeneous activation = *spec.activation->homogeneous();
    const Rational& factor = spec.layers.front().weight_variance;
    const BiasedDual dual = biased_dual(dim, 1, activation, max_degree);
    Coefficients sum(dual.value.size());
    if (kernel.has_value_part()) {
        for (std::size_t k = 0; k < sum.size(); ++k) sum[k].add(factor, dual.value[k]);
    }
    const Rational weight = factor * spec.output_weight_variance;
    if (kernel.has_gradient_part()) add_gradient_part(sum, dual.gradient, dim, spec.train_bias, weight);
    if (spec.output_bias) sum.front().one += 1;
    std::vector<Exact> result;
    for (const BiasedCoefficient& value : sum) result.push_back(at_unit_bias(value, dim));
    return result;
}

}  // namespace ntk
