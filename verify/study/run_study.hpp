// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/checks.hpp"
#include "ntk/ledger/ledger.hpp"
#include "verify/study/study.hpp"

#include <string>
#include <vector>

namespace ntk::verify {

/// The ids of checks, in their order.
std::vector<std::string> ids_of(const std::vector<deviation::CheckDefinition>& definitions);

/// The network of a study that has one, and all that its trajectory is made from.
NetworkShape shape_of(const Study& study);
deviation::TrajectorySetup setup_of(const Study& study);

/// Runs a study: spectrum, trajectory if it has a network, and the checks whose ids are in `only` (empty: those that
/// the study includes). Everything a report shows is added to the ledger. Errors as compute_spectrum and
/// compute_trajectory.
void run_study(const Study& study, const std::vector<deviation::CheckDefinition>& definitions,
               const std::vector<std::string>& only, const std::shared_ptr<ThreadPool>& pool,
               const deviation::StageProgress& progress, ledger::Ledger& ledger);

}  // namespace ntk::verify
