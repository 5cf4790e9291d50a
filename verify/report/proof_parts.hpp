// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verify/report/html_parts.hpp"

namespace ntk::verify {

/// What the template proofs.html.mustache shows: counts, map, obligations, named theorems.
TemplateData proofs_data(const ledger::ProofSection& section);

}  // namespace ntk::verify
