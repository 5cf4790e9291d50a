// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/ledger.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace ntk::verify {

/// The report for machines, schema "ntk-report/1": {"schema", "studies", "environment", "spectrum", "trajectories",
/// "checks"}. Numbers read back to the same double; what is not finite is null. Times with an informative bound are
/// [from, to] intervals; `margin` is in decades or null; `mutation_control` is null where a check is not applicable.
std::string render_json(const ledger::Ledger& ledger);

/// One entry of "checks".
nlohmann::ordered_json check_to_json(const ledger::Check& check);

}  // namespace ntk::verify
