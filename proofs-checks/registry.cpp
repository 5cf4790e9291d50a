// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/registry.hpp"

#include "ntk/deviation/checks.hpp"
#include "proofs-checks/chain/obligations.hpp"
#include "proofs-checks/constants/obligations.hpp"
#include "proofs-checks/convergence/obligations.hpp"
#include "proofs-checks/damping/obligations.hpp"
#include "proofs-checks/dual/obligations.hpp"
#include "proofs-checks/duhamel/obligations.hpp"
#include "proofs-checks/eigenvalues/obligations.hpp"
#include "proofs-checks/gegenbauer/obligations.hpp"
#include "proofs-checks/network/obligations.hpp"
#include "proofs-checks/quadrature/obligations.hpp"
#include "proofs-checks/sampling/obligations.hpp"
#include "proofs-checks/theorems/obligations.hpp"

#include <mutex>

namespace ntk::proofs {

std::vector<Obligation> all_obligations() {
    std::vector<Obligation> all;
    for (auto& topic :
         {gegenbauer_obligations(), dual_obligations(), constant_obligations(), eigenvalue_obligations(),
          quadrature_obligations(), duhamel_obligations(), damping_obligations(), network_obligations(),
          chain_obligations(), sampling_obligations(), convergence_obligations(), theorem_obligations()}) {
        all.insert(all.end(), topic.begin(), topic.end());
    }
    return all;
}

std::vector<TrajectoryCheck> trajectory_checks() {
    std::vector<TrajectoryCheck> checks;
    for (const deviation::CheckDefinition& check : deviation::standard_checks())
        checks.push_back({check.id, check.title});
    return checks;
}

std::vector<ObligationResult> run_all(const std::vector<Obligation>& obligations, const Limits& limits,
                                      ThreadPool& pool, const std::function<void(const Obligation&)>& done) {
    std::vector<ObligationResult> results(obligations.size());
    std::mutex mutex;
    pool.parallel_for(static_cast<int>(obligations.size()), [&](int block) {
        const auto i = static_cast<std::size_t>(block);
        results[i] = run_obligation(obligations[i], limits);
        if (done) {
            const std::lock_guard lock(mutex);
            done(obligations[i]);
        }
    });
    return results;
}

}  // namespace ntk::proofs
