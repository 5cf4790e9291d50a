// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/drift_bounds.hpp"

#include "../golden.hpp"
#include "ntk/network/reference.hpp"
#include "ntk/numeric/random.hpp"
#include "ntk/numeric/real.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace ntk;
using namespace ntk::deviation;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

NeuronSizes random_neurons(std::uint64_t seed, Eigen::Index m, bool antisymmetric) {
    const RandomStream stream(seed, "sizes of neurons");
    NeuronSizes result{Eigen::ArrayXd(m), Eigen::ArrayXd(m), antisymmetric};
    for (Eigen::Index l = 0; l < m; ++l) {
        const auto source = static_cast<std::uint64_t>(antisymmetric ? l % (m / 2) : l);
        result.output_weights(l) = std::abs(stream.normal(2 * source));
        result.input_norms(l) = 2 * std::abs(stream.normal(2 * source + 1));
    }
    return result;
}

Real minimum(const Real& x, const Real& y) { return x < y ? x : y; }

/// The formulas of theory.md, neuron by neuron, with exponentials in the place of sinh and cosh and the drift of a pair
/// written as sums over its two neurons.
struct SlowBounds {
    Real drift, remainder;
};

SlowBounds slow_bounds(DriftForm form, const ActivationConstants& c, const NeuronSizes& neurons, double radius,
                       const Reach& reach) {
    using std::exp;
    using std::sqrt;
    const Real L1 = c.L1, L2 = c.L2, L3 = std::isfinite(c.L3) ? c.L3 : 0, R = radius;
    const Real tau = reach.residual_integral, P = reach.movement, J = reach.weighted_movement;
    const Eigen::Index m = neurons.output_weights.size();
    const Real root = sqrt(Real(static_cast<long>(m))), gamma = L1 * R * tau / root;
    const Real grow = exp(gamma), shrink = exp(-gamma);
    const Real cosh_part = (grow + shrink - 2) / 2, sinh_part = (grow - shrink) / 2;
    const bool bounded = std::isfinite(c.c_infinity);
    const Real top = bounded ? Real(c.c_infinity) : Real("1e400");
    Real drift = 0, remainder = 0, largest = 0, diagonal = 0, largest_a = 0, largest_s = 0, most_da = 0, most_dn = 0;
    for (Eigen::Index l = 0; l < m; ++l) {
        const Real a = neurons.output_weights(l), nu = Real(neurons.input_norms(l)) + Real(c.c0) / (L1 * R);
        Real da = a * cosh_part + nu * sinh_part, dn = nu * cosh_part + a * sinh_part;
        if (bounded) {
            da = minimum(da, top * tau / root);
            dn = minimum(dn, a * gamma + top * L1 * R * tau * tau / (2 * root * root));
        }
        const Real s = minimum(top, L1 * R * nu), s_later = minimum(top, L1 * R * (nu + dn));
        largest = std::max(largest, Real(a + da));
        largest_a = std::max(largest_a, a);
        largest_s = std::max(largest_s, s);
        most_da = std::max(most_da, da);
        most_dn = std::max(most_dn, dn);
        diagonal += s * s + a * a * L1 * L1 * R * R;
        if (form == DriftForm::basic) {
            drift += L1 * R * dn * (s + s_later) + L1 * L1 * R * R * da * (a + (a + da)) +
                     2 * R * R * R * L1 * L2 * a * a * dn;
            remainder += L1 * R * da * dn + a * L2 * R * R * dn * dn / 2;
        }
        if (form == DriftForm::pairs) {  // each neuron carries half of its pair
            const Real sum_dn = nu * (sinh_part - gamma) + a * cosh_part,
                       sum_da = a * (sinh_part - gamma) + nu * cosh_part;
            const Real half_apart = sum_dn, half_turn = a * L2 * R / L1 * sum_dn + sum_da;
            drift += 2 * s * (L1 * R * half_turn + L2 * R * R * dn * dn / 2) + L1 * L1 * R * R * dn * dn;
            drift += R * R * (2 * a * (half_apart * L1 * L1 + 2 * L1 * L2 * R * da * dn) + da * da * L1 * L1);
            drift +=
                R * R * a * a * (2 * L1 * (L2 * R * half_turn + L3 * R * R * dn * dn / 2) + L2 * L2 * R * R * dn * dn);
            remainder += L1 * R * (da * half_turn + half_apart * dn) + L2 * R * R * da * dn * dn / 2;
            remainder += a * (L2 * R * R * dn * half_turn + L3 * R * R * R * dn * dn * dn / 6);
        }
    }
    const Real width(static_cast<long>(m));
    if (form == DriftForm::hessian) {
        const Real q = largest * L2 * R * R, H = (q + sqrt(Real(q * q + 4 * L1 * L1 * R * R))) / 2 / root;
        return {2 * H * P * sqrt(Real(diagonal / width)) + H * H * P * P, H * P * P / 2};
    }
    if (form == DriftForm::pairs_l2) {
        const Real V = R * J * sqrt(Real(largest_a * largest_a * L2 * L2 * R * R + L1 * L1));
        const Real bend =
            largest_s * L2 * R * R + L1 * L1 * R * R + R * R * R * R * largest_a * largest_a * (L1 * L3 + L2 * L2);
        most_da = minimum(most_da, P);
        most_dn = minimum(most_dn, P);
        drift = 2 * largest_s * L1 * R * V + 2 * largest_a * L1 * L1 * L1 * R * R * R * J +
                2 * largest_a * largest_a * L1 * L2 * R * R * R * V +
                (std::max(bend, Real(L1 * L1 * R * R)) + 2 * largest_a * L1 * L2 * R * R * R) * P * P;
        remainder = L1 * R * (most_da * V + most_dn * L1 * R * J) + L2 * R * R * most_da * P * P / 2 +
                    largest_a * (L2 * R * R * most_dn * V + L3 * R * R * R * most_dn * P * P / 6);
    }
    return {drift / width, remainder / root};
}

