// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/activation.hpp"

#include "tests/lib/activation/activations.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

/// sigma, sigma', sigma'' at points, in every scalar.
using namespace ntk;
using test::all_activations;

namespace {

using Function = std::function<Real(const Real&)>;

Real half_line_power(const Real& z, int power) { return z > 0 ? Real(pow(z, power)) : Real(0); }

/// The definitions once more, in other terms than the library: hyperbolic functions by exponentials, the logistic
/// function by tanh, Phi by erfc, trigonometric functions by each other.
const std::map<std::string, Function>& definitions() {
    static const std::map<std::string, Function> table = {
        {"cos", [](const Real& z) { return Real(1 - 2 * pow(sin(Real(z / 2)), 2)); }},
        {"erf", [](const Real& z) { return Real(1 - erfc(z)); }},
        {"gaussian", [](const Real& z) { return Real(1 / sqrt(Real(exp(Real(z * z))))); }},
        {"gelu", [](const Real& z) { return Real(z * erfc(Real(-z / sqrt(Real(2)))) / 2); }},
        {"leaky-relu:1/5", [](const Real& z) { return Real((3 * z + 2 * abs(z)) / 5); }},
        {"leaky-relu:-2", [](const Real& z) { return Real((3 * abs(z) - z) / 2); }},
        {"leaky-relu:-1", [](const Real& z) { return Real(abs(z)); }},
        {"leaky-relu:1", [](const Real& z) { return z; }},
        {"polynomial:1,-2,1/2", [](const Real& z) { return Real((z - 2) * (z - 2) / 2 - 1); }},
        {"polynomial:0,1/3,0,-2", [](const Real& z) { return Real(z / 3 - 2 * z * z * z); }},
        {"polynomial:2,0,1", [](const Real& z) { return Real(2 + z * z); }},
        {"polynomial:-3/7", [](const Real&) { return Real(Real(-3) / 7); }},
        {"relu", [](const Real& z) { return Real((z + abs(z)) / 2); }},
        {"relu-power:2", [](const Real& z) { return half_line_power(z, 2); }},
        {"relu-power:3", [](const Real& z) { return half_line_power(z, 3); }},
        {"relu-power:5", [](const Real& z) { return half_line_power(z, 5); }},
        {"sigmoid", [](const Real& z) { return Real((1 + tanh(Real(z / 2))) / 2); }},
        {"silu", [](const Real& z) { return Real(z * (1 + tanh(Real(z / 2))) / 2); }},
        {"sin", [](const Real& z) { return Real(2 * sin(Real(z / 2)) * cos(Real(z / 2))); }},
        {"softplus:1", [](const Real& z) { return Real(z + log1p(Real(exp(Real(-z))))); }},
        {"softplus:7/2", [](const Real& z) { return Real(z + 2 * log1p(Real(exp(Real(-7 * z / 2)))) / 7); }},
        {"softplus:1/3", [](const Real& z) { return Real(z + 3 * log1p(Real(exp(Real(-z / 3))))); }},
        {"step", [](const Real& z) { return Real(z > 0 ? 1 : 0); }},
        {"tanh", [](const Real& z) { return Real(1 - 2 / (1 + exp(Real(2 * z)))); }},
    };
    return table;
}

const std::vector<double> points = {-37.5, -6, -2.25, -1, -0.3, -1e-3, 1e-3, 0.125, 0.7, 1, 1.5, 3, 8, 40};

/// "Four units in the last place, relative to 1 for a bounded activation"; size of the terms that a sum is made of.
double tolerance(double size) { return 4 * std::numeric_limits<double>::epsilon() * std::max(1.0, size); }

/// A bound of the terms of sigma, sigma' or sigma'' at z, where they may cancel.
double size_of_terms(const Activation& activation, double z, const Real& value) {
    double size = std::abs(static_cast<double>(value));
    double power = 1;
    for (const Rational& c : activation.polynomial()) {
        const auto degree = static_cast<double>(activation.polynomial().size());
        size += degree * degree * std::abs(c.convert_to<double>()) * power;
        power *= std::max(1.0, std::abs(z));
    }
    return size;
}

}  // namespace

