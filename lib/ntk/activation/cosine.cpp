// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/cosine.hpp"

#include "ntk/activation/smooth.hpp"

namespace ntk {
namespace {

class Cosine final : public CosineDual<Cosine> {
public:
    std::string name() const override { return "cos"; }
    std::string formula() const override { return "cos(z)"; }
    ActivationConstants constants() const override { return {1, 1, 1, 1, 1}; }
    Parity parity() const override { return Parity::even; }

    double value(double z) const override { return std::cos(z); }
    double derivative(double z) const override { return -std::sin(z); }
    double second_derivative(double z) const override { return -std::cos(z); }
    using SmoothActivation::derivative;
    using SmoothActivation::value;
    template <class Scalar>
    Scalar sigma(const Scalar& z) const {
        return cos(z);
    }
    template <class Scalar>
    Scalar slope(const Scalar& z) const {
        return -sin(z);
    }

    using CosineDual::dual;
    template <class Scalar>
    DualValues<Scalar> dual_in_cosine(const Scalar& q, const Scalar& cosine) const {
        const Scalar c = q * cosine;
        const Scalar damping = exp(-q);
        return {damping * cosh(c), damping * sinh(c)};
    }
    /// Written anew as half the sum and the difference of e^{c-q} = E[e^{i(z-z')}] and e^{-c-q} = E[e^{i(z+z')}].
    template <class Scalar>
    DualValues<Scalar> dual_in_covariance(const Scalar& q, const Scalar& c) const {
        using std::exp;
        const Scalar of_difference = exp(Scalar(c - q)), of_sum = exp(Scalar(-c - q));
        const Scalar even = (of_difference + of_sum) / 2, odd = (of_difference - of_sum) / 2;
        return {even, odd};
    }

    /// F = e^{-q} sum_j (q u)^j / j! over even j, G over the others.
    std::optional<DualSeries> dual_series(const Ball& variance, long length, long bits) const override {
        std::vector<Ball> value(static_cast<std::size_t>(length), Ball(bits)), gradient = value;
        Ball term = exp(-variance.at_precision(bits));
        for (long j = 0; j < length; ++j) {
            (j % 2 == 0 ? value : gradient)[static_cast<std::size_t>(j)] = term;
            term *= variance / (j + 1);
        }
        const DualValues<Ball> at_one = dual_in_cosine(variance.at_precision(bits), Ball(1, bits));
        return DualSeries{PositiveSeries(value, at_one.value, bits), PositiveSeries(gradient, at_one.gradient, bits)};
    }
};

}  // namespace

ActivationPtr make_cos() { return std::make_shared<Cosine>(); }

}  // namespace ntk
