// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/ridge_table.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/ridge/ridge_coefficients.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;

namespace {

double distance(const Ball& exact, double found) { return abs(exact - Ball(Rational(found), 128)).magnitude_upper(); }

/// tanh as a user might write it: without strip or kernel.
class Plain final : public Activation {
public:
    std::string name() const override { return "plain tanh"; }
    std::string formula() const override { return inner_->formula(); }
    ActivationConstants constants() const override { return inner_->constants(); }
    Parity parity() const override { return inner_->parity(); }
    double value(double z) const override { return std::tanh(z); }
    double derivative(double z) const override { return 1 - std::tanh(z) * std::tanh(z); }
    double second_derivative(double z) const override { return inner_->second_derivative(z); }
    Real value(const Real& z) const override { return inner_->value(z); }
    Real derivative(const Real& z) const override { return inner_->derivative(z); }
    Ball value(const Ball& z) const override { return inner_->value(z); }
    Ball derivative(const Ball& z) const override { return inner_->derivative(z); }
    ComplexBall value(const ComplexBall& z) const override { return inner_->value(z); }
    ComplexBall derivative(const ComplexBall& z) const override { return inner_->derivative(z); }

private:
    ActivationPtr inner_ = make_activation("tanh");
};

}  // namespace

TEST_CASE("ridge tables: every golden record, at every level, within the error that is reported") {
    for (const auto& record : test::golden("ridge.json")) {
        const auto radius = parse_rational(record["r"].get<std::string>()).convert_to<double>();
        const auto offset = parse_rational(record["b"].get<std::string>()).convert_to<double>();
        const Ball value(parse_rational(record["value"].get<std::string>()), 128);
        CAPTURE(record.dump());
        for (const SimdLevel level : available_simd_levels()) {
            if (level != available_simd_levels().back() && !test::full_size()) continue;
            const RidgeTable table =
                ridge_table(*make_activation(record["activation"]), record["d"], Eigen::VectorXd::Constant(1, radius),
                            Eigen::VectorXd::Constant(1, offset), {record["k"].get<int>()}, RidgeParts::value, level);
            CHECK(distance(value, table.value(0, 0)) <= table.error_estimate);
            CHECK(table.error_estimate < 3e-13 * (1 + radius));
        }
    }
}

TEST_CASE("ridge tables: all four parts against certified coefficients, small and large radii and offsets") {
    const std::vector<int> degrees = {0, 1, 2, 3, 7, 16};
    const std::vector<double> radii = {0, 1e-12, 1e-3, 0.5, 3, 20};
    const std::vector<double> offsets = {0.25, -1, 0, 4, -0.125, 12};
    const auto count = static_cast<Eigen::Index>(radii.size());
    const Eigen::Map<const Eigen::VectorXd> r(radii.data(), count), b(offsets.data(), count);
    for (const std::string name : {"erf", "tanh", "gelu", "softplus:1", "silu", "sin", "gaussian",
                                   "polynomial:1,-2,1/2", "relu", "leaky-relu:1/5", "relu-power:2", "relu-power:3"}) {
        const ActivationPtr activation = make_activation(name);
        const RidgeFunction sigma(activation, RidgePart::value), slope(activation, RidgePart::derivative);
        for (const int dim : {2, 3, 10}) {
            const RidgeTable table = ridge_table(*activation, dim, r, b, degrees);
            CAPTURE(name);
            CAPTURE(dim);
            for (Eigen::Index l = 0; l < count; ++l) {
                const RidgePoint at{Rational(r(l)), Rational(b(l))};
                std::vector<int> around = degrees;
                for (const int k : degrees) around.insert(around.end(), {k + 1, std::max(k - 1, 0)});
                const std::vector<Ball> value = ridge_coefficients(sigma, dim, at, degrees, 20);
                const std::vector<Ball> bias = ridge_coefficients(slope, dim, at, around, 20);
                // Large weights amplify the rounding of rt+b.
                const double allowed = table.error_estimate + 4e-16 * (r(l) + std::abs(b(l))) * (1 + r(l));
                for (std::size_t i = 0; i < degrees.size(); ++i) {
                    CAPTURE(r(l));
                    CAPTURE(degrees[i]);
                    const auto k = static_cast<Eigen::Index>(i);
                    CHECK(distance(value[i], table.value(l, k)) <= allowed);
                    CHECK(distance(bias[i], table.bias(l, k)) <= allowed);
                    const Ball& above = bias[degrees.size() + 2 * i];
                    const Ball& below = bias[degrees.size() + 2 * i + 1];
                    const long degree = degrees[i];
                    // t P_k = ((k+d-2) P_{k+1} + k P_{k-1})/(2k+d-2), and at k = 0 it is P_1.
                    const Ball along =
                        degree == 0 ? above : ((degree + dim - 2) * above + degree * below) / (2 * degree + dim - 2);
                    CHECK(distance(along, table.radius(l, k)) <= allowed);
                    const Ball over = degree == 0 ? Ball(128) : (below - above) / (2 * degree + dim - 2);
                    CHECK(distance(over, table.over_radius(l, k)) <= allowed);
                    if (r(l) > 0 && degree > 0) CHECK(over.overlaps(value[i] / Ball(Rational(r(l)), 128)));
                }
            }
        }
    }
}

TEST_CASE("ridge tables: the sum of squares is that of all coefficients") {
    std::vector<int> degrees;
    for (int k = 0; k <= 60; ++k) degrees.push_back(k);
    const Eigen::VectorXd r = Eigen::Vector3d(0.5, 1.5, 3), b = Eigen::Vector3d(0.3, -1, 0);
    for (const std::string name : {"erf", "gelu", "tanh"}) {
        const ActivationPtr activation = make_activation(name);
        const RidgeTable table = ridge_table(*activation, 2, r, b, degrees, RidgeParts::value);
        Eigen::VectorXd sum = Eigen::VectorXd::Zero(3);
        for (const int k : degrees) sum += (k == 0 ? 1 : 2) * table.value.col(k).cwiseAbs2();
        CHECK((sum - ridge_square_means(*activation, 2, r, b)).cwiseAbs().maxCoeff() < 1e-14 * 10);
    }
    // E[max(0, r t)^2] = r^2/(2d).
    CHECK(std::abs(ridge_square_means(*make_activation("relu"), 5, r, Eigen::Vector3d::Zero())(2) - 0.9) < 1e-15 * 4);
}

TEST_CASE("ridge tables: an activation without a strip settles, and what is refused") {
    const Eigen::VectorXd r = Eigen::Vector2d(0.5, 2), b = Eigen::Vector2d(0.3, -1);
    const RidgeTable own = ridge_table(Plain(), 3, r, b, {0, 1, 5}),
                     known = ridge_table(*make_activation("tanh"), 3, r, b, {0, 1, 5});
    CHECK((own.value - known.value).cwiseAbs().maxCoeff() < 1e-14);
    CHECK((own.over_radius - known.over_radius).cwiseAbs().maxCoeff() < 1e-14);
    CHECK_THROWS_AS(ridge_table(*make_activation("step"), 3, r, b, {0}), std::domain_error);
    CHECK_THROWS_AS(ridge_table(*make_activation("erf"), 3, r, Eigen::VectorXd::Zero(3), {0}), std::domain_error);
    CHECK_THROWS_AS(ridge_table(*make_activation("erf"), 3, r, b, {}), std::domain_error);
    CHECK_THROWS_AS(ridge_table(*make_activation("tanh"), 3, 1e6 * r, b, {0}), Unreachable);
}
