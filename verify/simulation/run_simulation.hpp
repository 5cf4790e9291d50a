// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/simulation.hpp"
#include "ntk/ledger/ledger.hpp"
#include "ntk/numeric/threads.hpp"
#include "verify/study/study.hpp"

#include <filesystem>
#include <memory>

namespace ntk::verify {

struct SimulationRun {
    deviation::SimulationResult result;
    ledger::Ledger ledger;  ///< the checks of gradient flow, where they apply
    bool taken_up = false;  ///< at the checkpoint of a run before
};

/// Simulates the study, which has a [network], and keeps a checkpoint in `folder` while it does (checkpoint_file.hpp):
/// a run that was interrupted is taken up there, unless `restart`. A run that cannot go on (a value that is not finite,
/// a step size that collapsed) has a result up to its last checkpoint that says why. The checkpoint stays until
/// finish_simulation. Errors as Simulation and read_checkpoint.
SimulationRun run_simulation(const Study& study, const std::filesystem::path& folder, bool restart,
                             const std::shared_ptr<ThreadPool>& pool, const deviation::SimulationProgress& progress);

/// Removes the checkpoint, once the results are written.
void finish_simulation(const std::filesystem::path& folder);

}  // namespace ntk::verify
