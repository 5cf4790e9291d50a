// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/planner.hpp"
#include "ntk/deviation/training.hpp"

#include <cstdint>
#include <memory>

namespace ntk::deviation {

/// Beyond m n^2 of this size no eigenvectors of G_0 are made: the bootstrap does without, and there is no linear split.
constexpr double most_gram_work = 1L << 35;

/// The bounds known before training of the network that a study would train: start and sample are drawn from its seed
/// at every width and sample size that is asked for, and nothing is trained. A wider network continues a narrower one
/// and a larger sample a smaller one, neuron by neuron and point by point. The result is about this seed.
class PlannedDraw {
public:
    /// setup: as for compute_trajectory; its width, samples and population mean nothing. The kernel must outlive the
    /// object.
    PlannedDraw(const Kernel& kernel, const TrajectorySetup& setup, const PlanQuestion& question,
                std::shared_ptr<ThreadPool> pool);

    /// The same for another seed.
    PlannedDraw for_seed(std::uint64_t seed) const {
        PlannedDraw other = *this;
        other.setup_.seed = seed;
        return other;
    }

    /// samples: a whole number, or infinite for a cubature rule (errors as population_sample). Cost: that of
    /// start_quantities; eigenvectors and bootstrap are made for `best` and the linear split alone.
    PlanPoint at(double width, double samples) const;

private:
    struct Candidate;
    TrainingProblem problem_at(double width, double samples) const;
    Candidate best_at(const StartQuantities& start, std::size_t probe) const;

    const Kernel& kernel_;
    TrajectorySetup setup_;
    PlanQuestion question_;
    std::shared_ptr<ThreadPool> pool_;
    double kernel_at_one_;
    std::vector<Measured> eigenvalues_;
    std::vector<double> breakpoints_;
};

}  // namespace ntk::deviation
