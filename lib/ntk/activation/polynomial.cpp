// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/polynomial.hpp"

#include "ntk/activation/smooth.hpp"
#include "ntk/numeric/errors.hpp"

#include <algorithm>

namespace ntk {
namespace {

using Coefficients = std::vector<Rational>;

Rational constant_of(const Rational& value, const Rational&) { return value; }
double constant_of(const Rational& value, double) { return value.convert_to<double>(); }
template <class Scalar>
Scalar constant_of(const Rational& value, const Scalar& example) {
    return constant_like(value, example);
}

template <class Scalar>
Scalar value_at(const Coefficients& p, const Scalar& z) {
    Scalar sum = constant_of(0, z);
    for (std::size_t i = p.size(); i-- > 0;) sum = sum * z + constant_of(p[i], z);
    return sum;
}

/// E[p(sqrt(q) g)]: E[g^{2n}] = 1 3 5 ... (2n-1).
template <class Scalar>
Scalar gaussian_mean(const Coefficients& p, const Scalar& q) {
    Scalar mean = constant_of(0, q), moment = constant_of(1, q);
    for (std::size_t i = 0; i < p.size(); i += 2) {
        mean = mean + constant_of(p[i], q) * moment;
        moment = moment * q * constant_of(static_cast<long>(i + 1), q);
    }
    return mean;
}

class Polynomial final : public CosineDual<Polynomial> {
public:
    explicit Polynomial(Coefficients coefficients) : coefficients_(std::move(coefficients)) {
        while (coefficients_.size() > 1 && coefficients_.back() == 0) coefficients_.pop_back();
        slope_ = polynomial_derivative(coefficients_);
        curvature_ = polynomial_derivative(slope_);
    }

    std::string name() const override {
        std::string text = "polynomial:";
        for (std::size_t i = 0; i < coefficients_.size(); ++i)
            text += (i == 0 ? "" : ",") + to_string(coefficients_[i]);
        return text;
    }
    std::string formula() const override {
        std::string text;
        for (std::size_t i = 0; i < coefficients_.size(); ++i) {
            if (coefficients_[i] == 0) continue;
            text += (text.empty() ? "" : " + ") + ("(" + to_string(coefficients_[i]) + ")");
            if (i > 0) text += i == 1 ? " z" : " z^" + std::to_string(i);
        }
        return text.empty() ? "0" : text;
    }
    ActivationConstants constants() const override {
        const Coefficients third = polynomial_derivative(curvature_);
        return {size(coefficients_.front()), bound(slope_), bound(curvature_), bound(third), bound(coefficients_)};
    }
    Parity parity() const override {
        bool even = true, odd = true;
        for (std::size_t i = 0; i < coefficients_.size(); ++i) {
            if (coefficients_[i] == 0) continue;
            (i % 2 == 0 ? odd : even) = false;
        }
        if (odd) return Parity::odd;
        return even ? Parity::even : Parity::none;
    }
    std::vector<Rational> polynomial() const override { return coefficients_; }
    std::optional<VectorKernel> vector_kernel() const override {
        VectorKernel kernel{VectorFunction::polynomial};
        for (const Rational& c : coefficients_) kernel.coefficients.push_back(c.convert_to<double>());
        return kernel;
    }

    double value(double z) const override { return value_at(coefficients_, z); }
    double derivative(double z) const override { return value_at(slope_, z); }
    double second_derivative(double z) const override { return value_at(curvature_, z); }
    using SmoothActivation::derivative;
    using SmoothActivation::value;
    template <class Scalar>
    Scalar sigma(const Scalar& z) const {
        return value_at(coefficients_, z);
    }
    template <class Scalar>
    Scalar slope(const Scalar& z) const {
        return value_at(slope_, z);
    }

    /// The coefficient of u^j is (E[sigma^{(j)}(sqrt(q) g)])^2 q^j / j!. Nothing is left over once all are there.
    std::optional<DualSeries> dual_series(const Ball& variance, long length, long bits) const override {
        const Ball q = variance.at_precision(bits);
        std::vector<Ball> value(static_cast<std::size_t>(length), Ball(bits)), gradient = value;
        Ball power(1, bits);
        Coefficients p = coefficients_;
        for (std::size_t j = 0; j < value.size() && !p.empty(); ++j) {
            const Ball mean = gaussian_mean(p, q);
            value[j] = mean * mean * power;
            p = polynomial_derivative(p);
            const Ball next = gaussian_mean(p, q);
            gradient[j] = next * next * power;
            power *= q / static_cast<long>(j + 1);
        }
        const DualValues<Ball> at_one = dual_in_cosine(q, Ball(1, bits));
        return DualSeries{PositiveSeries(value, at_one.value, bits), PositiveSeries(gradient, at_one.gradient, bits)};
    }

    using CosineDual::dual;
    /// The series in c from its lowest term up.
    template <class Scalar>
    DualValues<Scalar> dual_in_cosine(const Scalar& q, const Scalar& cosine) const {
        const Scalar c = q * cosine;
        Scalar power = constant_of(1, q), value = constant_of(0, q), gradient = constant_of(0, q);
        Coefficients p = coefficients_;
        for (long j = 0; !p.empty(); ++j) {
            const Scalar mean = gaussian_mean(p, q);
            value = value + mean * mean * power;
            p = polynomial_derivative(p);
            if (p.empty()) break;
            const Scalar next = gaussian_mean(p, q);
            gradient = gradient + next * next * power;
            power = power * c / constant_of(j + 1, q);
        }
        return {value, gradient};
    }
    /// Written anew: nested from the highest term down.
    template <class Scalar>
    DualValues<Scalar> dual_in_covariance(const Scalar& q, const Scalar& c) const {
        std::vector<Scalar> squares;
        for (Coefficients p = coefficients_; !p.empty(); p = polynomial_derivative(p)) {
            const Scalar mean = gaussian_mean(p, q);
            squares.push_back(mean * mean);
        }
        Scalar value = constant_of(0, q), gradient = constant_of(0, q);
        for (std::size_t j = squares.size(); j-- > 0;) {
            value = squares[j] + c * value / constant_of(static_cast<long>(j + 1), q);
            if (j > 0) gradient = squares[j] + c * gradient / constant_of(static_cast<long>(j), q);
        }
        return {value, gradient};
    }

private:
    static double size(const Rational& x) { return x == 0 ? 0 : rounded_up(std::abs(x.convert_to<double>())); }
    static double bound(const Coefficients& p) {
        if (p.empty()) return 0;
        return p.size() == 1 ? size(p.front()) : unbounded;
    }

    Coefficients coefficients_;
    Coefficients slope_;
    Coefficients curvature_;
};

}  // namespace

ActivationPtr make_polynomial(const std::vector<Rational>& coefficients) {
    if (coefficients.empty()) throw InputError("polynomial: expected at least one coefficient");
    return std::make_shared<Polynomial>(coefficients);
}

std::vector<Rational> polynomial_derivative(const std::vector<Rational>& coefficients) {
    std::vector<Rational> result;
    for (std::size_t i = 1; i < coefficients.size(); ++i) result.push_back(coefficients[i] * static_cast<long>(i));
    return result;
}

std::vector<Rational> polynomial_dual(std::vector<Rational> coefficients, const Rational& variance) {
    std::vector<Rational> dual;
    Rational factorial = 1;
    for (long j = 0; !coefficients.empty(); ++j) {
        if (j > 0) factorial *= j;
        const Rational mean = gaussian_mean(coefficients, variance);
        dual.push_back(mean * mean / factorial);
        coefficients = polynomial_derivative(coefficients);
    }
    return dual;
}

}  // namespace ntk
