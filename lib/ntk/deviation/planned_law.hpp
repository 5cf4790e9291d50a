// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/planner.hpp"
#include "ntk/deviation/training.hpp"

namespace ntk::deviation {

/// U4 and U5 from the law of start and sample alone: the bound holds with probability at least 1 - failure_probability
/// for whatever start and sample will be drawn (lib/ntk/bounds.md, "Planner", has the events and their shares).
class PlannedLaw {
public:
    /// setup: the law, the target, the probes and which biases there are; its width, samples and seed mean nothing.
    /// Errors as probe_eigenvalues.
    PlannedLaw(const Kernel& kernel, const TrajectorySetup& setup, const PlanQuestion& question);

    /// Whether it says anything: an antisymmetric start, labels that are values of a known target, and no linear split,
    /// which needs G_0.
    ledger::Hypothesis applies() const;
    /// width: even, at most 2^30, or infinite; samples: a whole number or infinite. Cost: constant.
    PlanPoint at(double width, double samples) const;

private:
    DriftBounds bounds(double width, double delta) const;
    double residual_norm(double samples, double delta) const;
    PlannedProbe probe_at(std::size_t probe, double width, double samples, double delta) const;

    TrajectorySetup setup_;
    PlanQuestion question_;
    ActivationConstants constants_;
    double kernel_at_one_;
    double target_bound_;
    std::vector<Measured> eigenvalues_;
    std::vector<double> mean_of_absolute_, second_moments_;
};

}  // namespace ntk::deviation
