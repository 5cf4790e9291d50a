// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/overparameterised.hpp"
#include "ntk/deviation/sample_runs.hpp"

#include "ntk/numeric/damping.hpp"

#include <algorithm>
#include <cmath>

/// The damped deviations on the sample (O1) and the training curve with a part of the directions (O4).
namespace ntk::deviation {
namespace {

/// e^{sign lambda t} for every direction.
Eigen::VectorXd decays(const SampleRuns& sample, double time, double sign = -1) {
    return (sign * time * sample.eigenvalues.array()).exp();
}

/// <r_t, u_i>_n - e^{-lambda_i t} <r_0, u_i>_n for every direction; the control has the sign of lambda_i turned.
Eigen::VectorXd deviations(const SampleRuns& sample, const SampleRun& run, std::size_t breakpoint, double sign) {
    const Eigen::VectorXd factors = decays(sample, sample.grid.breakpoints()[breakpoint], sign);
    return run.residual.col(static_cast<Eigen::Index>(sample.grid.place(breakpoint))) -
           factors.cwiseProduct(run.residual.col(0));
}

/// A value for every breakpoint.
template <class Value>
std::vector<Measured> along(const SampleRuns& sample, const Value& value) {
    std::vector<Measured> result;
    for (std::size_t i = 0; i < sample.grid.breakpoints().size(); ++i) result.push_back(value(i));
    return result;
}

/// D(lambda, t) beta eps_t.
Measured damped_distance(const SampleRuns& sample, const SampleRun& run, double lambda, std::size_t i) {
    const double factor = damping_factor(lambda, sample.grid.breakpoints()[i]) * sample.beta;
    return {factor * run.kernel_distance[i].value, factor * run.kernel_distance[i].error};
}

ledger::Series series_of(const SampleRuns& sample, const std::string& label, const SampleRuns::Line& left,
                         const SampleRuns::Line& right, SampleRuns::Source right_source,
                         std::map<std::string, double>& errors) {
    ledger::Series series;
    series.label = label;
    series.time = sample.grid.breakpoints();
    series.left = sample.with_errors(left, SampleRuns::Source::states, errors);
    series.right = sample.with_errors(right, right_source, errors);
    return series;
}

/// Where "nothing was learned" lies, and what the triangle inequality says anyway, of a deviation from
/// e^{-lambda t} start.
void add_measures(ledger::Series& series, const SampleRuns& sample, double start,
                  const std::function<double(std::size_t)>& damped_start,
                  const std::function<double(std::size_t)>& size) {
    for (std::size_t i = 0; i < series.time.size(); ++i) {
        series.separates.push_back(start - damped_start(i));
        series.says_nothing.push_back(start < 0.1 * sample.beta ? sample.beta : size(i) + damped_start(i));
    }
}

/// All directions that are shown: the first ones, the last one, and among the others the one judged worst.
std::vector<ledger::Series> those_to_show(std::vector<ledger::Series> all, double scale) {
    constexpr std::size_t first = 5;
    if (all.size() <= first + 2) return all;
    const auto worse = [&](const ledger::Series& x, const ledger::Series& y) {
        ledger::Series one = x, other = y;
        ledger::judge(one, ledger::Relation::at_most, scale);
        ledger::judge(other, ledger::Relation::at_most, scale);
        if (one.verdict != other.verdict) return one.verdict > other.verdict;
        return one.margin.value_or(0) < other.margin.value_or(0);
    };
    std::vector<ledger::Series> shown(all.begin(), all.begin() + first);
    const auto worst = std::min_element(all.begin() + first, all.end() - 1, worse);
    shown.push_back(*worst);
    shown.push_back(all.back());
    return shown;
}

Evaluation evaluate_direction(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = {has_trajectory(experiment), has_kernels(experiment), has_eigendirections(experiment)};
    if (!all_hold(result.hypotheses)) return result;
    const SampleRuns sample = sample_runs(*experiment.trajectory);
    const double sign = variant == Variant::mutated ? 1 : -1;
    std::vector<ledger::Series> all;
    for (Eigen::Index i = 0; i < sample.directions(); ++i) {
        const double lambda = sample.eigenvalues(i);
        const auto left = [&](const SampleRun& run) {
            const auto integral = sample.grid.damped_integral(-sign * lambda, run.deviation.row(i));
            return along(sample, [&](std::size_t at) -> Measured {
                return {std::abs(integral[at].value), integral[at].error};
            });
        };
        const auto right = [&](const SampleRun& run) {
            const auto supremum = sample.grid.running_supremum(run.deviation.row(i));
            return along(sample, [&](std::size_t at) -> Measured {
                const double factor = damping_factor(lambda, sample.grid.breakpoints()[at]);
                return {factor * supremum[at].value, factor * supremum[at].error};
            });
        };
        // Along most directions the distance is far below what a trajectory resolves; the integral is not.
        all.push_back(series_of(sample, "eigendirection " + std::to_string(i + 1), left, right,
                                SampleRuns::Source::deviations, result.errors));
        all.back().left = sample.with_errors(left, SampleRuns::Source::deviations, result.errors);
        const Eigen::VectorXd path = sample.runs.front().residual.row(i).cwiseAbs();
        add_measures(
            all.back(), sample, path(0),
            [&](std::size_t at) { return std::exp(-lambda * sample.grid.breakpoints()[at]) * path(0); },
            [&](std::size_t at) { return path(static_cast<Eigen::Index>(sample.grid.place(at))); });
    }
    result.series = those_to_show(std::move(all), sample.beta);
    result.scale = sample.beta;
    return result;
}

/// 1, 2, 3, 5, 10, 20, ... and n.
std::vector<Eigen::Index> sizes_of_spans(Eigen::Index directions) {
    std::vector<Eigen::Index> sizes;
    for (const Eigen::Index size : {1, 2, 3, 5, 10, 20, 50, 100}) {
        if (size < directions) sizes.push_back(size);
    }
    sizes.push_back(directions);
    return sizes;
}

std::string span_label(Eigen::Index k, Eigen::Index directions) {
    if (k == directions) return "all " + std::to_string(k) + " directions";
    return k == 1 ? "first direction" : "first " + std::to_string(k) + " directions";
}

/// A statement for each span of first eigenvectors.
using SpanStatement = std::function<void(const SampleRuns&, Eigen::Index k, Variant, Evaluation&)>;

std::function<Evaluation(const Experiment&, Variant)> over_spans(const SpanStatement& statement) {
    return [statement](const Experiment& experiment, Variant variant) {
        Evaluation result;
        result.hypotheses = {has_trajectory(experiment), has_kernels(experiment), has_eigendirections(experiment),
                             follows_kernel_distance(experiment)};
        if (!all_hold(result.hypotheses)) return result;
        const SampleRuns sample = sample_runs(*experiment.trajectory);
        for (const Eigen::Index k : sizes_of_spans(sample.directions())) statement(sample, k, variant, result);
        result.scale = sample.beta;
        return result;
    };
}

/// ||P_k (r_t - e^{-G^inf t} r_0)||_n <= D(lambda_k, t) beta eps_t.
void add_span_deviation(const SampleRuns& sample, Eigen::Index k, Variant variant, Evaluation& result) {
    const double sign = variant == Variant::mutated ? 1 : -1;
    const auto left = [&](const SampleRun& run) {
        return along(sample, [&](std::size_t i) -> Measured {
            return {deviations(sample, run, i, sign).head(k).norm(), 0};
        });
    };
    const auto right = [&](const SampleRun& run) {
        return along(sample, [&](std::size_t i) { return damped_distance(sample, run, sample.eigenvalues(k - 1), i); });
    };
    result.series.push_back(series_of(sample, span_label(k, sample.directions()), left, right,
                                      SampleRuns::Source::deviations, result.errors));
    const Eigen::MatrixXd residual = sample.runs.front().residual.topRows(k);
    add_measures(
        result.series.back(), sample, residual.col(0).norm(),
        [&](std::size_t i) {
            return decays(sample, sample.grid.breakpoints()[i]).head(k).cwiseProduct(residual.col(0)).norm();
        },
        [&](std::size_t i) { return residual.col(static_cast<Eigen::Index>(sample.grid.place(i))).norm(); });
}

/// ||r_t||_n <= (e^{-2 lambda_k t} ||P_k r_0||_n^2 + ||(1 - P_k) r_0||_n^2)^{1/2} + eps_t beta D(lambda_n, t); the
/// control leaves the part outside the span out.
void add_curve_bound(const SampleRuns& sample, Eigen::Index k, Variant variant, Evaluation& result) {
    const double outside = variant == Variant::mutated ? 0 : 1;
    const auto left = [&](const SampleRun& run) {
        return along(sample, [&](std::size_t i) -> Measured {
            return {run.residual_norm(static_cast<Eigen::Index>(sample.grid.place(i))), 0};
        });
    };
    const auto right = [&](const SampleRun& run) {
        const double rest = outside * run.residual.col(0).tail(sample.directions() - k).norm();
        return along(sample, [&](std::size_t i) {
            const double decay = std::exp(-sample.eigenvalues(k - 1) * sample.grid.breakpoints()[i]);
            Measured bound = damped_distance(sample, run, sample.smallest_eigenvalue(), i);
            bound.value += std::hypot(decay * run.residual.col(0).head(k).norm(), rest);
            return bound;
        });
    };
    result.series.push_back(
        series_of(sample, span_label(k, sample.directions()), left, right, SampleRuns::Source::states, result.errors));
    // Without any bound: the loss never grows. Of a span that has no part of the start nothing else can be said.
    const double inside = sample.runs.front().residual.col(0).head(k).norm();
    result.series.back().separates.assign(result.series.back().time.size(), sample.beta);
    if (inside >= 0.1 * sample.beta) {
        result.series.back().says_nothing = result.series.back().separates;
    } else {
        result.note = "Vacuity is not asked of spans with less than a tenth of the start.";
    }
}

/// ||P_k r_t||_n <= e^{-lambda_k t} ||P_k r_0||_n + eps_t beta D(lambda_k, t); the control has a minus.
void add_span_curve(const SampleRuns& sample, Eigen::Index k, Variant variant, Evaluation& result) {
    const double sign = variant == Variant::mutated ? -1 : 1;
    const auto left = [&](const SampleRun& run) {
        return along(sample, [&](std::size_t i) -> Measured {
            return {run.residual.col(static_cast<Eigen::Index>(sample.grid.place(i))).head(k).norm(), 0};
        });
    };
    const auto right = [&](const SampleRun& run) {
        return along(sample, [&](std::size_t i) -> Measured {
            const double lambda = sample.eigenvalues(k - 1);
            const Measured distance = damped_distance(sample, run, lambda, i);
            return {std::exp(-lambda * sample.grid.breakpoints()[i]) * run.residual.col(0).head(k).norm() +
                        sign * distance.value,
                    distance.error};
        });
    };
    result.series.push_back(
        series_of(sample, span_label(k, sample.directions()), left, right, SampleRuns::Source::states, result.errors));
    const double start = sample.runs.front().residual.col(0).head(k).norm();
    result.series.back().separates.assign(result.series.back().time.size(), start);
    result.series.back().says_nothing.assign(result.series.back().time.size(), sample.beta);
}

const std::string distance_formula = "<msub><mi>ε</mi><mi>t</mi></msub>";
const std::string projection = "<msub><mover><mi>P</mi><mo>^</mo></mover><mi>k</mi></msub>";
const std::string residual_now = "<msub><mover><mi>r</mi><mo>^</mo></mover><mi>t</mi></msub>";
const std::string residual_then = "<msub><mover><mi>r</mi><mo>^</mo></mover><mn>0</mn></msub>";
const std::string predicted =
    "<msup><mi>e</mi><mrow><mo>−</mo><msup><mi>G</mi><mi>∞</mi></msup><mi>t</mi></mrow></msup>" + residual_then;

std::string factor_formula(const std::string& index) {
    return "<mi>D</mi><mo>(</mo><msub><mi>λ</mi><mi>" + index + "</mi></msub><mo>,</mo><mi>t</mi><mo>)</mo>";
}

std::string norm_formula(const std::string& inside) {
    return "<msub><mrow><mo>‖</mo>" + inside + "<mo>‖</mo></mrow><mi>n</mi></msub>";
}

CheckDefinition definition(const std::string& id, const std::string& title, const std::string& claim,
                           const std::string& formula, const std::string& mutation) {
    CheckDefinition made;
    made.id = id;
    made.title = title;
    made.claim = claim;
    made.formula = formula;
    made.theory = "Overparameterised regime";
    made.abscissa = "time t";
    made.relation = ledger::Relation::at_most;
    made.evidence = ledger::EvidenceKind::estimate;
    made.mutation = mutation;
    return made;
}

}  // namespace

std::vector<CheckDefinition> eigendirection_checks() {
    CheckDefinition direction = definition(
        "O1", "Damped deviation along an eigenvector of the Gram matrix",
        "Along each eigenvector of the infinite-width Gram matrix the residual on the sample is at most the damping "
        "factor times the largest error of the kernel away from its infinite-width prediction. The distance is taken "
        "as the damped integral that it equals by D1.",
        "<mo>|</mo><msub><mrow><mo>⟨</mo>" + residual_now + "<mo>−</mo>" + predicted +
            "<mo>,</mo><msub><mi>u</mi><mi>i</mi></msub><mo>⟩</mo></mrow><mi>n</mi></msub><mo>|</mo><mo>≤</mo>" +
            factor_formula("i") +
            "<munder><mi>sup</mi><mrow><mi>s</mi><mo>≤</mo><mi>t</mi></mrow></munder><mo>|</mo><msub><mrow><mo>⟨</mo>"
            "<mo>(</mo><msup><mi>G</mi><mi>∞</mi></msup><mo>−</mo><msub><mi>G</mi><mi>s</mi></msub><mo>)</mo>"
            "<msub><mover><mi>r</mi><mo>^</mo></mover><mi>s</mi></msub><mo>,</mo><msub><mi>u</mi><mi>i</mi></msub>"
            "<mo>⟩</mo></mrow><mi>n</mi></msub><mo>|</mo>",
        "wrong sign: e^{+lambda_i(t-s)} in the place of e^{-lambda_i(t-s)}");
    direction.left_name = "distance from the prediction";
    direction.right_name = "D(lambda_i, t) times the largest deviation";
    direction.evaluate = evaluate_direction;

    CheckDefinition span =
        definition("O1-span", "Damped deviation on the first eigenvectors",
                   "On the span of the first k eigenvectors the residual stays within D(lambda_k, t) beta eps_t of its "
                   "infinite-width prediction, eps_t the largest distance of the Gram matrix from its limit so far.",
                   norm_formula(projection + "<mo>(</mo>" + residual_now + "<mo>−</mo>" + predicted + "<mo>)</mo>") +
                       "<mo>≤</mo>" + factor_formula("k") + "<mi>β</mi>" + distance_formula,
                   "wrong sign: e^{+G^inf t} in the place of e^{-G^inf t}");
    span.left_name = "distance from the prediction";
    span.right_name = "D(lambda_k, t) beta eps_t";
    span.evaluate = over_spans(add_span_deviation);

    CheckDefinition curve = definition(
        "O4", "Training curve with the first directions learned",
        "The training curve lies below the one on which the first k directions decay at the rate lambda_k and the "
        "others not at all, up to eps_t beta D(lambda_n, t). Extends Su and Yang 2019.",
        norm_formula(residual_now) +
            "<mo>≤</mo><msqrt><msup><mi>e</mi><mrow><mo>−</mo><mn>2</mn><msub><mi>λ</mi>"
            "<mi>k</mi></msub><mi>t</mi></mrow></msup><msubsup><mrow><mo>‖</mo>" +
            projection + residual_then +
            "<mo>‖</mo></mrow><mi>n</mi><mn>2</mn></msubsup><mo>+</mo><msubsup><mrow><mo>‖</mo><mo>(</mo><mi>I</mi>"
            "<mo>−</mo>" +
            projection + "<mo>)</mo>" + residual_then +
            "<mo>‖</mo></mrow><mi>n</mi><mn>2</mn></msubsup></msqrt><mo>+</mo>" + distance_formula + "<mi>β</mi>" +
            factor_formula("n"),
        "the part outside the first k directions left out");
    curve.left_name = "measured training curve";
    curve.right_name = "bound with the first k directions";
    curve.evaluate = over_spans(add_curve_bound);

    CheckDefinition span_curve = definition(
        "O4-span", "Training curve on the first directions",
        "On the first k eigenvectors the residual decays at the rate lambda_k up to eps_t beta D(lambda_k, t): a width "
        "polynomial in 1/lambda_k, not in 1/lambda_n, suffices there. Extends Su and Yang 2019.",
        norm_formula(projection + residual_now) +
            "<mo>≤</mo><msup><mi>e</mi><mrow><mo>−</mo><msub><mi>λ</mi><mi>k</mi></msub><mi>t</mi></mrow></msup>" +
            norm_formula(projection + residual_then) + "<mo>+</mo>" + distance_formula + "<mi>β</mi>" +
            factor_formula("k"),
        "minus in the place of plus before the error of the kernel");
    span_curve.left_name = "residual on the first k directions";
    span_curve.right_name = "damped start plus D(lambda_k, t) beta eps_t";
    span_curve.evaluate = over_spans(add_span_curve);
    return {direction, span, curve, span_curve};
}

}  // namespace ntk::deviation
