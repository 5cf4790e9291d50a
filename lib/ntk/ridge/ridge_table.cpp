// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/ridge_table.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/quadrature.hpp"
#include "ntk/sphere/gegenbauer.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

/// weights_i P_k(node_i) and weights_i node_i P_k(node_i): nodes x degrees.
struct Projections {
    Eigen::MatrixXd plain;
    Eigen::MatrixXd times_node;
};

Projections make_projections(const QuadratureRule& rule, int dim, const std::vector<int>& degrees) {
    const int largest = *std::max_element(degrees.begin(), degrees.end());
    const auto count = static_cast<Eigen::Index>(rule.nodes.size());
    Projections result{Eigen::MatrixXd(count, static_cast<Eigen::Index>(degrees.size())), {}};
    std::vector<double> values(static_cast<std::size_t>(largest) + 1);
    for (Eigen::Index i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        gegenbauer_p_all(dim, largest, rule.nodes[at], values.data());
        for (std::size_t k = 0; k < degrees.size(); ++k) {
            result.plain(i, static_cast<Eigen::Index>(k)) =
                rule.weights[at] * values[static_cast<std::size_t>(degrees[k])];
        }
    }
    const Eigen::Map<const Eigen::VectorXd> nodes(rule.nodes.data(), count);
    result.times_node = nodes.asDiagonal() * result.plain;
    return result;
}

struct TableAndSize {
    RidgeTable table;
    double size;  ///< largest |sigma| or |sigma'| on the nodes
};

TableAndSize table_with(const Activation& activation, int dim, const Eigen::VectorXd& radii,
                        const Eigen::VectorXd& offsets, const std::vector<int>& degrees, int node_count) {
    const QuadratureRule rule = gauss_gegenbauer(dim, node_count);
    const Projections projections = make_projections(rule, dim, degrees);
    const Eigen::Map<const Eigen::RowVectorXd> nodes(rule.nodes.data(), node_count);
    const Eigen::MatrixXd z = (radii * nodes).colwise() + offsets;
    Eigen::MatrixXd values(z.rows(), z.cols()), slopes(z.rows(), z.cols());
    activation.evaluate(z.data(), values.data(), slopes.data(), static_cast<std::size_t>(z.size()));
    const double size = std::max(values.cwiseAbs().maxCoeff(), slopes.cwiseAbs().maxCoeff());
    return {{values * projections.plain, slopes * projections.plain, slopes * projections.times_node, node_count, 0},
            size};
}

double largest_change(const RidgeTable& x, const RidgeTable& y) {
    return std::max({(x.value - y.value).cwiseAbs().maxCoeff(), (x.bias - y.bias).cwiseAbs().maxCoeff(),
                     (x.radius - y.radius).cwiseAbs().maxCoeff()});
}

}  // namespace

RidgeTable ridge_table(const Activation& activation, int dim, const Eigen::VectorXd& radii,
                       const Eigen::VectorXd& offsets, const std::vector<int>& degrees) {
    if (!activation.kinks().empty()) {
        throw std::domain_error("ridge_table: the activation " + activation.name() +
                                " has a kink; a shared rule needs a smooth one");
    }
    if (radii.size() != offsets.size() || radii.size() == 0 || degrees.empty()) {
        throw std::domain_error("ridge_table: " + std::to_string(radii.size()) + " radii, " +
                                std::to_string(offsets.size()) + " offsets, " + std::to_string(degrees.size()) +
                                " degrees: expected equal positive numbers and a degree");
    }
    // Below this change only rounding is left: about one unit in the last place per term of size at most 1.
    constexpr double rounding = 2e-14;
    constexpr int most_nodes = 1200;
    int nodes = 32 + *std::max_element(degrees.begin(), degrees.end());
    TableAndSize coarse = table_with(activation, dim, radii, offsets, degrees, nodes);
    while (nodes < most_nodes) {
        nodes += nodes / 2;
        TableAndSize fine = table_with(activation, dim, radii, offsets, degrees, nodes);
        const double change = largest_change(fine.table, coarse.table);
        if (change <= rounding * fine.size) {
            fine.table.error_estimate = change + 8 * std::numeric_limits<double>::epsilon() * fine.size;
            return fine.table;
        }
        coarse = std::move(fine);
    }
    throw Unreachable("ridge_table: the coefficients did not settle with " + std::to_string(most_nodes) +
                      " nodes; the weights are too large for a shared rule");
}

}  // namespace ntk
