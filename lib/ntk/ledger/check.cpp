// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ledger/check.hpp"

#include <algorithm>
#include <stdexcept>

namespace ntk::ledger {
namespace {

void require_equal_lengths(const Series& series, Relation relation) {
    const std::size_t count = series.time.size();
    const auto fits = [count](const auto& values) { return values.empty() || values.size() == count; };
    if (series.left.size() != count || series.right.size() != count || !fits(series.separates) ||
        !fits(series.says_nothing) || (relation == Relation::equal && series.size.size() != count)) {
        throw std::logic_error("ledger: the columns of the series \"" + series.label + "\" differ in length");
    }
}

/// The maximal runs of consecutive times > 0 at which the bound separates.
std::vector<std::pair<double, double>> informative_intervals(const Series& series) {
    std::vector<std::pair<double, double>> intervals;
    if (series.separates.empty()) return intervals;
    bool open = false;
    for (std::size_t i = 0; i < series.time.size(); ++i) {
        const bool inside = series.time[i] > 0 && series.right[i].value + series.right[i].error < series.separates[i];
        if (inside && !open) intervals.emplace_back(series.time[i], series.time[i]);
        if (inside) intervals.back().second = series.time[i];
        open = inside;
    }
    return intervals;
}

bool says_nothing_at_every_time(const Series& series) {
    if (series.says_nothing.empty() || series.time.empty() || series.time.back() <= 0) return false;
    for (std::size_t i = 0; i < series.time.size(); ++i) {
        if (series.time[i] > 0 && !(series.right[i].value > series.says_nothing[i])) return false;
    }
    return true;
}

void keep_smaller(std::optional<double>& smallest, const std::optional<double>& candidate) {
    if (candidate && (!smallest || *candidate < *smallest)) smallest = candidate;
}

}  // namespace

std::string to_string(EvidenceKind kind) {
    switch (kind) {
        case EvidenceKind::exact:
            return "exact";
        case EvidenceKind::enclosure:
            return "enclosure";
        case EvidenceKind::estimate:
            return "estimate";
        case EvidenceKind::statistical:
            return "statistical";
    }
    throw std::logic_error("unknown kind of evidence");
}

bool Check::hypotheses_hold() const {
    return std::all_of(hypotheses.begin(), hypotheses.end(), [](const Hypothesis& h) { return h.holds; });
}

std::vector<std::pair<double, double>> Check::informative() const {
    std::vector<std::pair<double, double>> all;
    for (const Series& one : series) all.insert(all.end(), one.informative.begin(), one.informative.end());
    std::sort(all.begin(), all.end());
    std::vector<std::pair<double, double>> merged;
    for (const auto& interval : all) {
        if (!merged.empty() && interval.first <= merged.back().second) {
            merged.back().second = std::max(merged.back().second, interval.second);
        } else {
            merged.push_back(interval);
        }
    }
    return merged;
}

void judge(Series& series, Relation relation, double scale) {
    require_equal_lengths(series, relation);
    series.verdict = Verdict::not_applicable;
    series.margin.reset();
    for (std::size_t i = 0; i < series.time.size(); ++i) {
        if (series.time[i] == 0 && !series.over_degrees) continue;
        const Measured& left = series.left[i];
        const Measured& right = series.right[i];
        const bool identity = relation == Relation::equal;
        series.verdict = worst(
            series.verdict, identity ? judge_identity(left, right, series.size[i]) : judge_bound(left, right, scale));
        keep_smaller(series.margin, identity ? identity_margin(left, right) : bound_margin(left, right));
    }
    if (relation == Relation::equal) return;
    series.informative = informative_intervals(series);
    if (series.verdict == Verdict::holds && says_nothing_at_every_time(series)) series.verdict = Verdict::vacuous;
}

void judge(Check& check, double scale) {
    check.verdict = Verdict::not_applicable;
    check.margin.reset();
    if (!check.hypotheses_hold()) return;
    // A claim that applies but was compared nowhere has shown nothing.
    if (check.series.empty()) check.verdict = Verdict::inconclusive;
    for (Series& series : check.series) {
        judge(series, check.relation, scale);
        if (series.verdict == Verdict::not_applicable) series.verdict = Verdict::inconclusive;
        check.verdict = worst(check.verdict, series.verdict);
        keep_smaller(check.margin, series.margin);
    }
}

}  // namespace ntk::ledger
