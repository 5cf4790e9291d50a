// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/check.hpp"
#include "ntk/ledger/proofs.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Everything a report shows, as plain data. Nothing here is computed again downstream.
namespace ntk::ledger {

/// One eigenvalue, printed.
struct SpectrumRow {
    int degree = 0;
    std::string multiplicity;
    std::string value;
    std::string radius;
    std::string exact;  ///< empty if no closed form is known
    std::string route;
    struct Route {
        std::string name;
        std::string value;
        std::string error;
        bool certified = false;
    };
    std::vector<Route> routes;
    std::string disagreement;
    double value_as_double = 0;  ///< for plots
};

struct SpectrumSection {
    std::string study;
    std::string kernel;  ///< for people
    int dim = 0;
    long digits = 0;
    std::vector<SpectrumRow> rows;
    std::string kappa_at_one;
    std::string trace_sum;
    std::string tail_bound;  ///< empty if none is known
};

/// What the trajectory of a study looks like.
struct TrajectorySection {
    std::string study;
    std::vector<double> time;
    std::vector<double> residual_norm;  ///< ||r||_n
    struct Probe {
        std::string label;
        std::vector<double> measured;   ///< |c(t)|
        std::vector<double> predicted;  ///< e^{-mu t} |c(0)|
    };
    std::vector<Probe> probes;
    std::vector<std::pair<std::string, std::string>> facts;  ///< integrator, evaluations, error estimates
};

/// What a study said beforehand that would be found.
struct Expectations {
    long compared = 0;                     ///< checks
    std::vector<std::string> differences;  ///< sentences
};

struct StudySummary {
    std::string name;
    std::string title;
    std::vector<std::pair<std::string, std::string>> settings;
    std::optional<long> parameters;  ///< p
    std::optional<long> samples;     ///< n
    std::optional<Expectations> expectations = {};
};

struct Ledger {
    std::map<std::string, std::string> environment;
    std::vector<StudySummary> studies;
    std::vector<SpectrumSection> spectra;
    std::vector<TrajectorySection> trajectories;
    std::vector<Check> checks;
    std::optional<ProofSection> proofs;
};

/// 1 if a check is violated or a proof failed, else 3 if one is inconclusive, else 0.
int exit_code(const Ledger& ledger);

}  // namespace ntk::ledger
