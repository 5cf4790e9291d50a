// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"

#include "ntk/sphere/harmonics.hpp"

#include <algorithm>

/// Claims on the analytic spectrum: the trace identity with a tail bound that does not use kappa(1), and the agreement
/// of independent routes.
namespace ntk::deviation {
namespace {

using ledger::Measured;

Measured measured(const Ball& x) { return {x.midpoint(), x.radius()}; }

/// sum_k N(d,k) mu_k; mutated, the multiplicities of the next dimension stand in the place of the right ones.
Ball weighted_sum(const SpectrumResult& spectrum, int dim, Variant variant) {
    if (variant == Variant::claim) return spectrum.trace_sum;
    Ball sum(128);
    for (const Eigenvalue& eigenvalue : spectrum.eigenvalues) {
        sum += eigenvalue.enclosure * Ball(multiplicity(dim + 1, eigenvalue.degree), 128);
    }
    return sum;
}

Evaluation evaluate_trace(const Experiment& experiment, Variant variant) {
    Evaluation result;
    const bool has_bound = experiment.spectrum && experiment.spectrum->tail_bound;
    result.hypotheses.push_back({"the degrees are 0..K and a tail bound is known that does not use kappa(1)", has_bound,
                                 "no such bound for this kernel or these degrees"});
    if (!has_bound) return result;
    const SpectrumResult& spectrum = *experiment.spectrum;
    const Ball rest = spectrum.kappa_at_one - weighted_sum(spectrum, experiment.dim, variant);
    const double last = spectrum.degrees.back();
    ledger::Series below;
    below.label = "0 and the rest kappa(1) - sum";
    below.time = {last};
    below.over_degrees = true;
    below.left = {{0, 0}};
    below.right = {measured(rest)};
    ledger::Series above = below;
    above.label = "the rest kappa(1) - sum and its bound";
    above.left = below.right;
    above.right = {measured(*spectrum.tail_bound)};
    result.series = {below, above};
    result.errors = {{"eigenvalues", rest.radius()}};
    result.scale = spectrum.kappa_at_one.midpoint();
    return result;
}

/// |mu_k(route) - mu_k(route')| against the errors of both, for the pair of routes that lies farthest apart.
Evaluation evaluate_routes(const Experiment& experiment, Variant variant) {
    Evaluation result;
    result.hypotheses.push_back(
        {"the study asks for a spectrum", experiment.spectrum.has_value(), "no degrees were asked for"});
    result.hypotheses.push_back({"the hidden weights are Gaussian, so that there is more than one route",
                                 !experiment.weights, "weights of discrete length have the ridge route alone"});
    if (!experiment.spectrum || experiment.weights) return result;
    const SpectrumResult& spectrum = *experiment.spectrum;
    std::vector<RouteComparison> comparisons = spectrum.comparisons;
    if (variant == Variant::mutated) {
        KernelSpec changed = experiment.kernel.spec();
        changed.layers.front().bias_variance += 1;
        const Kernel broken(changed);
        RouteInputs inputs;
        inputs.quadrature_kernel = broken.real_form();
        comparisons = compare_routes(experiment.kernel, experiment.dim, spectrum.degrees, spectrum.digits, inputs);
    }
    ledger::Series series;
    series.label = "largest distance of two routes";
    series.over_degrees = true;
    double largest = 0;
    for (const RouteComparison& comparison : comparisons) {
        const double size = std::abs(comparison.values.front().enclosure.midpoint());
        series.time.push_back(comparison.degree);
        series.left.push_back({comparison.difference.midpoint(), comparison.allowed.midpoint()});
        series.right.push_back({0, 0});
        // A zero is measured against kappa(1).
        series.size.push_back(size > 0 ? size : spectrum.kappa_at_one.midpoint());
        largest = std::max(largest, comparison.allowed.midpoint());
    }
    result.series = {series};
    result.errors = {{"routes", largest}};
    return result;
}

}  // namespace

std::vector<CheckDefinition> spectrum_checks() {
    CheckDefinition trace;
    trace.id = "trace";
    trace.title = "Trace of the operator";
    trace.claim =
        "The eigenvalues with their multiplicities add up to the kernel on the diagonal: the sum over the computed "
        "degrees does not exceed "
        "kappa(1), and what is missing is at most a tail bound that was found in another way.";
    trace.formula =
        "<mn>0</mn><mo>≤</mo><mi>κ</mi><mo>(</mo><mn>1</mn><mo>)</mo><mo>−</mo><munder><mo>∑</mo><mrow><mi>k</"
        "mi><mo>≤</mo><mi>K</mi></mrow></munder>"
        "<mi>N</mi><mo>(</mo><mi>d</mi><mo>,</mo><mi>k</mi><mo>)</mo><msub><mi>μ</mi><mi>k</mi></msub><mo>≤</"
        "mo><mtext>tail</mtext><mo>(</mo><mi>K</mi><mo>)</mo>";
    trace.theory = "Funk–Hecke";
    trace.left_name = "rest";
    trace.right_name = "tail bound";
    trace.abscissa = "degree K";
    trace.relation = ledger::Relation::at_most;
    trace.evidence = ledger::EvidenceKind::enclosure;
    trace.mutation = "multiplicities N(d+1,k) in the place of N(d,k)";
    trace.evaluate = evaluate_trace;

    CheckDefinition routes;
    routes.id = "routes";
    routes.title = "Independent routes agree";
    routes.claim =
        "Eigenvalues found by closed form (where one is known), by certified balls and by MPFR quadrature agree within "
        "the sum of their errors. "
        "The routes share neither the kernel's formula, nor the polynomials, nor the nodes, nor the number type.";
    routes.formula =
        "<mo>|</mo><msubsup><mi>μ</mi><mi>k</mi><mtext>ball</mtext></msubsup><mo>−</mo><msubsup><mi>μ</mi><mi>k</"
        "mi><mtext>quadrature</mtext></msubsup><mo>|</mo>"
        "<mo>≤</mo><msub><mi>e</mi><mtext>ball</mtext></msub><mo>+</mo><msub><mi>e</mi><mtext>quadrature</mtext></"
        "msub>";
    routes.theory = "Funk–Hecke";
    routes.left_name = "distance of the routes";
    routes.right_name = "zero";
    routes.abscissa = "degree k";
    routes.relation = ledger::Relation::equal;
    routes.evidence = ledger::EvidenceKind::estimate;
    routes.mutation = "the quadrature integrates the kernel with a hidden-bias variance larger by 1";
    routes.evaluate = evaluate_routes;
    return {trace, routes};
}

}  // namespace ntk::deviation
