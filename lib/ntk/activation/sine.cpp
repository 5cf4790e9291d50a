// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/sine.hpp"

#include "ntk/activation/smooth.hpp"

namespace ntk {
namespace {

class Sine final : public CosineDual<Sine> {
public:
    std::string name() const override { return "sin"; }
    std::string formula() const override { return "sin(z)"; }
    ActivationConstants constants() const override { return {0, 1, 1, 1, 1}; }
    Parity parity() const override { return Parity::odd; }

    double value(double z) const override { return std::sin(z); }
    double derivative(double z) const override { return std::cos(z); }
    double second_derivative(double z) const override { return -std::sin(z); }
    using SmoothActivation::derivative;
    using SmoothActivation::value;
    template <class Scalar>
    Scalar sigma(const Scalar& z) const {
        return sin(z);
    }
    template <class Scalar>
    Scalar slope(const Scalar& z) const {
        return cos(z);
    }

    using CosineDual::dual;
    template <class Scalar>
    DualValues<Scalar> dual_in_cosine(const Scalar& q, const Scalar& cosine) const {
        const Scalar c = q * cosine;
        const Scalar damping = exp(-q);
        return {damping * sinh(c), damping * cosh(c)};
    }
    /// Written anew as half the sum and the difference of e^{c-q} = E[e^{i(z-z')}] and e^{-c-q} = E[e^{i(z+z')}].
    template <class Scalar>
    DualValues<Scalar> dual_in_covariance(const Scalar& q, const Scalar& c) const {
        using std::exp;
        const Scalar of_difference = exp(Scalar(c - q)), of_sum = exp(Scalar(-c - q));
        const Scalar even = (of_difference + of_sum) / 2, odd = (of_difference - of_sum) / 2;
        return {odd, even};
    }

    /// F = e^{-q} sum_j (q u)^j / j! over odd j, G over the others.
    std::optional<DualSeries> dual_series(const Ball& variance, long length, long bits) const override {
        std::vector<Ball> value(static_cast<std::size_t>(length), Ball(bits)), gradient = value;
        Ball term = exp(-variance.at_precision(bits));
        for (long j = 0; j < length; ++j) {
            (j % 2 == 1 ? value : gradient)[static_cast<std::size_t>(j)] = term;
            term *= variance / (j + 1);
        }
        const DualValues<Ball> at_one = dual_in_cosine(variance.at_precision(bits), Ball(1, bits));
        return DualSeries{PositiveSeries(value, at_one.value, bits), PositiveSeries(gradient, at_one.gradient, bits)};
    }
};

}  // namespace

ActivationPtr make_sin() { return std::make_shared<Sine>(); }

}  // namespace ntk
