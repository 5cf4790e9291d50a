// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/population.hpp"

#include "ntk/ridge/ridge_table.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace ntk {
namespace {

/// The degrees of the probes, each once, in order of appearance.
std::vector<int> distinct_degrees(const std::vector<ZonalProbe>& probes) {
    std::vector<int> degrees;
    for (const ZonalProbe& probe : probes) {
        if (std::find(degrees.begin(), degrees.end(), probe.degree) == degrees.end()) degrees.push_back(probe.degree);
    }
    return degrees;
}

/// Column of the table that belongs to the degree of the probe.
Eigen::Index column_of(const std::vector<int>& degrees, int degree) {
    return std::find(degrees.begin(), degrees.end(), degree) - degrees.begin();
}

/// sum_l a_l Lambda_k P_k(<w^_l, e>), and the output bias for k = 0.
double probe_value(const NetworkShape& shape, const ParameterView& view, const Eigen::VectorXd& radii,
                   const RidgeTable& table, const ZonalProbe& probe, Eigen::Index column) {
    const double scale = std::sqrt(multiplicity_double(shape.dim, probe.degree) / shape.width);
    const Eigen::VectorXd along = view.weights * probe.axis;
    double sum = 0;
    for (Eigen::Index l = 0; l < shape.width; ++l) {
        const double u = radii(l) > 0 ? std::clamp(along(l) / radii(l), -1.0, 1.0) : 0;
        sum += view.output_weights(l) * table.value(l, column) * gegenbauer_p(shape.dim, probe.degree, u);
    }
    return scale * sum + (probe.degree == 0 ? view.output_bias : 0);
}

/// Of a value: every term is at most |a_l| in size times the error of its coefficient; sums of m terms add rounding.
double value_error(const NetworkShape& shape, const ParameterView& view, const RidgeTable& table, int degree) {
    const double scale = std::sqrt(multiplicity_double(shape.dim, degree) / shape.width);
    const double total = view.output_weights.cwiseAbs().sum();
    const double rounding = 4 * std::numeric_limits<double>::epsilon() * std::sqrt(static_cast<double>(shape.width));
    return scale * total * (table.error_estimate + rounding);
}

void require_same_sphere(const NetworkShape& shape, const std::vector<ZonalProbe>& probes) {
    for (const ZonalProbe& probe : probes) {
        if (probe.dim() != shape.dim) {
            throw std::domain_error("population_coefficients: a probe on S^" + std::to_string(probe.dim() - 1) +
                                    " for a network on S^" + std::to_string(shape.dim - 1));
        }
    }
}

Eigen::VectorXd offsets_of(const NetworkShape& shape, const ParameterView& view) {
    if (view.biases == nullptr) return Eigen::VectorXd::Zero(shape.width);
    return Eigen::Map<const Eigen::VectorXd>(view.biases, shape.width);
}

void add_probe(const NetworkShape& shape, const ParameterView& view, const RidgeTable& table, const ZonalProbe& probe,
               Eigen::Index column, Eigen::Index place, PopulationCoefficients& result) {
    const int dim = shape.dim;
    const int k = probe.degree;
    const double scale = std::sqrt(multiplicity_double(dim, k) / shape.width);
    double sum = 0;
    auto gradient = result.gradient.col(place);
    for (Eigen::Index l = 0; l < shape.width; ++l) {
        const Eigen::VectorXd w = view.weights.row(l).transpose();
        const double r = w.norm();
        const Eigen::VectorXd direction = r > 0 ? Eigen::VectorXd(w / r) : Eigen::VectorXd::Zero(dim);
        const double u = std::clamp(direction.dot(probe.axis), -1.0, 1.0);
        const double p = gegenbauer_p(dim, k, u);
        const double slope = gegenbauer_p_derivative(dim, k, u);
        const double a = view.output_weights(l);
        const double lambda = table.value(l, column);
        const double over_radius = table.over_radius(l, column);
        sum += a * lambda * p;
        gradient(l) = scale * lambda * p;
        const Eigen::VectorXd by_weight =
            table.radius(l, column) * p * direction + over_radius * slope * (probe.axis - u * direction);
        for (int i = 0; i < dim; ++i) {
            gradient(shape.weights_at() + static_cast<Eigen::Index>(i) * shape.width + l) = scale * a * by_weight(i);
        }
        if (shape.hidden_bias) gradient(shape.biases_at() + l) = scale * a * table.bias(l, column) * p;
    }
    result.value(place) = scale * sum;
    if (k == 0) result.value(place) += view.output_bias;
    if (k == 0 && shape.output_bias) gradient(shape.output_bias_at()) = 1;
    result.error_estimate = std::max(result.error_estimate, value_error(shape, view, table, k));
}

}  // namespace

PopulationCoefficients population_coefficients(const NetworkShape& shape, const Activation& activation,
                                               const Eigen::VectorXd& theta, const std::vector<ZonalProbe>& probes) {
    require_same_sphere(shape, probes);
    const auto count = static_cast<Eigen::Index>(probes.size());
    PopulationCoefficients result{Eigen::VectorXd::Zero(count), Eigen::MatrixXd::Zero(shape.parameter_count(), count),
                                  0};
    if (probes.empty()) return result;
    const ParameterView view(shape, theta);
    const std::vector<int> degrees = distinct_degrees(probes);
    const RidgeTable table =
        ridge_table(activation, shape.dim, view.weights.rowwise().norm(), offsets_of(shape, view), degrees);
    for (Eigen::Index i = 0; i < count; ++i) {
        const ZonalProbe& probe = probes[static_cast<std::size_t>(i)];
        add_probe(shape, view, table, probe, column_of(degrees, probe.degree), i, result);
    }
    return result;
}

PopulationCoefficients population_values(const NetworkShape& shape, const Activation& activation,
                                         const Eigen::VectorXd& theta, const std::vector<ZonalProbe>& probes) {
    require_same_sphere(shape, probes);
    PopulationCoefficients result{Eigen::VectorXd::Zero(static_cast<Eigen::Index>(probes.size())), {}, 0};
    if (probes.empty()) return result;
    const ParameterView view(shape, theta);
    const std::vector<int> degrees = distinct_degrees(probes);
    const Eigen::VectorXd radii = view.weights.rowwise().norm();
    const RidgeTable table =
        ridge_table(activation, shape.dim, radii, offsets_of(shape, view), degrees, RidgeParts::value);
    for (std::size_t i = 0; i < probes.size(); ++i) {
        result.value(static_cast<Eigen::Index>(i)) =
            probe_value(shape, view, radii, table, probes[i], column_of(degrees, probes[i].degree));
        result.error_estimate = std::max(result.error_estimate, value_error(shape, view, table, probes[i].degree));
    }
    return result;
}

}  // namespace ntk
