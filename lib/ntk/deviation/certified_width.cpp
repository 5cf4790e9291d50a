// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/certified_width.hpp"

#include <algorithm>

namespace ntk::deviation {

ConvergenceCertificate certificate_at(const CertificateInstance& instance, int width, std::uint64_t seed) {
    const KernelSpec& spec = instance.kernel.spec();
    const auto dim = static_cast<int>(instance.points.rows());
    const NetworkShape shape{dim, width, spec.train_bias, spec.output_bias};
    const Eigen::Index n = instance.points.cols();
    const TrainingProblem problem{Network(shape, spec.activation, instance.points, std::make_shared<ThreadPool>(1)),
                                  draw_parameters(shape, instance.law, seed), instance.labels,
                                  Eigen::VectorXd::Constant(n, 1 / static_cast<double>(n))};
    const KernelInDouble kappa = kernel_in_double(instance.kernel, instance.law.weights, dim);
    return convergence_certificate(problem, infinite_width_gram(kappa, instance.points));
}

std::vector<FiringCounts> firing_counts(const CertificateInstance& instance, const std::vector<std::uint64_t>& seeds,
                                        int largest_width) {
    std::vector<FiringCounts> rows;
    for (int width = 2; width <= largest_width; width *= 2) {
        FiringCounts row{width, {}};
        bool all_fire = true;
        for (const std::uint64_t seed : seeds) {
            const ConvergenceCertificate certificate = certificate_at(instance, width, seed);
            for (const CertificateForm& form : certificate.forms) {
                row.by_form[form.name] += form.fires ? 1 : 0;
                all_fire = all_fire && (form.fires || !form.applies);
            }
            const bool pairs = certificate.form("A2").fires || certificate.form("A2l2").fires;
            row.by_pairs += pairs ? 1 : 0;
            row.by_any += certificate.fires() ? 1 : 0;
        }
        rows.push_back(row);
        if (all_fire || width > largest_width / 2) break;
    }
    return rows;
}

std::optional<int> first_certified_width(const std::vector<FiringCounts>& rows,
                                         const std::function<int(const FiringCounts&)>& count, int enough) {
    std::optional<int> first;
    for (auto row = rows.rbegin(); row != rows.rend() && count(*row) >= enough; ++row) first = row->width;
    return first;
}

}  // namespace ntk::deviation