/// A gradient flow that is followed by small Runge-Kutta steps, and what the bounds speak of.
struct Followed {
    ReferenceNetwork<double> network;
    std::vector<double> start;
    std::vector<double> labels;
    std::vector<double> theta;
    double tau = 0, movement = 0, weighted = 0;

    double residual_norm() const {
        const std::vector<double> f = network.values(theta);
        double sum = 0;
        for (std::size_t j = 0; j < f.size(); ++j) sum += (f[j] - labels[j]) * (f[j] - labels[j]);
        return std::sqrt(sum / static_cast<double>(f.size()));
    }
    double distance() const {
        double sum = 0;
        for (std::size_t i = 0; i < theta.size(); ++i) sum += (theta[i] - start[i]) * (theta[i] - start[i]);
        return std::sqrt(sum);
    }
    void advance(double time, int steps) {
        const double h = time / steps;
        const auto moved = [](const std::vector<double>& from, double by, const std::vector<double>& along) {
            std::vector<double> result = from;
            for (std::size_t i = 0; i < result.size(); ++i) result[i] += by * along[i];
            return result;
        };
        for (int step = 0; step < steps; ++step) {
            const double before = residual_norm();
            const auto k1 = network.velocity(theta, labels), k2 = network.velocity(moved(theta, h / 2, k1), labels);
            const auto k3 = network.velocity(moved(theta, h / 2, k2), labels);
            const auto k4 = network.velocity(moved(theta, h, k3), labels);
            for (std::size_t i = 0; i < theta.size(); ++i) theta[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
            // Simpson's error is far below the margin that is tested.
            const double after = residual_norm();
            movement = std::max(movement, distance());
            tau += h * (before + after) / 2;
            weighted += h * std::max(before, after) * movement;
        }
    }
    double kernel(const std::vector<double>& at, std::size_t i, std::size_t j) const {
        const auto x = network.gradient(at, i), y = network.gradient(at, j);
        double sum = 0;
        for (std::size_t l = 0; l < x.size(); ++l) sum += x[l] * y[l];
        return sum;
    }
    double kernel_change() const {
        double largest = 0;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            for (std::size_t j = 0; j <= i; ++j) {
                largest = std::max(largest, std::abs(kernel(theta, i, j) - kernel(start, i, j)));
            }
        }
        return largest;
    }
    double remainder() const {
        std::vector<double> step = theta;
        for (std::size_t i = 0; i < step.size(); ++i) step[i] -= start[i];
        const auto now = network.values(theta), before = network.values(start),
                   linear = network.jacobian_product(start, step);
        double largest = 0;
        for (std::size_t j = 0; j < now.size(); ++j)
            largest = std::max(largest, std::abs(now[j] - before[j] - linear[j]));
        return largest;
    }
    Eigen::VectorXd start_vector() const {
        return Eigen::Map<const Eigen::VectorXd>(start.data(), static_cast<Eigen::Index>(start.size()));
    }
    DriftBounds bounds() const {
        return DriftBounds(network.activation->constants(), NeuronSizes::of(network.shape, start_vector()),
                           network.shape.hidden_bias ? std::sqrt(2.0) : 1);
    }
    Reach reach() const { return {tau, movement, weighted}; }
};

