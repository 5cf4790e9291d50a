// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/experiment.hpp"
#include "ntk/ledger/check.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ntk::deviation {

/// The claim as stated, or with the one change that its mutation control makes.
enum class Variant { claim, mutated };

/// The two sides of a claim on an experiment, with their errors.
struct Evaluation {
    std::vector<ledger::Hypothesis> hypotheses;
    std::vector<ledger::Series> series;
    std::map<std::string, double> errors;
    double scale = 1;  ///< size of the problem, for judge_bound
    std::string note;
};

/// A claim that can be held against any experiment. Users add their own by making one and passing it to run_check.
struct CheckDefinition {
    std::string id;
    std::string title;
    std::string claim;
    std::string formula;  ///< MathML
    std::string theory;   ///< section of theory.md
    std::string left_name;
    std::string right_name;
    std::string abscissa;
    ledger::Relation relation;
    ledger::EvidenceKind evidence;
    std::string mutation;  ///< the change of the mutation control, in words
    std::function<Evaluation(const Experiment&, Variant)> evaluate;
};

/// Evaluates, judges, and runs the mutation control. A statistical claim that fails in this one run is inconclusive: it
/// is an event of small probability, which only coverage over many seeds can call violated. A control that does not
/// come out violated turns holds and vacuous into inconclusive, with a note: a check that cannot fail shows nothing.
ledger::Check run_check(const CheckDefinition& definition, const Experiment& experiment);

/// The checks of this library in the order of theory.md: trace, routes, damping factor, energy, monotone loss,
/// conservation, D1, D3, U1, U1-prime, U2, U3, decay-rate, U3-prime, U4 and its forms, linear-split, U5, chain-order,
/// what they are made of, D2, span, degrees, all-directions, O1 to O5; and of gradient descent D4, O1-descent,
/// O4-descent, D3-descent, U1-descent, U1-prime-descent, U2-descent, U3-descent, U4-descent, movement-descent.
std::vector<CheckDefinition> standard_checks();

/// The groups that standard_checks is made of, one per file.
std::vector<CheckDefinition> spectrum_checks();
std::vector<CheckDefinition> damping_checks();
/// What gradient flow itself promises: also of simulations without the parts that damped deviations are made of.
std::vector<CheckDefinition> flow_checks();
std::vector<CheckDefinition> identity_checks();
std::vector<CheckDefinition> chain_checks();
std::vector<CheckDefinition> rate_checks();
std::vector<CheckDefinition> sphere_checks();
/// Gradient descent, on the sample and for probes.
std::vector<CheckDefinition> descent_sample_checks();
std::vector<CheckDefinition> descent_checks();
/// U3-prime, U4 by every form, U4-bootstrap, linear-split, U5, chain-order: what is known before training (bounds.md).
std::vector<CheckDefinition> bound_checks();
/// movement-bound, residual-bound, drift-bound, remainder-bound: what those bounds are made of.
std::vector<CheckDefinition> ingredient_checks();
/// O1 to O5: the empirical risk of wide networks (overparameterised.md).
std::vector<CheckDefinition> overparameterised_checks();

/// The hypothesis that the experiment has a trajectory.
ledger::Hypothesis has_trajectory(const Experiment& experiment);
/// The hypothesis that the trajectory was observed along at least one probe.
ledger::Hypothesis has_probes(const Experiment& experiment);
/// The hypothesis that it was observed with kernels (observables.hpp).
ledger::Hypothesis has_kernels(const Experiment& experiment);
/// The hypothesis that the target is known on the sphere, so that the coefficients are those of the residual.
ledger::Hypothesis knows_target(const Experiment& experiment);
/// All four of them: what every statement on the deviation of a probe needs.
std::vector<ledger::Hypothesis> probe_hypotheses(const Experiment& experiment);

/// Whether all of them hold. An evaluation returns early where one fails: the data it needs may not be there.
bool all_hold(const std::vector<ledger::Hypothesis>& hypotheses);

}  // namespace ntk::deviation
