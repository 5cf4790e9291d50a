// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/erf.hpp"

#include <Eigen/Core>

#include <cmath>
#include <limits>
#include <numbers>

namespace ntk {
namespace {

constexpr double two_over_sqrt_pi = 2 * std::numbers::inv_sqrtpi;

/// The next double above: every constant is computed with an error below one unit in the last place of the result or
/// two.
double rounded_up(double x) {
    for (int i = 0; i < 4; ++i) x = std::nextafter(x, std::numeric_limits<double>::infinity());
    return x;
}

/// The arcsine form, for balls and complex balls: analytic where 2c/(1+2q) avoids the real axis beyond +-1.
template <class Scalar>
DualValues<Scalar> dual_in_cosine(const Correlation<Scalar>& at) {
    const Scalar c = at.variance * at.cosine();
    const Scalar pi = pi_like(c);
    const Scalar width = 1 + 2 * at.variance;
    const Scalar sine = 2 * c / width;
    const Scalar root = sqrt(1 - sine * sine);
    return {2 * asin(sine) / pi, constant_like(4, c) / (pi * width * root)};
}

/// Written anew with the arctangent: arcsin(x) = arctan(x / sqrt(1-x^2)), x = 2c/(1+2q).
template <class Scalar>
DualValues<Scalar> dual_in_covariance(const Scalar& q, const Scalar& c, const Scalar& pi) {
    using std::atan2, std::sqrt;
    const Scalar root = sqrt(Scalar((1 + 2 * (q - c)) * (1 + 2 * (q + c))));
    return {2 * atan2(Scalar(2 * c), root) / pi, 4 / (pi * root)};
}

/// A truncated power series in balls that frees itself.
class PowerSeries {
public:
    PowerSeries() { arb_poly_init(series_); }
    ~PowerSeries() { arb_poly_clear(series_); }
    PowerSeries(const PowerSeries&) = delete;
    PowerSeries& operator=(const PowerSeries&) = delete;
    arb_poly_struct* get() { return series_; }
    /// The coefficient of degree i, times a factor.
    Ball coefficient(long i, const Ball& factor) const {
        Ball result(factor.bits());
        arb_poly_get_coeff_arb(result.get(), series_, i);
        return result * factor;
    }

private:
    arb_poly_t series_;
};

class Erf final : public Activation {
public:
    std::string name() const override { return "erf"; }
    std::string formula() const override { return "erf(z)"; }
    ActivationConstants constants() const override {
        return {0, rounded_up(two_over_sqrt_pi), rounded_up(2 * std::sqrt(2 / std::numbers::pi) * std::exp(-0.5)),
                rounded_up(2 * two_over_sqrt_pi), 1};
    }
    Parity parity() const override { return Parity::odd; }

    double value(double z) const override { return std::erf(z); }
    double derivative(double z) const override { return two_over_sqrt_pi * std::exp(-z * z); }
    double second_derivative(double z) const override { return -2 * z * derivative(z); }
    void evaluate(const double* z, double* values, double* derivatives, std::size_t count) const override {
        for (std::size_t i = 0; i < count; ++i) values[i] = std::erf(z[i]);
        if (derivatives == nullptr) return;
        const auto size = static_cast<Eigen::Index>(count);
        Eigen::Map<Eigen::ArrayXd>(derivatives, size) =
            two_over_sqrt_pi * (-Eigen::Map<const Eigen::ArrayXd>(z, size).square()).exp();
    }
    Real value(const Real& z) const override { return real_erf(z); }
    Real derivative(const Real& z) const override { return Real(2 / sqrt(real_pi()) * exp(Real(-z * z))); }

    DualValues<Ball> dual(const Correlation<Ball>& at) const override { return dual_in_cosine(at); }
    DualValues<ComplexBall> dual(const Correlation<ComplexBall>& at) const override { return dual_in_cosine(at); }
    DualValues<Real> dual(const Real& variance, const Real& covariance) const override {
        return dual_in_covariance<Real>(variance, covariance, real_pi());
    }
    DualValues<double> dual(double variance, double covariance) const override {
        return dual_in_covariance<double>(variance, covariance, std::numbers::pi);
    }

    /// F = (2/pi) arcsin x and G = (4/pi)/((1+2q) sqrt(1-x^2)) with x = 2(t+centre)/(1+2q); for centre = q - 1 both
    /// converge for |t| < 3/2. With non-negative coefficients f_i, sum_{i >= n} f_i <= f(t_1) t_1^{-n} for every 1 <
    /// t_1 < 3/2.
    std::optional<DualSeries> dual_series(const Rational& variance, const Rational& centre, long length,
                                          long bits) const override {
        const Ball width(Rational(1 + 2 * variance), bits);
        const Rational rest_point(7, 5);
        if (2 * (rest_point + centre) >= 1 + 2 * variance) return std::nullopt;
        PowerSeries x, arcsine, square, root;
        arb_poly_set_coeff_arb(x.get(), 0, Ball(Ball(Rational(2 * centre), bits) / width).get());
        arb_poly_set_coeff_arb(x.get(), 1, Ball(Ball(2, bits) / width).get());
        arb_poly_asin_series(arcsine.get(), x.get(), length, bits);
        arb_poly_mullow(square.get(), x.get(), x.get(), length, bits);
        arb_poly_neg(square.get(), square.get());
        arb_poly_add_si(square.get(), square.get(), 1, bits);
        arb_poly_rsqrt_series(root.get(), square.get(), length, bits);
        const Ball pi = Ball::pi(bits);
        const Ball value_factor = Ball(2, bits) / pi;
        const Ball gradient_factor = Ball(4, bits) / (pi * width);
        const Ball q(variance, bits);
        const auto at_rest_point =
            dual_in_cosine<Ball>({q, [&] { return Ball(Rational(rest_point + centre), bits) / q; }, {}});
        const Ball decay = pow(Ball(Rational(1 / rest_point), bits), static_cast<unsigned>(length));
        DualSeries series{{}, {}, at_rest_point.value * decay, at_rest_point.gradient * decay};
        for (long i = 0; i < length; ++i) {
            series.value.push_back(arcsine.coefficient(i, value_factor));
            series.gradient.push_back(root.coefficient(i, gradient_factor));
        }
        return series;
    }
};

}  // namespace

ActivationPtr make_erf() { return std::make_shared<Erf>(); }

}  // namespace ntk
