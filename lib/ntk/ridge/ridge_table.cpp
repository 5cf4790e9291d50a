// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/ridge_table.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/panel_product.hpp"
#include "ntk/numeric/quadrature.hpp"
#include "ntk/ridge/kink_table.hpp"
#include "ntk/ridge/table_rule.hpp"
#include "ntk/sphere/gegenbauer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

/// weights_i times P_k(t_i), t_i P_k(t_i) and (P_{k-1}(t_i) - P_{k+1}(t_i))/(2k+d-2): for every node one row of degrees,
/// padded for panel_product.
struct Projections {
    QuadratureRule rule;
    long rows;
    std::vector<double> plain, times_node, over_radius;
};

Projections make_projections(int dim, const std::vector<int>& degrees, int nodes) {
    const int largest = *std::max_element(degrees.begin(), degrees.end());
    const auto count = static_cast<long>(degrees.size());
    Projections made{gauss_gegenbauer(dim, nodes),
                     (count + product_row_step - 1) / product_row_step * product_row_step, {}, {}, {}};
    const auto size = static_cast<std::size_t>(made.rows * nodes);
    made.plain.assign(size, 0.0);
    made.times_node.assign(size, 0.0);
    made.over_radius.assign(size, 0.0);
    std::vector<double> p(static_cast<std::size_t>(largest) + 2);
    for (int i = 0; i < nodes; ++i) {
        const double node = made.rule.nodes[static_cast<std::size_t>(i)];
        const double weight = made.rule.weights[static_cast<std::size_t>(i)];
        gegenbauer_p_all(dim, largest + 1, node, p.data());
        for (long k = 0; k < count; ++k) {
            const int degree = degrees[static_cast<std::size_t>(k)];
            const auto at = static_cast<std::size_t>(i * made.rows + k), d = static_cast<std::size_t>(degree);
            made.plain[at] = weight * p[d];
            made.times_node[at] = weight * node * p[d];
            if (degree > 0) made.over_radius[at] = weight * (p[d - 1] - p[d + 1]) / (2.0 * degree + dim - 2);
        }
    }
    return made;
}

/// The neurons whose coefficients are wanted.
struct Neurons {
    const Activation& activation;
    const Eigen::VectorXd& radii;
    const Eigen::VectorXd& offsets;
    SimdLevel level;
};

RidgeTable empty_table(Eigen::Index neurons, Eigen::Index degrees, RidgeParts parts) {
    const Eigen::Index others = parts == RidgeParts::all ? neurons : 0;
    return {Eigen::MatrixXd(neurons, degrees), Eigen::MatrixXd(others, degrees), Eigen::MatrixXd(others, degrees),
            Eigen::MatrixXd(others, degrees), 0, 0, 0};
}

/// Product of one projection with the values on the nodes (nodes x product_width), into the rows `chosen` of `to`.
void project(const Neurons& neurons, const Projections& projections, const std::vector<double>& projection,
             const std::vector<double>& values, const std::vector<Eigen::Index>& chosen, std::size_t first,
             Eigen::MatrixXd& to) {
    std::vector<double> block(static_cast<std::size_t>(projections.rows * product_width));
    panel_product(neurons.level, projection.data(), projections.rows, values.data(),
                  static_cast<long>(projections.rule.nodes.size()), block.data(), product_width);
    const std::size_t end = std::min(first + static_cast<std::size_t>(product_width), chosen.size());
    for (Eigen::Index k = 0; k < to.cols(); ++k) {
        for (std::size_t s = first; s < end; ++s) {
            to(chosen[s], k) = block[static_cast<std::size_t>(k * product_width) + s - first];
        }
    }
}

