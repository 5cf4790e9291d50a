// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/overparameterised.hpp"

namespace ntk::deviation {

std::vector<CheckDefinition> overparameterised_checks() {
    std::vector<CheckDefinition> all;
    for (auto& group : {eigendirection_checks(), convergence_checks(), sampled_spectrum_checks()}) {
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

ledger::Hypothesis has_eigendirections(const Experiment& experiment) {
    const bool any = experiment.trajectory && experiment.trajectory->kernel_gram.size() > 0;
    return {"the sample is small enough for an eigendecomposition of G^inf", any,
            "there is no trajectory, or it has more than " + std::to_string(most_eigenvector_points) + " points"};
}

ledger::Hypothesis follows_kernel_distance(const Experiment& experiment) {
    const bool any = experiment.trajectory && experiment.trajectory->seen.gram_gap.size() > 0;
    const std::string size =
        experiment.trajectory ? std::to_string(experiment.trajectory->problem->network.sample_count()) + " points" : "";
    const std::string most = std::to_string(most_gram_gap_points);
    return {"the sample has at most " + most +
                " points, for which the distance of the Gram matrix from its limit is followed",
            any, experiment.trajectory ? size + ": more than " + most : "there is no trajectory"};
}

}  // namespace ntk::deviation
