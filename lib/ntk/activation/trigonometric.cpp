// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/trigonometric.hpp"

#include "ntk/activation/smooth.hpp"

#include <utility>

namespace ntk {
namespace {

enum class Wave { sine, cosine };

/// sin z or cos z. Each is the derivative of the other up to a sign, which G does not see: what is F for one is G for
/// the other.
template <Wave wave>
class Trigonometric final : public CosineDual<Trigonometric<wave>> {
public:
    std::string name() const override { return is_sine ? "sin" : "cos"; }
    std::string formula() const override { return is_sine ? "sin(z)" : "cos(z)"; }
    ActivationConstants constants() const override { return {is_sine ? 0.0 : 1.0, 1, 1, 1, 1}; }
    Parity parity() const override { return is_sine ? Parity::odd : Parity::even; }
    std::optional<VectorKernel> vector_kernel() const override { return VectorKernel{is_sine ? VectorFunction::sine : VectorFunction::cosine}; }

    double value(double z) const override { return is_sine ? std::sin(z) : std::cos(z); }
    double derivative(double z) const override { return is_sine ? std::cos(z) : -std::sin(z); }
    double second_derivative(double z) const override { return -value(z); }
    using SmoothActivation<Trigonometric>::derivative;
    using SmoothActivation<Trigonometric>::value;
    template <class Scalar>
    Scalar sigma(const Scalar& z) const {
        return is_sine ? sin(z) : cos(z);
    }
    template <class Scalar>
    Scalar slope(const Scalar& z) const {
        return is_sine ? cos(z) : Scalar(-sin(z));
    }

    /// |sin(x+iy)|^2 = sin^2 x + sinh^2 y and |cos(x+iy)|^2 = cos^2 x + sinh^2 y are at most cosh^2 y, and
    /// cosh 3 < 10.07.
    std::optional<StripBound> strip() const override {
        const Rational bound(1007, 100);
        return StripBound{3, bound, 0, bound, 0};
    }

    using CosineDual<Trigonometric>::dual;
    template <class Scalar>
    DualValues<Scalar> dual_in_cosine(const Scalar& q, const Scalar& cosine) const {
        const Scalar c = q * cosine;
        const Scalar damping = exp(-q);
        return in_order<Scalar>(damping * cosh(c), damping * sinh(c));
    }
    /// Written anew as half the sum and the difference of e^{c-q} = E[e^{i(z-z')}] and e^{-c-q} = E[e^{i(z+z')}].
    template <class Scalar>
    DualValues<Scalar> dual_in_covariance(const Scalar& q, const Scalar& c) const {
        using std::exp;
        const Scalar of_difference = exp(Scalar(c - q)), of_sum = exp(Scalar(-c - q));
        return in_order<Scalar>((of_difference + of_sum) / 2, (of_difference - of_sum) / 2);
    }

    /// e^{-q} cosh c = e^{-q} sum_j (q u)^j / j! over even j, and e^{-q} sinh c over odd j.
    std::optional<DualSeries> dual_series(const Ball& variance, long length, long bits) const override {
        std::vector<Ball> even(static_cast<std::size_t>(length), Ball(bits)), odd = even;
        Ball term = exp(-variance.at_precision(bits));
        for (long j = 0; j < length; ++j) {
            (j % 2 == 0 ? even : odd)[static_cast<std::size_t>(j)] = term;
            term *= variance / (j + 1);
        }
        const auto coefficients = in_order(even, odd);
        const DualValues<Ball> at_one = dual_in_cosine(variance.at_precision(bits), Ball(1, bits));
        return DualSeries{PositiveSeries(coefficients.value, at_one.value, bits),
                          PositiveSeries(coefficients.gradient, at_one.gradient, bits)};
    }

private:
    static constexpr bool is_sine = wave == Wave::sine;

    /// The even and the odd function of the correlation as F and G.
    template <class Value>
    static DualValues<Value> in_order(Value even, Value odd) {
        if (is_sine) std::swap(even, odd);
        return {std::move(even), std::move(odd)};
    }
};

}  // namespace

ActivationPtr make_sin() { return std::make_shared<Trigonometric<Wave::sine>>(); }

ActivationPtr make_cos() { return std::make_shared<Trigonometric<Wave::cosine>>(); }

}  // namespace ntk
