// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/chain_lines.hpp"
#include "ntk/deviation/check_over_time.hpp"
#include "ntk/deviation/checks.hpp"
#include "ntk/deviation/damped_paths.hpp"
#include "ntk/deviation/series_notes.hpp"

#include <algorithm>

/// The chain of bounds for a probe (theory.md, "Chain of bounds"): dev = U1 <= U1' <= U2 <= U3.
namespace ntk::deviation {
namespace {

struct Comparison {
    ChainLine left;
    ChainLine right;
    ChainMutation mutation;
    ledger::Relation relation;
};

ledger::Series series_of(const TrajectoryResult& run, std::size_t probe, const Comparison& comparison,
                         ChainMutation mutation, std::map<std::string, double>& errors) {
    const LineOfRuns left(run, probe, comparison.left, mutation), right(run, probe, comparison.right, mutation);
    ledger::Series series;
    series.label = probe_label(run.probes[probe]);
    series.time = run.grid.breakpoints();
    if (comparison.relation == ledger::Relation::equal) {
        // An identity is measured against the supremum of its deviation integral.
        double largest_integral = 0;
        for (const Measured& at : right.seen) largest_integral = std::max(largest_integral, at.value);
        series.size.assign(series.time.size(), largest_integral);
        const std::vector<double> floor = coefficient_floor(run, probe, comparison.left == ChainLine::deviation);
        series.left = with_errors(left, floor, errors);
        series.right = with_errors(right, floor, errors);
        return series;
    }
    LinePair pair = pair_with_errors(left, right, rounding_floor(run, probe), errors);
    series.left = std::move(pair.left);
    series.right = std::move(pair.right);
    Usefulness use = usefulness(run, probe);
    series.separates = std::move(use.separates);
    series.says_nothing = std::move(use.says_nothing);
    return series;
}

Evaluation evaluate(const Experiment& experiment, const Comparison& comparison, Variant variant) {
    Evaluation result;
    result.hypotheses = probe_hypotheses(experiment);
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const ChainMutation mutation = variant == Variant::mutated ? comparison.mutation : ChainMutation::none;
    result.scale = run.seen.residual_norm(0);
    const bool identity = comparison.relation == ledger::Relation::equal;
    for (std::size_t i = 0; i < run.probes.size(); ++i) {
        result.series.push_back(series_of(run, i, comparison, mutation, result.errors));
    }
    result.note = identity ? leave_out_zeros(result.series, result.scale) : vacuity_note(run);
    return result;
}

CheckDefinition definition(const std::string& id, const std::string& title, const std::string& claim,
                           const std::string& formula, const std::string& left, const std::string& right,
                           const std::string& mutation, const Comparison& comparison) {
    return check_over_time({id, title, claim, formula, "Chain of bounds", left, right, mutation}, comparison.relation,
                           [comparison](const Experiment& experiment, Variant variant) {
                               return evaluate(experiment, comparison, variant);
                           });
}

const std::string damped_kernel =
    "<msup><mi>e</mi><mrow><mo>−</mo><mi>μ</mi><mo>(</mo><mi>t</mi><mo>−</mo><mi>s</mi><mo>)</mo></mrow></msup>";
const std::string integral_sign = "<msubsup><mo>∫</mo><mn>0</mn><mi>t</mi></msubsup>";
const std::string delta_of_s = "<mi>δ</mi><mo>(</mo><mi>s</mi><mo>)</mo>";
const std::string factor_formula = "<mi>D</mi><mo>(</mo><mi>μ</mi><mo>,</mo><mi>t</mi><mo>)</mo>";
const std::string supremum = "<munder><mi>sup</mi><mrow><mi>s</mi><mo>≤</mo><mi>t</mi></mrow></munder>";

}  // namespace

std::vector<CheckDefinition> chain_checks() {
    const std::string absolute_integral =
        integral_sign + damped_kernel + "<mo>|</mo>" + delta_of_s + "<mo>|</mo><mi>d</mi><mi>s</mi>";
    const std::string damped_supremum = factor_formula + supremum + "<mo>|</mo>" + delta_of_s + "<mo>|</mo>";
    const std::string split =
        "<mo>(</mo><mn>1</mn><mo>−</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>μ</mi><mi>t</mi></mrow></msup><mo>)</mo>" +
        supremum +
        "<mo>|</mo><mo>(</mo><mi>E</mi><mo>−</mo><msub><mi>E</mi><mi>n</mi></msub><mo>)</mo><mo>[</mo><mi>φ</"
        "mi><msub><mi>r</mi><mi>s</mi></msub><mo>]</mo><mo>|</mo><mo>+</mo>" +
        factor_formula + supremum +
        "<msub><mrow><mo>‖</mo><msub><mover><mi>r</mi><mo>^</mo></mover><mi>s</mi></msub><mo>‖</mo></mrow><mi>n</mi></"
        "msub>" +
        supremum + "<msub><mrow><mo>‖</mo><msub><mi>h</mi><mi>s</mi></msub><mo>‖</mo></mrow><mi>n</mi></msub>";
    return {
        definition("U1", "Deviation equals the damped integral",
                   "The distance of a coefficient from its infinite-width prediction is the absolute value of the "
                   "damped integral of the deviations.",
                   "<mo>|</mo><mi>c</mi><mo>(</mo><mi>t</mi><mo>)</mo><mo>−</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>μ</"
                   "mi><mi>t</mi></mrow></msup><mi>c</mi><mo>(</mo><mn>0</mn><mo>)</mo><mo>|</mo><mo>=</mo><mo>|</mo>" +
                       integral_sign + damped_kernel + delta_of_s + "<mi>d</mi><mi>s</mi><mo>|</mo>",
                   "dev(t)", "U1", "no damping: e^{-mu(t-s)} left out of the integral",
                   {ChainLine::deviation, ChainLine::u1, ChainMutation::undamped, ledger::Relation::equal}),
        definition("U1-prime", "Absolute value inside the integral",
                   "The deviation is at most the damped integral of the absolute deviations.",
                   "<mtext>U1</mtext><mo>≤</mo>" + absolute_integral, "U1", "U1'",
                   "damping at twice the rate: e^{-2 mu(t-s)} in U1'",
                   {ChainLine::u1, ChainLine::u1_prime, ChainMutation::doubled_rate, ledger::Relation::at_most}),
        definition("U2", "Damping factor times the largest deviation",
                   "The damped integral is at most the damping factor times the supremum of the deviations so far.",
                   absolute_integral + "<mo>≤</mo>" + damped_supremum, "U1'", "U2",
                   "the square of D(mu,t) in the place of D(mu,t)",
                   {ChainLine::u1_prime, ChainLine::u2, ChainMutation::squared_factor, ledger::Relation::at_most}),
        definition("U3", "Sampling error and kernel error apart",
                   "The deviation splits into a sampling error, which is not amplified by 1/mu, and the error of the "
                   "kernel, which is damped.",
                   damped_supremum + "<mo>≤</mo>" + split, "U2", "U3",
                   "the square of D(mu,t) in the place of D(mu,t), in both terms",
                   {ChainLine::u2, ChainLine::u3, ChainMutation::squared_split, ledger::Relation::at_most}),
    };
}

}  // namespace ntk::deviation
