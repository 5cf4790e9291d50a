// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/simulation/run_simulation.hpp"

#include "ntk/deviation/checks.hpp"
#include "ntk/deviation/kernel_simulation.hpp"
#include "ntk/numeric/errors.hpp"
#include "verify/files/atomic_file.hpp"
#include "verify/simulation/checkpoint_file.hpp"
#include "verify/study/run_study.hpp"

namespace ntk::verify {
namespace {

/// Degrees of the energies that are shown at least.
constexpr int energy_degrees = 10;

std::filesystem::path checkpoint_in(const std::filesystem::path& folder) { return folder / "checkpoint.npz"; }

deviation::SimulationState simulate(const deviation::Simulation& simulation, const Study& study,
                                    const std::filesystem::path& file, const deviation::SimulationProgress& progress,
                                    bool& taken_up) {
    const std::string identity = simulation_identity(study);
    std::optional<deviation::SimulationState> found = read_checkpoint(file, identity);
    taken_up = found.has_value();
    deviation::SimulationState state = found ? std::move(*found) : simulation.start();
    while (!simulation.done(state)) {
        try {
            simulation.advance(state, progress);
        } catch (const Unreachable& reason) {
            // The state is that of the last checkpoint: a segment that fails leaves nothing of itself.
            state = read_checkpoint(file, identity).value_or(simulation.start());
            state.stopped = reason.what();
            return state;
        }
        write_checkpoint(file, identity, state);
    }
    return state;
}

/// What the checks of gradient flow need of a simulation.
deviation::TrajectoryResult observed_flow(const deviation::TimeGrid& grid, const deviation::SimulationState& state,
                                          double tolerance) {
    return {nullptr,   grid, {},    {}, state.observed.front(), {state.observed.begin() + 1, state.observed.end()}, {},
            tolerance, 0,    false, {}};
}

}  // namespace

SimulationRun run_simulation(const Study& study, const std::filesystem::path& folder, bool restart,
                             const std::shared_ptr<ThreadPool>& pool, const deviation::SimulationProgress& progress) {
    const std::filesystem::path file = checkpoint_in(folder);
    if (restart) remove_file(file);
    deviation::Experiment experiment{
        study.name, Kernel(study.kernel),           study.dim,       std::nullopt, std::nullopt,
        "",         "ntk simulate " + study.source, study.weight_law};
    const deviation::TrajectorySetup setup = setup_of(study);
    SimulationRun run;
    if (setup.infinite_width) {
        run.result = deviation::simulate_infinite_width(experiment.kernel, setup, energy_degrees);
        return run;
    }
    const deviation::Simulation simulation(experiment.kernel, setup, pool, energy_degrees);
    const deviation::SimulationState state = simulate(simulation, study, file, progress, run.taken_up);
    run.result = simulation.result(state);
    if (run.result.grid) {
        experiment.trajectory = observed_flow(*run.result.grid, state, setup.tolerance);
        for (const deviation::CheckDefinition& definition : deviation::flow_checks()) {
            run.ledger.checks.push_back(deviation::run_check(definition, experiment));
        }
    }
    return run;
}

void finish_simulation(const std::filesystem::path& folder) { remove_file(checkpoint_in(folder)); }

}  // namespace ntk::verify
