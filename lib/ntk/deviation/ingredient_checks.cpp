// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/bound_lines.hpp"
#include "ntk/deviation/check_over_time.hpp"
#include "ntk/deviation/checks.hpp"
#include "ntk/deviation/damped_paths.hpp"
#include "ntk/deviation/series_notes.hpp"
#include "ntk/deviation/tight_instances.hpp"

#include <algorithm>
#include <cmath>

/// What the bounds known before training are made of, each against what it bounds: on the trajectory, and on problems
/// solved by hand where the bound is met (tight_instances.hpp), so that a wrong constant is noticed even where the
/// bounds of the trajectory are loose.
namespace ntk::deviation {
namespace {

/// Times on the instances that are solved by hand, in units of their decay, and gamma for the pair.
const std::vector<double> hand_times = {0.05, 0.2, 0.5, 1, 1.5, 2};

/// Both sides of the instances solved by hand are formulas with a few dozen roundings; the bounds that are met there
/// exceed them by rounding alone.
constexpr double hand_rounding = 1e-13;

Measured by_hand(double value) { return {value, hand_rounding * value}; }

ledger::Series over(const std::string& label, std::vector<double> times) {
    ledger::Series series;
    series.label = label;
    series.time = std::move(times);
    return series;
}

/// A quantity of the runs at the breakpoints, with the largest distance of the runs so far and `floor` as its error.
std::vector<Measured> along_runs(const TrajectoryResult& run, double floor,
                                 const std::function<double(const Observables&, Eigen::Index)>& value) {
    std::vector<Measured> result;
    double apart = 0;
    for (std::size_t i = 0; i < run.grid.breakpoints().size(); ++i) {
        const auto at = static_cast<Eigen::Index>(run.grid.place(i));
        const double seen = value(run.seen, at);
        double distance = 0;
        for (const Observables& other : run.compared) distance += std::abs(seen - value(other, at));
        apart = std::max(apart, distance);
        result.push_back({seen, apart + floor});
    }
    return result;
}

void finish(Evaluation& result, const TrajectoryResult& run) {
    double left = 0, right = 0;
    for (const ledger::Series& series : result.series) {
        for (const Measured& at : series.left) left = std::max(left, at.error);
        for (const Measured& at : series.right) right = std::max(right, at.error);
    }
    result.errors = {{"measured side", left}, {"bound", right}};
    result.note = tightness_note(result.series);
    result.scale = run.seen.residual_norm(0);
}

/// The values at the breakpoints of something the bootstrap has at its nodes.
std::vector<Measured> of_bootstrap(const TrajectoryResult& run, const std::vector<double> Bootstrap::*values) {
    const Bootstrap& known = *run.start->bootstrap;
    std::vector<Measured> result;
    for (std::size_t i = 0; i < run.grid.breakpoints().size(); ++i) {
        result.push_back({(known.*values)[known.place(i)], 0});
    }
    return result;
}

bool has_bootstrap(const TrajectoryResult& run) { return run.start && run.start->bootstrap; }

/// A linear neuron whose residual is so small that its kernel hardly drifts: the bounds are those of a linear flow.
const LinearNeuron nearly_linear{1e-3};

ledger::Series hand_series(const std::string& label) {
    std::vector<double> times;
    for (const double time : hand_times) times.push_back(time / nearly_linear.eigenvalue());
    return over(label, std::move(times));
}

Evaluation evaluate_movement(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = {has_trajectory(experiment)};
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const double lost = variant == Variant::mutated ? std::sqrt(0.5) : 1;
    const auto before = [&](double beta, double time) {
        return Measured{lost * reach_before_training(beta, time).movement, 0};
    };
    const std::vector<Measured> moved =
        along_runs(run, run.least_error(), [](const Observables& seen, Eigen::Index at) { return seen.movement(at); });
    ledger::Series known = over("before training", run.grid.breakpoints());
    known.left = moved;
    for (const double time : known.time) known.right.push_back(before(run.seen.residual_norm(0), time));
    result.series.push_back(std::move(known));
    if (has_bootstrap(run)) {
        ledger::Series marched = over("bootstrap", run.grid.breakpoints());
        marched.left = moved;
        marched.right = of_bootstrap(run, &Bootstrap::movement);
        result.series.push_back(std::move(marched));
    }
    ledger::Series neuron = hand_series("a linear neuron solved by hand");
    for (const double time : neuron.time) {
        neuron.left.push_back(by_hand(nearly_linear.at(time).reach.movement));
        neuron.right.push_back(before(nearly_linear.residual_norm, time));
    }
    result.series.push_back(std::move(neuron));
    finish(result, run);
    return result;
}

Evaluation evaluate_residual(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = {has_trajectory(experiment)};
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const bool marched = has_bootstrap(run);
    result.hypotheses.push_back({"the bootstrap applies", marched,
                                 run.start ? run.start->bounds.applies(DriftForm::basic).reason
                                           : "sigma has kinks, or the target is not known on the sphere"});
    if (!marched) return result;
    ledger::Series series = over("the trajectory", run.grid.breakpoints());
    series.left = along_runs(run, run.least_error(),
                             [](const Observables& seen, Eigen::Index at) { return seen.residual_norm(at); });
    series.right = of_bootstrap(run, &Bootstrap::residual_norm);
    result.series.push_back(std::move(series));

    const double rate = variant == Variant::mutated ? 2 : 1;
    const DriftBounds bounds = nearly_linear.bounds(LinearNeuron::radius());
    const LinearisedFlow flow{Eigen::VectorXd::Constant(1, rate * nearly_linear.eigenvalue()),
                              Eigen::VectorXd::Constant(1, nearly_linear.residual_norm), 1e-15};
    ledger::Series neuron = hand_series("a linear neuron solved by hand");
    std::vector<double> times = neuron.time;
    times.insert(times.begin(), 0);
    const Bootstrap known = march(bounds, flow, nearly_linear.residual_norm, bounds.kernel_diagonal(), times);
    for (std::size_t i = 0; i < neuron.time.size(); ++i) {
        neuron.left.push_back(by_hand(nearly_linear.at(neuron.time[i]).residual_norm));
        neuron.right.push_back({known.residual_norm[known.place(i + 1)], 0});
    }
    result.series.push_back(std::move(neuron));
    finish(result, run);
    return result;
}

/// Drift or remainder of the instances solved by hand by every form, under a radius that a mutation control changes.
void add_hand_series(std::vector<ledger::Series>& all, bool drift, double radius) {
    const LinearNeuron neuron{1};
    const auto right = [&](const DriftBounds& bounds, DriftForm form, const Reach& reach) {
        const DriftAndRemainder bound = bounds.bound(form, reach);
        return Measured{drift ? bound.drift : bound.remainder, 0};
    };
    for (const DriftForm form : {DriftForm::basic, DriftForm::hessian}) {
        ledger::Series series = hand_series("a linear neuron solved by hand, " + to_string(form));
        for (const double time : series.time) {
            const LinearNeuron::State state = neuron.at(time);
            series.left.push_back(by_hand(drift ? state.kernel_change : state.remainder));
            series.right.push_back(right(neuron.bounds(radius), form, state.reach));
        }
        all.push_back(std::move(series));
    }
    for (const DriftForm form : {DriftForm::pairs, DriftForm::pairs_l2}) {
        ledger::Series series =
            over("a linear pair solved by hand, " + to_string(form) + ", over gamma", {0.01, 0.02, 0.05});
        for (const double gamma : series.time) {
            const LinearPair::State state = LinearPair::at(gamma);
            series.left.push_back(by_hand(drift ? state.kernel_change : state.remainder));
            series.right.push_back(right(LinearPair::bounds(radius), form, state.reach));
        }
        all.push_back(std::move(series));
    }
}

double radius_of(Variant variant) { return variant == Variant::mutated ? 1 : LinearNeuron::radius(); }

Evaluation evaluate_drift(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = {has_trajectory(experiment)};
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    if (has_bootstrap(run)) {
        for (std::size_t probe = 0; probe < run.probes.size(); ++probe) {
            const auto row = static_cast<Eigen::Index>(probe);
            const double size = std::sqrt(run.start->kernel_bound);
            ledger::Series series =
                over("change of ||h_s||, " + probe_label(run.probes[probe]), run.grid.breakpoints());
            series.left = along_runs(run, 4 * run.seen.coefficient_error * (1 + size),
                                     [row](const Observables& seen, Eigen::Index at) {
                                         return std::abs(seen.kernel_gap(row, at) - seen.kernel_gap(row, 0));
                                     });
            for (std::size_t i = 0; i < series.time.size(); ++i) {
                series.right.push_back({bootstrap_gap(*run.start, probe, run.start->bootstrap->place(i)), 0});
            }
            result.series.push_back(std::move(series));
        }
    }
    add_hand_series(result.series, true, radius_of(variant));
    finish(result, run);
    return result;
}

Evaluation evaluate_remainder(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = {has_trajectory(experiment)};
    if (!all_hold(result.hypotheses)) return result;
    add_hand_series(result.series, false, radius_of(variant));
    finish(result, *experiment.trajectory);
    return result;
}

CheckDefinition definition(const std::string& id, const std::string& title, const std::string& claim,
                           const std::string& formula, const std::string& left, const std::string& right,
                           const std::string& mutation,
                           std::function<Evaluation(const Experiment&, Variant)> evaluate) {
    return check_over_time({id, title, claim, formula, "Drift", left, right, mutation}, ledger::Relation::at_most,
                           std::move(evaluate));
}

}  // namespace

std::vector<CheckDefinition> ingredient_checks() {
    const std::string shorter = "the length R of (x,1) taken as 1, on the instances solved by hand";
    return {
        definition(
            "movement-bound", "How far the parameters move",
            "The parameters are no further from their start than energy and bootstrap say before training.",
            "<mo>‖</mo><msub><mi>θ</mi><mi>t</mi></msub><mo>−</mo><msub><mi>θ</mi><mn>0</mn></msub><mo>‖</mo><mo>"
            "≤</mo><mi>β</mi><msqrt><mi>t</mi><mo>/</mo><mn>2</mn></msqrt>",
            "distance from the start", "P", "the loss at the start taken as beta^2/4, half of what it is",
            evaluate_movement),
        definition("residual-bound", "How fast the residual falls",
                   "The residual is at most what the bootstrap says before training.",
                   "<msub><mrow><mo>‖</mo><msub><mover><mi>r</mi><mo>^</mo></mover><mi>s</mi></msub><mo>‖</mo></mrow><"
                   "mi>n</mi></msub><mo>≤</mo><mi>y</mi><mo>(</mo><mi>s</mi><mo>)</mo>",
                   "residual norm", "y",
                   "the linearised network trained at twice the rate, on the instance solved by "
                   "hand",
                   evaluate_residual),
        definition(
            "drift-bound", "How far the kernel drifts",
            "The kernel is no further from its start than the drift bounds say.",
            "<mo>|</mo><msub><mi>K</mi><mi>s</mi></msub><mo>−</mo><msub><mi>K</mi><mn>0</mn></msub><mo>|</mo><mo>"
            "≤</mo><mi>Drift</mi>",
            "drift", "bound", shorter, evaluate_drift),
        definition(
            "remainder-bound", "How far the network is from linear",
            "What linearisation leaves out is at most what the bounds of the remainder say.",
            "<mo>|</mo><mi>f</mi><mo>−</mo><msub><mi>f</mi><mn>0</mn></msub><mo>−</mo><mo>∇</mo><msub><mi>f</mi><"
            "mn>0</mn></msub><mo>⋅</mo><mo>(</mo><mi>θ</mi><mo>−</mo><msub><mi>θ</mi><mn>0</mn></msub><mo>)</mo>"
            "<mo>|</mo><mo>≤</mo><mi>Rem</mi>",
            "remainder", "bound", shorter, evaluate_remainder),
    };
}

}  // namespace ntk::deviation
