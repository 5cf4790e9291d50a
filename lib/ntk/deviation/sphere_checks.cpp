// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"
#include "ntk/deviation/damped_paths.hpp"
#include "ntk/deviation/identity_series.hpp"
#include "ntk/deviation/series_notes.hpp"
#include "ntk/numeric/damping.hpp"

#include <algorithm>
#include <cmath>

/// Statements in L^2(rho) by cubature: the identity D2, and the bounds on spans, degrees and all of L^2 (theory.md,
/// "The sphere by cubature").
namespace ntk::deviation {
namespace {

ledger::Hypothesis has_sphere(const Experiment& experiment) {
    const bool any = experiment.trajectory && experiment.trajectory->sphere;
    return {"a cubature rule resolves the network on the sphere", any,
            experiment.trajectory ? experiment.trajectory->no_sphere : "there is no trajectory"};
}

ledger::Hypothesis has_degrees(const Experiment& experiment) {
    const bool any =
        experiment.trajectory && experiment.trajectory->sphere && !experiment.trajectory->sphere->degrees.empty();
    return {"the probes or the target have degrees that the rule resolves", any, "they have none"};
}

std::vector<ledger::Hypothesis> sphere_hypotheses(const Experiment& experiment) {
    return {has_trajectory(experiment), has_sphere(experiment)};
}

/// Eigenfunctions of smaller eigenvalues are not resolved to many digits, and are shown by nobody.
Eigen::Index resolved_directions(const SphereData& data) {
    constexpr double smallest_part = 1e-5;
    constexpr Eigen::Index most = 64;
    Eigen::Index count = 0;
    while (count < std::min<Eigen::Index>(most, data.eigenvalues.size()) &&
           data.eigenvalues(count) > smallest_part * data.eigenvalues(0)) {
        ++count;
    }
    return count;
}

/// Rounding of a coefficient: sums over the points.
double rounding_of(const SphereData& data) {
    const double size = data.seen.residual.col(0).norm() / std::sqrt(static_cast<double>(data.rules.rule.size()));
    return 1e-14 * std::sqrt(static_cast<double>(data.rules.rule.size())) * size;
}

/// The runs along the same directions: the one that is used, the others, and the one that is used by the finer rule.
struct ProjectedRuns {
    ProjectedRun seen;
    std::vector<ProjectedRun> compared;

