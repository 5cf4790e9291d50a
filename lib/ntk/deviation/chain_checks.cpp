// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"
#include "ntk/deviation/damped_paths.hpp"

#include "ntk/numeric/damping.hpp"

#include <algorithm>
#include <cmath>

/// The chain of bounds for a probe (theory.md, "Chain of bounds"): dev = U1 <= U1' <= U2 <= U3.
namespace ntk::deviation {
namespace {

/// All lines of the chain for one probe of one run, at the breakpoints of the grid.
struct Lines {
    std::vector<Measured> deviation;  ///< dev(t) = |c(t) - e^{-mu t} c(0)|
    std::vector<Measured> u1;         ///< |int e^{-mu(t-s)} delta|
    std::vector<Measured> u1_prime;   ///< int e^{-mu(t-s)} |delta|
    std::vector<Measured> u2;         ///< D(mu,t) sup |delta|
    std::vector<Measured> u3;         ///< (1-e^{-mu t}) sup |(E-E_n)[phi r]| + D(mu,t) sup ||r||_n sup ||h||_n
};

/// Which line is changed by its mutation control.
enum class Mutation { none, undamped, doubled_rate, squared_factor, no_kernel_gap };

double rate_with(Mutation mutation, double mu) {
    if (mutation == Mutation::undamped) return 0;
    return mutation == Mutation::doubled_rate ? 2 * mu : mu;
}

Lines lines_of(const TrajectoryResult& run, const Observables& seen, std::size_t probe, Mutation mutation) {
    const auto row = static_cast<Eigen::Index>(probe);
    const double mu = run.eigenvalues[probe].value;
    const TimeGrid& grid = run.grid;
    const Eigen::VectorXd delta = seen.deviation.row(row);
    const auto signed_integral = grid.damped_integral(mutation == Mutation::undamped ? 0 : mu, delta);
    const auto sup_delta = grid.running_supremum(delta);
    const auto sup_sampling = grid.running_supremum(seen.sampling.row(row));
    const auto sup_residual = grid.running_supremum(seen.residual_norm);
    const auto sup_gap = grid.running_supremum(seen.kernel_gap.row(row));
    Lines lines;
    lines.u1_prime = grid.damped_integral_of_absolute(
        rate_with(mutation == Mutation::doubled_rate ? mutation : Mutation::none, mu), delta);
    for (std::size_t i = 0; i < grid.breakpoints().size(); ++i) {
        const double time = grid.breakpoints()[i];
        const auto at = static_cast<Eigen::Index>(grid.place(i));
        const double factor = damping_factor(mu, time);
        const double learned = mu * factor;
        const double power = mutation == Mutation::squared_factor ? factor * factor : factor;
        const double gap = mutation == Mutation::no_kernel_gap ? 0 : 1;
        lines.deviation.push_back(
            {std::abs(seen.coefficient(row, at) - std::exp(-mu * time) * seen.coefficient(row, 0)), 0});
        lines.u1.push_back({std::abs(signed_integral[i].value), signed_integral[i].error});
        lines.u2.push_back({power * sup_delta[i].value, power * sup_delta[i].error});
        lines.u3.push_back(
            {learned * sup_sampling[i].value + gap * factor * sup_residual[i].value * sup_gap[i].value,
             learned * sup_sampling[i].error +
                 gap * factor * (sup_residual[i].error * sup_gap[i].value + sup_residual[i].value * sup_gap[i].error)});
    }
    return lines;
}

using Line = std::vector<Measured> Lines::*;

struct Comparison {
    Line left;
    Line right;
    Mutation mutation;
    ledger::Relation relation;
};

/// The lines of the run that is used and of those that it is compared with.
struct LinesOfRuns {
    Lines seen;
    std::vector<Lines> compared;
};

/// One line with its errors: its own of quadrature or supremum, the distances from the other runs, and what the
/// population coefficients add (one entry of `floor` per breakpoint). The distances pass through zero now and then:
/// their largest value so far is the estimate.
std::vector<Measured> with_errors(const LinesOfRuns& runs, Line line, const std::vector<double>& floor,
                                  std::map<std::string, double>& errors) {
    std::vector<Measured> result = runs.seen.*line;
    double trajectory = 0;
    for (std::size_t i = 0; i < result.size(); ++i) {
        double apart = 0;
        for (const Lines& other : runs.compared) apart += std::abs(result[i].value - (other.*line)[i].value);
        trajectory = std::max(trajectory, apart);
        errors["quadrature or supremum"] = std::max(errors["quadrature or supremum"], result[i].error);
        errors["population coefficients and rounding"] =
            std::max(errors["population coefficients and rounding"], floor[i]);
        result[i].error += trajectory + floor[i];
    }
    errors["trajectory"] = std::max(errors["trajectory"], trajectory);
    return result;
}

ledger::Series series_of(const TrajectoryResult& run, std::size_t probe, const Comparison& comparison,
                         Mutation mutation, std::map<std::string, double>& errors) {
    LinesOfRuns runs{lines_of(run, run.seen, probe, mutation), {}};
    for (const Observables& other : run.compared) runs.compared.push_back(lines_of(run, other, probe, mutation));
    const auto row = static_cast<Eigen::Index>(probe);
    const double mu = run.eigenvalues[probe].value;
    const double start = std::abs(run.seen.coefficient(row, 0));
    const double start_norm = run.starts_at_zero ? run.target_norm : run.seen.residual_norm(0);
    // In U1 both sides come from different data, so the tolerance is the least error of either; the other lines are
    // made from the same delta. An error of a coefficient enters dev once and the integrals through delta = mu c - ...,
    // damped.
    const bool from_network = comparison.left == &Lines::deviation;
    std::vector<double> floor;
    for (const double time : run.grid.breakpoints()) {
        floor.push_back(run.seen.coefficient_error * (1 + 2 * damping_factor(mu, time)) *
                            (from_network ? 1 : std::min(time, 1.0)) +
                        (from_network ? run.least_error() : 0));
    }
    // An identity is measured against the supremum of its deviation integral.
    double largest_integral = 0;
    for (const Measured& value : runs.seen.u1) largest_integral = std::max(largest_integral, value.value);
    ledger::Series series;
    series.label = probe_label(run.probes[probe]);
    series.time = run.grid.breakpoints();
    series.left = with_errors(runs, comparison.left, floor, errors);
    series.right = with_errors(runs, comparison.right, floor, errors);
    series.size.assign(series.time.size(), largest_integral);
    if (comparison.relation == ledger::Relation::equal) return series;
    for (std::size_t i = 0; i < series.time.size(); ++i) {
        const double decay = std::exp(-mu * series.time[i]);
        series.separates.push_back((1 - decay) * start);
        const double measured = std::abs(run.seen.coefficient(row, static_cast<Eigen::Index>(run.grid.place(i))));
        series.says_nothing.push_back(start < 0.1 * start_norm ? start_norm : measured + decay * start);
    }
    return series;
}

Evaluation evaluate(const Experiment& experiment, const Comparison& comparison, Variant variant) {
    Evaluation result;
    result.hypotheses = probe_hypotheses(experiment);
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const Mutation mutation = variant == Variant::mutated ? comparison.mutation : Mutation::none;
    bool by_norm = false;
    for (std::size_t i = 0; i < run.probes.size(); ++i) {
        result.series.push_back(series_of(run, i, comparison, mutation, result.errors));
        const double norm = run.starts_at_zero ? run.target_norm : run.seen.residual_norm(0);
        by_norm = by_norm || std::abs(run.seen.coefficient(static_cast<Eigen::Index>(i), 0)) < 0.1 * norm;
    }
    if (by_norm && comparison.relation == ledger::Relation::at_most) {
        result.note =
            "Vacuity is measured against ||r_0|| for probes with |c(0)| < 0.1 ||r_0||, else against |c(t)| + e^{-mu "
            "t}|c(0)|.";
    }
    result.scale = run.seen.residual_norm(0);
    return result;
}

CheckDefinition definition(const std::string& id, const std::string& title, const std::string& claim,
                           const std::string& formula, const std::string& left, const std::string& right,
                           const std::string& mutation, const Comparison& comparison) {
    CheckDefinition made;
    made.id = id;
    made.title = title;
    made.claim = claim;
    made.formula = formula;
    made.theory = "Chain of bounds";
    made.left_name = left;
    made.right_name = right;
    made.abscissa = "time t";
    made.relation = comparison.relation;
    made.evidence = ledger::EvidenceKind::estimate;
    made.mutation = mutation;
    made.evaluate = [comparison](const Experiment& experiment, Variant variant) {
        return evaluate(experiment, comparison, variant);
    };
    return made;
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
                   {&Lines::deviation, &Lines::u1, Mutation::undamped, ledger::Relation::equal}),
        definition("U1-prime", "Absolute value inside the integral",
                   "The deviation is at most the damped integral of the absolute deviations.",
                   "<mtext>U1</mtext><mo>≤</mo>" + absolute_integral, "U1", "U1'",
                   "damping at twice the rate: e^{-2 mu(t-s)} in U1'",
                   {&Lines::u1, &Lines::u1_prime, Mutation::doubled_rate, ledger::Relation::at_most}),
        definition("U2", "Damping factor times the largest deviation",
                   "The damped integral is at most the damping factor times the supremum of the deviations so far.",
                   absolute_integral + "<mo>≤</mo>" + damped_supremum, "U1'", "U2",
                   "the square of D(mu,t) in the place of D(mu,t)",
                   {&Lines::u1_prime, &Lines::u2, Mutation::squared_factor, ledger::Relation::at_most}),
        definition("U3", "Sampling error and kernel error apart",
                   "The deviation splits into a sampling error, which is not amplified by 1/mu, and the error of the "
                   "kernel, which is damped.",
                   damped_supremum + "<mo>≤</mo>" + split, "U2", "U3",
                   "the kernel's error left out (K_s taken as the infinite-width kernel)",
                   {&Lines::u2, &Lines::u3, Mutation::no_kernel_gap, ledger::Relation::at_most}),
    };
}

}  // namespace ntk::deviation
