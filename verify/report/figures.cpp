// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/figures.hpp"

#include "verify/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ntk::verify {
namespace {

/// Times that grow by factors want a logarithmic axis: the middle one lies far below the last.
bool grows_by_factors(const std::vector<double>& times) {
    std::vector<double> positive;
    std::copy_if(times.begin(), times.end(), std::back_inserter(positive),
                 [](double t) { return t > 0 && std::isfinite(t); });
    if (positive.size() < 3) return false;
    std::sort(positive.begin(), positive.end());
    return positive.back() > 20 * positive.front() && positive[positive.size() / 2] < positive.back() / 4;
}

std::string horizontal_name(const std::string& name, bool logarithmic) {
    return logarithmic ? name + " (logarithmic)" : name;
}

std::optional<Figure> if_drawable(Figure figure) {
    if (!has_points(figure.plot)) return std::nullopt;
    if (is_cut(figure.plot)) {
        figure.note += fmt::format("{}Values below {:.0e} of the highest are cut off.", figure.note.empty() ? "" : " ",
                                   figure.plot.deepest);
    }
    return figure;
}

std::vector<double> magnitudes(const std::vector<ledger::Measured>& side) {
    std::vector<double> values;
    for (const ledger::Measured& one : side) values.push_back(std::abs(one.value));
    return values;
}

/// Indices of the series to show: the worst verdicts, then the smallest margins; in their own order.
std::vector<std::size_t> series_to_show(const ledger::Check& check) {
    std::vector<std::size_t> order(check.series.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto margin = [&check](std::size_t i) { return check.series[i].margin.value_or(HUGE_VAL); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
        const auto vi = check.series[i].verdict;
        const auto vj = check.series[j].verdict;
        return vi != vj ? vi > vj : margin(i) < margin(j);
    });
    order.resize(std::min<std::size_t>(order.size(), plot_colours));
    std::sort(order.begin(), order.end());
    return order;
}

bool any_negative(const ledger::Check& check) {
    const auto negative = [](const std::vector<ledger::Measured>& side) {
        return std::any_of(side.begin(), side.end(), [](const auto& one) { return one.value < 0; });
    };
    return std::any_of(check.series.begin(), check.series.end(),
                       [&](const auto& s) { return negative(s.left) || negative(s.right); });
}

/// A figure of a check with two curves per series, the second one dashed.
template <class Solid, class Dashed>
Figure two_curves_per_series(const ledger::Check& check, const Solid& solid, const Dashed& dashed) {
    Figure figure;
    const std::vector<std::size_t> shown = series_to_show(check);
    const bool over_time = check.abscissa.rfind("time", 0) == 0;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const ledger::Series& series = check.series[shown[i]];
        const int colour = static_cast<int>(i) + 1;
        if (over_time && grows_by_factors(series.time)) figure.plot.logarithmic_x = true;
        figure.plot.curves.push_back({series.time, solid(series), colour, true, false, true});
        figure.plot.curves.push_back({series.time, dashed(series), colour, true, true, false});
    }
    figure.horizontal = horizontal_name(check.abscissa, figure.plot.logarithmic_x);
    if (shown.size() < check.series.size()) {
        figure.note = fmt::format("{} of {} are drawn: the worst verdicts, then the smallest margins.", shown.size(),
                                  check.series.size());
    }
    return figure;
}

void add_series_legend(Figure& figure, const ledger::Check& check) {
    const std::vector<std::size_t> shown = series_to_show(check);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        figure.legend.push_back({static_cast<int>(i) + 1, false, true, check.series[shown[i]].label});
    }
}

}  // namespace

std::optional<Figure> eigenvalue_figure(const ledger::SpectrumSection& section) {
    Figure figure;
    Curve curve;
    curve.marks = true;
    curve.line = false;
    std::string zeros;
    for (const ledger::SpectrumRow& row : section.rows) {
        if (row.value == "0") {
            zeros += (zeros.empty() ? "" : ", ") + std::to_string(row.degree);
            continue;
        }
        curve.x.push_back(row.degree);
        curve.y.push_back(row.value_as_double);
    }
    figure.plot.curves.push_back(std::move(curve));
    figure.plot.title = "Eigenvalue by degree, logarithmic, study " + section.study;
    figure.caption = "Eigenvalues by degree";
    figure.plot.deepest = 1e-200;
    figure.vertical = "eigenvalue (logarithmic)";
    figure.horizontal = "degree k";
    if (!zeros.empty()) figure.note = "Exactly zero, not drawn: degrees " + zeros + ".";
    return if_drawable(std::move(figure));
}

