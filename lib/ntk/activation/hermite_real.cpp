// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/hermite.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ntk {

DualValues<Real> RealDualSeries::at(const Real& u) const {
    DualValues<Real> sum{0, 0};
    for (std::size_t j = value.size(); j-- > 0;) {
        sum.value = sum.value * u + value[j];
        sum.gradient = sum.gradient * u + gradient[j];
    }
    return sum;
}

namespace {

mpfr_ptr raw(Real& x) { return x.backend().data(); }
mpfr_srcptr raw(const Real& x) { return x.backend().data(); }

/// The even and the odd part of a function at +-x, times a weight.
struct Halves {
    Real part[2];
    Halves(const Real& right, const Real& left, const Real& weight)
        : part{Real(weight * (right + left)), Real(weight * (right - left))} {}
};

/// E[f h_j] for f = sigma(sqrt(q) g) and sigma'(sqrt(q) g), j < length, by the trapezoidal rule with the orthonormal
/// functions psi_j = h_j e^{-x^2/4}, psi_{j+1} = (x psi_j - sqrt(j) psi_{j-1})/sqrt(j+1).
class RealHermite {
public:
    RealHermite(const Activation& activation, const Real& variance, long length, double height) {
        const auto size = static_cast<std::size_t>(length);
        value_.assign(size, Real(0));
        slope_.assign(size, Real(0));
        for (long j = 0; j < length; ++j) {
            inverse_roots_.push_back(Real(1 / sqrt(Real(j + 1))));
            ratios_.push_back(Real(sqrt(Real(j)) * inverse_roots_.back()));
        }
        // psi_j grows like e^{y sqrt(j)} off the real axis.
        const double nats = Real::default_precision() * std::log(10.0) + 12;
        const double step = 6.28 * height / (nats + height * std::sqrt(static_cast<double>(length)));
        const Real root = sqrt(variance);
        const Real scale = Real(step) / sqrt(Real(2 * real_pi()));
        const auto count = static_cast<long>(std::sqrt(4 * nats) / step) + 1;
        for (long n = 0; n <= count; ++n) {
            const Real x = Real(step) * n;
            const Real z = root * x;
            const Real half_density = exp(Real(-x * x / 4));
            const Real weight = half_density * scale / (n == 0 ? 2 : 1);
            add(x, half_density, Halves(activation.value(z), activation.value(Real(-z)), weight),
                Halves(activation.derivative(z), activation.derivative(Real(-z)), weight));
        }
    }

    RealDualSeries squares() const {
        RealDualSeries result{value_, slope_};
        for (Real& a : result.value) a *= a;
        for (Real& b : result.gradient) b *= b;
        return result;
    }

private:
    void add(const Real& x, const Real& start, const Halves& value, const Halves& slope) {
        Real previous = 0, current = start, next = 0, factor = 0;
        for (std::size_t j = 0; j < value_.size(); ++j) {
            accumulate(value_[j], value.part[j % 2], current);
            accumulate(slope_[j], slope.part[j % 2], current);
            mpfr_mul(raw(factor), raw(x), raw(inverse_roots_[j]), MPFR_RNDN);
            mpfr_mul(raw(next), raw(ratios_[j]), raw(previous), MPFR_RNDN);
            mpfr_fms(raw(next), raw(factor), raw(current), raw(next), MPFR_RNDN);
            mpfr_swap(raw(previous), raw(current));
            mpfr_swap(raw(current), raw(next));
        }
    }

    static void accumulate(Real& sum, const Real& weight, const Real& psi) {
        if (weight != 0) mpfr_fma(raw(sum), raw(weight), raw(psi), raw(sum), MPFR_RNDN);
    }

    std::vector<Real> value_;
    std::vector<Real> slope_;
    std::vector<Real> inverse_roots_;
    std::vector<Real> ratios_;
};

}  // namespace

RealDualSeries real_hermite_dual_series(const Activation& activation, const Real& variance) {
    const std::optional<StripBound> strip = activation.strip();
    if (!strip) {
        throw std::domain_error("real_hermite_dual_series: " + activation.name() + " has no strip of analyticity");
    }
    const double height = strip->half_width.convert_to<double>() / std::sqrt(static_cast<double>(variance));
    const Real epsilon = pow(Real(10), -static_cast<int>(Real::default_precision()));
    constexpr long longest = 1 << 14;
    for (long length = 128;; length *= 2) {
        const RealDualSeries series = RealHermite(activation, variance, length, height).squares();
        Real sum = 0, last = 0;
        for (std::size_t j = 0; j < series.gradient.size(); ++j) {
            sum += series.gradient[j];
            if (j + 16 >= series.gradient.size()) last += series.gradient[j];
        }
        // Beyond the end the terms fall on like e^{-c sqrt(j)}: their sum is a modest multiple of the last ones.
        if (last * length < epsilon * sum || 2 * length > longest) return series;
    }
}

}  // namespace ntk