    Paths path(Eigen::Index i) const { return row(&ProjectedRun::path, i); }
    Paths source(Eigen::Index i) const { return row(&ProjectedRun::source, i); }

private:
    Paths row(Eigen::MatrixXd ProjectedRun::*member, Eigen::Index i) const {
        Paths paths{(seen.*member).row(i), {}};
        for (const ProjectedRun& other : compared) paths.compared.emplace_back((other.*member).row(i));
        return paths;
    }
};

ProjectedRuns along_eigenfunctions_of(const SphereData& data, Eigen::Index count) {
    ProjectedRuns runs{along_eigenfunctions(data, data.seen, count), {}};
    for (const OnSphere& other : data.compared) runs.compared.push_back(along_eigenfunctions(data, other, count));
    return runs;
}

Evaluation evaluate_d2(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = sphere_hypotheses(experiment);
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const SphereData& data = *run.sphere;
    const double sign = variant == Variant::mutated ? -1 : 1;
    const double rounding = rounding_of(data);
    constexpr Eigen::Index shown = 5;
    const Eigen::Index leading = std::min(shown, resolved_directions(data));
    ProjectedRuns runs = along_eigenfunctions_of(data, leading);
    runs.compared.push_back(along_eigenfunctions_by_finer(data, leading));
    for (Eigen::Index i = 0; i < leading; ++i) {
        result.series.push_back(identity_series("eigendirection " + std::to_string(i + 1), data.grid,
                                                {data.eigenvalues(i), rounding}, runs.path(i), runs.source(i),
                                                run.least_error(), rounding, sign, result.errors));
    }
    // All of L^2: the norm of the difference of both sides against zero. The finer rule says how well the rule knows
    // the norm of a deviation.
    const Eigen::Index all = data.eigenvalues.size();
    const ProjectedRuns every = along_eigenfunctions_of(data, all);
    const SphereNorms norms = norms_of(data.grid, every.seen), finer = norms_by_finer(data);
    ledger::Series whole = result.series.front();
    whole.label = "all of L^2";
    std::vector<double> gap(whole.time.size(), 0), error(gap), size(gap);
    std::map<std::string, double> unused;
    const double root = std::sqrt(static_cast<double>(all));
    for (Eigen::Index i = 0; i < all; ++i) {
        const ledger::Series one =
            identity_series("", data.grid, {data.eigenvalues(i), rounding}, every.path(i), every.source(i),
                            run.least_error() / root, rounding / root, sign, unused);
        for (std::size_t s = 0; s < gap.size(); ++s) {
            gap[s] = std::hypot(gap[s], one.left[s].value - one.right[s].value);
            error[s] = std::hypot(error[s], one.left[s].error + one.right[s].error);
            size[s] = std::hypot(size[s], one.size[s]);
        }
    }
    double of_rule = 0;
    for (std::size_t s = 0; s < gap.size(); ++s) {
        const auto at = static_cast<Eigen::Index>(s);
        of_rule = std::max(of_rule, std::abs(norms.deviation(at) - finer.deviation(at)));
        whole.left[s] = {gap[s], error[s] + of_rule};
        whole.right[s] = {0, 0};
        whole.size[s] = size[s];
    }
    result.errors["cubature rule"] = of_rule;
    result.series.push_back(std::move(whole));
    result.scale = norms.residual(0);
    return result;
}

/// The norms of one projection along all runs; the last of the compared ones is by the finer rule.
struct NormsOfRuns {
    SphereNorms seen;
    std::vector<SphereNorms> compared;
};

/// ||Pi(r_t - e^{-Tt} r_0)|| <= D(rate,t) sup_s ||Pi (T - T_n^s) r_s||; the control squares D.
ledger::Series bound_series(const std::string& label, const TrajectoryResult& run, double rate,
                            const NormsOfRuns& norms, Variant variant, std::map<std::string, double>& errors) {
    const TimeGrid& grid = run.sphere->grid;
    const auto supremum = grid.running_supremum(norms.seen.source);
    std::vector<std::vector<Measured>> others;
    for (const SphereNorms& other : norms.compared) others.push_back(grid.running_supremum(other.source));
    const double whole =
        run.sphere->rules.rule.weights.cwiseSqrt().cwiseProduct(run.sphere->seen.residual.col(0)).norm();
    const double start = norms.seen.residual(0);
    const double rounding = rounding_of(*run.sphere);
    ledger::Series series;
    series.label = label;
    double left_apart = run.least_error(), right_apart = run.least_error();
    for (std::size_t i = 0; i < grid.breakpoints().size(); ++i) {
        const auto at = static_cast<Eigen::Index>(i);
        const double time = grid.breakpoints()[i];
        const double factor = damping_factor(rate, time);
        const double used = variant == Variant::mutated ? factor * factor : factor;
        double left = 0, right = 0;
        for (std::size_t other = 0; other < others.size(); ++other) {
            left += std::abs(norms.seen.deviation(at) - norms.compared[other].deviation(at));
            right += std::abs(supremum[i].value - others[other][i].value);
        }
        left_apart = std::max(left_apart, left);
        right_apart = std::max(right_apart, right);
        series.time.push_back(time);
        series.left.push_back({norms.seen.deviation(at), left_apart + rounding});
        series.right.push_back({used * supremum[i].value, used * (supremum[i].error + right_apart + rounding)});
        series.separates.push_back(norms.seen.learned(at));
        series.says_nothing.push_back(start < 0.1 * whole ? whole : norms.seen.residual(at) + norms.seen.predicted(at));
        errors["supremum"] = std::max(errors["supremum"], supremum[i].error);
    }
    errors["trajectory and cubature rule"] =
        std::max({errors["trajectory and cubature rule"], left_apart, right_apart});
    return series;
}

Evaluation evaluate_span(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = sphere_hypotheses(experiment);
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const SphereData& data = *run.sphere;
    const Eigen::Index most = resolved_directions(data);
    ProjectedRuns runs = along_eigenfunctions_of(data, most);
    runs.compared.push_back(along_eigenfunctions_by_finer(data, most));
    for (Eigen::Index count = 1; count <= most; count *= 2) {
        NormsOfRuns norms{norms_of(data.grid, runs.seen.first(count)), {}};
        for (const ProjectedRun& other : runs.compared) {
            norms.compared.push_back(norms_of(data.grid, other.first(count)));
        }
        result.series.push_back(bound_series("first " + std::to_string(count) + " eigenfunctions", run,
                                             data.eigenvalues(count - 1), norms, variant, result.errors));
    }
    result.scale = run.seen.residual_norm(0);
    return result;
}

Evaluation evaluate_degrees(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = {has_trajectory(experiment), has_sphere(experiment), has_degrees(experiment)};
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const SphereData& data = *run.sphere;
    double eigenvalue_error = 0;
    for (std::size_t i = 0; i < data.degrees.size(); ++i) {
        const int degree = data.degrees[i];
        const double mu = data.degree_eigenvalues[i].value;
        const auto of = [&](const SphereCubature& rule, const OnSphere& seen) {
            return norms_of(data.grid, along_degree(rule, seen, degree, mu));
        };
        NormsOfRuns norms{of(data.rules.rule, data.seen), {}};
        for (const OnSphere& other : data.compared) norms.compared.push_back(of(data.rules.rule, other));
        norms.compared.push_back(of(data.rules.finer, data.finer));
        result.series.push_back(
            bound_series("degree " + std::to_string(degree), run, mu, norms, variant, result.errors));
        eigenvalue_error = std::max(eigenvalue_error, data.degree_eigenvalues[i].error);
    }
    result.errors["eigenvalue"] = eigenvalue_error;
    result.scale = run.seen.residual_norm(0);
    result.note = joined_notes({"The left side is the root of the degree energy of the deviation.",
                                leave_out_zeros(result.series, result.scale)});
    return result;
}

Evaluation evaluate_all(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = sphere_hypotheses(experiment);
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const SphereData& data = *run.sphere;
    const ProjectedRuns runs = along_eigenfunctions_of(data, data.eigenvalues.size());
    NormsOfRuns norms{norms_of(data.grid, runs.seen), {}};
    for (const ProjectedRun& other : runs.compared) norms.compared.push_back(norms_of(data.grid, other));
    norms.compared.push_back(norms_by_finer(data));
    result.series.push_back(bound_series("all of L^2", run, 0, norms, variant, result.errors));
    result.scale = run.seen.residual_norm(0);
    return result;
}

const std::string difference =
    "<msub><mi>r</mi><mi>t</mi></msub><mo>−</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>T</mi><mi>t</mi></mrow></msup>"
    "<msub><mi>r</mi><mn>0</mn></msub>";
const std::string source =
    "<mo>(</mo><mi>T</mi><mo>−</mo><msubsup><mi>T</mi><mi>n</mi><mi>s</mi></msubsup><mo>)</mo><msub><mi>r</mi><mi>s</"
    "mi></msub>";
const std::string supremum = "<munder><mi>sup</mi><mrow><mi>s</mi><mo>≤</mo><mi>t</mi></mrow></munder>";

std::string norm_of(const std::string& content) { return "<mo>‖</mo>" + content + "<mo>‖</mo>"; }

std::string projected_bound(const std::string& rate) {
    const std::string left = norm_of("<mi>Π</mi><mo>(</mo>" + difference + "<mo>)</mo>");
    const std::string right = norm_of("<mi>Π</mi>" + source);
    return left + "<mo>≤</mo><mi>D</mi><mo>(</mo>" + rate + "<mo>,</mo><mi>t</mi><mo>)</mo>" + supremum + right;
}

}  // namespace

std::vector<CheckDefinition> sphere_checks() {
    CheckDefinition d2;
    d2.id = "D2";
    d2.title = "Damped deviations on the sphere";
    d2.claim =
        "The residual as a function on the sphere is the residual of the infinite-width population flow plus the "
        "deviations of the operator, each damped by the eigenvalue of its direction.";
    d2.formula =
        "<msub><mi>r</mi><mi>t</mi></msub><mo>=</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>T</mi><mi>t</mi></mrow></msup>"
        "<msub><mi>r</mi><mn>0</mn></msub><mo>+</mo><msubsup><mo>∫</mo><mn>0</mn><mi>t</mi></msubsup><msup><mi>e</"
        "mi><mrow><mo>−</mo><mi>T</mi>"
        "<mo>(</mo><mi>t</mi><mo>−</mo><mi>s</mi><mo>)</mo></mrow></msup>" +
        source + "<mi>d</mi><mi>s</mi>";
    d2.theory = "The sphere by cubature";
    d2.left_name = "residual along the eigenfunction";
    d2.right_name = "damped start plus damped deviations";
    d2.abscissa = "time t";
    d2.relation = ledger::Relation::equal;
    d2.evidence = ledger::EvidenceKind::estimate;
    d2.mutation = "minus in the place of plus before the integral";
    d2.evaluate = evaluate_d2;

    CheckDefinition span = d2;
    span.id = "span";
    span.title = "Deviation on the span of the first eigenfunctions";
    span.claim =
        "On the span of the first eigenfunctions the deviation is at most the damping factor of the smallest of their "
        "eigenvalues times the largest projected deviation of the operator.";
    span.formula = projected_bound("<msub><mi>μ</mi><mi>min</mi></msub>");
    span.left_name = "projected deviation";
    span.right_name = "damping factor times supremum";
    span.relation = ledger::Relation::at_most;
    span.mutation = "the square of D(mu,t) in the place of D(mu,t)";
    span.evaluate = evaluate_span;

    CheckDefinition degrees = span;
    degrees.id = "degrees";
    degrees.title = "Deviation on whole degrees";
    degrees.claim =
        "On the spherical harmonics of a degree the deviation is at most the damping factor of its eigenvalue times "
        "the "
        "largest projected deviation of the operator.";
    degrees.formula = projected_bound("<msub><mi>μ</mi><mi>k</mi></msub>");
    degrees.evaluate = evaluate_degrees;

    CheckDefinition all = span;
    all.id = "all-directions";
    all.title = "Deviation on all of the sphere";
    all.claim =
        "Without a projection nothing is damped: the deviation is at most the time times the largest deviation of "
        "the operator.";
    all.formula = norm_of(difference) + "<mo>≤</mo><mi>t</mi>" + supremum + norm_of(source);
    all.left_name = "deviation in L^2";
    all.right_name = "time times supremum";
    all.mutation = "the square of t in the place of t";
    all.evaluate = evaluate_all;
    return {d2, span, degrees, all};
}

}  // namespace ntk::deviation
