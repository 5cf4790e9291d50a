// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/check_over_time.hpp"
#include "ntk/deviation/checks.hpp"
#include "ntk/deviation/damped_paths.hpp"
#include "ntk/deviation/descent_bound.hpp"
#include "ntk/deviation/descent_series.hpp"
#include "ntk/flow/kernel_flow.hpp"
#include "ntk/numeric/message_number.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>

/// The identity for a probe under gradient descent and its chain of bounds (theory.md, "Gradient descent").
namespace ntk::deviation {
namespace {

/// All lines for one probe of one run, for j = 0..J.
struct Lines {
    std::vector<Measured> coefficient;               ///< c_j
    std::vector<Measured> damped;                    ///< (1 - eta mu)^j c_0 + eta sum (1 - eta mu)^{j-1-i} delta_i
    std::vector<Measured> deviation;                 ///< |c_j - (1 - eta mu)^j c_0|
    std::vector<Measured> u1;                        ///< |eta sum (1 - eta mu)^{j-1-i} delta_i|
    std::vector<Measured> u1_prime;                  ///< eta sum |1 - eta mu|^{j-1-i} |delta_i|
    std::vector<Measured> u2;                        ///< D_eta(mu,j) max |delta_i|
    std::vector<Measured> u3;                        ///< with sampling, kernel and remainder apart
    std::vector<Measured> u4;                        ///< known before training; empty where nothing is
    std::vector<Measured> movement, movement_bound;  ///< ||theta_j - theta_0||, likewise
};

enum class Mutation {
    none,
    sign,
    undamped,
    squared_damping,
    one_step_less_in_u2,
    one_step_less_in_u3,
    one_step_less_in_u4
};

double power_of(double factor, std::size_t j) { return std::pow(factor, static_cast<double>(j)); }

Lines lines_of(const DescentResult& run, const DescentObservation& seen, std::size_t probe, Mutation mutation) {
    const auto row = static_cast<Eigen::Index>(probe);
    const double eta = run.step, mu = run.eigenvalues[probe].value, of_mu = run.eigenvalues[probe].error;
    const Observables& states = seen.states;
    const DescentSteps& steps = seen.steps;
    const Eigen::Index count = run.steps;
    // rho_j = (e^C_j + noise)/eta; delta_j = mu c_j - grad C . J^T Q r_j + rho_j.
    const Eigen::VectorXd rho = (steps.probe_remainder.row(row) + steps.probe_noise.row(row)).transpose() / eta;
    const Eigen::VectorXd delta = states.deviation.row(row).head(count).transpose() + rho;
    const double of_coefficient = states.coefficient_error;
    const Eigen::VectorXd delta_error =
        ((steps.probe_remainder_error + steps.product_error) / eta).array() + (1 + mu) * of_coefficient;
    const double factor = 1 - eta * mu;
    const auto signed_sum = damped_sum(mutation == Mutation::undamped ? 1 : factor, eta * delta, eta * delta_error);
    const auto absolute_sum = damped_sum(mutation == Mutation::squared_damping ? factor * factor : std::abs(factor),
                                         eta * delta.cwiseAbs(), eta * delta_error);
    const auto largest_delta = running_maximum(delta), largest_error = running_maximum(delta_error);
    const auto largest_rho = running_maximum(rho);
    const auto largest_sampling = running_maximum(states.sampling.row(row).head(count).transpose());
    const auto largest_residual = running_maximum(states.residual_norm.head(count));
    const auto largest_gap = running_maximum(states.kernel_gap.row(row).head(count).transpose());
    const double sign = mutation == Mutation::sign ? -1 : 1;
    const double start = states.coefficient(row, 0);
    Lines lines;
    for (std::size_t j = 0; j < signed_sum.size(); ++j) {
        const double c = states.coefficient(row, static_cast<Eigen::Index>(j));
        const double left = power_of(factor, j) * start;
        const auto steps_before = static_cast<long>(j);
        const double d = descent_damping_factor(mu, eta, steps_before);
        const double less = descent_damping_factor(mu, eta, std::max(steps_before - 1, 0L));
        const double d2 = mutation == Mutation::one_step_less_in_u2 ? less : d;
        const double d3 = mutation == Mutation::one_step_less_in_u3 ? less : d;
        const double shift = static_cast<double>(j) * eta * of_mu * (std::abs(left) + std::abs(signed_sum[j].value));
        const double error = signed_sum[j].error + shift;
        lines.coefficient.push_back({c, of_coefficient});
        lines.damped.push_back(
            {left + sign * signed_sum[j].value, error + std::abs(power_of(factor, j)) * of_coefficient});
        lines.deviation.push_back({std::abs(c - left), 2 * of_coefficient + shift});
        lines.u1.push_back({std::abs(signed_sum[j].value), error});
        lines.u1_prime.push_back({absolute_sum[j].value, absolute_sum[j].error + shift});
        lines.u2.push_back({d2 * largest_delta[j], d * largest_error[j] + shift});
        lines.u3.push_back(
            {mu * d3 * largest_sampling[j] + d3 * (largest_residual[j] * largest_gap[j] + largest_rho[j]),
             d * largest_error[j] + shift});
    }
    if (!run.start || run.mini_batches) return lines;
    for (std::size_t j = 0; j < signed_sum.size(); ++j) {
        const auto count_of = static_cast<long>(j);
        const long less = mutation == Mutation::one_step_less_in_u4 ? std::max(count_of - 1, 0L) : count_of;
        lines.u4.push_back(bound_before_descent(*run.start, probe, mu, eta, count_of, less));
        lines.movement.push_back({states.movement(count_of), 1e-15 * run.problem->start.norm()});
        const double bound = descent_reach(*run.start, eta, less).reach.movement;
        lines.movement_bound.push_back({less == 0 ? 0 : bound, 0});
    }
    return lines;
}

void note_error(std::map<std::string, double>& errors, const std::string& source, double error) {
    errors[source] = std::max(errors[source], error);
}

using Line = std::vector<Measured> Lines::*;

struct Comparison {
    Line left;
    Line right;
    Mutation mutation;
    ledger::Relation relation;
    bool needs_small_step;
    bool known_before = false;  ///< the right side is known before training
};

/// Both sides for every step with their errors.
struct BothSides {
    std::vector<Measured> left, right;
};

/// Of an identity: each side with its own errors and its distance from the other run.
BothSides apart(const DescentResult& run, const Lines& seen, const Lines& other, const Comparison& comparison,
                std::map<std::string, double>& errors) {
    BothSides sides{seen.*comparison.left, seen.*comparison.right};
    const auto left = distance_so_far(sides.left, other.*comparison.left, run.rounding_factor());
    const auto right = distance_so_far(sides.right, other.*comparison.right, run.rounding_factor());
    for (std::size_t j = 0; j < sides.left.size(); ++j) {
        note_error(errors, "steps, coefficients and rounding", std::max(sides.left[j].error, sides.right[j].error));
        note_error(errors, "trajectory", std::max(left[j], right[j]));
        sides.left[j].error += left[j];
        sides.right[j].error += right[j];
    }
    return sides;
}

/// Of a bound both lines come from the same deltas, and the claim is true of whatever these are: what counts is the
/// rounding of delta's terms, of the size of mu sqrt(N) beta and beta, and the change of the difference from run to
/// run.
BothSides together(const DescentResult& run, std::size_t probe, const Lines& seen, const Lines& other,
                   const Comparison& comparison, std::map<std::string, double>& errors) {
    BothSides sides{seen.*comparison.left, seen.*comparison.right};
    const double mu = run.eigenvalues[probe].value;
    const double largest = std::sqrt(multiplicity_double(run.probes[probe].dim(), run.probes[probe].degree));
    const double of_delta = 1e-14 * run.seen.states.residual_norm.maxCoeff() * (mu * largest + 1);
    double change = 0;
    for (std::size_t j = 0; j < sides.left.size(); ++j) {
        const double floor = of_delta * descent_damping_factor(mu, run.step, static_cast<long>(j));
        const double here = sides.right[j].value - sides.left[j].value;
        const double there = (other.*comparison.right)[j].value - (other.*comparison.left)[j].value;
        change = std::max(change, run.rounding_factor() * std::abs(here - there));
        sides.left[j].error = floor;
        sides.right[j].error = floor + change;
        note_error(errors, "steps, coefficients and rounding", floor);
        note_error(errors, "trajectory", change);
    }
    return sides;
}

ledger::Series series_of(const DescentResult& run, std::size_t probe, const Comparison& comparison, Mutation mutation,
                         std::map<std::string, double>& errors) {
    const Lines seen = lines_of(run, run.seen, probe, mutation), other = lines_of(run, run.compared, probe, mutation);
    const bool identity = comparison.relation == ledger::Relation::equal;
    const BothSides sides =
        identity ? apart(run, seen, other, comparison, errors) : together(run, probe, seen, other, comparison, errors);
    const auto row = static_cast<Eigen::Index>(probe);
    const double factor = 1 - run.step * run.eigenvalues[probe].value;
    const double start = std::abs(run.seen.states.coefficient(row, 0));
    const double start_norm = run.starts_at_zero ? run.target_norm : run.seen.states.residual_norm(0);
    double largest_sum = 0;
    for (const Measured& value : seen.u1) largest_sum = std::max(largest_sum, value.value);
    ledger::Series series;
    series.label = probe_label(run.probes[probe]);
    for (const long step : shown_steps(run.steps)) {
        const auto j = static_cast<std::size_t>(step);
        series.time.push_back(run.step * static_cast<double>(step));
        series.left.push_back(sides.left[j]);
        series.right.push_back(sides.right[j]);
        series.size.push_back(largest_sum);
        if (identity) continue;
        const double left_of_start = std::abs(power_of(factor, j)) * start;
        series.separates.push_back(std::abs(1 - power_of(factor, j)) * start);
        const double measured = std::abs(run.seen.states.coefficient(row, step));
        series.says_nothing.push_back(start < 0.1 * start_norm ? start_norm : measured + left_of_start);
    }
    return series;
}

/// What statements known before training need.
std::vector<ledger::Hypothesis> before_training(const DescentResult& run) {
    const bool bounded = run.start && run.start->bounds.applies(DriftForm::hessian).holds;
    const double smoothness = bounded ? descent_reach(*run.start, run.step, 1).smoothness : 0;
    return {{"every step takes the whole sample", !run.mini_batches, "the steps take mini-batches"},
            {"sigma has bounded first and second derivatives", bounded,
             run.start ? run.start->bounds.applies(DriftForm::hessian).reason : "sigma has kinks"},
            {"the step times the smoothness of the loss is at most 1 at the start", run.step * smoothness <= 1,
             "it is " + message_number(run.step * smoothness)}};
}

Evaluation evaluate(const Experiment& experiment, const Comparison& comparison, Variant variant) {
    Evaluation result;
    result.hypotheses = descent_probe_hypotheses(experiment);
    if (!all_hold(result.hypotheses)) return result;
    const DescentResult& run = *experiment.descent;
    double largest = 0;
    for (const Measured& mu : run.eigenvalues) largest = std::max(largest, mu.value);
    if (comparison.needs_small_step) {
        const std::vector<ledger::Hypothesis> more = {small_step(run.step, largest, "the largest mu of a probe")};
        result.hypotheses.insert(result.hypotheses.end(), more.begin(), more.end());
        if (!all_hold(more)) return result;
    }
    if (comparison.known_before) {
        const std::vector<ledger::Hypothesis> more = before_training(run);
        result.hypotheses.insert(result.hypotheses.end(), more.begin(), more.end());
        if (!all_hold(more)) return result;
    }
    // The parameters are the same for all probes.
    const bool of_parameters = comparison.left == &Lines::movement;
    const std::size_t count = of_parameters ? 1 : run.probes.size();
    for (std::size_t i = 0; i < count; ++i) {
        result.series.push_back(series_of(
            run, i, comparison, variant == Variant::mutated ? comparison.mutation : Mutation::none, result.errors));
    }
    result.scale = run.seen.states.residual_norm(0);
    if (of_parameters) {
        result.series.front().label = "all parameters";
        result.series.front().separates.clear();
        result.series.front().says_nothing.clear();
        return result;
    }
    if (comparison.relation == ledger::Relation::at_most) {
        result.note =
            "Vacuity is measured against ||r_0|| for probes with |c_0| < 0.1 ||r_0||, else against |c_j| + |1 - "
            "eta mu|^j |c_0|.";
    }
    return result;
}

CheckDefinition definition(const std::string& id, const std::string& title, const std::string& claim,
                           const std::string& formula, const std::string& left, const std::string& right,
                           const std::string& mutation, const Comparison& comparison) {
    return check_over_time({id, title, claim, formula, "Gradient descent", left, right, mutation, "time ηj"},
                           comparison.relation, [comparison](const Experiment& experiment, Variant variant) {
                               return evaluate(experiment, comparison, variant);
                           });
}

const std::string factor_formula = "<mo>(</mo><mn>1</mn><mo>−</mo><mi>η</mi><mi>μ</mi><mo>)</mo>";
const std::string sum_sign = "<mi>η</mi><munder><mo>∑</mo><mrow><mi>i</mi><mo>&lt;</mo><mi>j</mi></mrow></munder>";
const std::string damped_power =
    "<msup><mrow>" + factor_formula + "</mrow><mrow><mi>j</mi><mo>−</mo><mn>1</mn><mo>−</mo><mi>i</mi></mrow></msup>";
const std::string start_power =
    "<msup><mrow>" + factor_formula + "</mrow><mi>j</mi></msup><msub><mi>c</mi><mn>0</mn></msub>";
const std::string delta_i = "<msub><mi>δ</mi><mi>i</mi></msub>";
const std::string damping_formula =
    "<msub><mi>D</mi><mi>η</mi></msub><mo>(</mo><mi>μ</mi><mo>,</mo><mi>j</mi><mo>)</mo>";
const std::string maximum = "<munder><mi>max</mi><mrow><mi>i</mi><mo>&lt;</mo><mi>j</mi></mrow></munder>";

}  // namespace

std::vector<CheckDefinition> descent_checks() {
    const std::string absolute_sum = sum_sign + damped_power + "<mo>|</mo>" + delta_i + "<mo>|</mo>";
    const std::string damped_maximum = damping_formula + maximum + "<mo>|</mo>" + delta_i + "<mo>|</mo>";
    const std::string split =
        "<mi>μ</mi>" + damping_formula + maximum +
        "<mo>|</mo><mo>(</mo><mi>E</mi><mo>−</mo><msub><mi>E</mi><mi>n</mi></msub><mo>)</mo><mo>[</mo><mi>φ</"
        "mi><msub><mi>r</mi>"
        "<mi>i</mi></msub><mo>]</mo><mo>|</mo><mo>+</mo>" +
        damping_formula + "<mo>(</mo>" + maximum +
        "<msub><mrow><mo>‖</mo><msub><mover><mi>r</mi><mo>^</mo></mover><mi>i</mi></msub><mo>‖</mo></mrow><mi>n</mi></"
        "msub>" +
        maximum +
        "<msub><mrow><mo>‖</mo><msub><mi>h</mi><mi>i</mi></msub><mo>‖</mo></mrow><mi>n</mi></msub><mo>+</mo>" +
        maximum + "<mo>|</mo><msub><mi>ρ</mi><mi>i</mi></msub><mo>|</mo><mo>)</mo>";
    const std::string less = "one step less in D_eta(mu,j)";
    return {
        definition(
            "D3-descent", "Damped deviations of a probe under gradient descent",
            "The coefficient of the residual shrinks by the factor 1 - eta mu per step, up to damped deviations, "
            "among which is the second-order remainder of the coefficient.",
            "<msub><mi>c</mi><mi>j</mi></msub><mo>=</mo>" + start_power + "<mo>+</mo>" + sum_sign + damped_power +
                delta_i,
            "c_j from the network", "damped start plus damped deviations", "minus in the place of plus before the sum",
            {&Lines::coefficient, &Lines::damped, Mutation::sign, ledger::Relation::equal, false}),
        definition(
            "U1-descent", "Deviation equals the damped sum",
            "The distance of a coefficient from its infinite-width prediction is the absolute value of the damped "
            "sum of the deviations.",
            "<mo>|</mo><msub><mi>c</mi><mi>j</mi></msub><mo>−</mo>" + start_power + "<mo>|</mo><mo>=</mo><mo>|</mo>" +
                sum_sign + damped_power + delta_i + "<mo>|</mo>",
            "deviation", "U1", "no damping: the powers of 1 - eta mu left out of the sum",
            {&Lines::deviation, &Lines::u1, Mutation::undamped, ledger::Relation::equal, false}),
        definition("U1-prime-descent", "Absolute value inside the sum",
                   "The deviation is at most the damped sum of the absolute deviations.",
                   "<mtext>U1</mtext><mo>≤</mo>" + absolute_sum, "U1", "U1'",
                   "the square of the factor 1 - eta mu in U1'",
                   {&Lines::u1, &Lines::u1_prime, Mutation::squared_damping, ledger::Relation::at_most, true}),
        definition(
            "U2-descent", "Damping factor times the largest deviation",
            "The damped sum is at most the damping factor of gradient descent times the largest deviation so far.",
            absolute_sum + "<mo>≤</mo>" + damped_maximum, "U1'", "U2", less,
            {&Lines::u1_prime, &Lines::u2, Mutation::one_step_less_in_u2, ledger::Relation::at_most, true}),
        definition(
            "U3-descent", "Sampling error, kernel error and remainder apart",
            "The deviation splits into a sampling error, which is not amplified by 1/mu, the error of the kernel, "
            "and the second-order remainder of the steps, which are damped.",
            damped_maximum + "<mo>≤</mo>" + split, "U2", "U3", less,
            {&Lines::u2, &Lines::u3, Mutation::one_step_less_in_u3, ledger::Relation::at_most, true}),
        definition("U4-descent", "Known before training, under gradient descent",
                   "The deviation is at most what the start, the sample and the target tell before the first step, as "
                   "long as the step is small against the smoothness of the loss.",
                   "<mtext>U3</mtext><mo>≤</mo><mi>μ</mi>" + damping_formula +
                       "<mo>[</mo><mo>|</mo><mo>(</mo><mi>E</mi><mo>−</mo><msub><mi>E</mi><mi>n</mi></msub><mo>)</"
                       "mo><mo>[</mo>"
                       "<mi>φ</mi><msub><mi>r</mi><mn>0</mn></msub><mo>]</mo><mo>|</mo><mo>+</mo><mi>P</mi><mi>Z</"
                       "mi><mo>+</mo><mo>(</mo>"
                       "<mi>E</mi><mo>|</mo><mi>φ</mi><mo>|</mo><mo>+</mo><msub><mi>E</mi><mi>n</mi></msub><mo>|</"
                       "mo><mi>φ</mi><mo>|</mo><mo>)</mo>"
                       "<mi>Rem</mi><mo>]</mo><mo>+</mo>" +
                       damping_formula +
                       "<mo>{</mo><mi>β</mi><mo>(</mo><msub><mrow><mo>‖</mo><msub><mi>h</mi><mn>0</mn></msub><mo>‖</"
                       "mo></mrow><mi>n</mi></msub>"
                       "<mo>+</mo><mi>Drift</mi><mo>)</mo><mo>+</mo><mfrac><mi>η</mi><mn>2</mn></mfrac><mi>E</"
                       "mi><mo>|</mo><mi>φ</mi><mo>|</mo><mi>H</mi>"
                       "<msup><mi>β</mi><mn>2</mn></msup><msup><mi>M</mi><mn>2</mn></msup><mo>}</mo>",
                   "U3", "U4", less,
                   {&Lines::u3, &Lines::u4, Mutation::one_step_less_in_u4, ledger::Relation::at_most, true, true}),
        definition(
            "movement-descent", "How far gradient descent moves",
            "The distance of the parameters from their start is at most what the descent lemma allows.",
            "<mo>‖</mo><msub><mi>θ</mi><mi>j</mi></msub><mo>−</mo><msub><mi>θ</mi><mn>0</mn></msub><mo>‖</mo><mo>≤</mo>"
            "<mi>β</mi><msqrt><mfrac><mrow><mi>η</mi><mi>j</mi></mrow><mrow><mn>2</mn><mo>−</mo><mi>η</mi><mi>L</mi></"
            "mrow></mfrac></msqrt>",
            "movement", "bound", "one step less in the bound",
            {&Lines::movement, &Lines::movement_bound, Mutation::one_step_less_in_u4, ledger::Relation::at_most, true,
             true}),
    };
}

}  // namespace ntk::deviation
