// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/cli/plan_output.hpp"

#include <fmt/core.h>

#include <cmath>

namespace ntk::verify {
namespace {

using deviation::PlannedProbe;
using deviation::PlanPoint;
using deviation::PlanSearch;
using nlohmann::ordered_json;

std::string count_text(double count) { return std::isinf(count) ? "infinite" : fmt::format("{:.0f}", count); }

ordered_json count_json(double count) {
    return std::isinf(count) ? ordered_json("infinite") : ordered_json(std::llround(count));
}

ordered_json to_json(const PlannedProbe& probe) {
    const auto [name, share] = probe.dominating();
    ordered_json terms = ordered_json::array();
    const ledger::Measured bound = probe.terms.sum();
    for (const auto& [term, value] : probe.terms.named()) {
        terms.push_back(
            {{"name", term}, {"value", value.value}, {"share", bound.value > 0 ? value.value / bound.value : 0}});
    }
    return {{"degree", probe.probe.degree},
            {"axis", std::vector<double>(probe.probe.axis.begin(), probe.probe.axis.end())},
            {"eigenvalue", probe.eigenvalue.value},
            {"coefficient", probe.coefficient},
            {"needed", probe.needed},
            {"bound", bound.value},
            {"error", bound.error},
            {"ratio", probe.ratio()},
            {"line", probe.line},
            {"dominating", name},
            {"dominating_share", share},
            {"terms", terms}};
}

ordered_json to_json(const PlanPoint& point) {
    ordered_json probes = ordered_json::array();
    for (const PlannedProbe& probe : point.probes) probes.push_back(to_json(probe));
    return {{"width", count_json(point.width)},
            {"samples", count_json(point.samples)},
            {"informative", point.informative()},
            {"probes", probes}};
}

ordered_json to_json(const std::optional<PlanSearch>& search) {
    if (!search) return nullptr;
    ordered_json beyond = ordered_json::array();
    for (const double count : search->failing_beyond) beyond.push_back(count_json(count));
    return {{"found", search->found.has_value()},
            {"point", to_json(search->last)},
            {"ratio_one_step_below",
             search->before ? ordered_json(search->before->worst().ratio()) : ordered_json(nullptr)},
            {"failing_beyond", beyond}};
}

std::vector<std::string> row_of(const std::string& start, const PlanSearch& search) {
    const PlannedProbe& worst = search.last.worst();
    const auto [name, share] = worst.dominating();
    return {start,
            count_text(search.last.samples),
            count_text(search.last.width),
            search.found ? "yes" : "no",
            fmt::format("{:.4g}", worst.ratio()),
            std::to_string(worst.probe.degree),
            worst.line,
            fmt::format("{} ({:.0f} %)", name, 100 * share)};
}

/// Whether a search for the sample size is the one that ended the plan.
const PlanSearch& last_search(const deviation::Plan& plan) { return plan.samples ? *plan.samples : *plan.width; }

}  // namespace

ordered_json plans_to_json(const PresentedQuestion& presented) {
    ordered_json json = {{"study", presented.study},
                         {"bound", deviation::to_string(presented.question.bound)},
                         {"time", presented.question.time},
                         {"failure_probability", presented.question.failure_probability},
                         {"plans", ordered_json::array()}};
    for (const PresentedPlan& one : presented.plans) {
        ordered_json plan = {{"start", one.start}, {"about", one.about}, {"reached", one.reached()}};
        if (!one.plan) {
            plan["reason"] = one.reason;
            json["plans"].push_back(plan);
            continue;
        }
        const deviation::Plan& found = *one.plan;
        plan["width"] = one.reached() ? count_json(found.result().width) : ordered_json(nullptr);
        plan["samples"] = one.reached() ? count_json(found.result().samples) : ordered_json(nullptr);
        plan["largest_width"] = count_json(one.limits.largest_width);
        plan["largest_samples"] = count_json(one.limits.largest_samples);
        plan["width_search"] = to_json(found.width);
        plan["samples_search"] = to_json(found.samples);
        if (!one.reached()) plan["reason"] = what_blocks(one);
        json["plans"].push_back(plan);
    }
    return json;
}

Table plans_to_table(const PresentedQuestion& presented) {
    Table table{{"start", "n", "m", "informative", "bound/needed", "degree", "line", "largest term"}, {}};
    for (const PresentedPlan& one : presented.plans) {
        if (!one.plan) continue;
        if (one.plan->width) table.rows.push_back(row_of(one.start, *one.plan->width));
        if (one.plan->samples) table.rows.push_back(row_of(one.start, *one.plan->samples));
    }
    return table;
}

std::string what_blocks(const PresentedPlan& presented) {
    if (!presented.plan) return presented.reason;
    const PlanPoint& last = last_search(*presented.plan).last;
    const auto [name, share] = last.worst().dominating();
    return fmt::format(
        "at m = {}, n = {}, where the search ended, the bound for degree {} exceeds what is needed by a factor {:.4g}; "
        "its largest term is \"{}\" ({:.0f} %)",
        count_text(last.width), count_text(last.samples), last.worst().probe.degree, last.worst().ratio(), name,
        100 * share);
}

std::string plans_in_words(const PresentedQuestion& presented) {
    std::string text;
    for (const PresentedPlan& one : presented.plans) {
        text += one.start + ": ";
        if (!one.plan) {
            text += "no plan: " + one.reason + "\n";
            continue;
        }
        if (one.reached()) {
            text += fmt::format("m = {}, n = {}, {}\n", count_text(one.plan->result().width),
                                count_text(one.plan->result().samples), one.about);
        } else {
            text += "nothing found: " + what_blocks(one) + "\n";
        }
        for (const auto* search : {&one.plan->width, &one.plan->samples}) {
            if (!*search) continue;
            for (const double count : (*search)->failing_beyond) {
                text += fmt::format("{}: not monotone: at {} = {} the bound is not informative after all\n", one.start,
                                    search == &one.plan->width ? "m" : "n", count_text(count));
            }
        }
    }
    return text;
}

}  // namespace ntk::verify
