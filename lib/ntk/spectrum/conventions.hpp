// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/kernel/kernel.hpp"

#include <optional>
#include <string>
#include <vector>

/// The same spectrum in other people's normalisations (conventions.md). Every function here is a factor:
///     theirs = factor * ours,
/// where ours is mu_k of a kernel as theory.md normalises it: network with 1/sqrt(m), weights of variance 1, points on
/// the unit sphere, uniform probability measure, P_k(1) = 1, loss (1/2n) sum (f - y)^2.
namespace ntk {

enum class Convention {
    he_scaled_output,        ///< output layer scaled by sqrt(2): kernel 2 F + 2 E[a^2] G (t + 1_bias)
    surface_measure,         ///< integral over the surface measure of S^{d-1} instead of the mean over it
    gegenbauer_coefficient,  ///< b_k in kappa = sum_k b_k C_k^{(d-2)/2}; for d = 2 in kappa = sum_k b_k T_k
    legendre_coefficient,    ///< a_k in kappa = sum_k a_k P_k with P_k(1) = 1
    unscaled_width,          ///< network sum_l a_l sigma(...) without 1/sqrt(m)
    loss_without_half,       ///< rates of decay of the residual under the loss (1/n) sum (f - y)^2
    loss_summed,             ///< rates of decay under the loss (1/2) sum (f - y)^2
    sphere_of_radius_sqrt_d  ///< points of length sqrt(d), z = <w,x>, homogeneous activation, no biases
};

/// What a factor may depend on; each convention reads the members that its rule names.
struct ConventionSetting {
    int dim = 3;          ///< d >= 2
    int degree = 0;       ///< k >= 0
    Integer width = 1;    ///< m >= 1
    Integer samples = 1;  ///< n >= 1
};

/// One line of the table of conventions.
struct ConventionEntry {
    Convention convention;
    std::string name;    ///< "surface measure"
    std::string factor;  ///< "2 pi^{d/2}/Gamma(d/2)"
};

/// All of them, in the order of the enumeration.
std::vector<ConventionEntry> all_conventions();

/// The factor where it is rational; empty for surface_measure alone. Throws std::domain_error for dim < 2, degree < 0,
/// width < 1 or samples < 1.
///     he_scaled_output 2 · gegenbauer_coefficient N(d,k)/C_k^{(d-2)/2}(1) = (2k+d-2)/(d-2), N(2,k) for d = 2 ·
///     legendre_coefficient N(d,k) · unscaled_width m · loss_without_half 2 · loss_summed n ·
///     sphere_of_radius_sqrt_d d.
std::optional<Rational> exact_conversion_factor(Convention convention, const ConventionSetting& setting);

/// The factor as a ball of about `bits` bits; surface_measure is |S^{d-1}| = 2 pi^{d/2}/Gamma(d/2).
Ball conversion_factor(Convention convention, const ConventionSetting& setting, long bits);

/// An eigenvalue of ours in the other convention, and back.
Ball to_convention(Convention convention, const ConventionSetting& setting, const Ball& ours);
Ball from_convention(Convention convention, const ConventionSetting& setting, const Ball& theirs);

/// Whether the rule holds for this kernel: he_scaled_output and unscaled_width need a kernel without output bias (the
/// bias is not scaled), the latter one hidden layer; sphere_of_radius_sqrt_d a homogeneous activation (ReLU, leaky
/// ReLU) and no biases; the others hold for every kernel.
bool convention_applies(Convention convention, const Kernel& kernel);

}  // namespace ntk
