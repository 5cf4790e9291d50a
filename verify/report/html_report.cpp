// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/html_report.hpp"

#include "verify/embedded.hpp"
#include "verify/report/html_parts.hpp"
#include "verify/report/proof_parts.hpp"
#include "verify/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace ntk::verify {
namespace {

std::string template_text(std::string_view name) {
    for (const EmbeddedFile& file : embedded_templates()) {
        if (file.name == name) return std::string(file.text);
    }
    throw std::logic_error("report: the template " + std::string(name) + " is not in the program");
}

TemplateData partial(const std::string& name) {
    return TemplateData(kainjow::mustache::partial([text = template_text(name)] { return text; }));
}

/// The studies in their order, then those that only checks, spectra or trajectories name.
std::vector<ledger::StudySummary> all_studies(const ledger::Ledger& ledger) {
    std::vector<ledger::StudySummary> studies = ledger.studies;
    const auto mention = [&studies](const std::string& name) {
        const auto same = [&name](const auto& study) { return study.name == name; };
        if (std::none_of(studies.begin(), studies.end(), same)) studies.push_back({name, "", {}, {}, {}});
    };
    for (const auto& section : ledger.spectra) mention(section.study);
    for (const auto& section : ledger.trajectories) mention(section.study);
    for (const auto& check : ledger.checks) mention(check.study);
    return studies;
}

TemplateData settings_data(const ledger::StudySummary& study) {
    std::vector<std::pair<std::string, std::string>> settings = study.settings;
    const auto add = [&settings](const std::string& key, const std::string& value) {
        const auto same = [&key](const auto& setting) { return setting.first == key; };
        if (std::none_of(settings.begin(), settings.end(), same)) settings.emplace_back(key, value);
    };
    if (study.parameters) add("parameters p", std::to_string(*study.parameters));
    if (study.samples) add("samples n", std::to_string(*study.samples));
    if (study.parameters && study.samples && *study.samples > 0) {
        add("regime p/n", format_number(static_cast<double>(*study.parameters) / static_cast<double>(*study.samples)));
    }
    TemplateData list(TemplateData::type::list);
    for (const auto& [key, value] : settings) {
        TemplateData data;
        data.set("key", printable(key));
        data.set("value", printable(value));
        list << data;
    }
    return list;
}

TemplateData study_data(const ledger::Ledger& ledger, const ledger::StudySummary& study, std::size_t index,
                        FigureSet& figures) {
    const auto collect = [&study](const auto& items, const auto& convert) {
        TemplateData list(TemplateData::type::list);
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (items[i].study == study.name) list << convert(items[i], i);
        }
        return list;
    };
    TemplateData data;
    data.set("anchor", fmt::format("study-{}", index));
    data.set("name", printable(study.name));
    data.set("title", text_data(study.title));
    data.set("settings", settings_data(study));
    data.set("has_settings", !study.settings.empty());
    data.set("spectra", collect(ledger.spectra,
                                [&](const auto& section, std::size_t) { return spectrum_data(section, figures); }));
    data.set("trajectories", collect(ledger.trajectories, [&](const auto& section, std::size_t) {
                 return trajectory_data(section, figures);
             }));
    const TemplateData checks = collect(ledger.checks, [&](const auto& check, std::size_t i) {
        return check_data(check, fmt::format("check-{}", i), figures);
    });
    data.set("has_checks", checks.is_non_empty_list());
    data.set("checks", checks);
    return data;
}

/// The figures of the overview would be drawn twice, so its rows are made without.
TemplateData overview_data(const ledger::Ledger& ledger) {
    TemplateData list(TemplateData::type::list);
    for (std::size_t i = 0; i < ledger.checks.size(); ++i) {
        const ledger::Check& check = ledger.checks[i];
        TemplateData data;
        data.set("anchor", fmt::format("check-{}", i));
        data.set("badge", badge_data(check.verdict));
        data.set("title", printable(check.title));
        data.set("id", printable(check.id));
        data.set("study", printable(check.study));
        data.set("margin", format_margin(check.margin));
        data.set("informative", format_informative(check));
        data.set("control_word", format_mutation_control(check));
        data.set("control_missed", format_mutation_control(check).front() == 'N');
        list << data;
    }
    return list;
}

TemplateData counts_data(const ledger::Ledger& ledger) {
    TemplateData list(TemplateData::type::list);
    for (const ledger::Verdict verdict : verdicts_worst_first) {
        const std::size_t count = count_verdicts(ledger.checks, verdict);
        if (count == 0) continue;
        TemplateData data;
        data.set("count", std::to_string(count));
        data.set("badge", badge_data(verdict));
        list << data;
    }
    return list;
}

std::string conclusion(const ledger::Ledger& ledger) {
    const auto failed = [](const ledger::ProofRow& row) { return !row.passed; };
    if (ledger.proofs && std::any_of(ledger.proofs->obligations.begin(), ledger.proofs->obligations.end(), failed)) {
        return "A proof failed.";
    }
    if (ledger.checks.empty()) return "No check was made.";
    switch (exit_code(ledger)) {
        case 1:
            return "Something is violated.";
        case 3:
            return "Nothing is violated, but something is inconclusive.";
        default:
            return "Nothing is violated and nothing is inconclusive.";
    }
}

TemplateData environment_data(const ledger::Ledger& ledger) {
    TemplateData list(TemplateData::type::list);
    for (const auto& [key, value] : ledger.environment) {
        TemplateData data;
        data.set("key", printable(key));
        data.set("value", printable(value));
        list << data;
    }
    return list;
}

TemplateData page_data(const ledger::Ledger& ledger, FigureSet& figures) {
    TemplateData data;
    data.set("style", template_text("report.css"));
    data.set("marks", plot_marks());
    data.set("summary", format_counts(ledger.checks));
    data.set("conclusion", conclusion(ledger));
    data.set("counts", counts_data(ledger));
    data.set("overview", overview_data(ledger));
    data.set("has_checks", !ledger.checks.empty());
    data.set("environment", environment_data(ledger));
    TemplateData studies(TemplateData::type::list);
    const std::vector<ledger::StudySummary> all = all_studies(ledger);
    for (std::size_t i = 0; i < all.size(); ++i) studies << study_data(ledger, all[i], i, figures);
    data.set("studies", studies);
    data.set("has_proofs", ledger.proofs.has_value());
    data.set("proofs", ledger.proofs ? proofs_data(*ledger.proofs) : TemplateData(false));
    for (const char* name : {"check", "spectrum", "trajectory", "figure", "badge", "proofs"}) {
        data.set(std::string(name) + "_part", partial(std::string(name) + ".html.mustache"));
    }
    return data;
}

}  // namespace

std::string render_html(const ledger::Ledger& ledger) {
    FigureSet figures;
    kainjow::mustache::mustache page(template_text("report.html.mustache"));
    if (!page.is_valid()) throw std::logic_error("report: the template of the page: " + page.error_message());
    return figures.draw_into(page.render(page_data(ledger, figures)));
}

}  // namespace ntk::verify
