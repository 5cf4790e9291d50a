// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"
#include "ntk/deviation/descent_series.hpp"
#include "ntk/flow/kernel_flow.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

/// Gradient descent on the sample: the identity D4 and the bounds O1 and O4 (theory.md, "Gradient descent").
namespace ntk::deviation {
namespace {

/// Along the eigenvectors u_i of G^inf with ||u_i||_n = 1: x_j = <r_j, u_i>_n, and
/// s_j = <eta (G^inf - G_j) r_j + noise_j + e_j, u_i>_n; directions x (J + 1) and directions x J.
struct Projection {
    Eigen::MatrixXd residual;
    Eigen::MatrixXd source;
};

struct Projections {
    Eigen::VectorXd eigenvalues;  ///< decreasing, none negative
    Projection seen, compared;
    /// Estimated errors in ||.||_n, and so along every direction: of r_j (the largest), and of s_j for every step.
    double residual_error;
    Eigen::VectorXd source_error;
};

Projections project(const DescentResult& run) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(run.kernel_gram);
    const Eigen::MatrixXd basis =
        run.problem->weights.cwiseSqrt().asDiagonal() * solver.eigenvectors().rowwise().reverse();
    Projections result;
    result.eigenvalues = solver.eigenvalues().reverse().cwiseMax(0);
    const double eta = run.step;
    const auto along = [&](const DescentObservation& seen) {
        const Eigen::Index count = run.steps;
        Projection made;
        made.residual = basis.transpose() * seen.states.residual;
        made.source = eta * (result.eigenvalues.asDiagonal() * made.residual.leftCols(count) -
                             basis.transpose() * seen.states.gram_residual.leftCols(count)) +
                      basis.transpose() * (seen.steps.remainder + seen.steps.noise);
        return made;
    };
    result.seen = along(run.seen);
    result.compared = along(run.compared);
    // Rounding of G^inf, of its eigenvectors and of sums over n entries.
    const double n = static_cast<double>(run.kernel_gram.rows());
    const double rounding = 1e-14 * std::sqrt(n) * run.seen.states.residual_norm(0);
    const DescentSteps& steps = run.seen.steps;
    result.residual_error = steps.residual_error.maxCoeff() + rounding;
    result.source_error = eta * result.eigenvalues(0) * (steps.residual_error.array() + rounding) +
                          2 * steps.product_error.array() + steps.remainder_error.array();
    return result;
}

std::vector<Measured> measured(const Eigen::VectorXd& values, double error) {
    std::vector<Measured> result;
    for (const double value : values) result.push_back({value, error});
    return result;
}

double power_of(double factor, std::size_t j) { return std::pow(factor, static_cast<double>(j)); }

/// (1 - eta lambda)^j x_0 + sign sum, for j = 0..J.
std::vector<Measured> right_side(double factor, const Eigen::VectorXd& path, const std::vector<Measured>& sum,
                                 double sign, double start_error) {
    std::vector<Measured> result;
    for (std::size_t j = 0; j < sum.size(); ++j) {
        const double power = power_of(factor, j);
        result.push_back({power * path(0) + sign * sum[j].value, sum[j].error + std::abs(power) * start_error});
    }
    return result;
}

struct Sides {
    std::vector<Measured> left, right, left_other, right_other, sum;
};

/// Both sides of D4 along one direction of both runs.
Sides sides_of(const DescentResult& run, const Projections& along, Eigen::Index i, double sign, double share) {
    const double factor = 1 - run.step * along.eigenvalues(i);
    Sides sides;
    sides.sum = damped_sum(factor, along.seen.source.row(i), share * along.source_error);
    const auto other = damped_sum(factor, along.compared.source.row(i), share * along.source_error);
    sides.left = measured(along.seen.residual.row(i), share * along.residual_error);
    sides.left_other = measured(along.compared.residual.row(i), 0);
    sides.right = right_side(factor, along.seen.residual.row(i), sides.sum, sign, share * along.residual_error);
    sides.right_other = right_side(factor, along.compared.residual.row(i), other, sign, 0);
    return sides;
}

ledger::Series identity_of(const DescentResult& run, const std::string& label, const Sides& sides,
                           std::map<std::string, double>& errors) {
    const auto left_apart = distance_so_far(sides.left, sides.left_other, run.rounding_factor());
    const auto right_apart = distance_so_far(sides.right, sides.right_other, run.rounding_factor());
    double largest_sum = 0;
    for (const Measured& value : sides.sum) largest_sum = std::max(largest_sum, std::abs(value.value));
    ledger::Series series;
    series.label = label;
    for (const long step : shown_steps(run.steps)) {
        const auto j = static_cast<std::size_t>(step);
        series.time.push_back(run.step * static_cast<double>(step));
        series.left.push_back({sides.left[j].value, sides.left[j].error + left_apart[j]});
        series.right.push_back({sides.right[j].value, sides.right[j].error + right_apart[j]});
        series.size.push_back(largest_sum);
        errors["steps and rounding"] =
            std::max({errors["steps and rounding"], sides.left[j].error, sides.right[j].error});
        errors["trajectory"] = std::max({errors["trajectory"], left_apart[j], right_apart[j]});
    }
    return series;
}

ledger::Hypothesis is_decomposed(const Experiment& experiment) {
    const bool decomposed = experiment.descent && experiment.descent->kernel_gram.size() > 0;
    return {"the sample is small enough for an eigendecomposition of G^inf", decomposed,
            "there is no gradient descent, or it has more than " + std::to_string(most_eigenvector_points) + " points"};
}

constexpr Eigen::Index shown_directions = 5;

Evaluation evaluate_d4(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = {has_descent(experiment), is_decomposed(experiment)};
    if (!all_hold(result.hypotheses)) return result;
    const DescentResult& run = *experiment.descent;
    const Projections along = project(run);
    const double sign = variant == Variant::mutated ? -1 : 1;
    const Eigen::Index count = along.eigenvalues.size();
    for (Eigen::Index i = 0; i < std::min(shown_directions, count); ++i) {
        result.series.push_back(identity_of(run, "eigendirection " + std::to_string(i + 1),
                                            sides_of(run, along, i, sign, 1), result.errors));
    }
    // All directions: the norm of the difference of both sides against zero; each direction has its share of the
    // errors.
    ledger::Series all = result.series.front();
    all.label = "all " + std::to_string(count) + " directions";
    std::vector<double> gap(all.time.size(), 0), error(gap), size(gap);
    std::map<std::string, double> unused;
    const double share = 1 / std::sqrt(static_cast<double>(count));
    for (Eigen::Index i = 0; i < count; ++i) {
        const ledger::Series one = identity_of(run, "", sides_of(run, along, i, sign, share), unused);
        for (std::size_t s = 0; s < gap.size(); ++s) {
            gap[s] = std::hypot(gap[s], one.left[s].value - one.right[s].value);
            error[s] = std::hypot(error[s], one.left[s].error + one.right[s].error);
            size[s] = std::hypot(size[s], one.size[s]);
        }
    }
    for (std::size_t s = 0; s < gap.size(); ++s) {
        all.left[s] = {gap[s], error[s]};
        all.right[s] = {0, 0};
        all.size[s] = size[s];
    }
    result.series.push_back(std::move(all));
    result.scale = run.seen.states.residual_norm(0);
    return result;
}

/// What O1 and O4 say of a set of neighbouring directions first..last (from 0): norms over it, per step.
struct Block {
    std::vector<double> deviation, residual, predicted, learned;
    std::vector<double> largest_source;  ///< max_{i<j} ||s_i||/eta
};

Block block_of(const DescentResult& run, const Projections& along, const Projection& seen, Eigen::Index first,
               Eigen::Index count) {
    const Eigen::MatrixXd path = seen.residual.middleRows(first, count);
    const Eigen::VectorXd source = seen.source.middleRows(first, count).colwise().norm().transpose() / run.step;
    const Eigen::ArrayXd factors = 1 - run.step * along.eigenvalues.segment(first, count).array();
    Block block;
    block.largest_source = running_maximum(source);
    Eigen::VectorXd predicted = path.col(0);
    for (Eigen::Index j = 0; j < path.cols(); ++j) {
        block.deviation.push_back((path.col(j) - predicted).norm());
        block.residual.push_back(path.col(j).norm());
        block.predicted.push_back(predicted.norm());
        block.learned.push_back((path.col(0) - predicted).norm());
        predicted.array() *= factors;
    }
    return block;
}

/// A bound on a block of directions: left and right of both runs, with their errors.
struct Bound {
    std::function<double(const Block&, std::size_t)> left;
    std::function<double(const Block&, std::size_t)> right;
    double rate;  ///< of the damping factor that carries errors of the source
};

ledger::Series bound_of(const DescentResult& run, const Projections& along, const std::string& label,
                        Eigen::Index first, Eigen::Index count, const Bound& bound,
                        std::map<std::string, double>& errors) {
    const Block seen = block_of(run, along, along.seen, first, count);
    const Block other = block_of(run, along, along.compared, first, count);
    const double step_error = along.source_error.maxCoeff() / run.step;
    const double whole = run.seen.states.residual_norm(0);
    ledger::Series series;
    series.label = label;
    double left_apart = 0, right_apart = 0;
    for (const long step : shown_steps(run.steps)) {
        const auto j = static_cast<std::size_t>(step);
        const double left = bound.left(seen, j), right = bound.right(seen, j);
        left_apart = std::max(left_apart, run.rounding_factor() * std::abs(left - bound.left(other, j)));
        right_apart = std::max(right_apart, run.rounding_factor() * std::abs(right - bound.right(other, j)));
        const double carried = descent_damping_factor(bound.rate, run.step, step) * step_error;
        series.time.push_back(run.step * static_cast<double>(step));
        series.left.push_back({left, left_apart + 2 * along.residual_error});
        series.right.push_back({right, right_apart + along.residual_error + carried});
        series.says_nothing.push_back(seen.residual[0] < 0.1 * whole ? whole : seen.residual[j] + seen.predicted[j]);
        series.separates.push_back(seen.learned[j]);
        errors["trajectory"] = std::max({errors["trajectory"], left_apart, right_apart});
        errors["steps and rounding"] = std::max(errors["steps and rounding"], along.residual_error + carried);
    }
    return series;
}

std::vector<ledger::Hypothesis> bound_hypotheses(const Experiment& experiment) {
    return {has_descent(experiment), is_decomposed(experiment)};
}

/// Hypotheses, data and the scale of a bound; nothing further where a hypothesis fails.
bool prepare(const Experiment& experiment, Evaluation& result, Projections& along) {
    result.hypotheses = bound_hypotheses(experiment);
    if (!all_hold(result.hypotheses)) return false;
    const DescentResult& run = *experiment.descent;
    along = project(run);
    const std::vector<ledger::Hypothesis> more = {
        small_step(run.step, along.eigenvalues(0), "the largest eigenvalue of G^inf")};
    result.hypotheses.insert(result.hypotheses.end(), more.begin(), more.end());
    result.scale = run.seen.states.residual_norm(0);
    return all_hold(more);
}

Evaluation evaluate_o1(const Experiment& experiment, Variant variant) {
    Evaluation result;
    Projections along;
    if (!prepare(experiment, result, along)) return result;
    const DescentResult& run = *experiment.descent;
    const long less = variant == Variant::mutated ? 1 : 0;
    const auto bound_at = [&](double rate) {
        return Bound{[](const Block& block, std::size_t j) { return block.deviation[j]; },
                     [rate, less, eta = run.step](const Block& block, std::size_t j) {
                         const long steps = std::max(static_cast<long>(j) - less, 0L);
                         return descent_damping_factor(rate, eta, steps) * block.largest_source[j];
                     },
                     rate};
    };
    const Eigen::Index count = along.eigenvalues.size();
    for (Eigen::Index i = 0; i < std::min(shown_directions, count); ++i) {
        result.series.push_back(bound_of(run, along, "eigendirection " + std::to_string(i + 1), i, 1,
                                         bound_at(along.eigenvalues(i)), result.errors));
    }
    for (Eigen::Index k = 2; k < 2 * count; k *= 2) {
        const Eigen::Index used = std::min(k, count);
        result.series.push_back(bound_of(run, along, "first " + std::to_string(used) + " eigendirections", 0, used,
                                         bound_at(along.eigenvalues(used - 1)), result.errors));
    }
    return result;
}

Evaluation evaluate_o4(const Experiment& experiment, Variant variant) {
    Evaluation result;
    Projections along;
    if (!prepare(experiment, result, along)) return result;
    const DescentResult& run = *experiment.descent;
    const bool mutated = variant == Variant::mutated;
    const Eigen::Index count = along.eigenvalues.size();
    const double eta = run.step, smallest = along.eigenvalues(count - 1);
    const auto residual = [](const Block& block, std::size_t j) { return block.residual[j]; };
    for (Eigen::Index k = 1; k <= count; k *= 2) {
        const double rate = along.eigenvalues(k - 1);
        const double factor = 1 - eta * rate;
        const double first = along.seen.residual.col(0).head(k).norm();
        const double rest = mutated ? 0 : along.seen.residual.col(0).tail(count - k).norm();
        ledger::Series whole =
            bound_of(run, along, "all directions, k = " + std::to_string(k), 0, count,
                     {residual,
                      [=](const Block& block, std::size_t j) {
                          return std::hypot(power_of(factor, j) * first, rest) +
                                 descent_damping_factor(smallest, eta, static_cast<long>(j)) * block.largest_source[j];
                      },
                      smallest},
                     result.errors);
        ledger::Series projected =
            bound_of(run, along, "first " + std::to_string(k) + " eigendirections", 0, k,
                     {residual,
                      [=](const Block& block, std::size_t j) {
                          const double power = power_of(mutated ? factor * factor : factor, j);
                          return power * first +
                                 descent_damping_factor(rate, eta, static_cast<long>(j)) * block.largest_source[j];
                      },
                      rate},
                     result.errors);
        // These bound the residual itself: they say something where they are below what it was at the start.
        whole.separates.assign(whole.time.size(), std::hypot(first, along.seen.residual.col(0).tail(count - k).norm()));
        projected.separates.assign(projected.time.size(), first);
        result.series.push_back(std::move(whole));
        result.series.push_back(std::move(projected));
    }
    result.note = "Informative here: the bound is below the residual at the start.";
    return result;
}

const std::string residual_j = "<msub><mover><mi>r</mi><mo>^</mo></mover><mi>j</mi></msub>";
const std::string residual_0 = "<msub><mover><mi>r</mi><mo>^</mo></mover><mn>0</mn></msub>";
const std::string one_step = "<mo>(</mo><mi>I</mi><mo>−</mo><mi>η</mi><msup><mi>G</mi><mi>∞</mi></msup><mo>)</mo>";
const std::string source_i =
    "<mi>η</mi><mo>(</mo><msup><mi>G</mi><mi>∞</mi></msup><mo>−</mo><msub><mi>G</mi><mi>i</mi></msub><mo>)</"
    "mo><msub><mover>"
    "<mi>r</mi><mo>^</mo></mover><mi>i</mi></msub><mo>+</mo><msub><mi>e</mi><mi>i</mi></msub>";

}  // namespace

