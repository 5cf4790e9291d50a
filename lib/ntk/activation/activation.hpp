// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/ball.hpp"
#include "ntk/numeric/rational.hpp"
#include "ntk/numeric/real.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Activations sigma, their constants and their dual activations (lib/ntk/theory.md, "Activations").
///
/// Glossary: q common variance of a centred Gaussian pair (z,z'), c its covariance, u = c/q = cos(angle) its
/// correlation, F(c) = E[sigma(z) sigma(z')] the dual activation, G(c) = E[sigma'(z) sigma'(z')] = F'(c) at fixed q.
namespace ntk {

/// The correlation of a Gaussian pair, given both as a cosine and as an angle. Each is computed only when asked for:
/// the cosine may be analytic where the angle is not, and the reverse.
template <class Scalar>
struct Correlation {
    Scalar variance;                 ///< q > 0
    std::function<Scalar()> cosine;  ///< u
    std::function<Scalar()> angle;   ///< arccos u in [0, pi] for real arguments
};

/// F and G at one correlation.
template <class Scalar>
struct DualValues {
    Scalar value;     ///< F = E[sigma(z) sigma(z')]
    Scalar gradient;  ///< G = E[sigma'(z) sigma'(z')]
};

/// Taylor coefficients in t of F(t + centre) and G(t + centre) about t = 0: value[i], gradient[i] for i < length, all
/// >= 0; value_rest and gradient_rest bound the sums of the coefficients from `length` on.
struct DualSeries {
    std::vector<Ball> value;
    std::vector<Ball> gradient;
    Ball value_rest;
    Ball gradient_rest;
};

/// Smallest known constants with |sigma'| <= L1, |sigma''| <= L2, |sigma'''| <= L3, |sigma(0)| = c0, |sigma| <=
/// c_infinity. Each is rounded up to a double; +infinity where no bound exists.
struct ActivationConstants {
    double c0;
    double L1;
    double L2;
    double L3;
    double c_infinity;
};

/// sigma(-z) = sigma(z), sigma(-z) = -sigma(z), or neither.
enum class Parity { none, even, odd };

/// One activation. A user adds one by deriving from this class and passing it to a Kernel or a Network.
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
    /// alpha such that sigma(z) = z for z >= 0 and alpha z for z < 0; empty for every other activation.
    /// Kernels of such activations have eigenvalues in closed form (spectrum/exact_route.hpp).
    virtual std::optional<Rational> negative_slope() const { return std::nullopt; }
    /// Points where sigma' jumps; empty for a smooth activation.
    virtual std::vector<double> kinks() const { return {}; }

    /// sigma(z), sigma'(z), sigma''(z) in double, each within 4 units in the last place of the true value
    /// (relative to 1 for a bounded activation). At a kink the derivative is the mean of both sides.
    virtual double value(double z) const = 0;
    virtual double derivative(double z) const = 0;
    virtual double second_derivative(double z) const = 0;
    /// values[i] = sigma(z[i]) and derivatives[i] = sigma'(z[i]) for i < count; derivatives may be null.
    virtual void evaluate(const double* z, double* values, double* derivatives, std::size_t count) const;
    virtual Real value(const Real& z) const = 0;
    virtual Real derivative(const Real& z) const = 0;

    /// F and G by the formulas of theory.md in ball arithmetic: the result contains the true value for every argument
    /// in the balls. On complex balls the result is finite only if F and G are analytic on the whole ball.
    virtual DualValues<Ball> dual(const Correlation<Ball>& at) const = 0;
    virtual DualValues<ComplexBall> dual(const Correlation<ComplexBall>& at) const = 0;
    /// F and G at covariance c and variance q, |c| <= q, by formulas written a second time in other terms, so that
    /// comparing them with the ball versions is a test. Accuracy: a few units in the last place of the scalar.
    virtual DualValues<Real> dual(const Real& variance, const Real& covariance) const = 0;
    virtual DualValues<double> dual(double variance, double covariance) const = 0;
    /// The Taylor series of F and G about the covariance `centre` >= 0 where they converge beyond t = 1; empty for an
    /// activation whose dual is not analytic there (ReLU). Coefficients are non-negative because those in c are
    /// (Hermite: F = sum a_j^2 (c/q)^j).
    virtual std::optional<DualSeries> dual_series(const Rational& /*variance*/, const Rational& /*centre*/,
                                                  long /*length*/, long /*bits*/) const {
        return std::nullopt;
    }
};

using ActivationPtr = std::shared_ptr<const Activation>;

/// The activation that the command line calls NAME or NAME:PARAMETER; numbers are read exactly ("1/10", "0.1").
/// Throws InputError naming the text and the known names.
ActivationPtr make_activation(const std::string& text);

/// The names that make_activation knows, with their parameter, in alphabetical order: "erf", "leaky-relu:SLOPE",
/// "relu".
std::vector<std::string> known_activations();

}  // namespace ntk
