// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/conventions.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/spectrum/eigenvalues.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"
#include "tests/lib/golden.hpp"
#include "tests/lib/kernels.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <stdexcept>

using namespace ntk;

namespace {

/// Simpson's rule over [0, pi] with an error far below the tolerance of these tests.
double integral(const std::function<double(double)>& f) {
    const int panels = 1500;
    const double step = M_PI / panels;
    double sum = 0;
    for (int i = 0; i <= panels; ++i) sum += (i == 0 || i == panels ? 1 : i % 2 == 1 ? 4 : 2) * f(i * step);
    return sum * step / 3;
}

/// int kappa(cos theta) q(cos theta) sin^{d-2} theta dtheta.
double moment(int dim, const std::function<double(double)>& kappa, const std::function<double(double)>& q) {
    return integral([&](double theta) {
        const double t = std::cos(theta);
        return kappa(t) * q(t) * std::pow(std::sin(theta), dim - 2);
    });
}

/// Area of the unit sphere S^n from |S^0| = 2, |S^1| = 2 pi, |S^n| = 2 pi |S^{n-2}|/(n-1): no Gamma function.
double area(int n) { return n == 0 ? 2 : n == 1 ? 2 * M_PI : 2 * M_PI / (n - 1) * area(n - 2); }

/// The unnormalised Gegenbauer polynomial C_k^{lambda}, by its own recurrence (DLMF 18.9.1, 18.9.2).
double unnormalised(double lambda, int degree, double t) {
    double previous = 1;
    double current = 2 * lambda * t;
    if (degree == 0) return 1;
    for (int k = 1; k < degree; ++k) {
        const double next = (2 * (k + lambda) * t * current - (k + 2 * lambda - 1) * previous) / (k + 1);
        previous = current;
        current = next;
    }
    return current;
}

double eigenvalue(const Kernel& kernel, int dim, int degree) {
    return certified_eigenvalues(kernel, dim, {degree}, 20)[0].enclosure.midpoint();
}

double converted(Convention convention, const ConventionSetting& setting, double ours) {
    return to_convention(convention, setting, Ball::from_double(ours, 64)).midpoint();
}

void check_close(double value, double reference) {
    CHECK(std::abs(value - reference) <= 1e-9 * (1 + std::abs(reference)));
}

/// Probability that a half-line of a Gaussian pair agrees, and its first moment: kernels of arc-cosine type, written
/// down here from Cho and Saul 2009.
double arc_cosine_0(double t) { return (M_PI - std::acos(t)) / M_PI; }
double arc_cosine_1(double t) { return (std::sqrt(1 - t * t) + t * (M_PI - std::acos(t))) / M_PI; }

}  // namespace

TEST_CASE("scaled output layer: t kappa_0(t) + kappa_1(t) is twice our kernel") {
    const Kernel kernel = test::kernel_named("relu-nobias");
    const auto scaled = [](double t) { return t * arc_cosine_0(t) + arc_cosine_1(std::min(1.0, std::max(-1.0, t))); };
    for (const int dim : {2, 3, 6}) {
        for (const int degree : {0, 1, 2, 6}) {
            const double mean = 1 / moment(
                                        dim, [](double) { return 1.0; }, [](double) { return 1.0; });
            const double theirs = mean * moment(dim, scaled, [&](double t) { return gegenbauer_p(dim, degree, t); });
            check_close(converted(Convention::he_scaled_output, {dim, degree}, eigenvalue(kernel, dim, degree)),
                        theirs);
        }
    }
    // The golden kernel of one layer is scaled in this way.
    int checked = 0;
    for (const auto& record : test::golden("eigenvalues-deep-relu.json")) {
        const int dim = record["d"], degree = record["k"];
        if (record["kernel"] != "deep-relu-L1" || dim > 5 || degree > 10) continue;
        CAPTURE(record.dump());
        const Ball theirs = to_convention(Convention::he_scaled_output, {dim, degree},
                                          certified_eigenvalues(kernel, dim, {degree}, 60)[0].enclosure);
        const Ball reference(parse_rational(record["value"].get<std::string>()), 300);
        // Half a unit of the last of 60 digits.
        CHECK(abs(theirs - reference).certainly_at_most(abs(reference) * Ball(power_of_ten(-59), 64)));
        ++checked;
    }
    CHECK(checked >= 20);
    CHECK(convention_applies(Convention::he_scaled_output, kernel));
    CHECK_FALSE(convention_applies(Convention::he_scaled_output, test::kernel_named("relu-bias")));
}

