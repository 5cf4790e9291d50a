// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/gelu.hpp"

#include "ntk/activation/smooth.hpp"

#include <numbers>

namespace ntk {
namespace {

constexpr double inverse_sqrt_2pi = std::numbers::inv_sqrtpi / std::numbers::sqrt2;

double density(double z) { return inverse_sqrt_2pi * std::exp(-z * z / 2); }
double distribution(double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; }

Real erf(const Real& z) { return real_erf(z); }

template <class Scalar>
Scalar density_of(const Scalar& z) {
    return exp(Scalar(-(z * z) / 2)) / sqrt(Scalar(2 * pi_like(z)));
}

template <class Scalar>
Scalar distribution_of(const Scalar& z) {
    return (1 + erf(Scalar(z / sqrt(constant_like(2, z))))) / 2;
}

/// F and F' from A = 1/(2 pi sqrt D) and arcsin(c/(1+q)); A' = c A/D and the arcsine has the derivative 1/sqrt D.
template <class Scalar>
DualValues<Scalar> dual_from(const Scalar& q, const Scalar& c, const Scalar& discriminant, const Scalar& a,
                             const Scalar& arcsine, const Scalar& pi) {
    const Scalar mixed = (1 - q) / (1 + q);
    const Scalar quarter = Scalar(1) / 4 + arcsine / (2 * pi);
    return {q * q * a + mixed * c * c * a + c * quarter,
            q * q * c * a / discriminant + mixed * c * a * (2 + c * c / discriminant) + c * a + quarter};
}

class Gelu final : public CosineDual<Gelu> {
public:
    std::string name() const override { return "gelu"; }
    std::string formula() const override { return "z Phi(z)"; }
    ActivationConstants constants() const override {
        const double square = (7 - std::sqrt(33.0)) / 2;
        const double at = std::sqrt(square);
        return {0, rounded_up(distribution(std::numbers::sqrt2) + std::numbers::sqrt2 * density(std::numbers::sqrt2)),
                rounded_up(2 * inverse_sqrt_2pi), rounded_up(at * (4 - square) * density(at)), unbounded};
    }
    Parity parity() const override { return Parity::even_plus_linear; }
    std::optional<VectorKernel> vector_kernel() const override { return VectorKernel{VectorFunction::gelu}; }

    double value(double z) const override { return z * distribution(z); }
    double derivative(double z) const override { return distribution(z) + z * density(z); }
    double second_derivative(double z) const override { return (2 - z * z) * density(z); }
    using SmoothActivation::derivative;
    using SmoothActivation::value;
    template <class Scalar>
    Scalar sigma(const Scalar& z) const {
        return z * distribution_of(z);
    }
    template <class Scalar>
    Scalar slope(const Scalar& z) const {
        return distribution_of(z) + z * density_of(z);
    }

    /// For |y| <= 3, with |phi(x+iy)| = phi(x) e^{y^2/2} and e^{9/2} < 90.02, sqrt(2 pi) > 2.506:
    ///     |Phi(x+iy)| <= Phi(x) + 3 * 90.02/2.506 < 108.8,
    ///     |z phi(z)| <= (|x| + 3) e^{-x^2/2} 90.02/2.506 <= (0.6066 + 3) 90.02/2.506 < 129.6 (gaussian.cpp).
    std::optional<StripBound> strip() const override {
        return StripBound{3, 0, Rational(1088, 10), Rational(2384, 10), 0};
    }

    using CosineDual::dual;
    template <class Scalar>
    DualValues<Scalar> dual_in_cosine(const Scalar& q, const Scalar& cosine) const {
        const Scalar c = q * cosine;
        const Scalar pi = pi_like(c);
        const Scalar width = 1 + q;
        const Scalar sine = c / width;
        const Scalar discriminant = width * width - c * c;
        const Scalar a = 1 / (2 * pi * width * sqrt(1 - sine * sine));
        const Scalar mixed = (1 - q) / width;
        const Scalar quarter = constant_like(Rational(1, 4), c) + asin(sine) / (2 * pi);
        return {q * q * a + mixed * c * c * a + c * quarter,
                c * a * (q * q / discriminant + mixed * (2 + c * c / discriminant) + 1) + quarter};
    }
    /// Written anew with the arctangent and D = (1+q-c)(1+q+c).
    template <class Scalar>
    DualValues<Scalar> dual_in_covariance(const Scalar& q, const Scalar& c) const {
        using std::atan2, std::sqrt;
        const Scalar pi = pi_of(c);
        const Scalar discriminant = (1 + q - c) * (1 + q + c);
        const Scalar root = sqrt(discriminant);
        return dual_from<Scalar>(q, c, discriminant, Scalar(1 / (2 * pi * root)), Scalar(atan2(c, root)), pi);
    }

    /// With s = q/(1+q), c_m = binom(2m,m)/4^m and A = sum_m c_m (s u)^{2m} / (2 pi (1+q)), arcsin(s u) = sum_m
    /// c_m (s u)^{2m+1}/(2m+1): F has the linear term q u/4 and even terms only; G = F'/q.
    std::optional<DualSeries> dual_series(const Ball& variance, long length, long bits) const override {
        const Ball q = variance.at_precision(bits);
        const Ball width = 1 + q;
        const Ball scale = q / width;
        const Ball two_pi = 2 * Ball::pi(bits);
        std::vector<Ball> all(static_cast<std::size_t>(length) + 1, Ball(bits));
        Ball central(1, bits), previous(bits);  // c_m s^{2m} and the one before
        for (long i = 0; i <= length; i += 2) {
            Ball term = central / width + (1 - q) / (width * width) * previous;
            term *= q * q;
            if (i > 0) term += q * scale * previous / (i - 1);
            all[static_cast<std::size_t>(i)] = term / two_pi;
            previous = central;
            central *= scale * scale * (i + 1) / (i + 2);
        }
        all[1] = q / 4;
        std::vector<Ball> value(all.begin(), all.end() - 1), gradient;
        for (long i = 1; i <= length; ++i) gradient.push_back(all[static_cast<std::size_t>(i)] * i / q);
        const DualValues<Ball> at_one = dual_in_cosine(q, Ball(1, bits));
        return DualSeries{PositiveSeries(value, at_one.value, bits), PositiveSeries(gradient, at_one.gradient, bits)};
    }

private:
    static Real pi_of(const Real&) { return real_pi(); }
    static double pi_of(double) { return std::numbers::pi; }
};

}  // namespace

ActivationPtr make_gelu() { return std::make_shared<Gelu>(); }

}  // namespace ntk
