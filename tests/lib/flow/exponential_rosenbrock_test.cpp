// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/gradient_flow.hpp"
#include "ntk/flow/krylov_space.hpp"
#include "ntk/flow/phi_functions.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/real.hpp"
#include "ntk/sphere/points.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

using namespace ntk;

namespace {

/// state_i' = force_i(state_i), written with a rotation so that F' is not diagonal: u = Q v, v_i' = force(i, v_i).
class RotatedSystem final : public FlowSystem {
public:
    using Function = std::function<double(Eigen::Index, double)>;
    RotatedSystem(Eigen::Index size, Function force, Function slope)
        : force_(std::move(force)), slope_(std::move(slope)) {
        const Eigen::VectorXd normal = Eigen::VectorXd::LinSpaced(size, 1, 2).normalized();
        mirror_ = Eigen::MatrixXd::Identity(size, size) - 2 * normal * normal.transpose();
    }
    Eigen::Index size() const override { return mirror_.rows(); }
    Eigen::VectorXd turned(const Eigen::VectorXd& v) const { return mirror_ * v; }
    Eigen::VectorXd velocity(const Eigen::VectorXd& u) const override { return mirror_ * mapped(force_, mirror_ * u); }
    std::unique_ptr<Linearisation> linearise(const Eigen::VectorXd& u) const override {
        return std::make_unique<Around>(*this, u);
    }

private:
    class Around final : public Linearisation {
    public:
        Around(const RotatedSystem& system, const Eigen::VectorXd& u)
            : system_(system), velocity_(system.velocity(u)), slopes_(mapped(system.slope_, system.mirror_ * u)) {}
        const Eigen::VectorXd& velocity() const override { return velocity_; }
        Eigen::VectorXd derivative_product(const Eigen::VectorXd& direction) const override {
            return system_.mirror_ * slopes_.cwiseProduct(system_.mirror_ * direction);
        }

    private:
        const RotatedSystem& system_;
        Eigen::VectorXd velocity_, slopes_;
    };
    static Eigen::VectorXd mapped(const Function& f, const Eigen::VectorXd& v) {
        Eigen::VectorXd result(v.size());
        for (Eigen::Index i = 0; i < v.size(); ++i) result(i) = f(i, v(i));
        return result;
    }

    Function force_, slope_;
    Eigen::MatrixXd mirror_;
};

/// v_i' = -(rate_i v_i + v_i^3) with rates from 1e-3 to 100; v(t)^2 = rate e^{-2 rate t} / (rate/v_0^2 + 1 - e^{-2 rate
/// t}).
double rate_of(Eigen::Index i) { return std::pow(10.0, -3 + 0.5 * static_cast<double>(i)); }

RotatedSystem cubic_system() {
    return RotatedSystem(
        11, [](Eigen::Index i, double v) { return -rate_of(i) * v - v * v * v; },
        [](Eigen::Index i, double v) { return -rate_of(i) - 3 * v * v; });
}

Eigen::VectorXd cubic_solution(double t) {
    Eigen::VectorXd v(11);
    for (Eigen::Index i = 0; i < v.size(); ++i) {
        const double rate = rate_of(i);
        v(i) = std::sqrt(rate * std::exp(-2 * rate * t) / (rate - std::expm1(-2 * rate * t)));
    }
    return v;
}

double largest_error(const RotatedSystem& system, const Trajectory& run) {
    double largest = 0;
    for (std::size_t i = 0; i < run.times.size(); ++i) {
        const Eigen::VectorXd error = run.parameters[i] - system.turned(cubic_solution(run.times[i]));
        largest = std::max(largest, error.cwiseAbs().maxCoeff());
    }
    return largest;
}

std::vector<double> many_times(double end) {
    std::vector<double> times;
    for (int i = 0; i <= 200; ++i) times.push_back(end * std::pow(i / 200.0, 2));
    return times;
}

struct Trained {
    std::shared_ptr<Network> network;
    Eigen::VectorXd start, labels;
};

Trained make_network(const std::string& activation, int width, int samples) {
    const NetworkShape shape{3, width, true, true};
    const Eigen::MatrixXd points = uniform_points(3, samples, RandomStream(2, "flow points"));
    Trained made{std::make_shared<Network>(shape, make_activation(activation), points, std::make_shared<ThreadPool>(1)),
                 draw_parameters(shape, {false, OutputWeights::rademacher, 1}, 6), Eigen::VectorXd(samples)};
    for (int j = 0; j < samples; ++j) made.labels(j) = std::sin(3.0 * points(0, j)) + points(2, j);
    return made;
}

}  // namespace

TEST_CASE("phi functions agree with their series in 600 digits") {
    const RealPrecision precision(600);
    for (const double z : {-600.0, -40.0, -3.0, -2.0001, -2.0, -1.0, -1e-3, -1e-12, 0.0, 1e-5, 0.7, 1.0}) {
        for (int k = 0; k <= 4; ++k) {
            CAPTURE(z);
            CAPTURE(k);
            Real term(1), sum(0);
            for (int i = 1; i <= k; ++i) term /= i;
            for (int j = 0; j < 3000; ++j) {
                sum += term;
                term *= Real(z) / (j + k + 1);
            }
            const double expected = static_cast<double>(sum);
            CHECK(std::abs(phi_function(k, z) - expected) <= 2e-14 * expected);
        }
    }
    CHECK_THROWS_AS(phi_function(5, 0), std::domain_error);
}

