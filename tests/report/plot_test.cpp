// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/plot.hpp"

#include "tests/report/example_ledger.hpp"
#include "tests/report/markup.hpp"
#include "verify/report/figures.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <regex>

using namespace ntk::verify;

namespace {

/// The smallest vertical coordinate (the highest point) of the curve with colour 1.
double highest_point(const std::string& svg) {
    const std::regex path("stroke='var\\(--series-1\\)'[^>]* d='([^']*)'");
    const std::regex point("[ML]?[-0-9.]+,([-0-9.]+)");
    double highest = HUGE_VAL;
    for (auto it = std::sregex_iterator(svg.begin(), svg.end(), path); it != std::sregex_iterator(); ++it) {
        const std::string data = (*it)[1];
        for (auto p = std::sregex_iterator(data.begin(), data.end(), point); p != std::sregex_iterator(); ++p) {
            highest = std::min(highest, std::stod((*p)[1]));
        }
    }
    return highest;
}

}  // namespace

TEST_CASE("plot: points that no axis can show are left out") {
    const double undefined = std::numeric_limits<double>::quiet_NaN();
    Plot plot;
    plot.curves = {{{0, 1, 2, 3}, {undefined, HUGE_VAL, 0, -1}}};
    CHECK(!has_points(plot));
    plot.curves[0].y[0] = 1;
    CHECK(!has_points(plot));  // one place is no plot
    plot.curves[0].y[3] = 2;
    CHECK(has_points(plot));
    plot.logarithmic_x = true;  // now the point at 0 is out
    CHECK(!has_points(plot));
    CHECK(!has_points(Plot{}));
}

TEST_CASE("plot: values of every size are drawn") {
    Plot extremes;
    extremes.deepest = 1e-300;
    extremes.curves = {{{1, 2, 3}, {5e-324, 1, 1.7e308}}};
    Plot constant;
    constant.curves = {{{1, 2}, {1, 1}}};
    Plot tiny;
    tiny.curves = {{{1, 2}, {3e-310, 5e-310}}};
    const std::vector<std::string> drawings = draw_plots({extremes, constant, tiny});
    REQUIRE(drawings.size() == 3);
    for (const std::string& drawing : drawings) CHECK(markup_error(drawing, false) == "");
    CHECK(draw_plots({}).empty());
}

TEST_CASE("plot: thinning keeps a spike of one point") {
    Plot plot;
    plot.curves.emplace_back();
    for (int i = 0; i < 10000; ++i) {
        plot.curves[0].x.push_back(i);
        plot.curves[0].y.push_back(i == 5003 ? 9.9 : 1.5);
    }
    const double with_spike = highest_point(draw_plots({plot}).front());
    plot.curves[0].y[5003] = 1.5;
    const double without = highest_point(draw_plots({plot}).front());
    CHECK(with_spike < 40);
    CHECK(without > 100);
}

TEST_CASE("plot: values far below the rest are cut, and the figure says so") {
    ntk::ledger::TrajectorySection section;
    section.time = {1, 2, 3};
    section.probes = {{"degree 0", {1, 0.5, 0.25}, {1e-17, 1e-18, 1e-19}}};
    const auto figure = probe_figure(section);
    REQUIRE(figure.has_value());
    CHECK(is_cut(figure->plot));
    CHECK(figure->note == "Values below 1e-08 of the highest are cut off.");
    section.probes[0].predicted = {1, 0.5, 0.1};
    CHECK(probe_figure(section)->note.empty());
}

TEST_CASE("plot: a check shows at most five series, the worst among them") {
    ntk::ledger::Check check = example_ledger().checks.front();
    REQUIRE(check.series.size() == 7);
    check.series[5].verdict = ntk::ledger::Verdict::violated;
    check.series[6].margin = -3;
    const auto figure = sides_figure(check);
    REQUIRE(figure.has_value());
    CHECK(figure->plot.curves.size() == 10);
    REQUIRE(figure->legend.size() == 7);
    CHECK(figure->legend[5].text == "degree 5");
    CHECK(figure->legend[6].text == "degree 6");
    CHECK(figure->note.find("5 of 7") == 0);
    CHECK(distance_figure(check).has_value());
    check.relation = ntk::ledger::Relation::at_most;
    CHECK(!distance_figure(check).has_value());
    check.series.clear();
    CHECK(!sides_figure(check).has_value());
}
