// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"

#include "ntk/numeric/damping.hpp"

#include <algorithm>
#include <limits>

namespace ntk::deviation {
namespace {

/// The grid of the trajectory, or one from 0 to 10 kappa(1)^{-1} where there is none.
TimeGrid grid_of(const Experiment& experiment) {
    if (experiment.trajectory) return experiment.trajectory->grid;
    const double rate = experiment.spectrum ? experiment.spectrum->kappa_at_one.midpoint() : experiment.kernel.at(1.0);
    return TimeGrid::for_rate(10 / rate, rate, {});
}

struct Rate {
    std::string label;
    double value;
};

/// The eigenvalues of the probes, or the first of the spectrum.
std::vector<Rate> rates_of(const Experiment& experiment) {
    std::vector<Rate> rates;
    if (experiment.trajectory) {
        for (std::size_t i = 0; i < experiment.trajectory->probes.size(); ++i) {
            rates.push_back({"degree " + std::to_string(experiment.trajectory->probes[i].degree),
                             experiment.trajectory->eigenvalues[i].value});
        }
    } else if (experiment.spectrum) {
        for (std::size_t i = 0; i < std::min<std::size_t>(5, experiment.spectrum->eigenvalues.size()); ++i) {
            const Eigenvalue& eigenvalue = experiment.spectrum->eigenvalues[i];
            rates.push_back({"degree " + std::to_string(eigenvalue.degree), eigenvalue.enclosure.midpoint()});
        }
    }
    return rates;
}

Evaluation evaluate_damping(const Experiment& experiment, Variant variant) {
    Evaluation result;
    const TimeGrid grid = grid_of(experiment);
    const Eigen::VectorXd ones = Eigen::VectorXd::Ones(static_cast<Eigen::Index>(grid.times().size()));
    double quadrature_error = 0;
    for (const Rate& rate : rates_of(experiment)) {
        const std::vector<Measured> integral = grid.damped_integral(rate.value, ones);
        ledger::Series series;
        series.label = rate.label;
        for (std::size_t i = 0; i < integral.size(); ++i) {
            const double time = grid.breakpoints()[i];
            const double factor =
                variant == Variant::mutated && rate.value > 0 ? 1 / rate.value : damping_factor(rate.value, time);
            series.time.push_back(time);
            series.left.push_back({factor, 4 * std::numeric_limits<double>::epsilon() * factor});
            // Beside the quadrature estimate, the sum of panels rounds: a few units per panel.
            const double rounding =
                8 * static_cast<double>(i + 1) * std::numeric_limits<double>::epsilon() * integral[i].value;
            series.right.push_back({integral[i].value, integral[i].error + rounding});
            series.size.push_back(factor);
            quadrature_error = std::max(quadrature_error, integral[i].error);
        }
        result.series.push_back(std::move(series));
    }
    result.hypotheses.push_back(
        {"there is an eigenvalue to test with", !result.series.empty(), "neither probes nor a spectrum"});
    result.errors = {{"quadrature", quadrature_error}};
    return result;
}

}  // namespace

std::vector<CheckDefinition> damping_checks() {
    CheckDefinition damping;
    damping.id = "damping-factor";
    damping.title = "The damping factor";
    damping.claim =
        "The factor by which a constant error of the kernel is damped in a direction with eigenvalue mu is the "
        "integral of the decaying exponential.";
    damping.formula =
        "<mi>D</mi><mo>(</mo><mi>μ</mi><mo>,</mo><mi>t</mi><mo>)</mo><mo>=</mo><mfrac><mrow><mn>1</mn><mo>−</"
        "mo><msup><mi>e</mi><mrow><mo>−</mo><mi>μ</mi><mi>t</mi></mrow></msup></mrow><mi>μ</mi></mfrac>"
        "<mo>=</mo><msubsup><mo>∫</mo><mn>0</mn><mi>t</mi></msubsup><msup><mi>e</mi><mrow><mo>−</mo><mi>μ</mi><mo>(</"
        "mo><mi>t</mi><mo>−</mo><mi>s</mi><mo>)</mo></mrow></msup><mi>d</mi><mi>s</mi>";
    damping.theory = "Damping";
    damping.left_name = "D(mu,t) in closed form";
    damping.right_name = "integral by quadrature";
    damping.abscissa = "time t";
    damping.relation = ledger::Relation::equal;
    damping.evidence = ledger::EvidenceKind::estimate;
    damping.mutation = "1/mu in the place of D(mu,t)";
    damping.evaluate = evaluate_damping;
    return {damping};
}

}  // namespace ntk::deviation