TEST_CASE("surface measure: Funk-Hecke with areas of spheres by recursion") {
    for (const std::string name : {"erf-bias", "relu-bias"}) {
        const Kernel kernel = test::kernel_named(name);
        for (const int dim : {2, 3, 4, 9}) {
            for (const int degree : {0, 1, 5}) {
                CAPTURE(dim);
                const double theirs = area(dim - 2) * moment(
                                                          dim, [&](double t) { return kernel.at(t); },
                                                          [&](double t) { return gegenbauer_p(dim, degree, t); });
                check_close(converted(Convention::surface_measure, {dim, degree}, eigenvalue(kernel, dim, degree)),
                            theirs);
            }
            CHECK(std::abs(conversion_factor(Convention::surface_measure, {dim}, 64).midpoint() - area(dim - 1)) <
                  1e-13 * area(dim - 1));
        }
    }
}

TEST_CASE("coefficients of unnormalised and normalised Gegenbauer polynomials by their own orthogonality") {
    const Kernel kernel = test::kernel_named("erf-bias");
    const auto kappa = [&](double t) { return kernel.at(t); };
    for (const int dim : {3, 4, 7}) {
        const double lambda = (dim - 2) / 2.0;
        for (const int degree : {0, 1, 2, 7}) {
            CAPTURE(dim);
            CAPTURE(degree);
            const auto c = [&](double t) { return unnormalised(lambda, degree, t); };
            const auto p = [&](double t) { return c(t) / c(1); };
            const double ours = eigenvalue(kernel, dim, degree);
            check_close(converted(Convention::gegenbauer_coefficient, {dim, degree}, ours),
                        moment(dim, kappa, c) / moment(dim, c, c));
            check_close(converted(Convention::legendre_coefficient, {dim, degree}, ours),
                        moment(dim, kappa, p) / moment(dim, p, p));
        }
        // The expansion with these coefficients is the kernel.
        double sum = 0;
        for (const Eigenvalue& ours : certified_eigenvalues(kernel, dim, test::up_to(30), 16)) {
            sum += converted(Convention::gegenbauer_coefficient, {dim, ours.degree}, ours.enclosure.midpoint()) *
                   unnormalised(lambda, ours.degree, 0.3);
        }
        check_close(sum, kernel.at(0.3));
    }
    // d = 2: cosine series of kappa(cos theta).
    for (const int degree : {0, 3}) {
        const auto cosine = [&](double t) { return std::cos(degree * std::acos(t)); };
        const double theirs = moment(2, kappa, cosine) / moment(2, cosine, cosine);
        check_close(converted(Convention::gegenbauer_coefficient, {2, degree}, eigenvalue(kernel, 2, degree)), theirs);
    }
}

TEST_CASE("gegenbauer factor against the multiplicity and the value at 1, exactly") {
    for (const int dim : {3, 4, 5, 12, 101}) {
        for (int degree = 0; degree <= 30; ++degree) {
            // C_k^{lambda}(1) as the product of (2 lambda + i)/(1 + i) for i < k.
            Rational at_one = 1;
            for (int i = 0; i < degree; ++i) at_one *= Rational(dim - 2 + i, 1 + i);
            const auto factor = exact_conversion_factor(Convention::gegenbauer_coefficient, {dim, degree});
            CHECK(*factor * at_one == Rational(multiplicity(dim, degree)));
        }
    }
}

TEST_CASE("a network without its width factor has m times the kernel") {
    const int width = 5;
    std::vector<double> parameters;
    for (int i = 0; i < 3 * width; ++i) parameters.push_back(std::sin(1.0 + 2.7 * i));
    const auto network = [&](const std::vector<double>& p, double x, double y, double scale) {
        double sum = 0;
        for (int l = 0; l < width; ++l) {
            const auto at = static_cast<std::size_t>(3 * l);
            sum += p[at] * std::erf(p[at + 1] * x + p[at + 2] * y);
        }
        return scale * sum;
    };
    const auto kernel = [&](double scale) {
        double sum = 0;
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const double step = 1e-5;
            std::vector<double> up = parameters;
            std::vector<double> down = parameters;
            up[i] += step;
            down[i] -= step;
            const double first = (network(up, 0.6, 0.8, scale) - network(down, 0.6, 0.8, scale)) / (2 * step);
            const double second = (network(up, 0, 1, scale) - network(down, 0, 1, scale)) / (2 * step);
            sum += first * second;
        }
        return sum;
    };
    const double factor = exact_conversion_factor(Convention::unscaled_width, {3, 0, width})->convert_to<double>();
    CHECK(std::abs(kernel(1) - factor * kernel(1 / std::sqrt(width))) <= 1e-12 * std::abs(kernel(1)));
}