/// One or two neurons along e_1 and one sample there, so that the triangle inequalities behind the bounds are
/// equalities.
Followed on_a_line(const std::string& activation, const std::vector<double>& output_weights, double input,
                   double label) {
    const auto m = static_cast<int>(output_weights.size());
    const NetworkShape shape{2, m, false, false};
    std::vector<double> theta(static_cast<std::size_t>(3 * m), 0);
    for (int l = 0; l < m; ++l) {
        theta[static_cast<std::size_t>(l)] = output_weights[static_cast<std::size_t>(l)];
        theta[static_cast<std::size_t>(m + l)] = input;
    }
    return {{shape, make_activation(activation), {{1, 0}}}, theta, {label}, theta};
}

const std::vector<std::string> smooth_activations = {"erf", "tanh", "softplus:1", "gelu", "gaussian", "sin", "silu"};

}  // namespace

TEST_CASE("drift bounds: not below the formulas in Real, and not far above") {
    const RealPrecision precision(60);
    for (const std::string& name :
         {std::string("erf"), std::string("softplus:1"), std::string("gaussian"), std::string("polynomial:1/2,3/4")}) {
        const ActivationConstants constants = make_activation(name)->constants();
        for (const double tau : {0.0, 1e-9, 1e-3, 0.3, 4.0, 40.0}) {
            for (const double radius : {1.0, std::sqrt(2.0)}) {
                const NeuronSizes neurons = random_neurons(7, 10, true);
                const DriftBounds bounds(constants, neurons, radius);
                const Reach reach{tau, 0.7 * std::sqrt(tau), 0.4 * tau};
                for (const DriftForm form : drift_forms) {
                    CAPTURE(name);
                    CAPTURE(tau);
                    CAPTURE(to_string(form));
                    const DriftAndRemainder fast = bounds.bound(form, reach);
                    const SlowBounds slow = slow_bounds(form, constants, neurons, radius, reach);
                    CHECK(Real(fast.drift) >= slow.drift);
                    CHECK(Real(fast.remainder) >= slow.remainder);
                    CHECK(Real(fast.drift) <= slow.drift * Real(1 + 1e-12) + Real(1e-290));
                    CHECK(Real(fast.remainder) <= slow.remainder * Real(1 + 1e-12) + Real(1e-290));
                }
            }
        }
    }
}

TEST_CASE("drift bounds: a linear neuron on a line meets the basic form and (H) with equality") {
    // a' = -r z, v' = -r a x: cosh and sinh, as long as the residual keeps its sign.
    for (const auto& [a, v] : std::vector<std::pair<double, double>>{{1, 1}, {0.5, 1.5}, {2, 0.25}}) {
        Followed path = on_a_line("polynomial:0,1", {a}, v, 9);
        path.advance(0.02, 200);
        const DriftBounds bounds = path.bounds();
        const NeuronMovement moved = bounds.movement(path.tau);
        const auto near = [](double bound, double truth) {
            CHECK(bound >= truth * (1 - 1e-6));  // the integral of the residual is Simpson's
            CHECK(bound <= truth * (1 + 1e-5));
        };
        near(moved.output_weights(0), path.theta[0] - path.start[0]);
        near(moved.inputs(0), path.theta[1] - path.start[1]);
        const DriftAndRemainder basic = bounds.bound(DriftForm::basic, path.reach());
        near(basic.drift, path.kernel_change());
        near(basic.remainder, path.remainder());
        const DriftAndRemainder hessian = bounds.bound(DriftForm::hessian, path.reach());
        CHECK(hessian.drift >= path.kernel_change() * (1 - 1e-9));
        CHECK(hessian.remainder >= path.remainder() * (1 - 1e-9));
        if (a == v) {
            near(hessian.drift, path.kernel_change());
            near(hessian.remainder, path.remainder());
        }
        CHECK(std::abs(gram_drift(bounds.hessian_norm(path.tau) * path.movement, std::sqrt(bounds.kernel_diagonal())) /
                           hessian.drift -
                       1) <= 1e-12);
    }
}

TEST_CASE("drift bounds: a linear pair meets (A2) and (A2l2) within a factor 2") {
    Followed path = on_a_line("polynomial:0,1", {1, -1}, 1, 5);
    path.advance(0.01, 200);
    const DriftBounds bounds = path.bounds();
    REQUIRE(bounds.applies(DriftForm::pairs).holds);
    for (const DriftForm form : {DriftForm::pairs, DriftForm::pairs_l2}) {
        CAPTURE(to_string(form));
        const DriftAndRemainder bound = bounds.bound(form, path.reach());
        CHECK(bound.drift >= path.kernel_change());
        CHECK(bound.drift <= 2 * path.kernel_change());
        CHECK(bound.remainder >= path.remainder());
        if (form == DriftForm::pairs) CHECK(bound.remainder <= 2 * path.remainder());
    }
    CHECK(bounds.bound(DriftForm::pairs, path.reach()).drift <= 1.1 * path.kernel_change());
}

