// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/hermite.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

using namespace ntk;

namespace {

/// An activation with a strip and a parity of the test's choice, and the formulas of another one.
class WithStrip final : public Activation {
public:
    WithStrip(const std::string& name, const StripBound& strip, Parity parity)
        : inner_(make_activation(name)), strip_(strip), parity_(parity) {}

    std::string name() const override { return inner_->name(); }
    std::string formula() const override { return inner_->formula(); }
    ActivationConstants constants() const override { return inner_->constants(); }
    Parity parity() const override { return parity_; }
    double value(double z) const override { return inner_->value(z); }
    double derivative(double z) const override { return inner_->derivative(z); }
    double second_derivative(double z) const override { return inner_->second_derivative(z); }
    Real value(const Real& z) const override { return inner_->value(z); }
    Real derivative(const Real& z) const override { return inner_->derivative(z); }
    Ball value(const Ball& z) const override { return inner_->value(z); }
    Ball derivative(const Ball& z) const override { return inner_->derivative(z); }
    ComplexBall value(const ComplexBall& z) const override { return inner_->value(z); }
    ComplexBall derivative(const ComplexBall& z) const override { return inner_->derivative(z); }
    std::optional<StripBound> strip() const override { return strip_; }

    DualSeries closed_series(const Ball& variance, long length, long bits) const {
        return *inner_->dual_series(variance, length, bits);
    }

private:
    ActivationPtr inner_;
    StripBound strip_;
    Parity parity_;
};

/// |sin(x+iy)| <= cosh y and |cos(x+iy)| <= cosh y; cosh 2 < 3.77.
StripBound strip_of_sine() { return {2, Rational(377, 100), 0, Rational(377, 100), 0}; }
/// |erf(x+iy)| <= 1 + (2/sqrt(pi)) |y| e^{y^2}, |erf'(x+iy)| <= (2/sqrt(pi)) e^{y^2}; at y = 1: 4.068 and 3.068.
StripBound strip_of_erf() { return {1, Rational(407, 100), 0, Rational(307, 100), 0}; }

/// Activations whose Hermite series is known in closed form, with the parity that they have and without using it.
std::vector<WithStrip> known_series() {
    return {{"sin", strip_of_sine(), Parity::odd},
            {"sin", strip_of_sine(), Parity::none},
            {"cos", strip_of_sine(), Parity::even},
            {"erf", strip_of_erf(), Parity::odd}};
}

const std::vector<std::string> without_closed_form = {"tanh", "sigmoid", "softplus:1", "silu"};

Ball ball_of(const Real& value, double slack, long bits) {
    Ball result(bits);
    arf_set_mpfr(arb_midref(result.get()), value.backend().data());
    return Ball::with_radius(result, slack);
}

void check_overlap(const PositiveSeries& found, const PositiveSeries& expected, double radius) {
    REQUIRE(found.length() == expected.length());
    for (long j = 0; j < found.length(); ++j) {
        CAPTURE(j);
        CHECK(found.coefficient(j).overlaps(expected.coefficient(j)));
        CHECK(found.coefficient(j).radius() <= radius * static_cast<double>(j + 1));
    }
    CHECK(found.at_one().overlaps(expected.at_one()));
    CHECK(found.at_one().radius() <= radius);
}

/// a_j^2 in closed form against what a rule gives with an error added: the number of degrees that do not overlap.
long misses(const WithStrip& activation, const HermiteRule& rule, long length, const Ball& error) {
    constexpr long bits = 300;
    const Ball variance(1, bits);
    const PositiveSeries expected = activation.closed_series(variance, length, bits).value;
    const HermiteSums sums = hermite_sums(activation, variance, rule, length, bits);
    long count = 0;
    for (long j = 0; j < length; ++j) {
        const Ball coefficient = enlarged(sums.coefficients[static_cast<std::size_t>(j)], error);
        if (!(coefficient * coefficient).overlaps(expected.coefficient(j))) ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("certified Hermite series contain the closed forms, and are as sharp as promised") {
    for (const WithStrip& activation : known_series()) {
        for (const Rational& q : {Rational(1), Rational(2), Rational(5, 4), Rational(1, 3)}) {
            for (const auto& [length, bits] : {std::pair{1L, 64L}, {2L, 100L}, {61L, 200L}, {300L, 400L}}) {
                CAPTURE(activation.name());
                CAPTURE(to_string(q));
                CAPTURE(length);
                const Ball variance(q, bits + 100);
                const DualSeries found = hermite_dual_series(activation, variance, length, bits);
                const DualSeries expected = activation.closed_series(variance, length, bits + 100);
                const double radius = std::ldexp(16.0, -static_cast<int>(bits));
                check_overlap(found.value, expected.value, radius);
                check_overlap(found.gradient, expected.gradient, radius);
            }
        }
    }
}

TEST_CASE("an uncertain variance is inside the radii") {
    const WithStrip activation("erf", strip_of_erf(), Parity::odd);
    const double width = 1e-9;
    const DualSeries found = hermite_dual_series(activation, Ball::with_radius(Ball(1, 200), width), 40, 120);
    for (const double q : {1 - width, 1.0, 1 + width}) {
        const DualSeries expected = activation.closed_series(Ball::from_double(q, 200), 40, 200);
        check_overlap(found.value, expected.value, 1e-7);
        check_overlap(found.gradient, expected.gradient, 1e-7);
    }
}

TEST_CASE("the two errors of the rule are there, and the bounds cover them without being vacuous") {
    constexpr long length = 40;
    for (const WithStrip& activation : known_series()) {
        CAPTURE(activation.name());
        const HermiteBound bound(*activation.strip(), Ball(1, 64));
        const HermiteRule fine = bound.rule(length, 150);
        const Ball nothing(64);
        const Ball tiny = Ball::from_double(0x1p-140, 64);
        CHECK(misses(activation, fine, length, tiny) == 0);

        HermiteRule coarse = fine;
        coarse.numerator *= 6;
        coarse.count = fine.count / 6 + 1;
        CHECK(misses(activation, coarse, length, tiny) >= length / 3);
        CHECK(misses(activation, coarse, length, bound.between_nodes(coarse, length) + tiny) == 0);
        CHECK(bound.between_nodes(coarse, length).magnitude_upper() < 1);

        HermiteRule shorter = fine;
        shorter.count = fine.count / 2;
        CHECK(misses(activation, shorter, length, tiny) >= length / 3);
        CHECK(misses(activation, shorter, length, bound.beyond_nodes(shorter, length) + tiny) == 0);
        CHECK(bound.beyond_nodes(shorter, length).magnitude_upper() < 1);
        CHECK(misses(activation, fine, length, nothing) > 0);
    }
}

TEST_CASE("rounding of the integer sums is inside their radii at every precision") {
    const ActivationPtr tanh = make_activation("tanh");
    const HermiteRule rule = HermiteBound(*tanh->strip(), Ball(2, 64)).rule(400, 80);
    const HermiteSums reference = hermite_sums(*tanh, Ball(2, 600), rule, 400, 500);
    for (const long bits : {24L, 64L, 100L, 200L}) {
        const HermiteSums sums = hermite_sums(*tanh, Ball(2, 600), rule, 400, bits);
        for (std::size_t j = 0; j < 400; ++j) {
            CAPTURE(bits);
            CAPTURE(j);
            CHECK(sums.coefficients[j].overlaps(reference.coefficients[j]));
            CHECK(sums.coefficients[j].radius() <= std::ldexp(1.0, -static_cast<int>(bits)));
        }
    }
}

TEST_CASE("a perturbation of the Hermite recurrence grows by less than 856 e^{0.414 x^2}") {
    for (int i = 0; i <= 56; ++i) {
        const double x = i / 4.0;
        const double bound = 856 * std::exp(0.414 * x * x);
        for (const int start : {0, 1, 2, 5, 10, 30, 100, 300}) {
            double previous = 0, current = 1, largest = 1;
            for (int j = start + 1; j < 600; ++j) {
                const double next = (x * current - std::sqrt(j) * previous) / std::sqrt(j + 1.0);
                previous = current;
                current = next;
                largest = std::max(largest, std::abs(current));
            }
            CAPTURE(x);
            CAPTURE(start);
            CHECK(largest <= bound);
        }
    }
}

TEST_CASE("Parseval: the squares sum to E[sigma^2], and the rest falls") {
    for (const std::string& name : without_closed_form) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        double last_value = 1, last_gradient = 1;
        for (const long length : {20L, 80L, 320L}) {
            const DualSeries series = hermite_dual_series(*activation, Ball(1, 300), length, 200);
            for (const PositiveSeries* part : {&series.value, &series.gradient}) {
                Ball sum(200);
                for (long j = 0; j < length; ++j) sum += part->coefficient(j);
                CHECK((sum - part->at_one()).certainly_at_most(Ball::from_double(0x1p-180, 64)));
            }
            CHECK(series.value.rest().magnitude_upper() < 0.01 * last_value);
            CHECK(series.gradient.rest().magnitude_upper() < 0.1 * last_gradient);
            last_value = series.value.rest().magnitude_upper();
            last_gradient = series.gradient.rest().magnitude_upper();
        }
        CHECK(last_value < 1e-22);
        CHECK(last_gradient < 1e-20);
    }
}

TEST_CASE("certified series and Real series share no code and agree") {
    const RealPrecision precision(32);
    for (const std::string& name : without_closed_form) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        for (const Rational& q : {Rational(1), Rational(3, 2)}) {
            const RealDualSeries real = real_hermite_dual_series(*activation, to_real(q));
            const long length = std::min<long>(1200, static_cast<long>(real.value.size()));
            const DualSeries certified = hermite_dual_series(*activation, Ball(q, 300), length, 160);
            for (long j = 0; j < length; ++j) {
                CAPTURE(j);
                const auto i = static_cast<std::size_t>(j);
                CHECK(certified.value.coefficient(j).overlaps(ball_of(real.value[i], 1e-30, 160)));
                CHECK(certified.gradient.coefficient(j).overlaps(ball_of(real.gradient[i], 1e-30, 160)));
            }
            for (const Rational& u : {Rational(-1), Rational(-1, 3), Rational(9, 10), Rational(1)}) {
                const DualValues<Real> at = real.at(to_real(u));
                CHECK(certified.value.at(Ball(u, 160)).overlaps(ball_of(at.value, 1e-29, 160)));
                CHECK(certified.gradient.at(Ball(u, 160)).overlaps(ball_of(at.gradient, 1e-29, 160)));
            }
        }
    }
}

TEST_CASE("the Real series of a known activation") {
    const RealPrecision precision(40);
    for (const WithStrip& activation : known_series()) {
        CAPTURE(activation.name());
        const RealDualSeries real = real_hermite_dual_series(activation, Real(1));
        const DualSeries expected = activation.closed_series(Ball(1, 300), 100, 300);
        for (long j = 0; j < 100; ++j) {
            CAPTURE(j);
            const auto i = static_cast<std::size_t>(j);
            CHECK(expected.value.coefficient(j).overlaps(ball_of(real.value[i], 1e-38, 300)));
            CHECK(expected.gradient.coefficient(j).overlaps(ball_of(real.gradient[i], 1e-38, 300)));
        }
    }
}

TEST_CASE("Hermite series: bad arguments") {
    const ActivationPtr relu = make_activation("relu");
    CHECK_THROWS_WITH_AS(hermite_dual_series(*relu, Ball(1, 64), 10, 64),
                         "hermite_dual_series: relu has no strip of analyticity", std::domain_error);
    CHECK_THROWS_WITH_AS(real_hermite_dual_series(*relu, Real(1)),
                         "real_hermite_dual_series: relu has no strip of analyticity", std::domain_error);
    const ActivationPtr tanh = make_activation("tanh");
    CHECK_THROWS_AS(hermite_sums(*tanh, Ball(1, 64), HermiteRule{1, 12, 10}, 0, 64), std::domain_error);
}
