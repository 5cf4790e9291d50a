// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

#include <vector>

namespace ntk {

/// The zonal probe of degree k and axis e: phi_{k,e}(x) = sqrt(N(d,k)) P_k(<x,e>) on S^{d-1}; unit norm in L^2(rho),
/// an eigenfunction of every rotation-invariant kernel.
struct ZonalProbe {
    int degree = 0;
    Eigen::VectorXd axis;  ///< length d, Euclidean norm 1

    int dim() const { return static_cast<int>(axis.size()); }
    /// phi at the point x of S^{d-1} (length d).
    double operator()(const Eigen::VectorXd& x) const;
    /// phi at the columns of a d x n matrix of points.
    Eigen::VectorXd at(const Eigen::MatrixXd& points) const;
};

/// A probe with the axis normalised. Throws std::domain_error for an axis shorter than 2 or of norm zero, or degree <
/// 0.
ZonalProbe make_zonal_probe(int degree, const Eigen::VectorXd& axis);

/// <phi_a, phi_b> in L^2(rho): P_k(<e,e'>) for equal degrees k (addition theorem), 0 otherwise.
double zonal_inner_product(const ZonalProbe& a, const ZonalProbe& b);

/// The target f* = sum_i amplitudes[i] phi_i.
struct ZonalTarget {
    std::vector<ZonalProbe> probes;
    std::vector<double> amplitudes;

    Eigen::VectorXd at(const Eigen::MatrixXd& points) const;
    /// <f*, phi>.
    double inner_product(const ZonalProbe& probe) const;
    /// ||f*|| in L^2(rho).
    double norm() const;
};

}  // namespace ntk