TEST_CASE("drift bounds: before training, movement is at most beta sqrt(t/2), within a factor 1.2 at best") {
    // Linear in v alone (a stays almost fixed): one eigenvalue G = v^2 + a^2 with a large; x = G t = 1.2564 is best.
    Followed path = on_a_line("polynomial:0,1", {30}, 0.001, 0.5);
    const double beta = path.residual_norm(), time = 1.2564 / (30 * 30);
    path.advance(time, 400);
    const Reach reach = reach_before_training(beta, time);
    CHECK(reach.movement >= path.movement);
    CHECK(reach.movement <= 1.2 * path.movement);
    CHECK(reach.residual_integral >= path.tau);
    CHECK(reach.weighted_movement >= path.weighted * (1 - 1e-2));
}

TEST_CASE("drift bounds: nothing moves further on random networks") {
    const int count = test::full_size() ? 40 : test::least_size() ? 2 : 8;
    for (int instance = 0; instance < count; ++instance) {
        const RandomStream stream(static_cast<std::uint64_t>(instance), "instance");
        const NetworkShape shape{2 + instance % 3, 4 + 2 * (instance % 4), instance % 2 == 0, instance % 3 == 0};
        const bool antisymmetric = instance % 4 != 3;
        const Eigen::VectorXd theta = draw_parameters(
            shape, {antisymmetric, instance % 5 == 0 ? OutputWeights::gaussian : OutputWeights::rademacher, 0}, 11);
        Followed path{{shape, make_activation(smooth_activations[static_cast<std::size_t>(instance) % 7]), {}},
                      std::vector<double>(theta.begin(), theta.end()),
                      {},
                      {}};
        for (std::uint64_t j = 0; j < 6; ++j) {
            std::vector<double> x;
            double square = 0;
            for (int i = 0; i < shape.dim; ++i) {
                x.push_back(stream.normal(10 * j + static_cast<std::uint64_t>(i)));
                square += x.back() * x.back();
            }
            for (double& coordinate : x) coordinate /= std::sqrt(square);
            path.network.points.push_back(x);
            path.labels.push_back(2 * stream.normal(1000 + j));
        }
        path.theta = path.start;
        const double beta = path.residual_norm();
        double time = 0;
        for (const double until : {0.05, 0.3, 1.0}) {
            path.advance(until - time, 60);
            time = until;
            const DriftBounds bounds = path.bounds();
            const NeuronMovement moved = bounds.movement(path.tau);
            CAPTURE(instance);
            CAPTURE(until);
            for (int l = 0; l < shape.width; ++l) {
                const auto at = static_cast<std::size_t>(l), m = static_cast<std::size_t>(shape.width);
                double square = 0;
                for (std::size_t i = 1; i < static_cast<std::size_t>(shape.dim) + (shape.hidden_bias ? 2 : 1); ++i) {
                    square += std::pow(path.theta[i * m + at] - path.start[i * m + at], 2);
                }
                CHECK(moved.output_weights(l) * (1 + 1e-3) >= std::abs(path.theta[at] - path.start[at]));
                CHECK(moved.inputs(l) * (1 + 1e-3) >= std::sqrt(square));
            }
            const Reach before = reach_before_training(beta, until);
            CHECK(before.residual_integral >= path.tau);
            CHECK(before.movement >= path.movement);
            for (const DriftForm form : drift_forms) {
                if (!bounds.applies(form).holds) continue;
                CAPTURE(to_string(form));
                const DriftAndRemainder bound = bounds.bound(form, path.reach());
                CHECK(bound.drift * (1 + 1e-3) >= path.kernel_change());
                CHECK(bound.remainder * (1 + 1e-3) >= path.remainder());
                const DriftAndRemainder known = bounds.bound(form, before);
                CHECK(known.drift >= bound.drift * (1 - 1e-2));
                CHECK(bounds.smallest(before).drift <= known.drift);
                CHECK(bounds.smallest(before).remainder <= known.remainder);
            }
        }
    }
}

