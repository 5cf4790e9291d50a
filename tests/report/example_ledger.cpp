// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/report/example_ledger.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace ntk::verify {
namespace {

using ledger::Check;
using ledger::Measured;
using ledger::Series;
using ledger::Verdict;

constexpr std::array<double, 7> eigenvalues = {2.31, 0.264, 0.0171, 0.00913, 0.00104, 0.000412, 0.0000631};
constexpr double residual_at_start = 1.118;

std::vector<double> times() {
    std::vector<double> list = {0};
    for (int i = 0; i <= 90; ++i) list.push_back(0.05 * std::pow(1000.0, i / 90.0));
    return list;
}

double start_of(std::size_t degree) { return degree == 1 ? -1.0 : (degree == 3 ? -0.5 : 0.0); }

/// A smooth deviation that starts at 0 and has a sign.
double deviation(std::size_t degree, double t) {
    const double mu = eigenvalues[degree];
    return 0.004 * (1 - std::exp(-mu * t)) / std::sqrt(1.0 + static_cast<double>(degree)) *
           std::cos(0.3 * static_cast<double>(degree));
}

std::string label_of(std::size_t degree) { return "degree " + std::to_string(degree); }

Series bound_series(std::size_t degree, double factor) {
    Series series;
    series.label = label_of(degree);
    const double mu = eigenvalues[degree];
    const double start = std::abs(start_of(degree));
    for (const double t : times()) {
        const double left = std::abs(deviation(degree, t));
        series.time.push_back(t);
        series.left.push_back({left, 2e-9});
        series.right.push_back({factor * left * (1 + 0.2 * std::log1p(t)) + (t > 0 ? 1e-9 : 0.0), 4e-9});
        series.separates.push_back((1 - std::exp(-mu * t)) * start);
        series.says_nothing.push_back(start > 0.1 ? start * (1 + std::exp(-mu * t)) : residual_at_start);
    }
    return series;
}

Series identity_series(std::size_t degree) {
    Series series;
    series.label = label_of(degree);
    for (const double t : times()) {
        const double value = std::exp(-eigenvalues[degree] * t) * start_of(degree) + deviation(degree, t);
        series.time.push_back(t);
        series.left.push_back({value, 1.5e-9});
        series.right.push_back({value + 3e-10 * std::sin(5 * t), 2.5e-9});
        series.size.push_back(0.02);
    }
    return series;
}

Check bound_check(const std::string& id, const std::string& title, double factor) {
    Check check;
    check.id = id;
    check.study = "default";
    check.title = title;
    check.claim =
        "The deviation of the residual from its damped prediction, projected on a zonal harmonic, is at most the "
        "damping factor times the "
        "largest forcing so far.";
    check.formula =
        "<mrow><mrow><mo>|</mo><mi>c</mi><mo>(</mo><mi>t</mi><mo>)</mo><mo>−</mo><msup><mi>e</mi><mrow><mo>−</"
        "mo><mi>μ</mi><mi>t</mi>"
        "</mrow></msup><mi>c</mi><mo>(</mo><mn>0</mn><mo>)</mo><mo>|</mo></mrow><mo>≤</mo><mfrac><mrow><mn>1</"
        "mn><mo>−</mo><msup><mi>e</mi>"
        "<mrow><mo>−</mo><mi>μ</mi><mi>t</mi></mrow></msup></mrow><mi>μ</mi></mfrac><munder><mo>sup</mo><mrow><mi>s</"
        "mi><mo>≤</mo><mi>t</mi>"
        "</mrow></munder><mrow><mo>|</mo><mi>δ</mi><mo>(</mo><mi>s</mi><mo>)</mo><mo>|</mo></mrow></mrow>";
    check.theory = "theory.md, section 3";
    check.left_name = "deviation";
    check.right_name = "bound " + id;
    check.hypotheses = {
        {"the activation has a bounded second derivative", true, "erf: |σ''| ≤ 0.968"},
        {"the probe is an eigenfunction of the infinite-width kernel", true, "zonal harmonic, Funk–Hecke"}};
    for (std::size_t degree = 0; degree < 5; ++degree) check.series.push_back(bound_series(degree, factor));
    check.errors = {{"trajectory", 1.6e-9}, {"quadrature", 3.1e-13}, {"eigenvalue", 2e-31}, {"supremum", 3.9e-9}};
    check.mutation_control = ledger::MutationControl{"damping with 2μ in place of μ", Verdict::violated};
    check.reproduce = "ntk verify default --only " + id + " --seed 7";
    check.seconds = 0.214;
    ledger::judge(check, residual_at_start);
    return check;
}

Check identity_check() {
    Check check = bound_check("d3", "Damped deviation of a projection", 1.0);
    check.claim = "The projection of the residual equals its damped start plus the damped integral of the forcing.";
    check.formula =
        "<mrow><mi>c</mi><mo>(</mo><mi>t</mi><mo>)</mo><mo>=</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>μ</mi><mi>t</mi></"
        "mrow></msup><mi>c</mi>"
        "<mo>(</mo><mn>0</mn><mo>)</mo><mo>+</mo><msubsup><mo>∫</mo><mn>0</mn><mi>t</mi></msubsup><msup><mi>e</"
        "mi><mrow><mo>−</mo><mi>μ</mi>"
        "<mo>(</mo><mi>t</mi><mo>−</mo><mi>s</mi><mo>)</mo></mrow></msup><mi>δ</mi><mo>(</mo><mi>s</mi><mo>)</"
        "mo><mi>d</mi><mi>s</mi></mrow>";
    check.theory = "theory.md, section 2";
    check.left_name = "projection c(t)";
    check.right_name = "damped start plus integral";
    check.relation = ledger::Relation::equal;
    check.series.clear();
    for (std::size_t degree = 0; degree < 7; ++degree) check.series.push_back(identity_series(degree));
    ledger::judge(check, residual_at_start);
    return check;
}

Check trace_check(const std::string& study) {
    Check check = bound_check("trace", "Trace of the kernel", 1.0);
    check.study = study;
    check.claim =
        "The eigenvalues with their multiplicities add up to the kernel on the diagonal, up to a rest that is bounded "
        "without it.";
    check.formula =
        "<mrow><munder><mo>∑</mo><mi>k</mi></munder><mi>N</mi><mo>(</mo><mi>d</mi><mo>,</mo><mi>k</mi><mo>)</"
        "mo><msub><mi>μ</mi><mi>k</mi></msub>"
        "<mo>=</mo><mi>κ</mi><mo>(</mo><mn>1</mn><mo>)</mo></mrow>";
    check.theory = "theory.md, section 1";
    check.left_name = "missing from κ(1)";
    check.right_name = "bound of the rest";
    check.abscissa = "degree K of the last term";
    check.evidence = ledger::EvidenceKind::enclosure;
    Series series;
    series.label = "degrees 0 to K";
    for (int k = 1; k <= 20; ++k) {
        series.time.push_back(k);
        series.left.push_back({0.3 / k, 1e-30});
        series.right.push_back({0.62 / k, 1e-28});
    }
    check.series = {series};
    check.errors = {{"eigenvalue", 1e-30}};
    check.mutation_control = ledger::MutationControl{"multiplicity 2k in place of 2k+1", Verdict::violated};
    ledger::judge(check, 1);
    return check;
}

ledger::SpectrumRow eigenvalue_row(int degree, const std::string& value, const std::string& exact, double as_double) {
    ledger::SpectrumRow row;
    row.degree = degree;
    row.multiplicity = std::to_string(2 * degree + 1);
    row.value = value;
    row.radius = value == "0" ? "0" : "1e-32";
    row.exact = exact;
    row.route = exact.empty() ? "ball" : "exact";
    row.routes = {{"ball", value, "1e-32", true}, {"quadrature", value, "3e-31", false}};
    row.disagreement = value == "0" ? "4.1e-33" : "2.2e-32";
    row.value_as_double = as_double;
    return row;
}

ledger::SpectrumSection relu_spectrum() {
    ledger::SpectrumSection section;
    section.study = "relu-spectrum";
    section.kernel = "relu, one hidden layer, no biases";
    section.dim = 3;
    section.digits = 30;
    const char* third = "0.0000416666666666666666666666666666";
    section.rows = {eigenvalue_row(0, "0.250000000000000000000000000000", "1/4", 0.25),
                    eigenvalue_row(1, "0.166666666666666666666666666667", "1/6", 1.0 / 6),
                    eigenvalue_row(2, "0.0390625000000000000000000000000", "5/128", 0.0390625),
                    eigenvalue_row(3, "0", "0", 0),
                    eigenvalue_row(4, "0.00260416666666666666666666666667", "1/384", 1.0 / 384),
                    eigenvalue_row(5, "0", "0", 0),
                    eigenvalue_row(6, "0.000701904296875000000000000000000", "23/32768", 23.0 / 32768),
                    eigenvalue_row(8, "2.86102294921875000000000000000e-4", "", 2.86e-4),
                    eigenvalue_row(10, third, "-3/16 + (2/3)/pi", 4.16e-5)};
    section.kappa_at_one = "1.00000000000000000000000000000";
    section.trace_sum = "0.988512345678901234567890123457";
    section.tail_bound = "0.0231";
    return section;
}

ledger::TrajectorySection trajectory() {
    ledger::TrajectorySection section;
    section.study = "default";
    section.time = times();
    for (const double t : section.time)
        section.residual_norm.push_back(std::exp(-0.264 * t) + 0.5 * std::exp(-0.009 * t) - 0.382);
    for (std::size_t degree = 0; degree < 5; ++degree) {
        ledger::TrajectorySection::Probe probe;
        probe.label = label_of(degree);
        for (const double t : section.time) {
            const double prediction = std::exp(-eigenvalues[degree] * t) * start_of(degree);
            probe.predicted.push_back(std::abs(prediction));
            probe.measured.push_back(std::abs(prediction + deviation(degree, t)));
        }
        section.probes.push_back(probe);
    }
    section.facts = {
        {"integrator", "Dormand–Prince 5(4)"}, {"evaluations", "1844"}, {"largest error estimate", "1.6e-09"}};
    return section;
}

std::vector<Check> checks_of_every_verdict() {
    std::vector<Check> checks = {
        identity_check(), bound_check("u1", "Deviation against its damped integral", 1.02),
        bound_check("u2", "Deviation against the damping factor times the largest forcing", 4.0),
        bound_check("u4", "Bound known before training", 9000.0), trace_check("default")};
    Check missing = bound_check("o2", "Certificate of convergence", 2.0);
    missing.hypotheses.push_back({"the Gram matrix has a smallest eigenvalue above its drift", false, "0.0021 < 0.38"});
    ledger::judge(missing, residual_at_start);
    Check event = bound_check("u5", "Bound with probability", 2.0);
    event.verdict = Verdict::inconclusive;
    event.note = "Exceeded in this run: an event of probability at most 0.05 occurred.";
    Check wrong = bound_check("u3", "A bound that is wrong", 0.5);
    wrong.mutation_control = ledger::MutationControl{"sampling term left out", Verdict::holds};
    for (Check* check : {&missing, &event, &wrong}) checks.push_back(*check);
    checks.push_back(trace_check("relu-spectrum"));
    return checks;
}

/// A small map: an axiom, three obligations, a check, a gap and a theorem over them.
ledger::ProofSection proofs_of_every_status() {
    ledger::ProofSection section{24, 12, 0.5, {}, {}};
    const auto add = [&](const std::string& name, const std::string& kind, const std::string& status,
                         const std::vector<std::string>& uses, const std::vector<std::string>& observers) {
        section.nodes.push_back({name, kind, "statement of " + name, "", status, uses, observers, {}});
        if (kind != "obligation" && kind != "theorem") return;
        ledger::ProofRow row;
        row.name = name;
        row.kind = kind;
        row.statement = "statement of " + name;
        row.range = "all k >= 0";
        row.method = "polynomial identity";
        row.passed = status != "failed";
        row.failure = row.passed ? "" : "the sides differ";
        row.status = row.own_status = status;
        row.uses = uses;
        row.mutants = {{"sign", "sign", "+ replaced by -", true, "the sides differ", "k = 1"}};
        section.obligations.push_back(row);
    };
    add("mean-value-theorem", "axiom", "assumed, with reference", {}, {});
    add("check:D1", "check", "checked on trajectories", {}, {});
    add("base", "obligation", "proved for all parameters", {"mean-value-theorem"}, {});
    add("ranged", "obligation", "checked on a range", {"base", "mean-value-theorem"}, {});
    add("open:main:1", "gap", "open", {}, {});
    add("main", "theorem", "open", {"base", "ranged", "open:main:1"}, {"check:D1"});
    return section;
}

}  // namespace

