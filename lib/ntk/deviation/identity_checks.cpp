// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/chain_lines.hpp"
#include "ntk/deviation/checks.hpp"
#include "ntk/deviation/damped_paths.hpp"
#include "ntk/deviation/identity_series.hpp"
#include "ntk/deviation/overparameterised.hpp"
#include "ntk/deviation/sample_runs.hpp"
#include "ntk/deviation/series_notes.hpp"

#include <algorithm>
#include <cmath>

/// The damped-deviation identities D1 (on the sample, in the eigenbasis of G^inf) and D3 (for a probe).
namespace ntk::deviation {
namespace {

/// One row of a member of the observables, along all runs.
Paths row_of(const TrajectoryResult& run, Eigen::MatrixXd Observables::*member, Eigen::Index row) {
    Paths paths{(run.seen.*member).row(row), {}};
    for (const Observables& other : run.compared) paths.compared.emplace_back((other.*member).row(row));
    return paths;
}

Evaluation evaluate_d3(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = probe_hypotheses(experiment);
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const double sign = variant == Variant::mutated ? -1 : 1;
    for (std::size_t i = 0; i < run.probes.size(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        result.series.push_back(identity_series(probe_label(run.probes[i]), run.grid, run.eigenvalues[i],
                                                row_of(run, &Observables::coefficient, row),
                                                row_of(run, &Observables::deviation, row), run.least_error(),
                                                run.seen.coefficient_error, sign, result.errors));
    }
    result.scale = run.seen.residual_norm(0);
    result.note = leave_out_zeros(result.series, result.scale);
    return result;
}

/// One row of a member of all runs.
Paths row_of(const SampleRuns& sample, Eigen::MatrixXd SampleRun::*member, Eigen::Index row) {
    Paths paths{(sample.runs.front().*member).row(row), {}};
    for (std::size_t i = 1; i < sample.runs.size(); ++i) paths.compared.emplace_back((sample.runs[i].*member).row(row));
    return paths;
}

Evaluation evaluate_d1(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses = {has_trajectory(experiment), has_kernels(experiment), has_eigendirections(experiment)};
    if (!all_hold(result.hypotheses)) return result;
    const TrajectoryResult& run = *experiment.trajectory;
    const SampleRuns along = sample_runs(run);
    const double sign = variant == Variant::mutated ? -1 : 1;
    const double beta = run.seen.residual_norm(0);
    // Rounding of G^inf, of its eigenvectors and of sums over n entries.
    const double rounding = 1e-14 * std::sqrt(static_cast<double>(run.kernel_gram.rows())) * beta;
    constexpr Eigen::Index shown = 5;
    for (Eigen::Index i = 0; i < std::min<Eigen::Index>(shown, along.eigenvalues.size()); ++i) {
        result.series.push_back(
            identity_series("eigendirection " + std::to_string(i + 1), run.grid, {along.eigenvalues(i), rounding},
                            row_of(along, &SampleRun::residual, i), row_of(along, &SampleRun::deviation, i),
                            run.least_error(), rounding, sign, result.errors));
    }
    // All directions together: the norm of the difference of both sides against zero.
    ledger::Series all = result.series.front();
    all.label = "all " + std::to_string(along.eigenvalues.size()) + " directions";
    std::vector<double> gap(all.time.size(), 0), error(all.time.size(), 0), size(all.time.size(), 0);
    std::map<std::string, double> unused;
    // The tolerance holds for the norm of all directions, so each gets its share.
    const double root = std::sqrt(static_cast<double>(along.eigenvalues.size()));
    for (Eigen::Index i = 0; i < along.eigenvalues.size(); ++i) {
        const ledger::Series one =
            identity_series("", run.grid, {along.eigenvalues(i), rounding}, row_of(along, &SampleRun::residual, i),
                            row_of(along, &SampleRun::deviation, i), run.least_error() / root, rounding, sign, unused);
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
    result.scale = beta;
    return result;
}

}  // namespace

std::vector<CheckDefinition> identity_checks() {
    CheckDefinition d1;
    d1.id = "D1";
    d1.title = "Damped deviations on the sample";
    d1.claim =
        "The residual on the sample is the residual of the infinite-width flow plus the kernel's errors, each damped "
        "by the eigenvalue of its direction.";
    d1.formula =
        "<msub><mover><mi>r</mi><mo>^</mo></mover><mi>t</mi></msub><mo>=</mo><msup><mi>e</mi><mrow><mo>−</"
        "mo><msup><mi>G</mi><mi>∞</mi></msup><mi>t</mi></mrow></msup><msub><mover><mi>r</mi><mo>^</mo></mover><mn>0</"
        "mn></msub>"
        "<mo>+</mo><msubsup><mo>∫</mo><mn>0</mn><mi>t</mi></msubsup><msup><mi>e</mi><mrow><mo>−</mo><msup><mi>G</"
        "mi><mi>∞</mi></msup><mo>(</mo><mi>t</mi><mo>−</mo><mi>s</mi><mo>)</mo></mrow></msup>"
        "<mo>(</mo><msup><mi>G</mi><mi>∞</mi></msup><mo>−</mo><msub><mi>G</mi><mi>s</mi></msub><mo>)</"
        "mo><msub><mover><mi>r</mi><mo>^</mo></mover><mi>s</mi></msub><mi>d</mi><mi>s</mi>";
    d1.theory = "Damped-deviation identities";
    d1.left_name = "residual along the eigenvector";
    d1.right_name = "damped start plus damped deviations";
    d1.abscissa = "time t";
    d1.relation = ledger::Relation::equal;
    d1.evidence = ledger::EvidenceKind::estimate;
    d1.mutation = "minus in the place of plus before the integral";
    d1.evaluate = evaluate_d1;

    CheckDefinition d3 = d1;
    d3.id = "D3";
    d3.title = "Damped deviations of a probe";
    d3.claim =
        "The coefficient of the residual along an eigenfunction of the population kernel decays at the rate of its "
        "eigenvalue, up to damped deviations. "
        "Coefficients and deviations are population quantities without sampling.";
    d3.formula =
        "<mi>c</mi><mo>(</mo><mi>t</mi><mo>)</mo><mo>=</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>μ</mi><mi>t</mi></"
        "mrow></msup><mi>c</mi><mo>(</mo><mn>0</mn><mo>)</mo><mo>+</mo>"
        "<msubsup><mo>∫</mo><mn>0</mn><mi>t</mi></msubsup><msup><mi>e</mi><mrow><mo>−</mo><mi>μ</mi><mo>(</mo><mi>t</"
        "mi><mo>−</mo><mi>s</mi><mo>)</mo></mrow></msup><mi>δ</mi><mo>(</mo><mi>s</mi><mo>)</mo><mi>d</mi><mi>s</mi>"
        "<mo>,</mo><mspace "
        "width='1em'/><mi>δ</mi><mo>(</mo><mi>s</mi><mo>)</mo><mo>=</mo><mo>⟨</mo><mo>(</mo><mi>T</mi><mo>−</"
        "mo><msubsup><mi>T</mi><mi>n</mi><mi>s</mi></msubsup><mo>)</mo><msub><mi>r</mi><mi>s</mi></msub><mo>,</"
        "mo><mi>φ</mi><mo>⟩</mo>";
    d3.left_name = "c(t) from the network";
    d3.right_name = "damped start plus damped deviations";
    d3.evaluate = evaluate_d3;
    return {d1, d3};
}

}  // namespace ntk::deviation
