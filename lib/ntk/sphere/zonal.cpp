// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/zonal.hpp"

#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace ntk {

double ZonalProbe::operator()(const Eigen::VectorXd& x) const {
    return std::sqrt(multiplicity_double(dim(), degree)) * gegenbauer_p(dim(), degree, axis.dot(x));
}

Eigen::VectorXd ZonalProbe::at(const Eigen::MatrixXd& points) const {
    const double norm = std::sqrt(multiplicity_double(dim(), degree));
    const Eigen::VectorXd cosines = points.transpose() * axis;
    return cosines.unaryExpr([&](double t) { return norm * gegenbauer_p(dim(), degree, t); });
}

ZonalProbe make_zonal_probe(int degree, const Eigen::VectorXd& axis) {
    const double norm = axis.norm();
    if (axis.size() < 2 || !(norm > 0) || !std::isfinite(norm)) {
        throw std::domain_error(
            "make_zonal_probe: the axis must have at least 2 entries and a positive finite norm, not " +
            std::to_string(axis.size()) + " entries of norm " + std::to_string(norm));
    }
    if (degree < 0) throw std::domain_error("make_zonal_probe: degree = " + std::to_string(degree) + ": must be >= 0");
    return {degree, axis / norm};
}

double zonal_inner_product(const ZonalProbe& a, const ZonalProbe& b) {
    if (a.degree != b.degree) return 0;
    return gegenbauer_p(a.dim(), a.degree, std::clamp(a.axis.dot(b.axis), -1.0, 1.0));
}

Eigen::VectorXd ZonalTarget::at(const Eigen::MatrixXd& points) const {
    Eigen::VectorXd values = Eigen::VectorXd::Zero(points.cols());
    for (std::size_t i = 0; i < probes.size(); ++i) values += amplitudes[i] * probes[i].at(points);
    return values;
}

double ZonalTarget::inner_product(const ZonalProbe& probe) const {
    double sum = 0;
    for (std::size_t i = 0; i < probes.size(); ++i) sum += amplitudes[i] * zonal_inner_product(probes[i], probe);
    return sum;
}

double ZonalTarget::norm() const {
    double sum = 0;
    for (std::size_t i = 0; i < probes.size(); ++i) sum += amplitudes[i] * inner_product(probes[i]);
    return std::sqrt(std::max(sum, 0.0));
}

}  // namespace ntk
