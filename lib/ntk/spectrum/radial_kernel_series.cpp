// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/radial_kernel_series.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/spectrum/trace.hpp"
#include "ntk/sphere/gegenbauer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <sstream>
#include <stdexcept>

namespace ntk {
namespace {

constexpr int first_degree_tried = 16;
constexpr int last_degree_tried = 256;

}  // namespace

RadialKernelSeries::RadialKernelSeries(const KernelSpec& spec, const RadialLaw& law, int dim, double tolerance)
    : dim_(dim), at_one_(0) {
    if (!(tolerance > 0)) throw std::domain_error("RadialKernelSeries: the tolerance must be > 0");
    const long digits = std::max(20L, std::lround(std::ceil(-std::log10(tolerance))) + 4);
    const Ball diagonal = ridge_kernel_at_one(spec, law, dim, digits);
    at_one_ = diagonal.midpoint();
    double rest = 0;
    for (int last = first_degree_tried; last <= last_degree_tried; last *= 2) {
        std::vector<int> degrees(static_cast<std::size_t>(last) + 1);
        std::iota(degrees.begin(), degrees.end(), 0);
        const std::vector<Eigenvalue> eigenvalues = ridge_eigenvalues(spec, law, dim, degrees, digits);
        const Ball missing = diagonal - trace_sum(eigenvalues);
        rest = std::abs(missing.midpoint()) + missing.radius();
        if (rest > tolerance * at_one_) continue;
        for (const Eigenvalue& eigenvalue : eigenvalues) {
            const Ball share = eigenvalue.enclosure * Ball(eigenvalue.multiplicity, eigenvalue.enclosure.bits());
            shares_.push_back(share.midpoint());
        }
        return;
    }
    std::ostringstream text;
    text << "kernel of " << spec.activation->name() << " with weights of discrete length: degrees up to "
         << last_degree_tried << " leave " << rest / at_one_ << " of kappa(1), more than " << tolerance;
    throw Unreachable(text.str());
}

double RadialKernelSeries::at(double t) const {
    std::array<double, last_degree_tried + 1> polynomials;
    gegenbauer_p_all(dim_, static_cast<int>(shares_.size()) - 1, t, polynomials.data());
    double sum = 0;
    for (std::size_t k = 0; k < shares_.size(); ++k) sum += shares_[k] * polynomials[k];
    return sum;
}

}  // namespace ntk
