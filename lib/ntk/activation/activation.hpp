// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/vector_kernel.hpp"
#include "ntk/numeric/ball.hpp"
#include "ntk/numeric/positive_series.hpp"
#include "ntk/numeric/rational.hpp"
#include "ntk/numeric/real.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Activations sigma, their constants and their dual activations (lib/ntk/theory.md, "Activations").
///
/// Glossary: q common variance of a centred Gaussian pair (z,z'), c its covariance, u = c/q = cos(angle) its
/// correlation, F(c) = E[sigma(z) sigma(z')] the dual activation, G(c) = E[sigma'(z) sigma'(z')] = F'(c) at fixed q.
namespace ntk {

/// How a dual activation reads the correlation: by u itself or by the angle arccos u. Each activation takes the one in
/// which its F and G are analytic (ReLU: the angle; smooth activations: the cosine).
enum class DualArgument { cosine, angle };

/// The correlation of a Gaussian pair for one activation.
template <class Scalar>
struct Correlation {
    Scalar variance;  ///< q > 0
    Scalar argument;  ///< u, or arccos u in [0, pi] for real arguments, as Activation::dual_argument() says
};

/// F and G at one correlation.
template <class Scalar>
struct DualValues {
    Scalar value;     ///< F = E[sigma(z) sigma(z')]
    Scalar gradient;  ///< G = E[sigma'(z) sigma'(z')]
};

/// F and G at one variance as power series in the correlation u (Hermite: F = sum_j a_j^2 u^j with
/// a_j = E[sigma(sqrt(q) g) h_j(g)] for a standard normal g, so every coefficient is >= 0).
struct DualSeries {
    PositiveSeries value;
    PositiveSeries gradient;
};

/// Smallest known constants with |sigma'| <= L1, |sigma''| <= L2, |sigma'''| <= L3, |sigma(0)| = c0, |sigma| <=
/// c_infinity. Each is rounded up to a double; +infinity where no bound exists. L1, L2 and L3 are Lipschitz constants
/// of sigma, sigma' and sigma'': infinite where these jump.
struct ActivationConstants {
    double c0;
    double L1;
    double L2;
    double L3;
    double c_infinity;
};

/// sigma(-z) = sigma(z), sigma(-z) = -sigma(z), either of them up to a multiple of z or up to a constant, or none.
enum class Parity { none, even, odd, even_plus_linear, odd_plus_constant };

/// sigma(z) = z^power for z > 0 and negative_factor z^power for z < 0, power >= 0.
struct Homogeneous {
    int power;
    Rational negative_factor;
};

/// sigma is analytic in an open set around the strip |Im z| <= half_width, and there
/// |sigma(z)| <= value_constant + value_slope |z|,  |sigma'(z)| <= derivative_constant + derivative_slope |z|.
struct StripBound {
    Rational half_width;
    Rational value_constant;
    Rational value_slope;
    Rational derivative_constant;
    Rational derivative_slope;
};

/// One activation. A user adds one by deriving from this class and passing it to a Kernel or a Network: the pointwise
/// functions, constants, and either the dual activation in closed form or a strip of analyticity.
/// All functions are pure and safe to call from several threads, except those on Real (see real.hpp).
class Activation {
public:
    virtual ~Activation() = default;

    /// The name as the command line writes it, with its parameter: "relu", "leaky-relu:1/10", "erf".
    virtual std::string name() const = 0;
    /// sigma as a formula for people, e.g. "max(0, z)".
    virtual std::string formula() const = 0;
    virtual ActivationConstants constants() const = 0;
    virtual Parity parity() const = 0;
    /// Set for a positively homogeneous activation: its kernels without random biases have eigenvalues in closed form
    /// (spectrum/exact_route.hpp).
    virtual std::optional<Homogeneous> homogeneous() const { return std::nullopt; }
    /// The coefficients c_0, c_1, ... of a polynomial activation; empty for every other one.
    virtual std::vector<Rational> polynomial() const { return {}; }
    /// Points where sigma or one of its derivatives jumps; empty for a smooth activation.
    virtual std::vector<double> kinks() const { return {}; }
    /// Whether sigma' exists as a function, so that a kernel has a gradient part; false for the step function only.
    virtual bool has_gradient() const { return true; }