TEST_CASE("sigma is what it is called, in MPFR to 55 digits and in double") {
    const RealPrecision precision(60);
    for (const std::string& name : all_activations()) {
        const ActivationPtr activation = make_activation(name);
        for (const double z : points) {
            CAPTURE(name);
            CAPTURE(z);
            const Real expected = definitions().at(name)(Real(z));
            // The definitions above may cancel against 1 or z.
            const Real size = abs(expected) + 1 + std::abs(z);
            CHECK(abs(Real(activation->value(Real(z)) - expected)) <= Real("1e-55") * size);
            CHECK(std::abs(activation->value(z) - static_cast<double>(expected)) <=
                  tolerance(size_of_terms(*activation, z, expected)));
        }
    }
}

/// Central differences of the definitions with h = 1e-14: their error is h^2 sigma'''/6 and rounding 1e-80/h^2.
TEST_CASE("sigma' and sigma'' are the difference quotients of sigma, to 20 digits in MPFR") {
    const RealPrecision precision(80);
    const Real h("1e-14");
    for (const std::string& name : all_activations()) {
        const ActivationPtr activation = make_activation(name);
        const Function& sigma = definitions().at(name);
        for (const double z : points) {
            CAPTURE(name);
            CAPTURE(z);
            const Real right = sigma(Real(z + h)), left = sigma(Real(z - h)), middle = sigma(Real(z));
            const Real first = (right - left) / (2 * h), second = (right - 2 * middle + left) / (h * h);
            const Real size = 1 + abs(middle) + abs(first) + abs(second);
            CHECK(abs(Real(activation->derivative(Real(z)) - first)) < Real("1e-24") * size);
            CHECK(std::abs(activation->derivative(z) - static_cast<double>(first)) <=
                  tolerance(size_of_terms(*activation, z, first)));
            CHECK(std::abs(activation->second_derivative(z) - static_cast<double>(second)) <=
                  tolerance(size_of_terms(*activation, z, second)));
        }
    }
}

TEST_CASE("at a kink the derivative is the mean of both sides, in double and MPFR") {
    const RealPrecision precision(40);
    const Real h("1e-30");
    for (const std::string& name : all_activations()) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        for (const double kink : activation->kinks()) {
            const Real right = activation->derivative(Real(kink + h)), left = activation->derivative(Real(kink - h));
            CHECK(abs(Real(activation->derivative(Real(kink)) - (right + left) / 2)) < Real("1e-25"));
            CHECK(std::abs(activation->derivative(kink) - static_cast<double>(Real((right + left) / 2))) < 1e-15);
            const double sides = activation->second_derivative(1e-300) + activation->second_derivative(-1e-300);
            CHECK(std::abs(activation->second_derivative(kink) - sides / 2) < 1e-15);
        }
    }
    const ActivationPtr step = make_activation("step");
    CHECK(step->value(0.0) == 0.5);
    CHECK(step->value(Real(0)) == Real(1) / 2);
    CHECK_FALSE(step->has_gradient());
}

TEST_CASE("arrays give what single points give") {
    const std::vector<double> z = {-900, -40, -3.5, -0.1, -0.0, 0, 1e-300, 0.7, 5, 900};
    for (const std::string& name : all_activations()) {
        const ActivationPtr activation = make_activation(name);
        std::vector<double> values(z.size()), slopes(z.size()), again(z.size());
        activation->evaluate(z.data(), values.data(), slopes.data(), z.size());
        activation->evaluate(z.data(), again.data(), nullptr, z.size());
        for (std::size_t i = 0; i < z.size(); ++i) {
            CAPTURE(name);
            CAPTURE(z[i]);
            const double slope = activation->derivative(z[i]);
            CHECK(std::isfinite(values[i]));
            CHECK(values[i] == activation->value(z[i]));
            CHECK(again[i] == values[i]);
            CHECK(std::abs(slopes[i] - slope) <= tolerance(std::abs(slope)));
        }
    }
}

TEST_CASE("parity is what it says, and is not said of anything else") {
    const RealPrecision precision(50);
    const auto is_zero = [](const Real& x) { return abs(x) < Real("1e-40"); };
    for (const std::string& name : all_activations()) {
        const ActivationPtr activation = make_activation(name);
        bool even = true, odd = true, even_plus_linear = true, odd_plus_constant = true;
        const auto value = [&](const Real& z) { return activation->value(z); };
        const Real slope = value(1) - value(-1), constant = value(1) + value(-1);
        for (const double z : {0.25, 0.7, 1.0, 2.5, 6.0}) {
            const Real difference = value(Real(z)) - value(Real(-z)), sum = value(Real(z)) + value(Real(-z));
            even = even && is_zero(difference);
            odd = odd && is_zero(sum);
            even_plus_linear = even_plus_linear && is_zero(Real(difference - z * slope));
            odd_plus_constant = odd_plus_constant && is_zero(Real(sum - constant));
        }
        CAPTURE(name);
        switch (activation->parity()) {
            case Parity::none:
                CHECK_FALSE(even);
                CHECK_FALSE(odd);
                break;
            case Parity::even:
                CHECK(even);
                break;
            case Parity::odd:
                CHECK(odd);
                break;
            case Parity::even_plus_linear:
                CHECK(even_plus_linear);
                break;
            case Parity::odd_plus_constant:
                CHECK(odd_plus_constant);
                break;
        }
        if (even) CHECK(activation->parity() == Parity::even);
        if (odd) CHECK(activation->parity() == Parity::odd);
    }
}

