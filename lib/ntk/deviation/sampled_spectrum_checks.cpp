// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/overparameterised.hpp"
#include "ntk/deviation/sampled_spectrum.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>

/// The spectrum of the infinite-width Gram matrix against that of the operator (O5).
namespace ntk::deviation {
namespace {

/// Both spectra, i = 1, ..., n + 1: beyond n the Gram matrix has none, and the sigma_i decrease.
struct Spectra {
    OperatorSpectrum of_operator;
    Eigen::VectorXd of_gram;
    double gram_error;
    Eigen::Index points;
};

Spectra spectra_of(const Experiment& experiment, Variant variant) {
    const Eigen::MatrixXd& gram = experiment.trajectory->kernel_gram;
    const Eigen::Index n = gram.rows();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram, Eigen::EigenvaluesOnly);
    Spectra result{operator_spectrum(experiment.kernel, experiment.weights, experiment.dim, n + 1),
                   Eigen::VectorXd::Zero(n + 1), 0, n};
    const double lost = variant == Variant::mutated ? static_cast<double>(n) : 1;
    result.of_gram.head(n) = lost * solver.eigenvalues().reverse();
    // kappa in double and the solver: a few units of the largest eigenvalue for each of n terms.
    result.gram_error = 8 * std::numeric_limits<double>::epsilon() * static_cast<double>(n) * result.of_gram(0);
    return result;
}

/// |lambda_i - sigma_i| for the first indices and, as the last entry, the largest of all others.
ledger::Series distances(const Spectra& spectra, const std::string& label, const ledger::Measured& bound) {
    constexpr Eigen::Index shown = 20;
    ledger::Series series;
    series.label = label;
    const double error = spectra.of_operator.error + spectra.gram_error;
    const Eigen::VectorXd apart = (spectra.of_gram - spectra.of_operator.eigenvalues).cwiseAbs();
    const auto add = [&](Eigen::Index at, double value) {
        series.time.push_back(static_cast<double>(at + 1));
        series.left.push_back({value, error});
        series.right.push_back(bound);
        series.separates.push_back(spectra.of_operator.eigenvalues(at));
        series.says_nothing.push_back(spectra.of_operator.kappa_at_one.value);
    };
    for (Eigen::Index i = 0; i < std::min(shown, apart.size()); ++i) add(i, apart(i));
    if (apart.size() > shown) add(shown, apart.tail(apart.size() - shown).maxCoeff());
    return series;
}

void note_errors(const Spectra& spectra, Evaluation& result) {
    result.errors["eigenvalues of the operator"] = spectra.of_operator.error;
    result.errors["eigenvalues of the Gram matrix"] = spectra.gram_error;
    result.errors["kappa_c"] = spectra.of_operator.centred_norm().error;
    result.scale = spectra.of_operator.kappa_at_one.value;
}

Evaluation evaluate_sampling(const Experiment& experiment, Variant variant) {
    Evaluation result;
    const bool drawn = experiment.trajectory && experiment.trajectory->problem->drawn_from_sphere;
    result.hypotheses = {has_trajectory(experiment),
                         has_eigendirections(experiment),
                         {"the points are independent and uniform on the sphere", drawn, "the sample is given"}};
    if (!all_hold(result.hypotheses)) return result;
    const Spectra spectra = spectra_of(experiment, variant);
    // U5 takes half of the failure probability; the two events here, that of the Hilbert-Schmidt norm and that of the
    // operator norm, share the other half.
    const double delta = experiment.failure_probability / 4;
    const SamplingBounds bounds = sampling_bounds(spectra.of_operator, spectra.points, delta);
    result.series = {distances(spectra, "Pinelis, kappa_c sqrt(2 log(2/delta)/n)", {bounds.pinelis, 0}),
                     distances(spectra, "Bernstein in the operator norm, by the variance", {bounds.bernstein, 0}),
                     distances(spectra, "Rosasco, Belkin and De Vito 2010, 2 sqrt(2) kappa(1) sqrt(log(2/delta)/n)",
                               {bounds.rosasco, 0})};
    note_errors(spectra, result);
    return result;
}

Evaluation evaluate_distance(const Experiment& experiment, Variant variant) {
    Evaluation result;
    const bool sampled = experiment.trajectory && !experiment.trajectory->problem->cubature;
    result.hypotheses = {has_trajectory(experiment),
                         has_eigendirections(experiment),
                         {"the sample is finite", sampled,
                          "n = infinity: a cubature rule stands for the sphere, and both operators are the same"}};
    if (!all_hold(result.hypotheses)) return result;
    const Spectra spectra = spectra_of(experiment, variant);
    result.series = {distances(spectra, "distance of the operators",
                               operator_distance(spectra.of_operator, experiment.trajectory->kernel_gram))};
    note_errors(spectra, result);
    return result;
}

}  // namespace