ledger::Ledger example_ledger() {
    ledger::Ledger example;
    example.environment = {{"version", "0.1.0"},
                           {"compiler", "GCC 12.2.0"},
                           {"processor", "2 cores, AVX-512"},
                           {"date", "2026-11-23"},
                           {"libraries", "Boost 1.74.0, MPFR 4.2.0, GMP 6.2.1, FLINT 2.9.0, Arb 2.23.0, Eigen 3.4.0"}};
    example.studies = {
        {"default",
         "erf on the sphere in three dimensions, target of degrees 1 and 3",
         {{"activation", "erf"},
          {"hidden bias variance", "1"},
          {"dimension d", "3"},
          {"width m", "1024"},
          {"end time", "50"},
          {"tolerance", "1e-9"},
          {"seed", "7"},
          {"initialisation", "antisymmetric"}},
         5121,
         256},
        {"relu-spectrum", "Eigenvalues of the ReLU kernel", {{"activation", "relu"}, {"dimension d", "3"}}, {}, {}}};
    example.spectra = {relu_spectrum()};
    example.trajectories = {trajectory()};
    example.checks = checks_of_every_verdict();
    example.proofs = proofs_of_every_status();
    return example;
}

const char* const hostile_text = "<script>alert(1)</script>\"'&{{study}} \x1b[31m \xc3( ]]> -- | `x` <!--figure 0-->";

