// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/convergence_certificate.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ntk::deviation {

/// A sample and a law of the start: all that the certificate of convergence depends on but the width and the seed.
struct CertificateInstance {
    const Kernel& kernel;  ///< of that start; must outlive the object
    InitialLaw law;
    Eigen::MatrixXd points;  ///< d x n, unit columns
    Eigen::VectorXd labels;
};

/// The certificate at one width and seed. Errors as convergence_certificate and draw_parameters.
ConvergenceCertificate certificate_at(const CertificateInstance& instance, int width, std::uint64_t seed);

/// For how many of the seeds the certificate fires at one width.
struct FiringCounts {
    int width;
    std::map<std::string, int> by_form;  ///< by the names of ConvergenceCertificate::forms
    int by_pairs = 0;                    ///< by A2 or A2l2, not followed
    int by_any = 0;
};

/// One row for each power of two from 2 up to `largest_width`, ending early after the first row in which every form
/// that applies fires for all seeds. Cost per row and seed: a certificate.
std::vector<FiringCounts> firing_counts(const CertificateInstance& instance, const std::vector<std::uint64_t>& seeds,
                                        int largest_width);

/// The smallest width from which on at least `enough` seeds fire in all rows; empty if there is none.
std::optional<int> first_certified_width(const std::vector<FiringCounts>& rows,
                                         const std::function<int(const FiringCounts&)>& count, int enough);

}  // namespace ntk::deviation