std::vector<CheckDefinition> sampled_spectrum_checks() {
    const std::string difference =
        "<mo>|</mo><msub><mi>λ</mi><mi>i</mi></msub><mo>−</mo><msub><mi>σ</mi><mi>i</mi></msub><mo>|</mo><mo>≤</mo>";
    CheckDefinition sampling;
    sampling.id = "O5";
    sampling.title = "Spectrum of a sample against that of the sphere";
    sampling.claim =
        "With probability at least 1 - delta no eigenvalue of the infinite-width Gram matrix of n random points is "
        "farther from the one of the operator than the bounds say.";
    sampling.formula = "<munder><mi>sup</mi><mi>i</mi></munder>" + difference +
                       "<msub><mi>κ</mi><mi>c</mi></msub><msqrt><mfrac><mrow><mn>2</mn><mi>log</mi><mo>(</mo><mn>2</mn>"
                       "<mo>/</mo><mi>δ</mi><mo>)</mo></mrow><mi>n</mi></mfrac></msqrt><mo>,</mo><mspace width='1em'/>"
                       "<msubsup><mi>κ</mi><mi>c</mi><mn>2</mn></msubsup><mo>=</mo><mi>κ</mi><msup><mrow><mo>(</mo>"
                       "<mn>1</mn><mo>)</mo></mrow><mn>2</mn></msup><mo>−</mo><munder><mo>∑</mo><mi>k</mi></munder>"
                       "<mi>N</mi><msubsup><mi>μ</mi><mi>k</mi><mn>2</mn></msubsup>";
    sampling.theory = "Overparameterised regime";
    sampling.left_name = "distance of the i-th eigenvalues";
    sampling.right_name = "bound with probability 1 - delta";
    sampling.abscissa = "index i (last: the largest of all others)";
    sampling.relation = ledger::Relation::at_most;
    sampling.evidence = ledger::EvidenceKind::statistical;
    sampling.mutation = "the Gram matrix without its factor 1/n";
    sampling.evaluate = evaluate_sampling;

    CheckDefinition distance = sampling;
    distance.id = "O5-distance";
    distance.title = "Spectra differ by no more than the operators";
    distance.claim =
        "For every sample, random or not, no eigenvalue of the Gram matrix is farther from the one of the operator "
        "than the Hilbert-Schmidt distance of the two operators, which is known exactly.";
    distance.formula = "<munder><mi>sup</mi><mi>i</mi></munder>" + difference +
                       "<msub><mrow><mo>‖</mo><msub><mi>T</mi><mi>n</mi></msub><mo>−</mo><mi>T</mi><mo>‖</mo></mrow>"
                       "<mtext>HS</mtext></msub><mo>=</mo><msqrt><msubsup><mrow><mo>‖</mo><msup><mi>G</mi><mi>∞</mi>"
                       "</msup><mo>‖</mo></mrow><mi>F</mi><mn>2</mn></msubsup><mo>−</mo><munder><mo>∑</mo><mi>k</mi>"
                       "</munder><mi>N</mi><msubsup><mi>μ</mi><mi>k</mi><mn>2</mn></msubsup></msqrt>";
    distance.right_name = "distance of the operators";
    distance.evidence = ledger::EvidenceKind::estimate;
    distance.evaluate = evaluate_distance;
    return {sampling, distance};
}

}  // namespace ntk::deviation