ledger::Ledger hostile_ledger() {
    const double infinite = std::numeric_limits<double>::infinity();
    const double undefined = std::numeric_limits<double>::quiet_NaN();
    const std::string text = hostile_text;
    ledger::Ledger hostile;
    hostile.environment = {{text, text}};
    hostile.studies = {{text, text, {{text, text}}, 3, 0}};
    ledger::SpectrumRow row{1, text, text, text, text, text, {{text, text, text, false}}, text, undefined};
    hostile.spectra = {{text, text, 3, 10, {row}, text, text, text}};
    const ledger::TrajectorySection::Probe probe{text, {1, undefined, infinite, 0.5}, {0, 0, -1, 2}};
    hostile.trajectories = {{text, {0, 1, 2, 3}, {undefined, infinite, 1, 0.5}, {probe}, {{text, text}}}};
    Check check;
    for (std::string* field : {&check.id, &check.study, &check.title, &check.claim, &check.formula, &check.theory,
                               &check.left_name, &check.right_name, &check.abscissa, &check.reproduce, &check.note}) {
        *field = text;
    }
    check.hypotheses = {{text, true, text}};
    Series series;
    series.label = text;
    series.time = {0, 1, 2, 3};
    series.left = {{0, 0}, {undefined, infinite}, {1, 0}, {1, 0}};
    series.right = {{0, 0}, {infinite, 0}, {infinite, undefined}, {2, 0}};
    check.series = {series};
    check.errors = {{text, undefined}};
    check.mutation_control = ledger::MutationControl{text, Verdict::holds};
    check.seconds = undefined;
    ledger::judge(check, 1);
    hostile.checks = {check};
    ledger::ProofRow proof;
    for (std::string* field : {&proof.name, &proof.kind, &proof.statement, &proof.formula, &proof.theory, &proof.range,
                               &proof.method, &proof.failure, &proof.own_status, &proof.status}) {
        *field = text;
    }
    proof.uses = proof.given = proof.left_open = {text};
    proof.mutants = {{text, text, text, false, text, text}};
    proof.seconds = undefined;
    // A node that uses itself and one that does not exist.
    hostile.proofs = ledger::ProofSection{
        3, 3, undefined, {proof}, {{text, text, text, text, text, {text, "nothing"}, {text}, {text}}}};
    return hostile;
}

}  // namespace ntk::verify
