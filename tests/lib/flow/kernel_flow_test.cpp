// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/kernel_flow.hpp"

#include "ntk/flow/trajectory.hpp"
#include "ntk/numeric/damping.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/real.hpp"
#include "ntk/spectrum/eigenvalues.hpp"
#include "ntk/sphere/cubature.hpp"
#include "ntk/sphere/points.hpp"
#include "ntk/sphere/zonal.hpp"
#include "tests/lib/kernels.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace ntk;

namespace {

using RealVector = std::vector<Real>;

struct Instance {
    Eigen::MatrixXd gram;
    Eigen::VectorXd start, weights, probe;
};

/// erf or ReLU with biases on random points of S^2; every second instance with unequal weights.
Instance make_instance(const std::string& kernel, int samples, bool equal) {
    Instance made;
    const Eigen::MatrixXd points = uniform_points(3, samples, RandomStream(5, "points of the kernel flow"));
    made.weights = Eigen::VectorXd::Constant(samples, 1.0 / samples);
    if (!equal) made.weights = Eigen::VectorXd::LinSpaced(samples, 1, 3) / (2.0 * samples);
    const Kernel kappa = test::kernel_named(kernel);
    made.gram = zonal_gram_matrix([&](double t) { return kappa.at(t); }, points, made.weights);
    made.start = points.row(0).transpose() + Eigen::VectorXd::LinSpaced(samples, -1, 2);
    made.probe = points.row(2).transpose() * std::sqrt(3.0);
    return made;
}

/// r -> K Q r = Q^{-1/2} G Q^{1/2} r with the doubles of the instance taken as exact.
RealVector velocity(const Instance& at, const RealVector& r) {
    const auto n = r.size();
    RealVector result(n, Real(0));
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            const auto row = static_cast<Eigen::Index>(i), column = static_cast<Eigen::Index>(j);
            result[i] += Real(at.gram(row, column)) * sqrt(Real(at.weights(column)) / Real(at.weights(row))) * r[j];
        }
    }
    return result;
}

RealVector start_of(const Instance& at) { return RealVector(at.start.begin(), at.start.end()); }

struct Reference {
    RealVector residual, integral;
};

/// The Taylor series of e^{-KQt} r_0 and of its integral; the working precision must cover e^{||G|| t}. Terms fall once
/// k > ||G|| t, and the trace is no less than the norm.
Reference by_series(const Instance& at, double time) {
    Reference found{start_of(at), RealVector(at.probe.size(), Real(0))};
    RealVector term = found.residual;
    const double enough = 100 + 4 * at.gram.trace() * time;
    for (int k = 1; k < enough; ++k) {
        for (std::size_t i = 0; i < term.size(); ++i) found.integral[i] += term[i] * Real(time) / k;
        term = velocity(at, term);
        for (std::size_t i = 0; i < term.size(); ++i) {
            term[i] *= -Real(time) / k;
            found.residual[i] += term[i];
        }
    }
    return found;
}

Reference by_steps(const Instance& at, double step, long steps) {
    Reference found{start_of(at), RealVector(at.probe.size(), Real(0))};
    for (long j = 0; j < steps; ++j) {
        const RealVector slope = velocity(at, found.residual);
        for (std::size_t i = 0; i < slope.size(); ++i) {
            found.integral[i] += Real(step) * found.residual[i];
            found.residual[i] -= Real(step) * slope[i];
        }
    }
    return found;
}