std::vector<CheckDefinition> descent_sample_checks() {
    const std::string damped_start = "<msup><mrow>" + one_step + "</mrow><mi>j</mi></msup>" + residual_0;
    CheckDefinition d4;
    d4.id = "D4";
    d4.title = "Damped deviations of gradient descent";
    d4.claim =
        "The residual on the sample after j steps is that of the infinite-width descent plus the kernel's errors and "
        "the "
        "second-order remainders of the steps, each damped by the steps that follow.";
    d4.formula = residual_j + "<mo>=</mo>" + damped_start +
                 "<mo>+</mo><munder><mo>∑</mo><mrow><mi>i</mi><mo>&lt;</mo><mi>j</mi></mrow></munder><msup><mrow>" +
                 one_step + "</mrow><mrow><mi>j</mi><mo>−</mo><mn>1</mn><mo>−</mo><mi>i</mi></mrow></msup><mo>[</mo>" +
                 source_i + "<mo>]</mo>";
    d4.theory = "Gradient descent";
    d4.left_name = "residual along the eigenvector";
    d4.right_name = "damped start plus damped deviations";
    d4.abscissa = "time ηj";
    d4.relation = ledger::Relation::equal;
    d4.evidence = ledger::EvidenceKind::estimate;
    d4.mutation = "minus in the place of plus before the sum";
    d4.evaluate = evaluate_d4;

    CheckDefinition o1 = d4;
    o1.id = "O1-descent";
    o1.title = "Deviation on the sample, direction by direction, under gradient descent";
    o1.claim =
        "Along eigendirections the residual stays within the damping factor of gradient descent times the largest "
        "deviation of the prediction of the infinitely wide network.";
    o1.formula = "<mo>‖</mo><mover><mi>P</mi><mo>^</mo></mover><mo>(</mo>" + residual_j + "<mo>−</mo>" + damped_start +
                 "<mo>)</mo><msub><mo>‖</mo><mi>n</mi></msub><mo>≤</mo><msub><mi>D</mi><mi>η</mi></msub><mo>(</"
                 "mo><mi>λ</mi><mo>,</mo>"
                 "<mi>j</mi><mo>)</mo><munder><mi>max</mi><mrow><mi>i</mi><mo>&lt;</mo><mi>j</mi></mrow></"
                 "munder><mo>‖</mo><mover>"
                 "<mi>P</mi><mo>^</mo></mover><mo>(</mo>" +
                 source_i + "<mo>)</mo><msub><mo>‖</mo><mi>n</mi></msub><mo>/</mo><mi>η</mi>";
    o1.left_name = "projected deviation";
    o1.right_name = "damping factor times largest deviation";
    o1.relation = ledger::Relation::at_most;
    o1.mutation = "one step less in D_eta(lambda,j)";
    o1.evaluate = evaluate_o1;

    CheckDefinition o4 = o1;
    o4.id = "O4-descent";
    o4.title = "What the first k directions learn under gradient descent";
    o4.claim =
        "The residual is at most what is left of its first k directions together with the others, plus the damped "
        "deviations; and so on the first k directions alone.";
    o4.formula =
        "<mo>‖</mo>" + residual_j +
        "<msub><mo>‖</mo><mi>n</mi></msub><mo>≤</mo><msqrt><mrow><msup><mrow><mo>(</mo><mn>1</mn><mo>−</mo><mi>η</mi>"
        "<msub><mi>λ</mi><mi>k</mi></msub><mo>)</mo></mrow><mrow><mn>2</mn><mi>j</mi></mrow></msup><mo>‖</"
        "mo><msub><mover><mi>P</mi><mo>^</mo>"
        "</mover><mi>k</mi></msub>" +
        residual_0 +
        "<msubsup><mo>‖</mo><mi>n</mi><mn>2</mn></msubsup><mo>+</mo><mo>‖</mo><mo>(</mo><mi>I</mi><mo>−</mo>"
        "<msub><mover><mi>P</mi><mo>^</mo></mover><mi>k</mi></msub><mo>)</mo>" +
        residual_0 +
        "<msubsup><mo>‖</mo><mi>n</mi><mn>2</mn></msubsup></mrow></msqrt><mo>+</mo><msub><mi>D</mi><mi>η</mi></"
        "msub><mo>(</mo><msub><mi>λ</mi>"
        "<mi>n</mi></msub><mo>,</mo><mi>j</mi><mo>)</mo><munder><mi>max</mi><mrow><mi>i</mi><mo>&lt;</mo><mi>j</mi></"
        "mrow></munder><mo>‖</mo>" +
        source_i + "<msub><mo>‖</mo><mi>n</mi></msub><mo>/</mo><mi>η</mi>";
    o4.left_name = "residual";
    o4.right_name = "bound";
    o4.mutation = "the directions after the first k left out; twice the damping on the first k alone";
    o4.evaluate = evaluate_o4;
    return {d4, o1, o4};
}

}  // namespace ntk::deviation
