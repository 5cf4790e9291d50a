// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/bound_lines.hpp"
#include "ntk/deviation/chain_lines.hpp"
#include "ntk/deviation/check_over_time.hpp"
#include "ntk/deviation/checks.hpp"
#include "ntk/deviation/damped_paths.hpp"
#include "ntk/deviation/series_notes.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

/// The lines of the chain that are known before training, each against the line before it (theory.md, "Chain of
/// bounds"; lib/ntk/bounds.md).
namespace ntk::deviation {
namespace {

using Line = std::function<std::vector<Measured>(const Experiment&, std::size_t probe, BoundMutation)>;

/// Both sides of a claim for one probe.
using BothLines = std::function<LinePair(const Experiment&, std::size_t probe, BoundMutation)>;

/// One line against the one before it.
struct Step {
    BothLines lines;
    std::function<std::vector<ledger::Hypothesis>(const Experiment&)> hypotheses;
    BoundMutation mutation;
    std::function<std::string(const Experiment&)> note = {};
};

/// A measured line below one that is known before training.
BothLines measured_below(ChainLine left, Line right) {
    return [left, right](const Experiment& experiment, std::size_t probe, BoundMutation mutation) {
        const TrajectoryResult& run = *experiment.trajectory;
        std::map<std::string, double> errors;
        return LinePair{with_errors(LineOfRuns(run, probe, left, ChainMutation::none),
                                    coefficient_floor(run, probe, left == ChainLine::deviation), errors),
                        right(experiment, probe, mutation)};
    };
}

/// A measured line below another one.
BothLines both_measured(ChainLine left, ChainLine right) {
    return [left, right](const Experiment& experiment, std::size_t probe, BoundMutation mutation) {
        const TrajectoryResult& run = *experiment.trajectory;
        const ChainMutation change =
            mutation == BoundMutation::squared_factor ? ChainMutation::squared_split : ChainMutation::none;
        std::map<std::string, double> errors;
        return pair_with_errors(LineOfRuns(run, probe, left, change), LineOfRuns(run, probe, right, change),
                                rounding_floor(run, probe), errors);
    };
}

/// A line that is known before training below another one.
BothLines both_known(Line left, Line right) {
    return [left, right](const Experiment& experiment, std::size_t probe, BoundMutation mutation) {
        return LinePair{left(experiment, probe, BoundMutation::none), right(experiment, probe, mutation)};
    };
}

Line before_training(std::vector<DriftForm> forms) {
    return [forms](const Experiment& experiment, std::size_t probe, BoundMutation mutation) {
        return line_before_training(*experiment.trajectory, probe, forms, mutation);
    };
}

std::vector<Measured> bootstrap(const Experiment& experiment, std::size_t probe, BoundMutation mutation) {
    return bootstrap_line(*experiment.trajectory, probe, mutation);
}

std::vector<Measured> split(const Experiment& experiment, std::size_t probe, BoundMutation mutation) {
    return linear_split_line(*experiment.trajectory, probe, mutation);
}

const std::vector<DriftForm> all_forms(drift_forms.begin(), drift_forms.end());
const std::vector<DriftForm> pair_forms = {DriftForm::pairs, DriftForm::pairs_l2};

double largest_error(const std::vector<Measured>& line) {
    double largest = 0;
    for (const Measured& at : line) largest = std::max(largest, at.error);
    return largest;
}

Evaluation evaluate(const Experiment& experiment, const Step& step, Variant variant) {
    Evaluation result;
    result.hypotheses = step.hypotheses(experiment);
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const BoundMutation mutation = variant == Variant::mutated ? step.mutation : BoundMutation::none;
    for (std::size_t i = 0; i < run.probes.size(); ++i) {
        Usefulness use = usefulness(run, i);
        ledger::Series series;
        series.label = probe_label(run.probes[i]);
        series.time = run.grid.breakpoints();
        LinePair lines = step.lines(experiment, i, mutation);
        series.left = std::move(lines.left);
        series.right = std::move(lines.right);
        series.separates = std::move(use.separates);
        series.says_nothing = std::move(use.says_nothing);
        for (const auto& [source, line] : {std::pair{"line on the left", &series.left}, {"start", &series.right}}) {
            result.errors[source] = std::max(result.errors[source], largest_error(*line));
        }
        result.series.push_back(std::move(series));
    }
    result.note = joined_notes({vacuity_note(run), tightness_note(result.series), informative_note(result.series),
                                step.note ? step.note(experiment) : ""});
    result.scale = run.seen.residual_norm(0);
    return result;
}

/// Everything about probes, that their start is known, and that the form of drift bound applies. The derivatives of
/// sigma come first: that is what rules out ReLU.
std::vector<ledger::Hypothesis> form_hypotheses(const Experiment& experiment, DriftForm form) {
    const bool smooth = std::isfinite(experiment.kernel.spec().activation->constants().L2);
    std::vector<ledger::Hypothesis> result = {
        {"sigma has a bounded second derivative", smooth, "sigma has no bounded second derivative"}};
    for (ledger::Hypothesis& one : probe_hypotheses(experiment)) result.push_back(std::move(one));
    if (!all_hold(result)) return result;
    const bool known = experiment.trajectory->start != nullptr;
    result.push_back({"the start is known before training", known, "the start was not looked at"});
    if (known) result.push_back(experiment.trajectory->start->bounds.applies(form));
    return result;
}

auto needs(DriftForm form) {
    return [form](const Experiment& experiment) { return form_hypotheses(experiment, form); };
}

std::vector<ledger::Hypothesis> split_hypotheses(const Experiment& experiment) {
    std::vector<ledger::Hypothesis> result = form_hypotheses(experiment, DriftForm::basic);
    if (!all_hold(result)) return result;
    result.push_back({"the eigenvectors of G_0 are known", experiment.trajectory->start->linearised.has_value(),
                      "the sample has more than " + std::to_string(most_linearised_points) + " points"});
    return result;
}

std::vector<ledger::Hypothesis> probability_hypotheses(const Experiment& experiment) {
    std::vector<ledger::Hypothesis> result = form_hypotheses(experiment, DriftForm::basic);
    if (!all_hold(result)) return result;
    const StartDesign& design = experiment.trajectory->start->design;
    result.push_back({"theta_0 is drawn from its law", design.start_is_drawn, "the start is given"});
    result.push_back({"the points of the sample are independent and uniform, or all of the sphere",
                      design.sample_is_drawn || design.population, "the points are given"});
    result.push_back({"the labels are values of the target", design.exact_labels, "the labels are noisy or given"});
    return result;
}

/// U5 and O5 are the statements with probability: each takes half of the study's failure probability, which U5 splits
/// over three events per probe.
double event_probability(const Experiment& experiment) {
    return experiment.failure_probability / 2 / (3 * static_cast<double>(experiment.trajectory->probes.size()));
}

std::string probability_note(const Experiment& experiment) {
    const TrajectoryResult& run = *experiment.trajectory;
    const double delta = event_probability(experiment);
    std::ostringstream text;
    text.precision(3);
    text << "Each of " << 3 * run.probes.size() << " events has probability at most " << delta << ".";
    for (std::size_t i = 0; i < run.probes.size(); ++i) {
        const RandomTerms terms = random_terms(experiment, i, delta);
        const ProbeStart& start = run.start->probes[i];
        text << " " << probe_label(run.probes[i]) << ": sampling " << start.sampling.value
             << " <= " << terms.sampling.value << " (" << terms.sampling.inequality << "), Z "
             << start.gradient_gap.value << " <= " << terms.gradient_gap.value << " (" << terms.gradient_gap.inequality
             << "), ||h_0|| " << start.kernel_gap.value << " <= " << terms.kernel_gap.value << " ("
             << terms.kernel_gap.inequality << ").";
    }
    const auto p = static_cast<double>(run.problem->network.shape().parameter_count());
    text << " U6, the form of the paper, has sqrt(p/n) where Z has sqrt(K_max/n): "
         << std::sqrt(p / run.start->kernel_bound) << " times as much, before its constants.";
    return text.str();
}

CheckDefinition definition(const std::string& id, const std::string& title, const std::string& claim,
                           const std::string& formula, const std::string& left, const std::string& right,
                           const std::string& mutation, const Step& step) {
    return check_over_time(
        {id, title, claim, formula, "Chain of bounds", left, right, mutation}, ledger::Relation::at_most,
        [step](const Experiment& experiment, Variant variant) { return evaluate(experiment, step, variant); });
}

std::string below(const std::string& left, const std::string& right) {
    return "<mtext>" + left + "</mtext><mo>≤</mo>" + right;
}

const std::string learned_part =
    "<mo>(</mo><mn>1</mn><mo>−</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>μ</mi><mi>t</mi></mrow></msup><mo>)</mo>";
const std::string bracket =
    "<mo>[</mo><mo>|</mo><mo>(</mo><mi>E</mi><mo>−</mo><msub><mi>E</mi><mi>n</mi></msub><mo>)</mo><mo>[</mo><mi>φ</mi>"
    "<msub><mi>r</mi><mn>0</mn></msub><mo>]</mo><mo>|</mo><mo>+</mo><msub><mi>P</mi><mi>t</mi></msub><mi>Z</mi><mo>+</"
    "mo><mo>(</mo><mi>E</mi><mo>|</mo><mi>φ</mi><mo>|</mo><mo>+</mo><msub><mi>E</mi><mi>n</mi></msub><mo>|</mo><mi>φ</"
    "mi><mo>|</mo><mo>)</mo><mi>Rem</mi><mo>]</mo>";
const std::string start_norm_of_gap =
    "<msub><mrow><mo>‖</mo><msub><mi>h</mi><mn>0</mn></msub><mo>‖</mo></mrow><mi>n</mi></msub>";
const std::string known_before =
    learned_part + bracket +
    "<mo>+</mo><mi>D</mi><mo>(</mo><mi>μ</mi><mo>,</mo><mi>t</mi><mo>)</mo><mi>β</mi><mo>(</"
    "mo>" +
    start_norm_of_gap + "<mo>+</mo><mi>Drift</mi><mo>)</mo>";
const std::string damped_integral =
    "<msubsup><mo>∫</mo><mn>0</mn><mi>t</mi></msubsup><msup><mi>e</mi><mrow><mo>−</mo><mi>μ</mi><mo>(</mo><mi>t</"
    "mi><mo>"
    "−</mo><mi>s</mi><mo>)</mo></mrow></msup>";

CheckDefinition form_check(const std::string& id, const std::string& title, const std::string& how, DriftForm needed,
                           const std::vector<DriftForm>& forms) {
    return definition(
        id, title,
        "The deviation is at most what sample, target and start say before training, with drift and "
        "remainder bounded " +
            how + ".",
        below("U3", known_before), "U3", id, "the square of D(mu,t) in the place of D(mu,t)",
        {measured_below(ChainLine::u3, before_training(forms)), needs(needed), BoundMutation::squared_factor});
}

/// One ordered pair of lines.
struct OrderedPair {
    std::string name;
    BothLines lines;
    std::function<std::vector<ledger::Hypothesis>(const Experiment&)> hypotheses;
};

std::vector<OrderedPair> ordered_pairs() {
    using L = ChainLine;
    std::vector<OrderedPair> pairs = {
        {"U1 <= U1'", both_measured(L::u1, L::u1_prime), probe_hypotheses},
        {"U1' <= U2", both_measured(L::u1_prime, L::u2), probe_hypotheses},
        {"U2 <= U3", both_measured(L::u2, L::u3), probe_hypotheses},
        {"U1' <= U3'", both_measured(L::u1_prime, L::u3_prime), probe_hypotheses},
        {"U3' <= U3", both_measured(L::u3_prime, L::u3), probe_hypotheses},
        {"U3' <= U4-bootstrap", measured_below(L::u3_prime, bootstrap), needs(DriftForm::basic)},
        {"U1 <= linear split", measured_below(L::u1, split), split_hypotheses}};
    for (const DriftForm form : drift_forms) {
        pairs.push_back(
            {"U3 <= U4 (" + to_string(form) + ")", measured_below(L::u3, before_training({form})), needs(form)});
    }
    return pairs;
}

Evaluation evaluate_order(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = probe_hypotheses(experiment);
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    std::string left_out;
    for (const OrderedPair& pair : ordered_pairs()) {
        const std::vector<ledger::Hypothesis> hypotheses = pair.hypotheses(experiment);
        if (!all_hold(hypotheses)) {
            left_out += (left_out.empty() ? "Left out, as a line does not apply: " : ", ") + pair.name;
            continue;
        }
        for (std::size_t i = 0; i < run.probes.size(); ++i) {
            ledger::Series series;
            series.label = pair.name + ", " + probe_label(run.probes[i]);
            series.time = run.grid.breakpoints();
            LinePair lines = pair.lines(experiment, i, BoundMutation::none);
            series.left = std::move(lines.left);
            series.right = std::move(lines.right);
            if (variant == Variant::mutated) std::swap(series.left, series.right);
            result.errors["left"] = std::max(result.errors["left"], largest_error(series.left));
            result.errors["right"] = std::max(result.errors["right"], largest_error(series.right));
            result.series.push_back(std::move(series));
        }
    }
    result.note = left_out + (left_out.empty() ? "" : ".");
    result.scale = run.seen.residual_norm(0);
    return result;
}

CheckDefinition order_check() {
    CheckDefinition order = definition(
        "chain-order", "The order of the chain",
        "Every line of the chain is at most the lines that it is said to be below, for every probe.",
        "<mtext>U1</mtext><mo>≤</mo><mtext>U1′</mtext><mo>≤</mo><mtext>U2</mtext><mo>≤</mo><mtext>U3</mtext><mo>≤</mo>"
        "<mtext>U4</mtext><mo>,</mo><mtext>U1′</mtext><mo>≤</mo><mtext>U3′</mtext><mo>≤</mo><mtext>U3</mtext><mo>,</mo>"
        "<mtext>U3′</mtext><mo>≤</mo><mtext>bootstrap</mtext><mo>,</mo><mtext>U1</mtext><mo>≤</mo><mtext>linear "
        "split</mtext>",
        "the line below", "the line above", "every pair the other way round", {});
    order.evaluate = evaluate_order;
    return order;
}

}  // namespace

std::vector<CheckDefinition> bound_checks() {
    const Line with_probability = [](const Experiment& experiment, std::size_t probe, BoundMutation mutation) {
        return line_with_probability(experiment, probe, event_probability(experiment), mutation);
    };
    std::vector<CheckDefinition> checks = {
        definition(
            "U3-prime", "Sampling error and kernel error apart, inside the integral",
            "The damped integral of the deviations is at most that of the sampling error and of the kernel's "
            "error.",
            below("U1′", damped_integral +
                             "<mo>(</mo><mi>μ</mi><mo>|</mo><mo>(</mo><mi>E</mi><mo>−</mo><msub><mi>E</mi><mi>n</"
                             "mi></msub><mo>)</mo><mo>[</mo><mi>φ</mi><msub><mi>r</mi><mi>s</mi></msub><mo>]</"
                             "mo><mo>|</mo><mo>+</mo><msub><mrow><mo>‖</mo><msub><mover><mi>r</mi><mo>^</mo></"
                             "mover><mi>s</mi></msub><mo>‖</mo></mrow><mi>n</mi></msub><msub><mrow><mo>‖</mo>"
                             "<msub><mi>h</mi><mi>s</mi></msub><mo>‖</mo></mrow><mi>n</mi></msub><mo>)</mo><mi>d</"
                             "mi><mi>s</mi>"),
            "U1'", "U3'", "D(mu,t) once more in front of the integral",
            {both_measured(ChainLine::u1_prime, ChainLine::u3_prime), probe_hypotheses, BoundMutation::squared_factor}),
        form_check("U4-basic", "Before training: neuron by neuron", "neuron by neuron", DriftForm::basic,
                   {DriftForm::basic}),
        form_check("U4-H", "Before training: by the Hessian", "by the norm of the Hessian of the network",
                   DriftForm::hessian, {DriftForm::hessian}),
        form_check("U4-A2", "Before training: pairs",
                   "by the cancellation inside the pairs of an antisymmetric start, neuron by neuron or in the mean of "
                   "squares",
                   DriftForm::pairs, pair_forms),
        form_check("U4-A2l2", "Before training: pairs in the mean of squares",
                   "by the cancellation inside pairs, with Cauchy-Schwarz over neurons", DriftForm::pairs_l2,
                   {DriftForm::pairs_l2}),
        form_check("U4", "Before training: the smallest of all forms", "by the smallest of all forms that apply",
                   DriftForm::basic, all_forms),
        definition(
            "U4-bootstrap", "Before training: bootstrap",
            "The deviation is at most the damped integral of bounds that are marched in time, each from the "
            "others.",
            below("U3′", damped_integral + "<mo>{</mo><mi>μ</mi>" + bracket +
                             "<mo>+</mo><mi>y</mi><mo>(</mo><mi>s</mi><mo>)</mo><mo>(</mo>" + start_norm_of_gap +
                             "<mo>+</mo><mi>Drift</mi><mo>)</mo><mo>}</mo><mi>d</mi><mi>s</mi>"),
            "U3'", "bootstrap", "K_0 taken as the infinite-width kernel: h_0 left out",
            {measured_below(ChainLine::u3_prime, bootstrap), needs(DriftForm::basic), BoundMutation::no_start_gap}),
        definition(
            "linear-split", "Before training: the linearised network and what it leaves",
            "The deviation is at most that of the linearised network plus the effect of a drifting kernel on the "
            "coefficient and on the residual.",
            below("U1",
                  "<mo>|</mo><msub><mi>c</mi><mi>lin</mi></msub><mo>(</mo><mi>t</mi><mo>)</mo><mo>−</mo><msup><"
                  "mi>e</mi><mrow><mo>−</mo><mi>μ</mi><mi>t</mi></mrow></msup><mi>c</mi><mo>(</mo><mn>0</mn><mo>)"
                  "</mo><mo>|</mo><mo>+</mo><msubsup><mo>∫</mo><mn>0</mn><mi>t</mi></msubsup><mi>y</mi><mo>(</"
                  "mo><mi>u</mi><mo>)</mo><mo>[</mo><mo>‖</mo><msub><mi>h</mi><mi>u</mi></msub><mo>−</mo><msub>"
                  "<mi>h</mi><mn>0</mn></msub><mo>‖</mo><mo>+</mo><mo>‖</mo><mi>A</mi><mo>(</mo><mi>t</mi><mo>−</"
                  "mo><mi>u</mi><mo>)</mo><msub><mi>g</mi><mn>0</mn></msub><mo>‖</mo><mo>‖</mo><msub><mi>G</mi>"
                  "<mi>u</mi></msub><mo>−</mo><msub><mi>G</mi><mn>0</mn></msub><mo>‖</mo><mo>]</mo><mi>d</mi><mi>"
                  "u</mi>"),
            "U1", "linear split", "the linearised network taken as infinitely wide: c_lin(t) = e^{-mu t} c(0)",
            {measured_below(ChainLine::u1, split), split_hypotheses, BoundMutation::no_linear_part}),
    };
    CheckDefinition probability =
        definition("U5", "With probability, before the draw",
                   "The bound known before training is, with the study's probability, at most what the laws of sample "
                   "and start say in its place.",
                   below("U4", known_before + "<mo>,</mo><mtext>random terms by their laws</mtext>"), "U4", "U5",
                   "sample and width taken as infinite: the random terms left out",
                   {both_known(before_training(all_forms), with_probability), probability_hypotheses,
                    BoundMutation::no_random_terms, probability_note});
    probability.evidence = ledger::EvidenceKind::statistical;
    checks.push_back(std::move(probability));
    checks.push_back(order_check());
    return checks;
}

}  // namespace ntk::deviation
