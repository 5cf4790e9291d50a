// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"
#include "ntk/deviation/damped_paths.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

/// The measured rate of decay of a coefficient against the interval that U1 implies around the eigenvalue (theory.md,
/// "Chain of bounds").
namespace ntk::deviation {
namespace {

/// Rates are judged where they and the ends of the interval are known to this part of the eigenvalue.
constexpr double resolved_part = 1e-7;

/// U1 and |c|, each with the distance of the runs as error, at the breakpoints.
struct Deviation {
    std::vector<Measured> bound;
    std::vector<Measured> coefficient;
};

Deviation deviation_of(const TrajectoryResult& run, std::size_t probe) {
    const auto row = static_cast<Eigen::Index>(probe);
    const double mu = run.eigenvalues[probe].value;
    Deviation result;
    result.bound = run.grid.damped_integral(mu, run.seen.deviation.row(row));
    std::vector<std::vector<Measured>> others;
    for (const Observables& other : run.compared) {
        others.push_back(run.grid.damped_integral(mu, other.deviation.row(row)));
    }
    const double floor = run.least_error() + 3 * run.seen.coefficient_error;
    double bound_apart = 0, apart = 0;
    for (std::size_t i = 0; i < result.bound.size(); ++i) {
        const auto at = static_cast<Eigen::Index>(run.grid.place(i));
        double of_bound = 0, of_coefficient = 0;
        for (std::size_t other = 0; other < others.size(); ++other) {
            of_bound += std::abs(result.bound[i].value - others[other][i].value);
            of_coefficient += std::abs(run.seen.coefficient(row, at) - run.compared[other].coefficient(row, at));
        }
        bound_apart = std::max(bound_apart, of_bound);
        apart = std::max(apart, of_coefficient);
        result.bound[i] = {std::abs(result.bound[i].value), result.bound[i].error + bound_apart + floor};
        result.coefficient.push_back({std::abs(run.seen.coefficient(row, at)), apart + floor});
    }
    return result;
}

/// -log(x)/t with the error that one of x brings; x - error > 0.
Measured rate_of(const Measured& x, double time) {
    return {-std::log(x.value) / time, x.error / (x.value - x.error) / time};
}

/// a/b for positive b.
Measured quotient(const Measured& a, const Measured& b) {
    return {a.value / b.value, (a.error + a.value / b.value * b.error) / (b.value - b.error)};
}

/// Both halves of the claim for one probe; empty series where no time is informative.
struct Halves {
    ledger::Series below, above;
};

Halves halves_of(const TrajectoryResult& run, std::size_t probe, double factor, std::map<std::string, double>& errors) {
    const double mu = run.eigenvalues[probe].value;
    const Deviation deviation = deviation_of(run, probe);
    const Measured start = deviation.coefficient.front();
    Halves halves;
    halves.below.label = probe_label(run.probes[probe]) + ", lower end";
    halves.above.label = probe_label(run.probes[probe]) + ", upper end";
    if (!(start.value > 2 * start.error)) return halves;
    for (std::size_t i = 1; i < deviation.bound.size(); ++i) {
        const double time = run.grid.breakpoints()[i];
        const Measured &bound = deviation.bound[i], &now = deviation.coefficient[i];
        const bool informative = bound.value + bound.error < -std::expm1(-mu * time) * start.value;
        if (!informative || !(now.value > 2 * now.error)) continue;
        const Measured share = quotient(bound, start);
        const Measured rate = rate_of(quotient(now, start), time);
        const double decay = std::exp(-mu * time), other_decay = std::exp(-factor * mu * time);
        const double of_mu = run.eigenvalues[probe].error;
        const double low_error = rate_of({decay + share.value, share.error}, time).error + of_mu;
        if (rate.error + low_error > resolved_part * mu) continue;
        const Measured low{rate_of({other_decay + share.value, share.error}, time).value, low_error};
        halves.below.time.push_back(time);
        halves.below.left.push_back(low);
        halves.below.right.push_back(rate);
        errors["measured rate"] = std::max(errors["measured rate"], rate.error);
        errors["interval"] = std::max(errors["interval"], low.error);
        // Above there is an end only where the bound is below the prediction.
        const Measured gap{decay - share.value, share.error};
        if (!(gap.value > 2 * gap.error)) continue;
        const double high_error = rate_of(gap, time).error + of_mu;
        if (rate.error + high_error > resolved_part * mu) continue;
        const double other_gap = other_decay - share.value;
        halves.above.time.push_back(time);
        halves.above.left.push_back(rate);
        halves.above.right.push_back(
            {other_gap > 0 ? -std::log(other_gap) / time : std::numeric_limits<double>::infinity(),
             other_gap > 0 ? high_error : 0});
    }
    return halves;
}

Evaluation evaluate(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = probe_hypotheses(experiment);
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const double factor = variant == Variant::mutated ? 2 : 1;
    for (std::size_t i = 0; i < run.probes.size(); ++i) {
        if (!(run.eigenvalues[i].value > 0)) continue;
        Halves halves = halves_of(run, i, factor, result.errors);
        if (!halves.below.time.empty()) result.series.push_back(std::move(halves.below));
        if (!halves.above.time.empty()) result.series.push_back(std::move(halves.above));
    }
    result.hypotheses.push_back({"U1 is informative for a probe at a time where its rate is resolved",
                                 !result.series.empty(), "at no time and for no probe"});
    result.note = "Judged where U1 is informative and the rate and the interval are known to a ten-millionth of mu.";
    result.scale = 1;
    return result;
}

}  // namespace

std::vector<CheckDefinition> rate_checks() {
    CheckDefinition rate;
    rate.id = "decay-rate";
    rate.title = "Measured rates of decay";
    rate.claim =
        "The rate at which the coefficient of a degree has decayed lies within the interval that U1 leaves around the "
        "eigenvalue. Nothing is fitted.";
    rate.formula =
        "<mi>μ</mi><mo>−</mo><mfrac><mrow><mi>log</mi><mo>(</mo><mn>1</mn><mo>+</mo><mi>ρ</mi><msup><mi>e</"
        "mi><mrow><mi>μ</mi><mi>t</mi>"
        "</mrow></msup><mo>)</mo></mrow><mi>t</mi></mfrac><mo>≤</mo><mo>−</mo><mfrac><mn>1</mn><mi>t</mi></"
        "mfrac><mi>log</mi><mo>|</mo>"
        "<mfrac><mrow><mi>c</mi><mo>(</mo><mi>t</mi><mo>)</mo></mrow><mrow><mi>c</mi><mo>(</mo><mn>0</mn><mo>)</mo></"
        "mrow></mfrac><mo>|</mo>"
        "<mo>≤</mo><mi>μ</mi><mo>−</mo><mfrac><mrow><mi>log</mi><mo>(</mo><mn>1</mn><mo>−</mo><mi>ρ</mi><msup><mi>e</"
        "mi><mrow><mi>μ</mi>"
        "<mi>t</mi></mrow></msup><mo>)</mo></mrow><mi>t</mi></mfrac><mo>,</mo><mspace "
        "width='1em'/><mi>ρ</mi><mo>=</mo><mfrac><mtext>U1</mtext>"
        "<mrow><mo>|</mo><mi>c</mi><mo>(</mo><mn>0</mn><mo>)</mo><mo>|</mo></mrow></mfrac>";
    rate.theory = "Chain of bounds";
    rate.left_name = "smaller rate";
    rate.right_name = "larger rate";
    rate.abscissa = "time t";
    rate.relation = ledger::Relation::at_most;
    rate.evidence = ledger::EvidenceKind::estimate;
    rate.mutation = "twice the eigenvalue in the place of the eigenvalue";
    rate.evaluate = evaluate;
    return {rate};
}

}  // namespace ntk::deviation
