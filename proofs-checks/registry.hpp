// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/threads.hpp"
#include "proofs-checks/engine/theory_map.hpp"

namespace ntk::proofs {

/// All obligations in the order of theory.md. Each topic is a folder that lists its own in <topic>/obligations.hpp.
std::vector<Obligation> all_obligations();

/// The checks of trajectories that the theory map shows: those of ntk verify.
std::vector<TrajectoryCheck> trajectory_checks();

/// Runs obligations and their mutants, as many at once as the pool has threads. The results have the order of the
/// obligations, to which they point. `done` is called after each, from any thread but never twice at once.
std::vector<ObligationResult> run_all(const std::vector<Obligation>& obligations, const Limits& limits,
                                      ThreadPool& pool, const std::function<void(const Obligation&)>& done = {});

}  // namespace ntk::proofs