TEST_CASE("linear systems are solved in one space, however stiff and however long") {
    const RotatedSystem system(
        11, [](Eigen::Index i, double v) { return -rate_of(i) * v; },
        [](Eigen::Index i, double) { return -rate_of(i); });
    const Eigen::VectorXd start = system.turned(Eigen::VectorXd::Ones(11));
    const Trajectory run = integrate_exponential_rosenbrock(system, start, {1e-9, many_times(1000)});
    for (std::size_t i = 0; i < run.times.size(); ++i) {
        Eigen::VectorXd expected(11);
        for (Eigen::Index k = 0; k < 11; ++k) expected(k) = std::exp(-rate_of(k) * run.times[i]);
        CHECK((run.parameters[i] - system.turned(expected)).cwiseAbs().maxCoeff() < 1e-8);
    }
    CHECK(run.steps < 20);
}

TEST_CASE("a stiff cubic system: recorded states are as good as steps, and the tolerance governs the error") {
    const RotatedSystem system = cubic_system();
    const Eigen::VectorXd start = system.turned(Eigen::VectorXd::Ones(11));
    std::vector<double> errors;
    for (const double tolerance : {1e-5, 1e-7, 1e-9}) {
        const Trajectory recorded = integrate_exponential_rosenbrock(system, start, {tolerance, many_times(50)});
        const Trajectory at_the_end = integrate_exponential_rosenbrock(system, start, {tolerance, {50}});
        CHECK(recorded.steps == at_the_end.steps);
        CHECK(recorded.parameters.back() == at_the_end.parameters.back());
        CHECK(recorded.parameters.front() == start);
        errors.push_back(largest_error(system, recorded));
        CHECK(errors.back() < 30 * tolerance);
    }
    CHECK(errors[1] < errors[0] / 10);
    CHECK(errors[2] < errors[1] / 10);
    // An explicit method needs steps of about 3/100.
    const Trajectory explicit_run = integrate_dormand_prince(system, start, {1e-7, {50}});
    const Trajectory exponential = integrate_exponential_rosenbrock(system, start, {1e-7, {50}});
    CHECK(explicit_run.steps > 1000);
    CHECK(exponential.steps < 200);
}

TEST_CASE("order 4 of the method and of its continuous extension") {
    // One step of length h from the same start: local errors fall by 2^5 when h is halved.
    const RotatedSystem system(
        3, [](Eigen::Index, double v) { return -v * v * v; }, [](Eigen::Index, double v) { return -3 * v * v; });
    const Eigen::VectorXd start = system.turned(Eigen::Vector3d(1, 0.8, 0.5));
    const auto error_of = [&](double tolerance) {
        const Trajectory run = integrate_exponential_rosenbrock(system, start, {tolerance, many_times(4)});
        double largest = 0;
        for (std::size_t i = 0; i < run.times.size(); ++i) {
            Eigen::Vector3d expected(1, 0.8, 0.5);
            for (double& v : expected) v /= std::sqrt(1 + 2 * v * v * run.times[i]);
            largest = std::max(largest, (run.parameters[i] - system.turned(expected)).cwiseAbs().maxCoeff());
        }
        return std::pair<double, double>(largest, static_cast<double>(run.steps));
    };
    const auto [coarse, few] = error_of(1e-6);
    const auto [fine, many] = error_of(1e-10);
    const double order = std::log(coarse / fine) / std::log(many / few);
    CHECK(order > 3.5);
}

TEST_CASE("networks: the exponential method and Dormand-Prince agree within the sum of their errors") {
    for (const std::string activation : {"erf", "softplus:1"}) {
        CAPTURE(activation);
        const Trained problem = make_network(activation, 24, 12);
        std::vector<Eigen::VectorXd> ends;
        std::vector<double> errors;
        for (const Integrator integrator : {Integrator::dormand_prince, Integrator::exponential_rosenbrock}) {
            FlowOptions options{1e-8, {1, 10, 40}, {}, integrator};
            const TrajectoryPair pair = integrate_pair(*problem.network, problem.start, problem.labels, options);
            ends.push_back(pair.tight.parameters.back());
            errors.push_back((pair.tight.parameters.back() - pair.loose.parameters.back()).cwiseAbs().maxCoeff());
            CHECK(errors.back() < 1e-5);
            CHECK(errors.back() > 0);
        }
        CHECK((ends[0] - ends[1]).cwiseAbs().maxCoeff() <= errors[0] + errors[1]);
    }
}

TEST_CASE("auto takes the exponential method for long times, and never across kinks") {
    const Trained smooth = make_network("erf", 16, 6);
    const auto integrator_of = [](const Trained& problem, double time) {
        return integrate_gradient_flow(*problem.network, problem.start, problem.labels, {1e-5, {time}}).integrator;
    };
    CHECK(integrator_of(smooth, 1).starts_with("Dormand-Prince"));
    CHECK(integrator_of(smooth, 400).starts_with("exponential"));
    const Trained kinked = make_network("relu", 16, 6);
    CHECK(integrator_of(kinked, 1).starts_with("Dormand-Prince"));
    const FlowOptions options{1e-5, {1}, {}, Integrator::exponential_rosenbrock};
    CHECK_THROWS_AS(integrate_gradient_flow(*kinked.network, kinked.start, kinked.labels, options), std::domain_error);
}

TEST_CASE("values that stop being finite end the exponential method with time and quantity") {
    const RotatedSystem exploding(
        2, [](Eigen::Index, double v) { return v * v; }, [](Eigen::Index, double v) { return 2 * v; });
    const Eigen::VectorXd start = exploding.turned(Eigen::Vector2d(1, 0.5));
    CHECK_THROWS_WITH_AS(integrate_exponential_rosenbrock(exploding, start, {1e-6, {2}}),
                         doctest::Contains("last good state at time 1.0"), Unreachable);
    CHECK_THROWS_AS(integrate_exponential_rosenbrock(exploding, start, {0, {2}}), std::domain_error);
    CHECK_THROWS_AS(integrate_exponential_rosenbrock(exploding, start.head(1), {1e-6, {2}}), std::domain_error);
}
