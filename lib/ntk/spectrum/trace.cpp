// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/trace.hpp"

#include "ntk/spectrum/polynomial_kernel.hpp"
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

/// About r = e^{-40/(max_degree+1)}, a fraction from 1/256 to just below 1: the smaller it is, the smoother is the
/// Poisson kernel, and r^{max_degree+1} is at most 1/256.
Rational poisson_radius(int max_degree) {
    constexpr long denominator = 1L << 20;
    const long numerator = std::lround(std::exp(-40.0 / (max_degree + 1.0)) * denominator);
    return Rational(std::clamp(numerator, denominator / 256, denominator - 1), denominator);
}

/// kappa(1) - kappa as a function of the angle.
class Deficit final : public AngleFunction {
public:
    explicit Deficit(const Kernel& kernel) : kernel_(kernel) {}
    Ball at_angle(const Ball& theta) const override { return kernel_.deficit_at_angle(theta); }
    ComplexBall at_angle(const ComplexBall& theta) const override { return kernel_.deficit_at_angle(theta); }

private:
    const Kernel& kernel_;
};

/// A little more than the largest number of an enclosure that is not negative: the rest itself is known as a
/// difference, and a comparison of it with a bound must not depend on its last digits.
Ball above(const Ball& x) {
    const Rational largest = x.exact_midpoint() + x.exact_radius();
    return Ball(Rational(largest * Rational(257, 256)), working_bits);
}

/// Activations that read the angle, by a Poisson integral of differences (numerics.md): that of kappa(1) - kappa is the
/// sum of N_k mu_k (1 - r^k), from which the known degrees are taken; for the others 1 - r^k >= 1 - r^{max_degree+1}.
std::optional<Ball> poisson_tail(const Kernel& kernel, int dim, const std::vector<Eigenvalue>& eigenvalues) {
    const int max_degree = static_cast<int>(eigenvalues.size()) - 1;
    const Rational r = poisson_radius(max_degree);
    const Deficit deficit(kernel);
    constexpr long most_bits = 2048;
    for (long bits = 64; bits <= most_bits; bits *= 2) {
        Ball sum = poisson_integral(deficit, dim, r, bits);
        const Ball radius(r, bits);
        Ball power(1, bits);
        for (const Eigenvalue& eigenvalue : eigenvalues) {
            sum -= eigenvalue.enclosure.at_precision(bits) * Ball(eigenvalue.multiplicity, bits) * (1 - power);
            power *= radius;
        }
        const Ball tail = sum / (1 - power);
        constexpr long enough = 12;
        if (tail.relative_accuracy_bits() >= enough) return above(tail);
    }
    return std::nullopt;
}

/// What a shallow kernel has at t = 1 beyond its first `length` - 1 powers of the correlation u = (t+V)/(1+V): at most
/// kappa(x) y^{1-length}, y = (x+V)/(1+V), for any x > 1 up to which kappa is analytic, because F and G are power
/// series in u with coefficients >= 0, and such a series has its first singularity on the positive axis (Pringsheim).
/// x = cosh(eta) at the angle i eta; the segment is covered by balls on which kappa is finite. Empty if that fails at
/// once.
std::optional<Ball> geometric_rest(const Kernel& kernel, long length) {
    constexpr int most_pieces = 160;
    const Ball piece(Rational(1, 20), working_bits);
    const Ball zero(working_bits);
    std::optional<Ball> least;
    for (int i = 0; i < most_pieces; ++i) {
        const ComplexBall covered(zero, hull(piece * i, piece * (i + 1)));
        if (!kernel.at_angle(covered).is_finite()) break;
        const Ball eta = piece * (i + 1);
        const Ball growth = (cosh(eta) + constant(kernel.bias_variance())) / constant(kernel.variance());
        const Ball bound =
            kernel.at_angle(ComplexBall(zero, eta)).real() / pow(growth, static_cast<unsigned>(length - 1));
        if (!least || bound.certainly_at_most(*least)) least = bound;
    }
    return least;
}

/// Kernels with a power series in t: sum_{k > K} N_k sum_i c_i m_{ik} over the known coefficients, where
/// sum_k N_k m_{ik} = 1, and all of what lies beyond them, by analyticity beyond t = 1 or, for Hermite series and
/// deep kernels, by E[sigma^2] and E[sigma'^2] of each layer. The series is lengthened until that rest is at most a
/// two-hundredth.
std::optional<Ball> series_tail(const Kernel& kernel, int dim, int max_degree) {
    constexpr long longest = 4096;
    for (long length = std::max(128L, 4L * max_degree);; length *= 2) {
        const std::optional<PositiveSeries> series = kernel.series(length, working_bits + length);
        if (!series) return std::nullopt;
        const std::optional<Ball> rest =
            tail_avoids_diagonal(kernel) ? geometric_rest(kernel, length) : std::optional(series->rest());
        if (!rest) return std::nullopt;
        // A difference of nearly equal sums: the bits added to the series are for this.
        Ball found(series->bits());
        for (long i = max_degree + 1; i < length; ++i) found += series->coefficient(i);
        for (const Ball& kept : moment_sums(*series, dim, max_degree, max_degree + 1)) found -= kept;
        if ((*rest * 200).certainly_at_most(found) || 2 * length > longest)
            return (found + *rest).at_precision(working_bits);
    }
}

/// Polynomial kernels: the finitely many eigenvalues that are left, exactly.
Ball polynomial_tail(const Kernel& kernel, int dim, int max_degree) {
    const int degree = static_cast<int>(polynomial_kernel(kernel).size()) - 1;
    Ball sum(working_bits);
    if (degree <= max_degree) return sum;
    const std::vector<Exact> eigenvalues = polynomial_eigenvalues(kernel, dim, degree);
    for (int k = max_degree + 1; k <= degree; ++k) {
        sum +=
            Ball(multiplicity(dim, k), working_bits) * eigenvalues[static_cast<std::size_t>(k)].to_ball(working_bits);
    }
    return sum;
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

bool tail_avoids_diagonal(const Kernel& kernel) {
    const bool is_closed = kernel.has_closed_form() && kernel.is_shallow();
    return is_closed || short_polynomial_degree(kernel).has_value() ||
           kernel.spec().activation->dual_argument() == DualArgument::angle;
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
    if (short_polynomial_degree(kernel)) return polynomial_tail(kernel, dim, max_degree);
    return activation.dual_argument() == DualArgument::angle ? poisson_tail(kernel, dim, eigenvalues)
                                                             : series_tail(kernel, dim, max_degree);
}

}  // namespace ntk
