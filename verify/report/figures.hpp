// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/ledger.hpp"
#include "verify/report/plot.hpp"

#include <optional>
#include <string>
#include <vector>

/// The figures of the report. They show what is in the ledger and compute nothing but positions.
namespace ntk::verify {

/// A plot with the words that stand beside it.
struct Figure {
    struct LegendEntry {
        int colour = 0;  ///< 0: any
        bool dashed = false;
        bool marks = false;
        std::string text;
    };
    Plot plot;
    std::string caption;
    std::string vertical;
    std::string horizontal;
    std::vector<LegendEntry> legend;
    std::string note;
};

/// Each is empty if there is nothing that can be drawn.
std::optional<Figure> eigenvalue_figure(const ledger::SpectrumSection& section);
std::optional<Figure> residual_figure(const ledger::TrajectorySection& section);
/// |c(t)| measured against e^{-mu t} |c(0)| for at most five probes.
std::optional<Figure> probe_figure(const ledger::TrajectorySection& section);
/// Both sides of a check, for the five series with the worst verdicts and smallest margins.
std::optional<Figure> sides_figure(const ledger::Check& check);
/// For an identity: the distance of its sides and the numerical error that is allowed for.
std::optional<Figure> distance_figure(const ledger::Check& check);

}  // namespace ntk::verify
