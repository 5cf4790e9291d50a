// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/gaussian.hpp"

#include "ntk/activation/smooth.hpp"

namespace ntk {
namespace {

class Gaussian final : public CosineDual<Gaussian> {
public:
    std::string name() const override { return "gaussian"; }
    std::string formula() const override { return "exp(-z^2/2)"; }
    ActivationConstants constants() const override {
        const double square = 3 - std::sqrt(6.0);
        return {1, rounded_up(std::exp(-0.5)), 1, rounded_up(std::sqrt(square) * (3 - square) * std::exp(-square / 2)),
                1};
    }
    Parity parity() const override { return Parity::even; }
    std::optional<VectorKernel> vector_kernel() const override { return VectorKernel{VectorFunction::gaussian}; }

    double value(double z) const override { return std::exp(-z * z / 2); }
    double derivative(double z) const override { return -z * value(z); }
    double second_derivative(double z) const override { return (z * z - 1) * value(z); }
    using SmoothActivation::derivative;
    using SmoothActivation::value;
    template <class Scalar>
    Scalar sigma(const Scalar& z) const {
        return exp(Scalar(-(z * z) / 2));
    }
    template <class Scalar>
    Scalar slope(const Scalar& z) const {
        return -z * sigma(z);
    }

    /// |e^{-(x+iy)^2/2}| = e^{(y^2-x^2)/2} <= e^{9/2} < 90.02 for |y| <= 3, and with |x| e^{-x^2/2} <= e^{-1/2} <
    /// 0.6066 |z sigma(z)| <= (0.6066 + 3) 90.02 < 324.7.
    std::optional<StripBound> strip() const override {
        return StripBound{3, Rational(9002, 100), 0, Rational(3247, 10), 0};
    }

    using CosineDual::dual;
    template <class Scalar>
    DualValues<Scalar> dual_in_cosine(const Scalar& q, const Scalar& cosine) const {
        const Scalar width = 1 + q;
        const Scalar sine = q * cosine / width;
        const Scalar square = 1 - sine * sine;
        const Scalar value = 1 / (width * sqrt(square));
        return {value, value * sine / (width * square)};
    }
    /// Written anew through logarithms of D = (1+q-c)(1+q+c).
    template <class Scalar>
    DualValues<Scalar> dual_in_covariance(const Scalar& q, const Scalar& c) const {
        using std::exp, std::log;
        const Scalar logarithm = log(Scalar(1 + q - c)) + log(Scalar(1 + q + c));
        return {exp(Scalar(-logarithm / 2)), c * exp(Scalar(-3 * logarithm / 2))};
    }

    /// With s = q/(1+q) and c_m = binom(2m,m)/4^m: F = (1+q)^{-1} sum_m c_m (s u)^{2m}, and G = F'/q.
    std::optional<DualSeries> dual_series(const Ball& variance, long length, long bits) const override {
        std::vector<Ball> value(static_cast<std::size_t>(length), Ball(bits)), gradient = value;
        const Ball width = 1 + variance.at_precision(bits);
        const Ball scale = variance / width;
        Ball term = 1 / width;
        for (long i = 0; i <= length; i += 2) {
            if (i < length) value[static_cast<std::size_t>(i)] = term;
            if (i > 0) gradient[static_cast<std::size_t>(i - 1)] = term * i / variance;
            term *= scale * scale * (i + 1) / (i + 2);
        }
        const DualValues<Ball> at_one = dual_in_cosine(variance.at_precision(bits), Ball(1, bits));
        return DualSeries{PositiveSeries(value, at_one.value, bits), PositiveSeries(gradient, at_one.gradient, bits)};
    }
};

}  // namespace

ActivationPtr make_gaussian() { return std::make_shared<Gaussian>(); }

}  // namespace ntk
