// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/spectrum/eigenvalues.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

/// What `ntk spectrum` says about a spectrum as a whole when it is asked to.
namespace ntk::verify {

/// The options as the user wrote them; empty text: not asked for.
struct SummaryOptions {
    std::string share;
    std::string effective_dimension;
    bool asymptotics = false;
};

/// Adds --share, --effective-dimension and --asymptotics.
void add_summary_options(CLI::App& command, SummaryOptions& options);

/// Whether any of the three was given.
bool is_asked_for(const SummaryOptions& options);

/// Checks the options before anything is computed. `sums` says whether the degrees are 0:K, `certified` whether the
/// route gives enclosures. Throws InputError that begins with the name of the option.
void require_summary_options(const SummaryOptions& options, bool sums, bool certified);

/// An object with the members that were asked for: share, effective_dimension, asymptotics (null where no law of decay
/// is known). `eigenvalues` are those that are printed.
nlohmann::ordered_json summary_to_json(const SummaryOptions& options, const Kernel& kernel, int dim,
                                       const std::vector<Eigenvalue>& eigenvalues, long digits);

/// The same as lines of text, from what summary_to_json returned.
std::string summary_to_text(const nlohmann::ordered_json& summary);

}  // namespace ntk::verify
