// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/simulation.hpp"
#include "verify/study/study.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace ntk::verify {

/// A simulation on disk between its checkpoints: an .npz file that is replaced as a whole (numpy_writer.hpp), so that a
/// run that ends at any moment leaves the last checkpoint or the one before. Every number is kept to the last bit.

/// What a simulation depends on: the study with its seed and own data, the program and its SIMD level. A checkpoint is
/// taken up by a program with the same text alone.
std::string simulation_identity(const Study& study);

/// Throws ResourceError.
void write_checkpoint(const std::filesystem::path& file, const std::string& identity,
                      const deviation::SimulationState& state);

/// Nothing if there is no such file. Throws InputError if it belongs to something else or is damaged, ResourceError if
/// it cannot be read.
std::optional<deviation::SimulationState> read_checkpoint(const std::filesystem::path& file,
                                                          const std::string& identity);

}  // namespace ntk::verify