TEST_CASE("losses without 1/2 or 1/n speed the residual up by 2 or n") {
    const std::vector<double> residual = {0.7, -0.4, 1.1, 0.2};
    const auto samples = static_cast<double>(residual.size());
    const auto squares = [](const std::vector<double>& r) {
        double sum = 0;
        for (const double x : r) sum += x * x;
        return sum;
    };
    // The residual obeys r' = -K dLoss/df, so rates scale like the derivative of the loss.
    const auto derivative = [&](const std::function<double(const std::vector<double>&)>& loss, std::size_t j) {
        std::vector<double> up = residual;
        std::vector<double> down = residual;
        up[j] += 1e-4;
        down[j] -= 1e-4;
        return (loss(up) - loss(down)) / 2e-4;
    };
    const ConventionSetting setting{3, 0, 1, 4};
    for (std::size_t j = 0; j < residual.size(); ++j) {
        const double ours = derivative([&](const auto& r) { return squares(r) / (2 * samples); }, j);
        check_close(converted(Convention::loss_without_half, setting, ours),
                    derivative([&](const auto& r) { return squares(r) / samples; }, j));
        check_close(converted(Convention::loss_summed, setting, ours),
                    derivative([&](const auto& r) { return squares(r) / 2; }, j));
    }
}

TEST_CASE("points of length sqrt(d): kernel of variance d and its eigenvalues by quadrature") {
    const Kernel kernel = test::kernel_named("leaky-relu-0.1-nobias");
    for (const int dim : {2, 3, 8}) {
        const auto far = [&](double t) {
            const DualValues<double> dual = kernel.spec().activation->dual(static_cast<double>(dim), dim * t);
            return dual.value + dual.gradient * dim * t;
        };
        for (const int degree : {0, 1, 4}) {
            const auto p = [&](double t) { return gegenbauer_p(dim, degree, t); };
            const double mean = 1 / moment(
                                        dim, [](double) { return 1.0; }, [](double) { return 1.0; });
            check_close(converted(Convention::sphere_of_radius_sqrt_d, {dim, degree}, eigenvalue(kernel, dim, degree)),
                        mean * moment(dim, far, p));
        }
    }
    CHECK(convention_applies(Convention::sphere_of_radius_sqrt_d, kernel));
    CHECK_FALSE(convention_applies(Convention::sphere_of_radius_sqrt_d, test::kernel_named("erf-nobias")));
    CHECK_FALSE(convention_applies(Convention::sphere_of_radius_sqrt_d, test::kernel_named("relu-bias")));
}

TEST_CASE("there and back, every line of the table, and bad settings") {
    const Ball ours(Rational(7, 5), 200);
    for (const ConventionEntry& entry : all_conventions()) {
        CAPTURE(entry.name);
        const ConventionSetting setting{5, 4, 64, 10};
        const Ball back = from_convention(entry.convention, setting, to_convention(entry.convention, setting, ours));
        CHECK(back.overlaps(ours));
        CHECK(certified_digits(back) > 50);
        CHECK(exact_conversion_factor(entry.convention, setting).has_value() ==
              (entry.convention != Convention::surface_measure));
        CHECK_FALSE(entry.factor.empty());
    }
    CHECK(all_conventions().size() == 8);
    CHECK_THROWS_AS(exact_conversion_factor(Convention::unscaled_width, {1}), std::domain_error);
    CHECK_THROWS_AS(exact_conversion_factor(Convention::unscaled_width, {3, -1}), std::domain_error);
    CHECK_THROWS_AS(exact_conversion_factor(Convention::unscaled_width, {3, 0, 0}), std::domain_error);
    CHECK_THROWS_AS(exact_conversion_factor(Convention::loss_summed, {3, 0, 1, 0}), std::domain_error);
}
