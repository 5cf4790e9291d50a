// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/html_parts.hpp"

#include "verify/report/mathml.hpp"
#include "verify/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ntk::verify {
namespace {

constexpr std::size_t shown_digits = 12;

/// Escaped text cannot contain this mark.
std::string figure_mark(std::size_t index) { return fmt::format("<!--figure {}-->", index); }

TemplateData pair_data(const std::string& key, const std::string& value) {
    TemplateData data;
    data.set("key", printable(key));
    data.set("value", printable(value));
    return data;
}

TemplateData hypotheses_data(const ledger::Check& check) {
    TemplateData list(TemplateData::type::list);
    for (const ledger::Hypothesis& hypothesis : check.hypotheses) {
        TemplateData data;
        data.set("statement", printable(hypothesis.statement));
        data.set("holds", hypothesis.holds);
        data.set("reason", text_data(hypothesis.holds ? "" : hypothesis.reason));
        list << data;
    }
    return list;
}

TemplateData series_data(const ledger::Check& check) {
    TemplateData list(TemplateData::type::list);
    for (const ledger::Series& series : check.series) {
        const bool arises = !series.separates.empty();
        const std::string intervals = format_intervals(series.informative);
        TemplateData data;
        data.set("label", printable(series.label));
        data.set("badge", badge_data(series_verdict(check, series)));
        data.set("margin", format_margin(series.margin));
        data.set("left", format_last_value(series.left));
        data.set("right", format_last_value(series.right));
        data.set("informative", !arises ? std::string(no_value) : (intervals.empty() ? "never" : intervals));
        list << data;
    }
    return list;
}

/// False for the dash that stands for a missing value.
TemplateData value_data(const std::string& text) { return text == no_value ? TemplateData(false) : TemplateData(text); }

TemplateData errors_data(const ledger::Check& check) {
    TemplateData list(TemplateData::type::list);
    for (const auto& [source, error] : check.errors) list << pair_data(source, format_number(error, 2));
    return list;
}

TemplateData control_data(const ledger::Check& check) {
    if (!check.mutation_control || check.verdict == ledger::Verdict::not_applicable) return TemplateData(false);
    TemplateData data;
    data.set("change", printable(check.mutation_control->change));
    data.set("caught", check.mutation_control->verdict == ledger::Verdict::violated);
    data.set("badge", badge_data(check.mutation_control->verdict));
    return data;
}

TemplateData route_rows(const ledger::SpectrumSection& section) {
    TemplateData list(TemplateData::type::list);
    const auto add = [&list](int degree, const std::string& route, const std::string& value, const std::string& error,
                             bool certified) {
        TemplateData data;
        data.set("degree", std::to_string(degree));
        data.set("route", printable(route));
        data.set("value", printable(value));
        data.set("error", printable(error));
        data.set("kind", certified ? "certified" : "estimate");
        list << data;
    };
    for (const ledger::SpectrumRow& row : section.rows) {
        add(row.degree, row.route, row.value, row.radius, true);
        for (const auto& route : row.routes) add(row.degree, route.name, route.value, route.error, route.certified);
    }
    return list;
}

TemplateData eigenvalue_rows(const ledger::SpectrumSection& section) {
    TemplateData list(TemplateData::type::list);
    for (const ledger::SpectrumRow& row : section.rows) {
        std::string routes;
        for (const auto& route : row.routes) routes += (routes.empty() ? "" : ", ") + route.name;
        TemplateData data;
        data.set("degree", std::to_string(row.degree));
        data.set("multiplicity", printable(row.multiplicity));
        data.set("value", shorten_decimal(printable(row.value), shown_digits));
        data.set("exact", text_data(row.exact));
        data.set("radius", printable(row.radius));
        data.set("routes", printable(routes.empty() ? row.route : routes));
        data.set("disagreement", text_data(row.disagreement));
        list << data;
    }
    return list;
}

}  // namespace

TemplateData FigureSet::add(const std::optional<Figure>& figure) {
    if (!figure) return TemplateData(false);
    TemplateData data;
    data.set("svg", figure_mark(plots_.size()));
    data.set("caption", printable(figure->caption));
    data.set("vertical", printable(figure->vertical));
    data.set("horizontal", printable(figure->horizontal));
    data.set("note", text_data(figure->note));
    TemplateData legend(TemplateData::type::list);
    for (const Figure::LegendEntry& entry : figure->legend) {
        TemplateData item;
        item.set("sample", legend_sample(entry.colour, entry.dashed, entry.marks));
        item.set("text", printable(entry.text));
        legend << item;
    }
    data.set("legend", legend);
    data.set("has_legend", !figure->legend.empty());
    plots_.push_back(figure->plot);
    return data;
}

