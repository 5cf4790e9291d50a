// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"

#include <algorithm>
#include <chrono>
#include <sstream>

namespace ntk::deviation {
namespace {

/// A statement that holds with a probability below 1 cannot be refuted by one run.
void excuse_event(ledger::Check& check, const Experiment& experiment) {
    if (check.verdict != ledger::Verdict::violated) return;
    check.verdict = ledger::Verdict::inconclusive;
    for (ledger::Series& series : check.series) {
        if (series.verdict == ledger::Verdict::violated) series.verdict = ledger::Verdict::inconclusive;
    }
    std::ostringstream note;
    note << "Exceeded in this run: an event of probability at most " << experiment.failure_probability << ".";
    check.note += (check.note.empty() ? "" : " ") + note.str();
}

ledger::Check judged(const CheckDefinition& definition, const Experiment& experiment, Variant variant) {
    Evaluation evaluation = definition.evaluate(experiment, variant);
    ledger::Check check;
    check.id = definition.id;
    check.study = experiment.name;
    check.title = definition.title;
    check.claim = definition.claim;
    check.formula = definition.formula;
    check.theory = definition.theory;
    check.left_name = definition.left_name;
    check.right_name = definition.right_name;
    check.abscissa = definition.abscissa;
    check.relation = definition.relation;
    check.evidence = definition.evidence;
    check.hypotheses = std::move(evaluation.hypotheses);
    check.series = std::move(evaluation.series);
    check.errors = std::move(evaluation.errors);
    check.note = std::move(evaluation.note);
    check.reproduce = experiment.reproduce + " --only " + definition.id;
    judge(check, evaluation.scale);
    if (variant == Variant::claim && check.evidence == ledger::EvidenceKind::statistical)
        excuse_event(check, experiment);
    return check;
}

}  // namespace

ledger::Check run_check(const CheckDefinition& definition, const Experiment& experiment) {
    const auto start = std::chrono::steady_clock::now();
    ledger::Check check = judged(definition, experiment, Variant::claim);
    if (check.verdict != ledger::Verdict::not_applicable) {
        const ledger::Verdict control = judged(definition, experiment, Variant::mutated).verdict;
        check.mutation_control = {definition.mutation, control};
        if (control != ledger::Verdict::violated && check.verdict < ledger::Verdict::inconclusive) {
            check.verdict = ledger::Verdict::inconclusive;
            check.note += (check.note.empty() ? "" : " ") +
                          std::string("The mutation control was not violated, so the check shows nothing here.");
        }
    }
    check.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return check;
}

std::vector<CheckDefinition> standard_checks() {
    std::vector<CheckDefinition> all;
    for (auto& group : {spectrum_checks(), damping_checks(), flow_checks(), identity_checks(), chain_checks(),
                        rate_checks(), bound_checks(), ingredient_checks(), sphere_checks(), overparameterised_checks(),
                        descent_sample_checks(), descent_checks()}) {
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

ledger::Hypothesis has_trajectory(const Experiment& experiment) {
    return {"the study trains a finite network by gradient flow", experiment.trajectory.has_value(),
            experiment.no_trajectory};
}

ledger::Hypothesis has_probes(const Experiment& experiment) {
    const bool any = experiment.trajectory && !experiment.trajectory->probes.empty();
    return {"at least one probe is asked for", any, "checks.probes is empty, or there is no trajectory"};
}

ledger::Hypothesis has_kernels(const Experiment& experiment) {
    const bool any = experiment.trajectory && experiment.trajectory->no_kernels.empty();
    return {"the kernel moves continuously along the trajectory", any,
            experiment.trajectory ? experiment.trajectory->no_kernels : "there is no trajectory"};
}

ledger::Hypothesis knows_target(const Experiment& experiment) {
    const bool known = experiment.trajectory && experiment.trajectory->knows_target;
    return {"the target is known on the sphere", known,
            experiment.trajectory ? "it is known on the sample alone, so that <r, phi> is not known"
                                  : "there is no trajectory"};
}

std::vector<ledger::Hypothesis> probe_hypotheses(const Experiment& experiment) {
    return {has_trajectory(experiment), has_kernels(experiment), knows_target(experiment), has_probes(experiment)};
}

bool all_hold(const std::vector<ledger::Hypothesis>& hypotheses) {
    return std::all_of(hypotheses.begin(), hypotheses.end(), [](const ledger::Hypothesis& one) { return one.holds; });
}

}  // namespace ntk::deviation