TEST_CASE("drift bounds: small times, monotone growth, and infinity beyond the range of cosh") {
    const NeuronSizes neurons = random_neurons(3, 8, true);
    const DriftBounds bounds(make_activation("gelu")->constants(), neurons, 1);
    for (const DriftForm form : drift_forms) {
        CAPTURE(to_string(form));
        CHECK(bounds.bound(form, {0, 0, 0}).drift == 0);
        CHECK(bounds.bound(form, {0, 0, 0}).remainder == 0);
        double before = 0;
        for (double t = 1e-6; t < 1e9; t *= 10) {
            const DriftAndRemainder now = bounds.bound(form, reach_before_training(1, t));
            CHECK(now.drift >= before);
            before = now.drift;
        }
        if (form != DriftForm::pairs_l2) CHECK(before == infinity);  // the only one without exponentials
        // Orders in t: basic t, (H) sqrt(t), pairs t^2, pairs in l2 t; remainders t^2, t, t^3, t^2.
        const double small = 1e-8;
        const double drift_ratio = bounds.bound(form, reach_before_training(1, 4 * small)).drift /
                                   bounds.bound(form, reach_before_training(1, small)).drift;
        const double expected = form == DriftForm::hessian ? 2 : form == DriftForm::pairs ? 16 : 4;
        CHECK(std::abs(drift_ratio / expected - 1) <= 0.01);
    }
    CHECK(bounds.movement(1e9).inputs(0) == infinity);
    CHECK(DriftBounds(make_activation("polynomial:0,1")->constants(), neurons, 1).hessian_norm(1e9) > 0);
    CHECK(std::isfinite(
        DriftBounds(make_activation("erf")->constants(), neurons, 1).bound(DriftForm::basic, {1e6, 1, 1}).drift));
}

TEST_CASE("drift bounds: hypotheses with reasons, and bad arguments") {
    const NeuronSizes paired = random_neurons(3, 8, true), plain = random_neurons(3, 8, false);
    const auto reason = [](const std::string& name, const NeuronSizes& neurons, DriftForm form) {
        return DriftBounds(make_activation(name)->constants(), neurons, 1).applies(form).reason;
    };
    CHECK(reason("relu", paired, DriftForm::basic) == "sigma has no bounded second derivative");
    CHECK(reason("polynomial:0,0,1", paired, DriftForm::basic) == "sigma has no bounded first derivative");
    CHECK(reason("polynomial:1", paired, DriftForm::basic) == "sigma is constant");
    CHECK(reason("erf", plain, DriftForm::pairs) == "the start is not antisymmetric");
    CHECK(reason("relu-power:2", paired, DriftForm::pairs_l2) == "sigma has no bounded first derivative");
    CHECK(reason("erf", paired, DriftForm::pairs).empty());
    const DriftBounds relu(make_activation("relu")->constants(), plain, 1);
    CHECK(relu.smallest({1, 1, 1}).drift == infinity);
    CHECK(relu.hessian_norm(1) == infinity);
    CHECK(std::isfinite(relu.kernel_diagonal()));
    CHECK_THROWS_AS(relu.bound(DriftForm::basic, {1, 1, 1}), std::domain_error);
    const DriftBounds erf(make_activation("erf")->constants(), plain, 1);
    CHECK_THROWS_AS(erf.bound(DriftForm::basic, {-1, 1, 1}), std::domain_error);
    CHECK_THROWS_AS(erf.bound(DriftForm::hessian, {1, std::nan(""), 1}), std::domain_error);
    CHECK_THROWS_AS(DriftBounds(make_activation("erf")->constants(), {Eigen::ArrayXd(), Eigen::ArrayXd(), false}, 1),
                    std::domain_error);
    CHECK_THROWS_AS(reach_before_training(-1, 1), std::domain_error);
    CHECK_THROWS_AS(reach_of_convergence(1, 0), std::domain_error);
    CHECK_THROWS_AS(NeuronSizes::of({3, 4, true, true}, Eigen::VectorXd::Zero(3)), std::domain_error);
}

TEST_CASE("drift bounds: the antisymmetric start is recognised to the last bit") {
    const NetworkShape shape{3, 8, true, true};
    Eigen::VectorXd theta = draw_parameters(shape, {true, OutputWeights::gaussian, 1}, 5);
    CHECK(NeuronSizes::of(shape, theta).antisymmetric);
    theta(shape.biases_at() + 6) *= 1 + 1e-15;
    CHECK_FALSE(NeuronSizes::of(shape, theta).antisymmetric);
    CHECK_FALSE(NeuronSizes::of(shape, draw_parameters(shape, {false, OutputWeights::gaussian, 1}, 5)).antisymmetric);
}