    /// sigma(z), sigma'(z), sigma''(z) in double, with an error of at most 4 * 2^-52 max(1, |true value|), for a
    /// polynomial times the size of its terms. Where one of them jumps it is the mean of both sides.
    virtual double value(double z) const = 0;
    virtual double derivative(double z) const = 0;
    virtual double second_derivative(double z) const = 0;
    /// values[i] = sigma(z[i]) and derivatives[i] = sigma'(z[i]) for i < count; either result may be null.
    virtual void evaluate(const double* z, double* values, double* derivatives, std::size_t count) const;
    /// curvatures[i] = sigma''(z[i]), where values[i] = sigma(z[i]) and derivatives[i] = sigma'(z[i]) are known: by
    /// default second_derivative, else a formula in z, sigma and sigma' with their errors. `curvatures` may be z
    /// itself.
    virtual void second_derivatives(const double* z, const double* values, const double* derivatives,
                                    double* curvatures, std::size_t count) const;
    /// Set for an activation that has kernels for vectors of doubles; the plain functions above are then its reference.
    virtual std::optional<VectorKernel> vector_kernel() const { return std::nullopt; }
    virtual Real value(const Real& z) const = 0;
    virtual Real derivative(const Real& z) const = 0;
    /// Enclosures: the result contains sigma(z) (sigma'(z)) for every z in the ball. On complex balls the result is
    /// finite only if sigma is analytic on the whole rectangle; a real ball across a kink gives the hull of both sides.
    virtual Ball value(const Ball& z) const = 0;
    virtual Ball derivative(const Ball& z) const = 0;
    virtual ComplexBall value(const ComplexBall& z) const = 0;
    virtual ComplexBall derivative(const ComplexBall& z) const = 0;

    /// Whether F and G are known in closed form, that is, whether the four functions named dual exist; without it they
    /// throw std::logic_error, and the activation has a strip instead.
    virtual bool has_closed_dual() const { return true; }
    virtual DualArgument dual_argument() const { return DualArgument::cosine; }
    /// F and G by the formulas of theory.md in ball arithmetic: the result contains the true value for every argument
    /// in the balls. On complex balls the result is finite only if F and G are analytic on the whole ball.
    virtual DualValues<Ball> dual(const Correlation<Ball>& at) const;
    virtual DualValues<ComplexBall> dual(const Correlation<ComplexBall>& at) const;
    /// F and G at covariance c and variance q, |c| <= q, by formulas written a second time in other terms, so that
    /// comparing them with the ball versions is a test. Accuracy: a few units in the last place of the scalar.
    virtual DualValues<Real> dual(const Real& variance, const Real& covariance) const;
    virtual DualValues<double> dual(double variance, double covariance) const;
    /// (F(q) - F(c)) / (q - c), the slope of the secant of F between c and q: it carries the angle from layer to layer
    /// of a deep kernel. Needed only by activations that read the angle, and finite around angle 0.
    virtual Ball secant(const Correlation<Ball>& at) const;
    virtual ComplexBall secant(const Correlation<ComplexBall>& at) const;
    /// F(q) - F(c) and G(q) - G(c), written as differences; needed by activations that read the angle.
    virtual DualValues<Ball> deficits(const Correlation<Ball>& at) const;
    virtual DualValues<ComplexBall> deficits(const Correlation<ComplexBall>& at) const;

    /// Where sigma is analytic with at most linear growth. Needed if there is no dual in closed form.
    virtual std::optional<StripBound> strip() const { return std::nullopt; }
    /// The power series of F and G in the correlation to `length` terms at the variance q, each coefficient with an
    /// absolute error of about 2^-bits or better. By default from the strip (activation/hermite.hpp); empty if there is
    /// neither a series nor a strip.
    virtual std::optional<DualSeries> dual_series(const Ball& variance, long length, long bits) const;
};

using ActivationPtr = std::shared_ptr<const Activation>;

/// values[i] = sigma(z[i]) and derivatives[i] = sigma'(z[i]) for i < count by the fastest way at the level: the vector
/// kernel if there is one (arguments that are not finite are then refused), else Activation::evaluate. Either result
/// may be null.
void evaluate_at(SimdLevel level, const Activation& activation, const double* z, double* values, double* derivatives,
                 std::size_t count);

/// The activation that the command line calls NAME or NAME:PARAMETER; numbers are read exactly ("1/10", "0.1").
/// Throws InputError naming the text and the known names.
ActivationPtr make_activation(const std::string& text);

/// The names that make_activation knows, with their parameter, in alphabetical order: "erf", "leaky-relu:SLOPE",
/// "relu".
std::vector<std::string> known_activations();

}  // namespace ntk
