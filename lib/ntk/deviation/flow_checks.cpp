// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"
#include "ntk/deviation/identity_series.hpp"
#include "ntk/flow/kink_flow.hpp"
#include "ntk/network/homogeneity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

/// The energy identity of gradient flow, the decrease of its loss, and what it conserves.
namespace ntk::deviation {
namespace {

Paths path_of(const TrajectoryResult& run, Eigen::VectorXd Observables::*member) {
    Paths paths{run.seen.*member, {}};
    for (const Observables& other : run.compared) paths.compared.push_back(other.*member);
    return paths;
}

/// Rounding of a loss: a residual carries about 1e-15 of the largest one.
double loss_rounding(const TrajectoryResult& run) { return 1e-14 * run.seen.loss.maxCoeff(); }

/// What the tolerance of a parameter means to the loss: |dPhi| = ||r||_n ||dr||_n.
double loss_tolerance(const TrajectoryResult& run) { return run.least_error() * run.seen.residual_norm.maxCoeff(); }

Evaluation evaluate_energy(const Experiment& experiment, Variant variant) {
    Evaluation result;
    const Activation& activation = *experiment.kernel.spec().activation;
    // At a jump of the speed the difference of two quadrature rules is no estimate of their error.
    result.hypotheses = {has_trajectory(experiment),
                         {"the speed of the parameters does not jump", !has_velocity_jumps(activation),
                          activation.name() + " has kinks, where the quadrature has no honest error"}};
    if (!experiment.trajectory) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const double sign = variant == Variant::mutated ? 1 : -1;
    result.series.push_back(identity_series("loss", run.grid, {0, 0}, path_of(run, &Observables::loss),
                                            path_of(run, &Observables::squared_speed), loss_tolerance(run),
                                            loss_rounding(run), sign, result.errors));
    result.scale = run.seen.loss(0);
    return result;
}

/// Phi(t_i) <= Phi(t_{i-1}) at all recorded times.
Evaluation evaluate_monotone(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = {has_trajectory(experiment)};
    if (!experiment.trajectory) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const Paths loss = path_of(run, &Observables::loss);
    ledger::Series series;
    series.label = "loss";
    double trajectory = 0;
    const double rounding = loss_rounding(run);
    for (Eigen::Index i = 1; i < loss.seen.size(); ++i) {
        double apart = 0;
        // Errors that both values share do not count: the distance of the decreases.
        for (const Eigen::VectorXd& other : loss.compared) {
            apart += std::abs((loss.seen(i) - loss.seen(i - 1)) - (other(i) - other(i - 1)));
        }
        trajectory = std::max(trajectory, apart);
        ledger::Measured before{loss.seen(i - 1), rounding}, after{loss.seen(i), apart + rounding};
        if (variant == Variant::mutated) std::swap(before.value, after.value);
        series.time.push_back(run.grid.times()[static_cast<std::size_t>(i)]);
        series.left.push_back(after);
        series.right.push_back(before);
    }
    result.series.push_back(std::move(series));
    result.errors["trajectory"] = trajectory;
    result.errors["rounding"] = rounding;
    result.scale = run.seen.loss(0);
    return result;
}

/// p a^2 - ||v||^2 of every neuron, for activations with z sigma'(z) = p sigma(z).
Evaluation evaluate_conservation(const Experiment& experiment, Variant variant) {
    Evaluation result;
    const Activation& activation = *experiment.kernel.spec().activation;
    result.hypotheses = {has_trajectory(experiment),
                         {"the activation is positively homogeneous", homogeneity(activation).has_value(),
                          activation.name() + " is not"}};
    if (!experiment.trajectory || !homogeneity(activation)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const Paths drift = path_of(run, variant == Variant::claim ? &Observables::balance : &Observables::imbalance);
    const double size = run.seen.imbalance.maxCoeff();
    ledger::Series series;
    series.label = "largest change of any neuron";
    double trajectory = run.least_error();
    for (Eigen::Index i = 1; i < drift.seen.size(); ++i) {
        double apart = 0;
        for (const Eigen::VectorXd& other : drift.compared) apart += std::abs(drift.seen(i) - other(i));
        trajectory = std::max(trajectory, apart);
        series.time.push_back(run.grid.times()[static_cast<std::size_t>(i)]);
        series.left.push_back({drift.seen(i), trajectory});
        series.right.push_back({0, 0});
        series.size.push_back(size);
    }
    result.series.push_back(std::move(series));
    result.errors["trajectory"] = trajectory;
    result.scale = size;
    return result;
}

}  // namespace

std::vector<CheckDefinition> flow_checks() {
    CheckDefinition energy;
    energy.id = "energy";
    energy.title = "Energy identity of gradient flow";
    energy.claim =
        "The loss falls by exactly the integral of the squared speed of the parameters: the trajectory is one of "
        "gradient flow.";
    energy.formula =
        "<msub><mi>Φ</mi><mi>t</mi></msub><mo>=</mo><msub><mi>Φ</mi><mn>0</mn></msub><mo>−</mo>"
        "<msubsup><mo>∫</mo><mn>0</mn><mi>t</mi></msubsup><msup><mrow><mo>‖</mo><mover><mi>θ</mi><mo>˙</mo></mover>"
        "<mo>‖</mo></mrow><mn>2</mn></msup><mi>d</mi><mi>s</mi>";
    energy.theory = "Conventions";
    energy.left_name = "loss from the network";
    energy.right_name = "loss at the start minus the integral";
    energy.abscissa = "time t";
    energy.relation = ledger::Relation::equal;
    energy.evidence = ledger::EvidenceKind::estimate;
    energy.mutation = "plus in the place of minus before the integral";
    energy.evaluate = evaluate_energy;

    CheckDefinition monotone = energy;
    monotone.id = "monotone";
    monotone.title = "The loss never rises";
    monotone.claim = "From each recorded time to the next the loss does not rise.";
    monotone.formula =
        "<msub><mi>Φ</mi><mi>t</mi></msub><mo>≤</mo><msub><mi>Φ</mi><mi>s</mi></msub><mo>,</mo><mspace width='1em'/>"
        "<mi>s</mi><mo>≤</mo><mi>t</mi>";
    monotone.left_name = "loss";
    monotone.right_name = "loss at the recorded time before";
    monotone.relation = ledger::Relation::at_most;
    monotone.mutation = "the two times exchanged";
    monotone.evaluate = evaluate_monotone;

    CheckDefinition conservation = energy;
    conservation.id = "conservation";
    conservation.title = "Balance of the layers of a homogeneous network";
    conservation.claim =
        "With z sigma'(z) = p sigma(z), gradient flow conserves p a^2 - |v|^2 of every neuron, v its weights and bias: "
        "also over kinks.";
    conservation.formula =
        "<mi>p</mi><msubsup><mi>a</mi><mi>ℓ</mi><mn>2</mn></msubsup><mo>(</mo><mi>t</mi><mo>)</mo><mo>−</mo>"
        "<msup><mrow><mo>‖</mo><msub><mi>v</mi><mi>ℓ</mi></msub><mo>(</mo><mi>t</mi><mo>)</mo><mo>‖</mo></mrow>"
        "<mn>2</mn></msup><mo>=</mo><mtext>const</mtext>";
    conservation.left_name = "largest change of a balance";
    conservation.right_name = "zero";
    conservation.mutation = "plus in the place of minus between the two squares";
    conservation.evaluate = evaluate_conservation;
    return {energy, monotone, conservation};
}

}  // namespace ntk::deviation
