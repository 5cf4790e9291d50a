// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/ledger.hpp"

/// Ledgers made up for the tests of the report; their numbers look like those of a run but come from no run.
namespace ntk::verify {

/// Two studies, every verdict, a spectrum with zeros, a trajectory, identities and bounds, seven probes.
ledger::Ledger example_ledger();

/// The text that every field of hostile_ledger() carries: markup, quotes, a template tag, a terminal escape, a broken
/// UTF-8 sequence.
extern const char* const hostile_text;

/// The smallest ledger with all its texts hostile and all its numbers not finite.
ledger::Ledger hostile_ledger();

}  // namespace ntk::verify
