// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/conventions.hpp"

#include "ntk/sphere/harmonics.hpp"

#include <stdexcept>

namespace ntk {
namespace {

void require_setting(const ConventionSetting& setting) {
    if (setting.dim < 2 || setting.degree < 0 || setting.width < 1 || setting.samples < 1) {
        throw std::domain_error("conversion factor: dim = " + std::to_string(setting.dim) +
                                ", degree = " + std::to_string(setting.degree) + ", width = " + setting.width.str() +
                                ", samples = " + setting.samples.str() +
                                ": needs dim >= 2, degree >= 0, width >= 1 and samples >= 1");
    }
}

/// C_k^{lambda}(1) = binomial(k+2 lambda-1, k) (DLMF 18.6.1), and N(d,k)/C_k^{lambda}(1) = (k+lambda)/lambda.
Rational gegenbauer_factor(int dim, int degree) {
    if (dim == 2) return multiplicity(dim, degree);
    return Rational(2L * degree + dim - 2, dim - 2);
}

bool homogeneous_of_degree_one(const Kernel& kernel) {
    const std::optional<Homogeneous> homogeneous = kernel.spec().activation->homogeneous();
    return homogeneous && homogeneous->power == 1;
}

/// |S^{d-1}|; pi^{d/2} = sqrt(pi)^d keeps one rule for both parities of d.
Ball sphere_area(int dim, long bits) {
    const Ball root = gamma_of_half(1, bits);  // Gamma(1/2) = sqrt(pi)
    return 2 * pow(root, static_cast<unsigned>(dim)) / gamma_of_half(dim, bits);
}

}  // namespace

std::vector<ConventionEntry> all_conventions() {
    return {
        {Convention::he_scaled_output, "output layer scaled by sqrt(2)", "2"},
        {Convention::surface_measure, "surface measure", "2 pi^{d/2}/Gamma(d/2)"},
        {Convention::gegenbauer_coefficient, "coefficient of C_k^{(d-2)/2}", "(2k+d-2)/(d-2); N(2,k) for d = 2"},
        {Convention::legendre_coefficient, "coefficient of P_k, P_k(1) = 1", "N(d,k)"},
        {Convention::unscaled_width, "network without 1/sqrt(m)", "m"},
        {Convention::loss_without_half, "rates under a loss without 1/2", "2"},
        {Convention::loss_summed, "rates under a loss without 1/n", "n"},
        {Convention::sphere_of_radius_sqrt_d, "points of length sqrt(d)", "d"},
    };
}

std::optional<Rational> exact_conversion_factor(Convention convention, const ConventionSetting& setting) {
    require_setting(setting);
    switch (convention) {
        case Convention::he_scaled_output:
        case Convention::loss_without_half:
            return Rational(2);
        case Convention::surface_measure:
            return std::nullopt;
        case Convention::gegenbauer_coefficient:
            return gegenbauer_factor(setting.dim, setting.degree);
        case Convention::legendre_coefficient:
            return Rational(multiplicity(setting.dim, setting.degree));
        case Convention::unscaled_width:
            return Rational(setting.width);
        case Convention::loss_summed:
            return Rational(setting.samples);
        case Convention::sphere_of_radius_sqrt_d:
            return Rational(setting.dim);
    }
    throw std::logic_error("unknown convention");
}

Ball conversion_factor(Convention convention, const ConventionSetting& setting, long bits) {
    const std::optional<Rational> exact = exact_conversion_factor(convention, setting);
    return exact ? Ball(*exact, bits) : sphere_area(setting.dim, bits);
}

Ball to_convention(Convention convention, const ConventionSetting& setting, const Ball& ours) {
    return conversion_factor(convention, setting, ours.bits()) * ours;
}

Ball from_convention(Convention convention, const ConventionSetting& setting, const Ball& theirs) {
    return theirs / conversion_factor(convention, setting, theirs.bits());
}

bool convention_applies(Convention convention, const Kernel& kernel) {
    const KernelSpec& spec = kernel.spec();
    switch (convention) {
        case Convention::he_scaled_output:
            return !spec.output_bias;
        case Convention::unscaled_width:
            return !spec.output_bias && kernel.is_shallow();
        case Convention::sphere_of_radius_sqrt_d:
            return homogeneous_of_degree_one(kernel) && !kernel.has_random_bias() && !spec.train_bias &&
                   !spec.output_bias;
        default:
            return true;
    }
}

}  // namespace ntk