std::optional<Figure> residual_figure(const ledger::TrajectorySection& section) {
    Figure figure;
    figure.plot.logarithmic_x = grows_by_factors(section.time);
    figure.plot.curves.push_back({section.time, section.residual_norm, 1, true, false, false});
    figure.plot.title = "Residual norm over time, study " + section.study;
    figure.caption = "Residual on the sample";
    figure.vertical = "residual norm (logarithmic)";
    figure.horizontal = horizontal_name("time t", figure.plot.logarithmic_x);
    return if_drawable(std::move(figure));
}

std::optional<Figure> probe_figure(const ledger::TrajectorySection& section) {
    Figure figure;
    figure.plot.logarithmic_x = grows_by_factors(section.time);
    figure.legend = {{0, false, false, "measured |c(t)|"}, {0, true, false, "predicted e^(\u2212\u03bct) |c(0)|"}};
    const std::size_t shown = std::min<std::size_t>(section.probes.size(), plot_colours);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& probe = section.probes[i];
        const int colour = static_cast<int>(i) + 1;
        figure.plot.curves.push_back({section.time, probe.measured, colour, true, false, true});
        figure.plot.curves.push_back({section.time, probe.predicted, colour, true, true, false});
        figure.legend.push_back({colour, false, true, probe.label});
    }
    figure.plot.title =
        "Projections of the residual on the probes over time, measured and predicted, study " + section.study;
    figure.caption = "Learning by degree: measured and damped prediction";
    figure.vertical = "|c(t)| (logarithmic)";
    figure.plot.deepest = 1e-8;
    figure.horizontal = horizontal_name("time t", figure.plot.logarithmic_x);
    if (shown < section.probes.size())
        figure.note = fmt::format("The first {} of {} probes are drawn.", shown, section.probes.size());
    return if_drawable(std::move(figure));
}

std::optional<Figure> sides_figure(const ledger::Check& check) {
    Figure figure = two_curves_per_series(
        check, [](const auto& series) { return magnitudes(series.left); },
        [](const auto& series) { return magnitudes(series.right); });
    figure.plot.title = check.title + ": both sides over " + check.abscissa;
    figure.caption = "Both sides";
    figure.vertical = any_negative(check) ? "magnitude (logarithmic)" : "value (logarithmic)";
    figure.legend = {{0, false, false, check.left_name}, {0, true, false, check.right_name}};
    add_series_legend(figure, check);
    return if_drawable(std::move(figure));
}

std::optional<Figure> distance_figure(const ledger::Check& check) {
    if (check.relation != ledger::Relation::equal) return std::nullopt;
    const auto combine = [](const ledger::Series& series, const auto& operation) {
        std::vector<double> values;
        for (std::size_t i = 0; i < std::min(series.left.size(), series.right.size()); ++i)
            values.push_back(operation(series.left[i], series.right[i]));
        return values;
    };
    Figure figure = two_curves_per_series(
        check,
        [&](const auto& series) {
            return combine(series, [](const auto& l, const auto& r) { return std::abs(l.value - r.value); });
        },
        [&](const auto& series) {
            return combine(series, [](const auto& l, const auto& r) { return l.error + r.error; });
        });
    figure.plot.title = check.title + ": distance of the sides and numerical error over " + check.abscissa;
    figure.caption = "Distance of the sides";
    figure.vertical = "distance (logarithmic)";
    figure.plot.deepest = 1e-100;
    figure.legend = {{0, false, false, "distance"}, {0, true, false, "numerical error"}};
    add_series_legend(figure, check);
    return if_drawable(std::move(figure));
}

}  // namespace ntk::verify
