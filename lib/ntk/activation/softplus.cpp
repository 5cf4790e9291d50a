// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/softplus.hpp"

#include "ntk/activation/logistic.hpp"
#include "ntk/activation/smooth.hpp"
#include "ntk/numeric/errors.hpp"

#include <algorithm>
#include <numbers>

namespace ntk {
namespace {

class Softplus final : public SmoothActivation<Softplus> {
public:
    explicit Softplus(const Rational& beta) : beta_(beta), beta_double_(beta.convert_to<double>()) {}

    std::string name() const override { return "softplus:" + to_string(beta_); }
    std::string formula() const override {
        return beta_ == 1 ? "log(1 + exp(z))" : "log(1 + exp(beta z))/beta, beta = " + to_string(beta_);
    }
    ActivationConstants constants() const override {
        return {rounded_up(std::numbers::ln2 / beta_double_), 1, rounded_up(beta_double_ / 4),
                rounded_up(beta_double_ * beta_double_ / (6 * std::sqrt(3.0))), unbounded};
    }
    Parity parity() const override { return Parity::even_plus_linear; }
    std::optional<VectorKernel> vector_kernel() const override {
        return VectorKernel{VectorFunction::softplus, beta_double_, {}};
    }

    double value(double z) const override {
        return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(beta_double_ * z))) / beta_double_;
    }
    double derivative(double z) const override { return logistic(beta_double_ * z); }
    double second_derivative(double z) const override { return beta_double_ * logistic_slope(beta_double_ * z); }
    using SmoothActivation::derivative;
    using SmoothActivation::value;
    /// The principal logarithm: analytic off the half-lines Im(beta z) = odd multiple of pi, Re z >= 0.
    template <class Scalar>
    Scalar sigma(const Scalar& z) const {
        const Scalar beta = constant_like(beta_, z);
        return log(Scalar(1 + exp(Scalar(beta * z)))) / beta;
    }
    template <class Scalar>
    Scalar slope(const Scalar& z) const {
        return logistic_of(Scalar(constant_like(beta_, z) * z));
    }

    bool has_closed_dual() const override { return false; }
    /// sigma' = s(beta z), |s| <= 7.56 for |Im beta z| <= 3 (sigmoid.cpp); sigma(x+iy) = sigma(x) + i int_0^y
    /// sigma'(x+iv) dv and sigma(x) <= log(2)/beta + |x|: together (0.6932 + 3 * 7.56)/beta + |z|.
    std::optional<StripBound> strip() const override {
        return StripBound{Rational(3 / beta_), Rational(Rational(2338, 100) / beta_), 1, Rational(756, 100), 0};
    }

private:
    Rational beta_;
    double beta_double_;
};

}  // namespace

ActivationPtr make_softplus(const Rational& beta) {
    if (beta <= 0) throw InputError("softplus:" + to_string(beta) + ": expected a positive beta");
    return std::make_shared<Softplus>(beta);
}

}  // namespace ntk