/// Fills the rows of the chosen neurons, all by one rule; returns the largest |sigma| or |sigma'| on the nodes.
double fill(const Neurons& neurons, const Projections& projections, const std::vector<Eigen::Index>& chosen,
            RidgeTable& table) {
    const std::size_t nodes = projections.rule.nodes.size();
    constexpr auto width = static_cast<std::size_t>(product_width);
    const bool all = table.bias.rows() > 0;
    std::vector<double> z(nodes * width), values(z.size()), slopes(all ? z.size() : 0);
    double largest = 0;
    for (std::size_t first = 0; first < chosen.size(); first += width) {
        double radius[width] = {}, offset[width] = {};
        for (std::size_t s = 0; s < std::min(width, chosen.size() - first); ++s) {
            radius[s] = neurons.radii(chosen[first + s]);
            offset[s] = neurons.offsets(chosen[first + s]);
        }
        for (std::size_t i = 0; i < nodes; ++i) {
            const double node = projections.rule.nodes[i];
            for (std::size_t s = 0; s < width; ++s) z[i * width + s] = radius[s] * node + offset[s];
        }
        evaluate_at(neurons.level, neurons.activation, z.data(), values.data(), all ? slopes.data() : nullptr, z.size());
        for (const double value : values) largest = std::max(largest, std::abs(value));
        for (const double slope : slopes) largest = std::max(largest, std::abs(slope));
        project(neurons, projections, projections.plain, values, chosen, first, table.value);
        if (!all) continue;
        project(neurons, projections, projections.plain, slopes, chosen, first, table.bias);
        project(neurons, projections, projections.times_node, slopes, chosen, first, table.radius);
        project(neurons, projections, projections.over_radius, slopes, chosen, first, table.over_radius);
    }
    return largest;
}

/// Errors of sigma (4 units), nodes and weights (a few units each), of P_k (a unit a step), and of a sum of positive and negative terms whose
/// sizes add up to at most the largest one.
double rounding_estimate(double largest, int max_degree) {
    return (16 + max_degree) * std::numeric_limits<double>::epsilon() * largest;
}

[[noreturn]] void out_of_nodes(const Activation& activation) {
    throw Unreachable("ridge_table: " + std::to_string(most_rule_nodes) + " nodes do not suffice for " +
                      activation.name() + "; the weights are too large for a shared rule");
}

/// Rules by the bound of table_rule.hpp: the neurons that need the same number of nodes together.
RidgeTable table_with_bound(const Neurons& neurons, int dim, const std::vector<int>& degrees, RidgeParts parts) {
    const int max_degree = *std::max_element(degrees.begin(), degrees.end());
    const SmoothRules rules(neurons.activation);
    std::map<int, std::vector<Eigen::Index>> by_size;
    RidgeTable table = empty_table(neurons.radii.size(), static_cast<Eigen::Index>(degrees.size()), parts);
    for (Eigen::Index l = 0; l < neurons.radii.size(); ++l) {
        const RuleSize size = rules.size_for(neurons.radii(l), neurons.offsets(l), max_degree);
        // A bound of 1e-12 and more at the largest rule is no result.
        if (size.truncation > 1e-12 * (1 + neurons.radii(l) + std::abs(neurons.offsets(l)))) {
            out_of_nodes(neurons.activation);
        }
        by_size[size.nodes].push_back(l);
        table.truncation_bound = std::max(table.truncation_bound, size.truncation);
    }
    double largest = 0;
    for (const auto& [nodes, chosen] : by_size) {
        largest = std::max(largest, fill(neurons, make_projections(dim, degrees, nodes), chosen, table));
        table.node_count = nodes;
    }
    table.error_estimate = table.truncation_bound + rounding_estimate(largest, max_degree);
    return table;
}

double largest_change(const RidgeTable& x, const RidgeTable& y) {
    double change = (x.value - y.value).cwiseAbs().maxCoeff();
    if (x.bias.rows() == 0) return change;
    return std::max({change, (x.bias - y.bias).cwiseAbs().maxCoeff(), (x.radius - y.radius).cwiseAbs().maxCoeff(),
                     (x.over_radius - y.over_radius).cwiseAbs().maxCoeff()});
}