std::string FigureSet::draw_into(std::string page) const {
    const std::vector<std::string> drawings = draw_plots(plots_);
    std::string text;
    std::size_t from = 0;
    for (std::size_t i = 0; i < drawings.size(); ++i) {
        const std::string mark = figure_mark(i);
        const std::size_t at = page.find(mark, from);
        if (at == std::string::npos) throw std::logic_error("report: a figure has no place in the page");
        text.append(page, from, at - from);
        text += drawings[i];
        from = at + mark.size();
    }
    return text.append(page, from);
}

TemplateData badge_data(ledger::Verdict verdict) {
    static constexpr std::array<std::pair<const char*, const char*>, 5> looks = {
        {{"\u2212", "na"}, {"\u2713", "holds"}, {"\u25cb", "vacuous"}, {"?", "inconclusive"}, {"\u2717", "violated"}}};
    const auto& [symbol, style] = looks[static_cast<std::size_t>(verdict)];
    TemplateData data;
    data.set("symbol", symbol);
    data.set("word", to_string(verdict));
    data.set("class", style);
    return data;
}

TemplateData text_data(const std::string& text) {
    return text.empty() ? TemplateData(false) : TemplateData(printable(text));
}

TemplateData check_data(const ledger::Check& check, const std::string& anchor, FigureSet& figures) {
    TemplateData data;
    data.set("anchor", anchor);
    data.set("id", printable(check.id));
    data.set("study", printable(check.study));
    data.set("title", printable(check.title));
    data.set("badge", badge_data(check.verdict));
    data.set("failed", text_data(failed_hypotheses(check)));
    data.set("claim", printable(check.claim));
    data.set("formula", embed_formula(check.formula));
    data.set("theory", text_data(check.theory));
    data.set("left_name", printable(check.left_name));
    data.set("right_name", printable(check.right_name));
    data.set("margin", value_data(format_margin(check.margin)));
    data.set("margin_meaning",
             check.relation == ledger::Relation::equal ? "allowed error / distance" : "right side / left side");
    data.set("informative", value_data(format_informative(check)));
    data.set("hypotheses", hypotheses_data(check));
    data.set("has_hypotheses", !check.hypotheses.empty());
    data.set("series", series_data(check));
    data.set("has_series", !check.series.empty());
    data.set("errors", errors_data(check));
    data.set("has_errors", !check.errors.empty());
    data.set("evidence", to_string(check.evidence));
    data.set("control", control_data(check));
    data.set("reproduce", text_data(check.reproduce));
    data.set("seconds", format_seconds(check.seconds));
    data.set("note", text_data(check.note));
    TemplateData list(TemplateData::type::list);
    for (const std::optional<Figure>& figure : {sides_figure(check), distance_figure(check)}) {
        if (figure) list << figures.add(figure);
    }
    data.set("beside", list.is_non_empty_list() && list.list_value().size() == 1);
    data.set("figures", list);
    return data;
}

TemplateData spectrum_data(const ledger::SpectrumSection& section, FigureSet& figures) {
    TemplateData data;
    data.set("kernel", printable(section.kernel));
    data.set("dim", std::to_string(section.dim));
    data.set("sphere", std::to_string(section.dim - 1));
    data.set("digits", std::to_string(section.digits));
    data.set("rows", eigenvalue_rows(section));
    data.set("routes", route_rows(section));
    data.set("kappa", text_data(shorten_decimal(section.kappa_at_one, shown_digits)));
    data.set("sum", text_data(shorten_decimal(section.trace_sum, shown_digits)));
    data.set("tail", text_data(section.tail_bound));
    TemplateData list(TemplateData::type::list);
    if (const auto figure = eigenvalue_figure(section)) list << figures.add(figure);
    data.set("figures", list);
    return data;
}

TemplateData trajectory_data(const ledger::TrajectorySection& section, FigureSet& figures) {
    TemplateData data;
    TemplateData facts(TemplateData::type::list);
    for (const auto& [key, value] : section.facts) facts << pair_data(key, value);
    data.set("facts", facts);
    data.set("has_facts", !section.facts.empty());
    TemplateData list(TemplateData::type::list);
    for (const std::optional<Figure>& figure : {residual_figure(section), probe_figure(section)}) {
        if (figure) list << figures.add(figure);
    }
    data.set("figures", list);
    return data;
}

}  // namespace ntk::verify