/// ||value - reference||_q
double distance(const Instance& at, const Eigen::VectorXd& value, const RealVector& reference) {
    Real sum(0);
    for (std::size_t i = 0; i < reference.size(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        const Real difference = Real(value(row)) - reference[i];
        sum += Real(at.weights(row)) * difference * difference;
    }
    return static_cast<double>(Real(sqrt(sum)));
}

Real coefficient(const Instance& at, double first, double mu, const RealVector& integral) {
    Real sum(0);
    for (std::size_t i = 0; i < integral.size(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        sum += Real(at.weights(row)) * Real(at.probe(row)) * integral[i];
    }
    return Real(first) - Real(mu) * sum;
}

/// r' = -G r for the brute-force integrator.
class LinearSystem final : public FlowSystem {
public:
    explicit LinearSystem(Eigen::MatrixXd matrix) : matrix_(std::move(matrix)) {}
    Eigen::Index size() const override { return matrix_.rows(); }
    Eigen::VectorXd velocity(const Eigen::VectorXd& state) const override { return -(matrix_ * state); }
    std::unique_ptr<Linearisation> linearise(const Eigen::VectorXd&) const override { return nullptr; }

private:
    Eigen::MatrixXd matrix_;
};

}  // namespace

TEST_CASE("the kernel flow agrees with the Taylor series of the matrix exponential in 200 digits, within its errors") {
    const RealPrecision precision(200);
    constexpr double mu = 0.3, first = -1.25;
    for (const std::string kernel : {"erf-bias", "relu-nobias"}) {
        for (const bool equal : {true, false}) {
            const Instance at = make_instance(kernel, 7, equal);
            const KernelFlow flow(at.gram, at.start, at.weights);
            for (const double time : {0.0, 1e-6, 0.3, 4.0, 60.0}) {
                CAPTURE(kernel);
                CAPTURE(equal);
                CAPTURE(time);
                const Reference exact = by_series(at, time);
                const SampleVector residual = flow.residual(time), integral = flow.integrated_residual(time);
                CHECK(distance(at, residual.value, exact.residual) <= residual.error);
                CHECK(distance(at, integral.value, exact.integral) <= integral.error);
                const RealVector none(exact.residual.size(), Real(0));
                const double length = distance(at, Eigen::VectorXd::Zero(at.start.size()), exact.residual);
                CHECK(std::abs(flow.residual_norm(time).value - length) <= flow.residual_norm(time).error + 1e-16);
                const FlowCoefficient c = flow.coefficient(time, first, mu, at.probe);
                const Real missed = Real(c.value) - coefficient(at, first, mu, exact.integral);
                CHECK(std::abs(static_cast<double>(missed)) <= c.error);
                // The estimates are not far above what rounding does.
                CHECK(residual.error <= 1e-14 * (1 + time) * flow.norm(at.start) * 10);
                CHECK(c.error < 1e-10);
            }
        }
    }
}

TEST_CASE("gradient descent under a fixed kernel agrees with its steps in 60 digits, also beyond the stability limit") {
    const RealPrecision precision(60);
    constexpr double mu = 0.3, first = -1.25;
    for (const bool equal : {true, false}) {
        const Instance at = make_instance("erf-bias", 7, equal);
        const KernelFlow flow(at.gram, at.start, at.weights);
        const double limit = flow.stability_limit();
        CHECK(std::abs(limit * flow.eigenvalues()(6) - 2) < 1e-15);
        for (const double part : {0.01, 0.5, 0.7, 0.999999, 1.0, 1.02}) {
            for (const long steps : {0L, 1L, 2L, 7L, 300L, 601L}) {
                CAPTURE(part);
                CAPTURE(steps);
                const double step = part * limit;
                const Reference exact = by_steps(at, step, steps);
                const SampleVector residual = flow.residual_after(step, steps);
                const SampleVector sum = flow.summed_residual_after(step, steps);
                CHECK(distance(at, residual.value, exact.residual) <= residual.error);
                CHECK(distance(at, sum.value, exact.integral) <= sum.error);
                CHECK(residual.error < 1e-9 * (1 + flow.norm(residual.value)));
                const FlowCoefficient c = flow.coefficient_after(step, steps, first, mu, at.probe);
                const Real missed = Real(c.value) - coefficient(at, first, mu, exact.integral);
                CHECK(std::abs(static_cast<double>(missed)) <= c.error);
            }
        }
        CHECK(flow.norm(flow.residual_after(0.99 * limit, 4000).value) < flow.norm(at.start));
        CHECK(flow.norm(flow.residual_after(1.01 * limit, 4000).value) > 1e10 * flow.norm(at.start));
        CHECK_THROWS_AS(flow.residual_after(2 * limit, 100000), Unreachable);
    }
}

TEST_CASE("the kernel flow agrees with Dormand–Prince") {
    const Instance at = make_instance("relu-bias", 30, true);
    const KernelFlow flow(at.gram, at.start);
    const std::vector<double> times = {0.5, 3, 20};
    const Trajectory run = integrate_dormand_prince(LinearSystem(at.gram), at.start, {1e-11, times, {}});
    for (std::size_t i = 0; i < times.size(); ++i) {
        CHECK((flow.residual(times[i]).value - run.parameters[i]).cwiseAbs().maxCoeff() < 1e-9);
    }
}

TEST_CASE("sums of geometric series against plain sums") {
    const RealPrecision precision(60);
    for (const double lambda : {0.0, 1e-300, 1e-9, 0.3, 1.0, 1.7, 1.999999999, 2.0, 2.1}) {
        for (const long steps : {0L, 1L, 2L, 5L, 40L, 41L}) {
            for (const double step : {0.25, 1.0}) {
                Real power(1), sum(0);
                for (long j = 0; j < steps; ++j) {
                    sum += Real(step) * power;
                    power *= 1 - Real(step) * Real(lambda);
                }
                const double found = descent_damping_factor(lambda, step, steps);
                CAPTURE(lambda);
                CAPTURE(steps);
                CHECK(std::abs(static_cast<double>(Real(Real(found) - sum))) <=
                      1e-15 * std::abs(static_cast<double>(sum)));
            }
        }
    }
    // Many small steps are the flow.
    CHECK(std::abs(descent_damping_factor(0.7, 1e-7, 30000000) - damping_factor(0.7, 3.0)) < 1e-6);
    CHECK_THROWS_AS(descent_damping_factor(-1, 1, 1), std::domain_error);
    CHECK_THROWS_AS(descent_damping_factor(1, 0, 1), std::domain_error);
}

TEST_CASE("on cubature points a probe follows e^{-mu t}, the limit of infinite width and sample, to the rule's error") {
    // K^inf is not a polynomial: what its degrees beyond D - k alias is seen in the coefficient, and falls with D.
    struct Limit {
        int dim;
        std::vector<int> degrees;
        double best;
    };
    for (const Limit& limit : {Limit{2, {15, 31, 81}, 1e-12}, Limit{3, {7, 15, 31}, 1e-11}}) {
        const Kernel kappa = test::kernel_named("erf-bias");
        const std::vector<int> probed = {1, 3};
        const std::vector<Eigenvalue> eigenvalues = certified_eigenvalues(kappa, limit.dim, probed, 20);
        double previous = std::numeric_limits<double>::infinity();
        for (const int degree : limit.degrees) {
            const SphereCubature rule = sphere_cubature(limit.dim, degree);
            const Eigen::MatrixXd axes = uniform_points(limit.dim, 2, RandomStream(8, "axes of the limit"));
            std::vector<ZonalProbe> probes;
            for (int i = 0; i < 2; ++i) {
                probes.push_back(make_zonal_probe(probed[static_cast<std::size_t>(i)], axes.col(i)));
            }
            const ZonalTarget target{probes, {1, -0.5}};
            const KernelFlow flow(zonal_gram_matrix([&](double t) { return kappa.at(t); }, rule.points, rule.weights),
                                  -target.at(rule.points), rule.weights);
            double largest = 0;
            for (std::size_t i = 0; i < 2; ++i) {
                const double mu = eigenvalues[i].enclosure.midpoint();
                const double first = -target.inner_product(probes[i]);
                for (const double time : {0.1, 1.0, 10.0}) {
                    const double c = flow.coefficient(time, first, mu, probes[i].at(rule.points)).value;
                    largest = std::max(largest, std::abs(c - std::exp(-mu * time) * first));
                }
            }
            CAPTURE(limit.dim);
            CAPTURE(degree);
            CHECK(largest < previous / 10);
            previous = largest;
        }
        CHECK(previous < limit.best);
    }
}

TEST_CASE("what is no kernel flow is refused") {
    const Eigen::MatrixXd identity = Eigen::MatrixXd::Identity(3, 3);
    const Eigen::VectorXd ones = Eigen::VectorXd::Ones(3);
    CHECK_THROWS_AS(KernelFlow(-identity, ones), std::domain_error);
    CHECK_THROWS_AS(KernelFlow(identity, Eigen::VectorXd::Ones(2)), std::domain_error);
    CHECK_THROWS_AS(KernelFlow(identity, ones, -ones), std::domain_error);
    CHECK_THROWS_AS(KernelFlow(identity * std::numeric_limits<double>::quiet_NaN(), ones), std::domain_error);
    CHECK_THROWS_AS(KernelFlow(identity, ones).residual(-1), std::domain_error);
    CHECK_THROWS_AS(KernelFlow(identity, ones).residual_after(0, 1), std::domain_error);
    CHECK_THROWS_AS(KernelFlow(identity, ones).coefficient(1, 0, 1, Eigen::VectorXd::Ones(2)), std::domain_error);
    CHECK(std::isinf(KernelFlow(0 * identity, ones).stability_limit()));
    CHECK((KernelFlow(0 * identity, ones).integrated_residual(7).value - 7 * ones).norm() < 1e-14);
    CHECK_THROWS_AS(zonal_gram_matrix([](double) { return 1.0; }, identity, -ones), std::domain_error);
    CHECK_THROWS_AS(zonal_gram_matrix([](double t) { return 1 / (1 - t); }, identity, ones), std::domain_error);
}
