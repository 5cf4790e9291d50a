// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/vector_kernel.hpp"

#include "ntk/numeric/random.hpp"
#include "tests/lib/activation/activations.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace ntk;

namespace {

/// Random arguments of every size that matters, and those that break careless code: zeros of both signs, denormals, the
/// ends of tables and clamps and their neighbours, arguments whose square overflows, multiples of pi.
std::vector<double> arguments() {
    std::vector<double> z = {0.0, -0.0, 4.9e-324, -4.9e-324, 2.2e-308, -1e-310, 1e-300, 1.7e308, -1.7e308, 1e200};
    const RandomStream stream(1, "arguments of the vector kernels");
    const std::uint64_t count = test::full_size() ? 40000 : test::least_size() ? 300 : 4000;
    for (std::uint64_t i = 0; i < count; ++i) {
        const double size[] = {0.05, 1, 3, 10, 40, 800};
        z.push_back(size[i % 6] * stream.normal(i));
    }
    for (const double edge : {6.05, 26.5, 37.5, 64.0, 708.0, 750.0, 800.0, 1e6, 0.1953125, 0.390625, M_PI, 355.0}) {
        for (const double x : {std::nextafter(edge, 0), edge, std::nextafter(edge, 1e9)}) {
            z.push_back(x);
            z.push_back(-x);
        }
    }
    for (int exponent = -320; exponent < 308; exponent += 9) {
        z.push_back(1.37 * std::pow(10.0, exponent));
        z.push_back(-2.11 * std::pow(10.0, exponent));
    }
    return z;
}

/// What the error is measured against: max(1, |value|), of a polynomial the sum of the sizes of its terms.
double scale_of(const Activation& activation, double z, double exact, int derivative) {
    double sum = 0, power = 1;
    const std::vector<Rational> coefficients = activation.polynomial();
    for (std::size_t i = static_cast<std::size_t>(derivative); i < coefficients.size(); ++i, power *= std::abs(z)) {
        const double factor = derivative == 0 ? 1 : static_cast<double>(i);
        sum += std::abs(coefficients[i].convert_to<double>()) * factor * power;
    }
    return std::max({1.0, std::abs(exact), sum});
}

void check_close(const Activation& activation, double z, double found, const Real& exact, int derivative) {
    const auto rounded = static_cast<double>(exact);
    const double scale = scale_of(activation, z, rounded, derivative);
    if (!std::isfinite(scale)) return;  // the true value is beyond the doubles
    CAPTURE(z);
    CAPTURE(derivative);
    CHECK(static_cast<double>(Real(abs(exact - found))) <= vector_error * scale);
}

}  // namespace

TEST_CASE("every vector kernel is within its stated error of MPFR, for every level") {
    const RealPrecision precision(40);
    const std::vector<double> z = arguments();
    std::vector<double> values(z.size()), derivatives(z.size());
    int kernels = 0;
    for (const std::string& name : test::all_activations()) {
        const ActivationPtr activation = make_activation(name);
        const auto kernel = activation->vector_kernel();
        if (!kernel) continue;
        ++kernels;
        for (const SimdLevel level : available_simd_levels()) {
            if (level == SimdLevel::baseline) continue;
            CAPTURE(name);
            CAPTURE(to_string(level));
            evaluate_vectorised(level, *kernel, z.data(), values.data(), derivatives.data(), z.size());
            for (std::size_t i = 0; i < z.size(); ++i) {
                check_close(*activation, z[i], values[i], activation->value(Real(z[i])), 0);
                check_close(*activation, z[i], derivatives[i], activation->derivative(Real(z[i])), 1);
            }
        }
    }
    CHECK(kernels >= 18);
}

TEST_CASE("vector kernels: any count, in place, values or derivatives alone") {
    for (const SimdLevel level : available_simd_levels()) {
        if (level == SimdLevel::baseline) continue;
        const VectorKernel kernel{VectorFunction::gelu};
        std::vector<double> z(77), values(77), derivatives(77);
        for (std::size_t i = 0; i < z.size(); ++i) z[i] = 0.1 * static_cast<double>(i) - 3;
        evaluate_vectorised(level, kernel, z.data(), values.data(), derivatives.data(), z.size());
        for (const std::size_t count : {0UL, 1UL, 7UL, 16UL, 31UL, 32UL, 33UL, 64UL, 77UL}) {
            std::vector<double> alone(78, -5), in_place = z;
            evaluate_vectorised(level, kernel, z.data(), alone.data(), nullptr, count);
            CHECK(std::equal(alone.begin(), alone.begin() + static_cast<long>(count), values.begin()));
            CHECK(alone[count] == -5);
            evaluate_vectorised(level, kernel, in_place.data(), nullptr, in_place.data(), count);
            CHECK(std::equal(in_place.begin(), in_place.begin() + static_cast<long>(count), derivatives.begin()));
        }
    }
}

TEST_CASE("vector kernels: what is refused") {
    double z[3] = {0, 1, 2}, values[3];
    const VectorKernel erf{VectorFunction::erf};
    CHECK_THROWS_AS(evaluate_vectorised(SimdLevel::baseline, erf, z, values, nullptr, 3), std::domain_error);
    for (const SimdLevel level : available_simd_levels()) {
        if (level == SimdLevel::baseline) continue;
        for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                                 -std::numeric_limits<double>::infinity()}) {
            for (const std::string& name : test::all_activations()) {
                const auto kernel = make_activation(name)->vector_kernel();
                if (!kernel) continue;
                z[1] = bad;
                CAPTURE(name);
                CHECK_THROWS_AS(evaluate_vectorised(level, *kernel, z, values, nullptr, 3), std::domain_error);
            }
        }
    }
}