/// One rule for all neurons that doubles until no entry changes.
RidgeTable table_until_settled(const Neurons& neurons, int dim, const std::vector<int>& degrees, RidgeParts parts) {
    std::vector<Eigen::Index> chosen;
    for (Eigen::Index l = 0; l < neurons.radii.size(); ++l) chosen.push_back(l);
    RidgeTable coarse = empty_table(neurons.radii.size(), static_cast<Eigen::Index>(degrees.size()), parts);
    const int max_degree = *std::max_element(degrees.begin(), degrees.end());
    int nodes = 32 + max_degree;
    fill(neurons, make_projections(dim, degrees, nodes), chosen, coarse);
    while (nodes < most_rule_nodes) {
        nodes *= 2;
        RidgeTable fine = coarse;
        const double largest = fill(neurons, make_projections(dim, degrees, nodes), chosen, fine);
        fine.truncation_bound = largest_change(fine, coarse);
        if (fine.truncation_bound <= 4 * rounding_estimate(largest, max_degree)) {
            fine.node_count = nodes;
            fine.error_estimate = fine.truncation_bound + rounding_estimate(largest, max_degree);
            return fine;
        }
        coarse = std::move(fine);
    }
    out_of_nodes(neurons.activation);
}

}  // namespace

RidgeTable ridge_table(const Activation& activation, int dim, const Eigen::VectorXd& radii,
                       const Eigen::VectorXd& offsets, const std::vector<int>& degrees, RidgeParts parts,
                       SimdLevel level) {
    if (radii.size() != offsets.size() || radii.size() == 0 || degrees.empty()) {
        throw std::domain_error("ridge_table: " + std::to_string(radii.size()) + " radii, " +
                                std::to_string(offsets.size()) + " offsets, " + std::to_string(degrees.size()) +
                                " degrees: expected equal positive numbers and a degree");
    }
    if (!activation.has_gradient()) throw std::domain_error("ridge_table: " + activation.name() + " has no derivative");
    const Neurons neurons{activation, radii, offsets, level};
    if (!activation.kinks().empty()) {
        if (!activation.homogeneous()) {
            throw std::domain_error("ridge_table: " + activation.name() + " has a kink and is not homogeneous");
        }
        return kink_table(*activation.homogeneous(), dim, radii, offsets, degrees, parts);
    }
    if (SmoothRules(activation).known()) return table_with_bound(neurons, dim, degrees, parts);
    return table_until_settled(neurons, dim, degrees, parts);
}

Eigen::VectorXd ridge_square_means(const Activation& activation, int dim, const Eigen::VectorXd& radii,
                                   const Eigen::VectorXd& offsets, SimdLevel level) {
    if (activation.homogeneous() && !activation.kinks().empty()) {
        const Homogeneous form = *activation.homogeneous();
        const Homogeneous square{2 * form.power, Rational(form.negative_factor * form.negative_factor)};
        return kink_table(square, dim, radii, offsets, {0}, RidgeParts::value).value.col(0);
    }
    const SmoothRules rules(activation);
    const int nodes = 2 * (rules.known() ? rules.size_for(radii.maxCoeff(), offsets.cwiseAbs().maxCoeff(), 0).nodes
                                         : ridge_table(activation, dim, radii, offsets, {0}, RidgeParts::value).node_count);
    const QuadratureRule rule = gauss_gegenbauer(dim, nodes);
    const Eigen::Map<const Eigen::RowVectorXd> at(rule.nodes.data(), nodes);
    const Eigen::Map<const Eigen::VectorXd> weights(rule.weights.data(), nodes);
    Eigen::MatrixXd z = (radii * at).colwise() + offsets;
    evaluate_at(level, activation, z.data(), z.data(), nullptr, static_cast<std::size_t>(z.size()));
    return z.cwiseAbs2() * weights;
}

}  // namespace ntk
