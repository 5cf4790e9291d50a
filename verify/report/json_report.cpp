// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/json_report.hpp"

#include "verify/report/json_text.hpp"
#include "verify/report/proof_json.hpp"
#include "verify/report/text.hpp"

namespace ntk::verify {
namespace {

using nlohmann::ordered_json;

ordered_json parts(const std::vector<ledger::Measured>& values, double ledger::Measured::*field) {
    ordered_json json = ordered_json::array();
    for (const ledger::Measured& value : values) json.push_back(number(value.*field));
    return json;
}

ordered_json text_or_null(const std::string& text) {
    return text.empty() ? ordered_json(nullptr) : ordered_json(printable(text));
}

ordered_json intervals(const std::vector<std::pair<double, double>>& list) {
    ordered_json json = ordered_json::array();
    for (const auto& [from, to] : list) json.push_back({number(from), number(to)});
    return json;
}

ordered_json study_to_json(const ledger::StudySummary& study) {
    ordered_json regime = {{"p", nullptr}, {"n", nullptr}, {"p/n", nullptr}};
    if (study.parameters) regime["p"] = *study.parameters;
    if (study.samples) regime["n"] = *study.samples;
    if (study.parameters && study.samples && *study.samples > 0) {
        regime["p/n"] = static_cast<double>(*study.parameters) / static_cast<double>(*study.samples);
    }
    ordered_json expectations = nullptr;
    if (study.expectations) {
        expectations = {{"compared", study.expectations->compared}, {"differences", ordered_json::array()}};
        for (const std::string& difference : study.expectations->differences) {
            expectations["differences"].push_back(printable(difference));
        }
    }
    return {{"name", printable(study.name)},
            {"title", printable(study.title)},
            {"settings", pairs(study.settings)},
            {"regime", regime},
            {"expectations", expectations}};
}

ordered_json eigenvalue_to_json(const ledger::SpectrumRow& row) {
    ordered_json json = {{"degree", row.degree},
                         {"multiplicity", printable(row.multiplicity)},
                         {"value", printable(row.value)},
                         {"radius", text_or_null(row.radius)}};
    if (!row.exact.empty()) json["exact"] = printable(row.exact);
    json["route"] = printable(row.route);
    json["routes"] = ordered_json::array();
    for (const auto& route : row.routes) {
        json["routes"].push_back({{"route", printable(route.name)},
                                  {"value", printable(route.value)},
                                  {route.certified ? "radius" : "estimate", text_or_null(route.error)}});
    }
    json["disagreement"] = text_or_null(row.disagreement);
    return json;
}

ordered_json spectrum_to_json(const ledger::SpectrumSection& section) {
    ordered_json json = {{"study", printable(section.study)},
                         {"kernel", printable(section.kernel)},
                         {"dim", section.dim},
                         {"digits", section.digits}};
    json["eigenvalues"] = ordered_json::array();
    for (const ledger::SpectrumRow& row : section.rows) json["eigenvalues"].push_back(eigenvalue_to_json(row));
    json["trace"] = {{"kappa(1)", text_or_null(section.kappa_at_one)},
                     {"sum", text_or_null(section.trace_sum)},
                     {"tail_bound", text_or_null(section.tail_bound)}};
    return json;
}

ordered_json trajectory_to_json(const ledger::TrajectorySection& section) {
    ordered_json json = {{"study", printable(section.study)},
                         {"time", numbers(section.time)},
                         {"residual_norm", numbers(section.residual_norm)}};
    json["probes"] = ordered_json::array();
    for (const auto& probe : section.probes) {
        json["probes"].push_back({{"label", printable(probe.label)},
                                  {"measured", numbers(probe.measured)},
                                  {"predicted", numbers(probe.predicted)}});
    }
    json["facts"] = pairs(section.facts);
    return json;
}

ordered_json series_to_json(const ledger::Check& check, const ledger::Series& series) {
    return {{"label", printable(series.label)},
            {"verdict", to_string(series_verdict(check, series))},
            {"informative", intervals(series.informative)},
            {"margin", series.margin ? number(*series.margin) : ordered_json(nullptr)},
            {"time", numbers(series.time)},
            {"left", parts(series.left, &ledger::Measured::value)},
            {"left_error", parts(series.left, &ledger::Measured::error)},
            {"right", parts(series.right, &ledger::Measured::value)},
            {"right_error", parts(series.right, &ledger::Measured::error)}};
}

ordered_json mutation_control_to_json(const ledger::Check& check) {
    if (!check.mutation_control || check.verdict == ledger::Verdict::not_applicable) return nullptr;
    return {{"change", printable(check.mutation_control->change)},
            {"verdict", to_string(check.mutation_control->verdict)}};
}

}  // namespace

ordered_json check_to_json(const ledger::Check& check) {
    ordered_json json = {{"id", printable(check.id)},
                         {"study", printable(check.study)},
                         {"title", printable(check.title)},
                         {"verdict", to_string(check.verdict)},
                         {"informative", intervals(check.informative())},
                         {"margin", check.margin ? number(*check.margin) : ordered_json(nullptr)},
                         {"relation", check.relation == ledger::Relation::equal ? "left = right" : "left <= right"},
                         {"claim", printable(check.claim)},
                         {"theory", printable(check.theory)},
                         {"left", printable(check.left_name)},
                         {"right", printable(check.right_name)},
                         {"abscissa", printable(check.abscissa)}};
    json["hypotheses"] = ordered_json::array();
    for (const ledger::Hypothesis& hypothesis : check.hypotheses) {
        json["hypotheses"].push_back({{"statement", printable(hypothesis.statement)},
                                      {"holds", hypothesis.holds},
                                      {"reason", printable(hypothesis.reason)}});
    }
    json["errors"] = ordered_json::object();
    for (const auto& [source, error] : check.errors) json["errors"][printable(source)] = number(error);
    json["evidence"] = to_string(check.evidence);
    json["mutation_control"] = mutation_control_to_json(check);
    json["series"] = ordered_json::array();
    for (const ledger::Series& series : check.series) json["series"].push_back(series_to_json(check, series));
    json["reproduce"] = printable(check.reproduce);
    json["seconds"] = number(check.seconds);
    json["note"] = printable(check.note);
    return json;
}

std::string render_json(const ledger::Ledger& ledger) {
    ordered_json json = {{"schema", "ntk-report/1"}};
    json["exit_code"] = exit_code(ledger);
    json["environment"] = ordered_json::object();
    for (const auto& [key, value] : ledger.environment) json["environment"][printable(key)] = printable(value);
    const auto fill = [&json](const char* key, const auto& list, const auto& convert) {
        json[key] = ordered_json::array();
        for (const auto& item : list) json[key].push_back(convert(item));
    };
    fill("studies", ledger.studies, study_to_json);
    fill("spectrum", ledger.spectra, spectrum_to_json);
    fill("trajectories", ledger.trajectories, trajectory_to_json);
    fill("checks", ledger.checks, check_to_json);
    json["proofs"] = ledger.proofs ? to_json(*ledger.proofs) : ordered_json(nullptr);
    return json_text(json);
}

}  // namespace ntk::verify
