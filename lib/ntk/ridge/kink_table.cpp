// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/kink_table.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/quadrature.hpp"
#include "ntk/ridge/table_rule.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

namespace ntk {
namespace {

/// The sums of one neuron for the degrees 0..max_degree+1.
struct Sums {
    std::vector<double> value, bias, radius;

    explicit Sums(std::size_t size) : value(size), bias(size), radius(size) {}
    void clear() {
        for (std::vector<double>* part : {&value, &bias, &radius}) std::fill(part->begin(), part->end(), 0.0);
    }
};

/// One neuron on one side of its kink: where the integrand is factor z^power.
struct Side {
    double radius;
    double offset;
    double first_angle;
    double last_angle;
    double factor;
    int power;
};

double integer_power(double x, int exponent) {
    double result = 1;
    for (; exponent > 0; exponent /= 2, x *= x) {
        if (exponent % 2 != 0) result *= x;
    }
    return result;
}

/// c_d int sigma(r cos theta + b) P_k(cos theta) sin^{d-2} theta dtheta over the side, added to the sums.
void add_side(const Side& side, int dim, double density, const QuadratureRule& rule, std::vector<double>& p, Sums& sums) {
    const double half = (side.last_angle - side.first_angle) / 2, middle = (side.last_angle + side.first_angle) / 2;
    if (half <= 0 || side.factor == 0) return;
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
        const double angle = middle + half * rule.nodes[i];
        const double cosine = std::cos(angle);
        const double weight = side.factor * density * half * rule.weights[i] * integer_power(std::sin(angle), dim - 2);
        const double z = side.radius * cosine + side.offset;
        const double slope = weight * side.power * integer_power(z, side.power - 1);
        const double value = slope * z / side.power, along = slope * cosine;
        gegenbauer_p_all(dim, static_cast<int>(p.size()) - 1, cosine, p.data());
        for (std::size_t k = 0; k < p.size(); ++k) {
            sums.value[k] += value * p[k];
            sums.bias[k] += slope * p[k];
            sums.radius[k] += along * p[k];
        }
    }
}

/// The angle of the kink: sigma is z^p for smaller angles.
double kink_angle(double radius, double offset) {
    if (radius == 0 && offset == 0) return std::numbers::pi / 2;
    return std::acos(std::clamp(-offset / radius, -1.0, 1.0));
}

}  // namespace

RidgeTable kink_table(const Homogeneous& form, int dim, const Eigen::VectorXd& radii, const Eigen::VectorXd& offsets,
                      const std::vector<int>& degrees, RidgeParts parts) {
    const int max_degree = *std::max_element(degrees.begin(), degrees.end());
    const double largest_radius = radii.maxCoeff(), largest_offset = offsets.cwiseAbs().maxCoeff();
    const RuleSize size = kink_rule_size(form.power, largest_radius, largest_offset, dim, max_degree + 1);
    const double largest = std::pow(largest_radius + largest_offset, form.power - 1) *
                           std::max<double>(form.power, largest_radius + largest_offset);
    if (size.truncation > 1e-12 * (1 + largest)) {
        throw Unreachable("ridge_table: " + std::to_string(most_rule_nodes) + " nodes do not suffice for degree " +
                          std::to_string(max_degree) + " in dimension " + std::to_string(dim));
    }
    const QuadratureRule rule = gauss_legendre(size.nodes);
    const double density = zonal_density_constant(dim, 64).midpoint();
    const double factor = form.negative_factor.convert_to<double>();
    const auto count = static_cast<Eigen::Index>(degrees.size());
    const Eigen::Index others = parts == RidgeParts::all ? radii.size() : 0;
    const double epsilon = std::numeric_limits<double>::epsilon();
    RidgeTable table{Eigen::MatrixXd(radii.size(), count), Eigen::MatrixXd(others, count),
                     Eigen::MatrixXd(others, count),       Eigen::MatrixXd(others, count),
                     size.nodes,                           2 * size.truncation,
                     2 * size.truncation + (16 + max_degree) * epsilon * (1 + largest) * std::max(1.0, density)};
    std::vector<double> p(static_cast<std::size_t>(max_degree) + 2);
    Sums sums(p.size());
    for (Eigen::Index l = 0; l < radii.size(); ++l) {
        const double kink = kink_angle(radii(l), offsets(l));
        sums.clear();
        add_side({radii(l), offsets(l), 0, kink, 1, form.power}, dim, density, rule, p, sums);
        add_side({radii(l), offsets(l), kink, std::numbers::pi, factor, form.power}, dim, density, rule, p, sums);
        for (Eigen::Index i = 0; i < count; ++i) {
            const auto k = static_cast<std::size_t>(degrees[static_cast<std::size_t>(i)]);
            table.value(l, i) = sums.value[k];
            if (others == 0) continue;
            table.bias(l, i) = sums.bias[k];
            table.radius(l, i) = sums.radius[k];
            table.over_radius(l, i) =
                k == 0 ? 0 : (sums.bias[k - 1] - sums.bias[k + 1]) / (2.0 * static_cast<double>(k) + dim - 2);
        }
    }
    return table;
}

}  // namespace ntk