TEST_CASE("homogeneous and polynomial activations are so") {
    const RealPrecision precision(40);
    for (const std::string& name : all_activations()) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        CHECK(activation->homogeneous().has_value() == (name.find("relu") != std::string::npos || name == "step"));
        for (const double z : {-2.5, -0.1, 0.3, 7.0}) {
            if (const auto homogeneous = activation->homogeneous()) {
                const Real size = pow(Real(std::abs(z)), homogeneous->power);
                const Real expected = z > 0 ? size : Real(to_real(homogeneous->negative_factor) * size);
                // negative_factor belongs to z^power and not to |z|^power.
                const Real sign = z < 0 && homogeneous->power % 2 == 1 ? -1 : 1;
                CHECK(abs(Real(activation->value(Real(z)) - sign * expected)) < Real("1e-35") * (1 + size));
            }
            if (!activation->polynomial().empty()) {
                Real sum = 0;
                for (std::size_t i = 0; i < activation->polynomial().size(); ++i)
                    sum += to_real(activation->polynomial()[i]) * pow(Real(z), static_cast<int>(i));
                CHECK(abs(Real(activation->value(Real(z)) - sum)) < Real("1e-34"));
            }
        }
    }
}

TEST_CASE("balls contain the values at all their points, and are sharp at one point") {
    const RealPrecision precision(60);
    for (const std::string& name : all_activations()) {
        const ActivationPtr activation = make_activation(name);
        for (const double centre : {-3.0, -0.5, 0.0, 0.25, 2.0}) {
            const Ball wide = Ball::with_radius(Ball::from_double(centre, 200), 0.3);
            const Ball value = activation->value(wide), derivative = activation->derivative(wide);
            for (const double offset : {-0.29, -0.1, 0.0, 0.2, 0.3}) {
                CAPTURE(name);
                CAPTURE(centre + offset);
                const Real z = centre + offset;
                const double point = static_cast<double>(z);
                const Ball sharp_value = activation->value(Ball::from_double(point, 200));
                CHECK(value.overlaps(test::ball_around(activation->value(Real(point)), 0, 200)));
                CHECK(derivative.overlaps(test::ball_around(activation->derivative(Real(point)), 0, 200)));
                if (point == 0 && !activation->kinks().empty()) continue;
                CHECK(sharp_value.overlaps(test::ball_around(activation->value(Real(point)), 1e-55, 200)));
                CHECK(sharp_value.radius() < 1e-55);
            }
        }
    }
}

TEST_CASE("complex balls are finite where sigma is analytic, and only there") {
    const auto at = [](const Activation& activation, double real, double imaginary) {
        return activation.value(ComplexBall(Ball::with_radius(Ball::from_double(real, 100), 0.01),
                                            Ball::with_radius(Ball::from_double(imaginary, 100), 0.01)));
    };
    for (const std::string& name : all_activations()) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        CHECK(at(*activation, 1.5, 0.5).is_finite());
        CHECK(at(*activation, -1.5, 0.5).is_finite());
        CHECK(at(*activation, 0, 0.5).is_finite() == activation->kinks().empty());
    }
    const double pi = std::acos(-1.0);
    CHECK_FALSE(at(*make_activation("tanh"), 0, pi / 2).is_finite());
    CHECK_FALSE(at(*make_activation("sigmoid"), 0, pi).is_finite());
    CHECK_FALSE(at(*make_activation("silu"), 0, -pi).is_finite());
    CHECK_FALSE(at(*make_activation("softplus:7/2"), 0, 2 * pi / 7).is_finite());
    CHECK_FALSE(at(*make_activation("softplus:7/2"), 1, 2 * pi / 7).is_finite());
}
