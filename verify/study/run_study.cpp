// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/run_study.hpp"

#include "ntk/deviation/descent_series.hpp"
#include "ntk/numeric/decimal.hpp"
#include "verify/study/kernel_text.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>

namespace ntk::verify {
namespace {

ledger::SpectrumRow row_of(const Eigenvalue& eigenvalue, const RouteComparison& comparison, long digits) {
    const auto printed = print_certified(eigenvalue.enclosure, digits);
    if (!printed) throw std::logic_error("an eigenvalue that was certified cannot be printed");
    ledger::SpectrumRow row;
    row.degree = eigenvalue.degree;
    row.multiplicity = eigenvalue.multiplicity.str();
    row.value = printed->value;
    row.radius = printed->radius;
    row.exact = eigenvalue.exact ? to_string(*eigenvalue.exact) : "";
    row.route = to_string(eigenvalue.route);
    for (const RouteValue& value : comparison.values) {
        const CertifiedDecimal decimal = print_enclosure(value.enclosure, digits + 2);
        row.routes.push_back({value.route, decimal.value, decimal.radius, value.certified});
    }
    row.disagreement = print_rounded_up(comparison.difference.exact_midpoint(), 2);
    row.value_as_double = eigenvalue.enclosure.midpoint();
    return row;
}

ledger::SpectrumSection spectrum_section(const Study& study, const Kernel& kernel,
                                         const deviation::SpectrumResult& spectrum) {
    ledger::SpectrumSection section;
    section.study = study.name;
    section.kernel = describe_kernel(kernel, study.weights);
    section.dim = study.dim;
    section.digits = spectrum.digits;
    for (std::size_t i = 0; i < spectrum.eigenvalues.size(); ++i) {
        section.rows.push_back(row_of(spectrum.eigenvalues[i], spectrum.comparisons[i], spectrum.digits));
    }
    section.kappa_at_one = print_enclosure(spectrum.kappa_at_one, spectrum.digits).value;
    section.trace_sum = print_enclosure(spectrum.trace_sum, spectrum.digits).value;
    if (spectrum.tail_bound) {
        section.tail_bound =
            print_rounded_up(Rational(spectrum.tail_bound->exact_midpoint() + spectrum.tail_bound->exact_radius()), 6);
    }
    return section;
}

ledger::TrajectorySection trajectory_section(const Study& study, const deviation::TrajectoryResult& run) {
    ledger::TrajectorySection section;
    section.study = study.name;
    section.facts = run.facts;
    const deviation::TimeGrid& grid = run.grid;
    for (std::size_t i = 0; i < grid.breakpoints().size(); ++i) {
        section.time.push_back(grid.breakpoints()[i]);
        section.residual_norm.push_back(run.seen.residual_norm(static_cast<Eigen::Index>(grid.place(i))));
    }
    // Without a known target the coefficients are those of f, which nothing predicts.
    const std::size_t shown = run.knows_target ? run.probes.size() : 0;
    for (std::size_t p = 0; p < shown; ++p) {
        const auto row = static_cast<Eigen::Index>(p);
        ledger::TrajectorySection::Probe probe;
        probe.label = "degree " + std::to_string(run.probes[p].degree);
        for (std::size_t i = 0; i < section.time.size(); ++i) {
            probe.measured.push_back(std::abs(run.seen.coefficient(row, static_cast<Eigen::Index>(grid.place(i)))));
            probe.predicted.push_back(std::exp(-run.eigenvalues[p].value * section.time[i]) *
                                      std::abs(run.seen.coefficient(row, 0)));
        }
        section.probes.push_back(std::move(probe));
    }
    return section;
}

ledger::TrajectorySection descent_section(const Study& study, const deviation::DescentResult& run) {
    ledger::TrajectorySection section;
    section.study = study.name;
    section.facts = run.facts;
    const std::vector<long> steps = deviation::shown_steps(run.steps);
    for (const long step : steps) {
        section.time.push_back(run.step * static_cast<double>(step));
        section.residual_norm.push_back(run.seen.states.residual_norm(step));
    }
    const std::size_t shown = run.knows_target ? run.probes.size() : 0;
    for (std::size_t p = 0; p < shown; ++p) {
        const auto row = static_cast<Eigen::Index>(p);
        const double factor = std::abs(1 - run.step * run.eigenvalues[p].value);
        ledger::TrajectorySection::Probe probe;
        probe.label = "degree " + std::to_string(run.probes[p].degree);
        for (const long step : steps) {
            probe.measured.push_back(std::abs(run.seen.states.coefficient(row, step)));
            probe.predicted.push_back(std::pow(factor, static_cast<double>(step)) *
                                      std::abs(run.seen.states.coefficient(row, 0)));
        }
        section.probes.push_back(std::move(probe));
    }
    return section;
}

bool is_wanted(const std::string& id, const Study& study, const std::vector<std::string>& only) {
    const std::vector<std::string>& ids = only.empty() ? study.checks : only;
    return std::any_of(ids.begin(), ids.end(),
                       [&](const std::string& wanted) { return wanted == "all" || wanted == id; });
}

/// What the command line needs beside the study.
std::string reproducing_arguments(const TrajectoryStudy& run) {
    return " --seed " + std::to_string(run.seed) + (run.given ? " --trajectory '" + run.given->source + "'" : "");
}

deviation::Experiment experiment_of(const Study& study, const std::shared_ptr<ThreadPool>& pool,
                                    const deviation::StageProgress& progress) {
    deviation::Experiment experiment{
        study.name, Kernel(study.kernel),         study.dim,       std::nullopt, std::nullopt,
        "",         "ntk verify " + study.source, study.weight_law};
    experiment.failure_probability = study.failure_probability;
    if (progress) progress(study.name + ": spectrum", 0);
    experiment.spectrum = deviation::compute_spectrum(experiment.kernel, study.dim, study.spectrum.degrees,
                                                      study.spectrum.digits, study.weight_law);
    if (study.trajectory) experiment.reproduce += reproducing_arguments(*study.trajectory);
    const auto staged = [&](const std::string& stage, double share) {
        if (progress) progress(study.name + ": " + stage, share);
    };
    const bool descends = study.trajectory && study.trajectory->method == deviation::TrainingMethod::gradient_descent;
    experiment.no_descent = "the network is trained by gradient flow";
    if (!study.trajectory) {
        experiment.no_trajectory = experiment.no_descent = "the study has no [network]";
    } else if (study.trajectory->infinite_width) {
        experiment.no_trajectory = experiment.no_descent =
            "the network is infinitely wide: its kernel does not move, and nothing deviates (ntk simulate shows it)";
    } else if (study.trajectory->given && study.trajectory->given->parameters.empty()) {
        experiment.no_trajectory = study.trajectory->given->source + " has residuals but no parameters";
    } else if (descends && study.trajectory->given) {
        experiment.no_trajectory = experiment.no_descent =
            "a given trajectory is held against gradient flow, and the study asks for gradient descent";
    } else if (descends) {
        experiment.no_trajectory = "the network is trained by gradient descent, which has checks of its own";
        experiment.descent = deviation::compute_descent(experiment.kernel, setup_of(study), pool, staged);
    } else {
        try {
            experiment.trajectory = deviation::compute_trajectory(experiment.kernel, setup_of(study), pool, staged);
        } catch (const FlowSlides& slides) {
            experiment.no_trajectory = slides.what();
        }
    }
    return experiment;
}

}  // namespace

std::vector<std::string> ids_of(const std::vector<deviation::CheckDefinition>& definitions) {
    std::vector<std::string> ids;
    for (const deviation::CheckDefinition& definition : definitions) ids.push_back(definition.id);
    return ids;
}

NetworkShape shape_of(const Study& study) {
    return {study.dim, study.trajectory->width, study.kernel.train_bias, study.kernel.output_bias};
}

deviation::TrajectorySetup setup_of(const Study& study) {
    const TrajectoryStudy& run = *study.trajectory;
    deviation::TrajectorySetup setup{shape_of(study),  run.law,        run.seed, run.samples,
                                     study.target,     study.probes,   run.time, run.tolerance,
                                     run.output_times, run.integrator, run.given};
    setup.infinite_width = run.infinite_width;
    setup.population = run.population;
    setup.noise = run.noise;
    setup.points = run.points;
    setup.labels = run.labels;
    setup.method = run.method;
    setup.step = run.step;
    setup.batch_size = run.batch;
    return setup;
}

void run_study(const Study& study, const std::vector<deviation::CheckDefinition>& definitions,
               const std::vector<std::string>& only, const std::shared_ptr<ThreadPool>& pool,
               const deviation::StageProgress& progress, ledger::Ledger& ledger) {
    const deviation::Experiment experiment = experiment_of(study, pool, progress);
    ledger::StudySummary summary{study.name, study.title, study.settings, std::nullopt, std::nullopt, std::nullopt};
    if (study.trajectory) {
        if (!study.trajectory->infinite_width) {
            summary.parameters = static_cast<long>(shape_of(study).parameter_count());
        }
        if (!study.trajectory->population) summary.samples = study.trajectory->samples;
    }
    ledger.spectra.push_back(spectrum_section(study, experiment.kernel, *experiment.spectrum));
    if (experiment.trajectory) ledger.trajectories.push_back(trajectory_section(study, *experiment.trajectory));
    if (experiment.descent) ledger.trajectories.push_back(descent_section(study, *experiment.descent));
    std::vector<ledger::Check> checks;
    for (const deviation::CheckDefinition& definition : definitions) {
        if (!is_wanted(definition.id, study, only)) continue;
        if (progress) progress(study.name + ": check " + definition.id, 0);
        checks.push_back(deviation::run_check(definition, experiment));
    }
    if (study.expected) {
        Comparison comparison = compare(*study.expected, checks);
        summary.expectations = {comparison.compared, std::move(comparison.differences)};
    }
    ledger.studies.push_back(std::move(summary));
    std::move(checks.begin(), checks.end(), std::back_inserter(ledger.checks));
}

}  // namespace ntk::verify
