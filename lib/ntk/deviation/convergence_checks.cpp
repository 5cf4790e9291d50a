// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/convergence_certificate.hpp"
#include "ntk/deviation/overparameterised.hpp"
#include "ntk/deviation/sample_runs.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

/// The certificate of convergence (O2) and the distance of the training curve from its prediction (O3).
namespace ntk::deviation {
namespace {

/// What every check here starts from; empty where a hypothesis fails.
struct Certified {
    SampleRuns sample;
    ConvergenceCertificate certificate;
};

std::optional<Certified> certified(const Experiment& experiment, Evaluation& result) {
    result.hypotheses = {has_trajectory(experiment), has_kernels(experiment), has_eigendirections(experiment),
                         follows_kernel_distance(experiment)};
    if (!all_hold(result.hypotheses)) return std::nullopt;
    const TrajectoryResult& run = *experiment.trajectory;
    Certified found{sample_runs(run), convergence_certificate(*run.problem, run.kernel_gram)};
    result.hypotheses.push_back(
        {"the certificate of convergence fires: ||G^inf - G_0|| + bound of ||G_t - G_0|| <= "
         "lambda_n/2 in one of its forms",
         found.certificate.fires(), found.certificate.verdict()});
    result.scale = found.sample.beta;
    if (!found.certificate.fires()) return std::nullopt;
    return found;
}

template <class Value>
std::vector<Measured> along(const SampleRuns& sample, const Value& value) {
    std::vector<Measured> result;
    for (std::size_t i = 0; i < sample.grid.breakpoints().size(); ++i) result.push_back(value(i));
    return result;
}

Eigen::Index place(const SampleRuns& sample, std::size_t breakpoint) {
    return static_cast<Eigen::Index>(sample.grid.place(breakpoint));
}

/// A number known before training that bounds a quantity at all times: left from the runs, right constant.
ledger::Series against_constant(const SampleRuns& sample, const std::string& label, const SampleRuns::Line& left,
                                double bound, std::map<std::string, double>& errors) {
    ledger::Series series;
    series.label = label;
    series.time = sample.grid.breakpoints();
    series.left = sample.with_errors(left, SampleRuns::Source::states, errors);
    series.right.assign(series.time.size(), {bound, 0});
    return series;
}

/// What O2 promises: the decay of the residual and the distance of the Gram matrix, this one also by each form that
/// fires; and what its proof uses: the movement of the parameters.
Evaluation evaluate_certificate(const Experiment& experiment, Variant variant) {
    Evaluation result;
    const auto found = certified(experiment, result);
    if (!found) return result;
    const SampleRuns& sample = found->sample;
    const ConvergenceCertificate& certificate = found->certificate;
    const double lambda = certificate.smallest_eigenvalue.value, beta = sample.beta;
    const double exponent = variant == Variant::mutated ? 2 : 0.5;
    ledger::Series decay;
    decay.label = "residual";
    decay.time = sample.grid.breakpoints();
    decay.left = sample.with_errors(
        [&](const SampleRun& run) {
            return along(sample, [&](std::size_t i) { return Measured{run.residual_norm(place(sample, i)), 0}; });
        },
        SampleRuns::Source::states, result.errors);
    for (const double time : decay.time) {
        const double bound = beta * std::exp(-exponent * lambda * time);
        decay.right.push_back({bound, bound * certificate.smallest_eigenvalue.error * time + sample.rounding});
    }
    decay.separates.assign(decay.time.size(), beta);
    decay.says_nothing = decay.separates;
    result.series.push_back(std::move(decay));
    const SampleRuns::Line distance = [&](const SampleRun& run) { return run.kernel_distance; };
    result.series.push_back(against_constant(sample, "||G^inf - G_s|| up to t against lambda_n/2", distance,
                                             lambda / 2 - certificate.smallest_eigenvalue.error, result.errors));
    for (const CertificateForm& form : certificate.forms) {
        if (!form.fires) continue;
        result.series.push_back(against_constant(
            sample, "||G^inf - G_s|| up to t against ||G^inf - G_0|| + movement by " + form.name, distance,
            certificate.distance.value + certificate.distance.error + form.movement, result.errors));
    }
    result.series.push_back(against_constant(
        sample, "movement of the parameters against beta sqrt(2/lambda_n)",
        [&](const SampleRun& run) {
            return along(sample, [&](std::size_t i) { return Measured{run.movement(place(sample, i)), 0}; });
        },
        certificate.reach.movement, result.errors));
    result.note = certificate.verdict();
    return result;
}

/// (2 beta eps_t/lambda_n)(e^{-lambda_n t/2} - e^{-lambda_n t}) with the errors of eps_t and lambda_n.
Measured distance_bound(const SampleRuns& sample, const SampleRun& run, std::size_t i) {
    const double lambda = sample.smallest_eigenvalue(), time = sample.grid.breakpoints()[i];
    const double factor = -2 * sample.beta / lambda * std::exp(-lambda * time / 2) * std::expm1(-lambda * time / 2);
    const Measured distance = run.kernel_distance[i];
    const double relative = sample.eigenvalue_error * (2 / lambda + time);
    return {factor * distance.value, factor * (distance.error + relative * distance.value)};
}

/// The training curve of the infinitely wide network: (sum_i e^{-2 lambda_i t} <r_0, u_i>_n^2)^{1/2}. The control has
/// Euclidean unit vectors in the place of the u_i, so that each coefficient lacks a factor sqrt(n).
double predicted_curve(const SampleRuns& sample, const SampleRun& run, double time, Variant variant) {
    const Eigen::ArrayXd decay = (-time * sample.eigenvalues.array()).exp();
    const double length = variant == Variant::mutated ? std::sqrt(static_cast<double>(sample.directions())) : 1;
    return (decay * run.residual.col(0).array()).matrix().norm() / length;
}

/// The distance of the residual from its prediction as a vector.
double distance_of_residuals(const SampleRuns& sample, const SampleRun& run, std::size_t i, double sign) {
    const Eigen::ArrayXd decay = (sign * sample.grid.breakpoints()[i] * sample.eigenvalues.array()).exp();
    return (run.residual.col(place(sample, i)).array() - decay * run.residual.col(0).array()).matrix().norm();
}

void add_measures(ledger::Series& series, const SampleRuns& sample, Variant variant, bool of_distance) {
    for (std::size_t i = 0; i < series.time.size(); ++i) {
        const double predicted = predicted_curve(sample, sample.runs.front(), series.time[i], variant);
        const double measured = sample.runs.front().residual_norm(place(sample, i));
        // A bound of the distance tells "as predicted" from "nothing learned" below beta minus the prediction; it says
        // nothing beyond the triangle inequality. Of a curve with its bound added, the same.
        series.separates.push_back(of_distance ? sample.beta - predicted : sample.beta);
        series.says_nothing.push_back(of_distance ? predicted + measured : sample.beta);
    }
}

Evaluation evaluate_distance(const Experiment& experiment, Variant variant) {
    Evaluation result;
    const auto found = certified(experiment, result);
    if (!found) return result;
    const SampleRuns& sample = found->sample;
    const double sign = variant == Variant::mutated ? 1 : -1;
    ledger::Series series;
    series.label = "residual on the sample";
    series.time = sample.grid.breakpoints();
    series.left = sample.with_errors(
        [&](const SampleRun& run) {
            return along(sample, [&](std::size_t i) {
                return Measured{distance_of_residuals(sample, run, i, sign), 0};
            });
        },
        SampleRuns::Source::states, result.errors);
    series.right = sample.with_errors(
        [&](const SampleRun& run) {
            return along(sample, [&](std::size_t i) { return distance_bound(sample, run, i); });
        },
        SampleRuns::Source::deviations, result.errors);
    add_measures(series, sample, Variant::claim, true);
    ledger::Series largest = series;
    largest.label = "residual on the sample, against beta eps_t/(2 lambda_n)";
    largest.right = sample.with_errors(
        [&](const SampleRun& run) {
            return along(sample, [&](std::size_t i) {
                const double factor = sample.beta / (2 * sample.smallest_eigenvalue());
                return Measured{factor * run.kernel_distance[i].value, factor * run.kernel_distance[i].error};
            });
        },
        SampleRuns::Source::deviations, result.errors);
    result.series = {std::move(series), std::move(largest)};
    return result;
}

/// Both directions of |measured - predicted| <= bound, with the two curves on the two sides.
Evaluation evaluate_curve(const Experiment& experiment, Variant variant) {
    Evaluation result;
    const auto found = certified(experiment, result);
    if (!found) return result;
    const SampleRuns& sample = found->sample;
    const auto curve = [&](bool measured, bool with_bound) {
        return sample.with_errors(
            [&](const SampleRun& run) {
                return along(sample, [&](std::size_t i) {
                    const double value = measured ? run.residual_norm(place(sample, i))
                                                  : predicted_curve(sample, run, sample.grid.breakpoints()[i], variant);
                    const Measured bound = distance_bound(sample, run, i);
                    return with_bound ? Measured{value + bound.value, bound.error} : Measured{value, 0};
                });
            },
            SampleRuns::Source::states, result.errors);
    };
    for (const bool measured_first : {true, false}) {
        ledger::Series series;
        series.label = measured_first ? "measured training curve against the predicted one plus the bound"
                                      : "predicted training curve against the measured one plus the bound";
        series.time = sample.grid.breakpoints();
        series.left = curve(measured_first, false);
        series.right = curve(!measured_first, true);
        add_measures(series, sample, variant, false);
        result.series.push_back(std::move(series));
    }
    result.note = "Nothing is fitted: the predicted curve is known before training.";
    return result;
}

const std::string residual_norm =
    "<msub><mrow><mo>‖</mo><msub><mover><mi>r</mi><mo>^</mo></mover><mi>t</mi></msub><mo>‖</mo></mrow><mi>n</mi></"
    "msub>";
const std::string lambda_n = "<msub><mi>λ</mi><mi>n</mi></msub>";

std::string decay_formula(const std::string& exponent) {
    return "<msup><mi>e</mi><mrow><mo>−</mo>" + exponent + "</mrow></msup>";
}

}  // namespace

std::vector<CheckDefinition> convergence_checks() {
    const std::string half_rate = lambda_n + "<mi>t</mi><mo>/</mo><mn>2</mn>";
    const std::string bound_formula = "<mfrac><mrow><mn>2</mn><mi>β</mi><msub><mi>ε</mi><mi>t</mi></msub></mrow>" +
                                      lambda_n + "</mfrac><mo>(</mo>" + decay_formula(half_rate) + "<mo>−</mo>" +
                                      decay_formula(lambda_n + "<mi>t</mi>") + "<mo>)</mo>";

    CheckDefinition certificate;
    certificate.id = "O2";
    certificate.title = "Certificate of convergence";
    certificate.claim =
        "If the Gram matrix at the start is near its limit and cannot move far, it stays within half of the limit's "
        "smallest eigenvalue, and the training curve falls at least at the rate lambda_n/2.";
    certificate.formula =
        "<msub><mrow><mo>‖</mo><msup><mi>G</mi><mi>∞</mi></msup><mo>−</mo><msub><mi>G</mi><mn>0</mn>"
        "</msub><mo>‖</mo></mrow><mtext>op</mtext></msub><mo>+</mo><mtext>movement</mtext><mo>≤</mo>"
        "<mfrac>" +
        lambda_n + "<mn>2</mn></mfrac><mspace width='1em'/><mo>⟹</mo><mspace width='1em'/>" + residual_norm +
        "<mo>≤</mo><mi>β</mi>" + decay_formula(half_rate) +
        "<mo>,</mo><mspace width='1em'/><msub><mrow><mo>‖</mo><msup><mi>G</mi><mi>∞</mi></msup>"
        "<mo>−</mo><msub><mi>G</mi><mi>t</mi></msub><mo>‖</mo></mrow><mtext>op</mtext></msub>"
        "<mo>≤</mo><mfrac>" +
        lambda_n + "<mn>2</mn></mfrac>";
    certificate.theory = "Overparameterised regime";
    certificate.left_name = "measured";
    certificate.right_name = "certified before training";
    certificate.abscissa = "time t";
    certificate.relation = ledger::Relation::at_most;
    certificate.evidence = ledger::EvidenceKind::estimate;
    certificate.mutation = "e^{-2 lambda_n t} in the place of e^{-lambda_n t/2}";
    certificate.evaluate = evaluate_certificate;

    CheckDefinition distance = certificate;
    distance.id = "O3";
    distance.title = "Distance of the residual from its prediction";
    distance.claim =
        "Under the certificate the residual on the sample stays near that of the infinitely wide network, at a "
        "distance that is proportional to the distance of the kernels and dies out. Extends Arora et al. 2019.";
    distance.formula =
        "<msub><mrow><mo>‖</mo><msub><mover><mi>r</mi><mo>^</mo></mover><mi>t</mi></msub><mo>−</mo><msup><mi>e</mi>"
        "<mrow><mo>−</mo><msup><mi>G</mi><mi>∞</mi></msup><mi>t</mi></mrow></msup><msub><mover><mi>r</mi><mo>^</mo>"
        "</mover><mn>0</mn></msub><mo>‖</mo></mrow><mi>n</mi></msub><mo>≤</mo>" +
        bound_formula + "<mo>≤</mo><mfrac><mrow><mi>β</mi><msub><mi>ε</mi><mi>t</mi></msub></mrow><mrow><mn>2</mn>" +
        lambda_n + "</mrow></mfrac>";
    distance.left_name = "distance from the prediction";
    distance.right_name = "bound";
    distance.mutation = "wrong sign: e^{+G^inf t} in the place of e^{-G^inf t}";
    distance.evaluate = evaluate_distance;

    CheckDefinition curve = distance;
    curve.id = "O3-curve";
    curve.title = "Training curve against its prediction";
    curve.claim =
        "Under the certificate the measured training curve and the one predicted before training, without any fitted "
        "constant, are within the bound of O3 of each other.";
    curve.formula = "<mo>|</mo>" + residual_norm +
                    "<mo>−</mo><msqrt><munder><mo>∑</mo><mi>i</mi></munder><msup><mi>e</mi><mrow><mo>−</mo><mn>2</mn>"
                    "<msub><mi>λ</mi><mi>i</mi></msub><mi>t</mi></mrow></msup><msubsup><mrow><mo>⟨</mo><msub><mover>"
                    "<mi>r</mi><mo>^</mo></mover><mn>0</mn></msub><mo>,</mo><msub><mi>u</mi><mi>i</mi></msub><mo>⟩</mo>"
                    "</mrow><mi>n</mi><mn>2</mn></msubsup></msqrt><mo>|</mo><mo>≤</mo>" +
                    bound_formula;
    curve.left_name = "one curve";
    curve.right_name = "the other plus the bound";
    curve.mutation = "eigenvectors of Euclidean length 1: the coefficients of the start lack a factor sqrt(n)";
    curve.evaluate = evaluate_curve;
    return {certificate, distance, curve};
}

}  // namespace ntk::deviation
