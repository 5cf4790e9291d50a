// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/simulation.hpp"
#include "ntk/ledger/ledger.hpp"
#include "verify/study/study.hpp"

#include <filesystem>

namespace ntk::verify {

/// A simulation as it is written: what was found, what is said about it, and the checks that were made on it.
struct SimulatedStudy {
    const Study& study;
    const deviation::SimulationResult& result;
    const ledger::Ledger& ledger;  ///< environment and checks
};

/// trajectory.json, schema "ntk-trajectory/1" (tutorial.md, "Simulating"): numbers read back to the same double, every
/// one beside its error. Throws ResourceError.
void write_trajectory_json(const std::filesystem::path& file, const SimulatedStudy& simulated);

/// trajectory.npz: the states with the sample, as `ntk verify --trajectory` reads them (times, theta, points, labels,
/// residuals), and under names that begin with "record_" everything over all recorded times. Throws ResourceError.
void write_trajectory_arrays(const std::filesystem::path& file, const SimulatedStudy& simulated);

}  // namespace ntk::verify
