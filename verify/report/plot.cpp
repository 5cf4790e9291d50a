// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/plot.hpp"

#include "ntk/numeric/errors.hpp"
#include "verify/report/gnuplot.hpp"
#include "verify/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace ntk::verify {
namespace {

constexpr int width = 480;
constexpr int height = 300;
/// More than these points are thinned to the lowest and highest of each stretch.
constexpr std::size_t most_points = 400;
/// gnuplot's point types: disc, square, triangle, diamond, triangle upside down.
constexpr std::array<int, plot_colours> marks_of_colours = {7, 5, 9, 13, 11};

using Points = std::vector<std::pair<double, double>>;

struct Range {
    double low;
    double high;
};

Points drawable(const Curve& curve, bool logarithmic_x) {
    Points points;
    for (std::size_t i = 0; i < std::min(curve.x.size(), curve.y.size()); ++i) {
        const double x = curve.x[i];
        const double y = curve.y[i];
        if (std::isfinite(x) && std::isfinite(y) && y > 0 && (!logarithmic_x || x > 0)) points.emplace_back(x, y);
    }
    return points;
}

Points thinned(const Points& points) {
    if (points.size() <= most_points) return points;
    const std::size_t stretch = 2 * points.size() / most_points + 1;
    Points kept;
    for (std::size_t from = 0; from < points.size(); from += stretch) {
        const auto begin = points.begin() + static_cast<std::ptrdiff_t>(from);
        const auto end = points.begin() + static_cast<std::ptrdiff_t>(std::min(from + stretch, points.size()));
        auto [low, high] =
            std::minmax_element(begin, end, [](const auto& p, const auto& q) { return p.second < q.second; });
        if (high < low) std::swap(low, high);
        kept.push_back(*low);
        if (high != low) kept.push_back(*high);
    }
    return kept;
}

Range extent(const std::vector<Points>& curves, double Points::value_type::*coordinate) {
    Range range{HUGE_VAL, -HUGE_VAL};
    for (const Points& points : curves) {
        for (const auto& point : points) {
            range.low = std::min(range.low, point.*coordinate);
            range.high = std::max(range.high, point.*coordinate);
        }
    }
    return range;
}

/// Whole decades around the values; gnuplot takes numbers from 1e-300 to 1e300 safely.
Range vertical_range(const std::vector<Points>& curves, double deepest) {
    const Range range = extent(curves, &Points::value_type::second);
    const double low = std::max(range.low, range.high * deepest);
    const double bottom = std::clamp(std::floor(std::log10(low)), -300.0, 299.0);
    const double top = std::clamp(std::ceil(std::log10(range.high)), bottom + 1, 300.0);
    return {std::pow(10.0, bottom), std::pow(10.0, top)};
}

Range horizontal_range(const std::vector<Points>& curves, bool logarithmic) {
    const Range range = extent(curves, &Points::value_type::first);
    if (logarithmic) return {range.low / 1.1, range.high * 1.1};
    const double margin = range.high > range.low ? 0.02 * (range.high - range.low) : 1;
    return {range.low - margin, range.high + margin};
}

std::vector<Points> drawable(const Plot& plot) {
    std::vector<Points> curves;
    for (const Curve& curve : plot.curves) curves.push_back(drawable(curve, plot.logarithmic_x));
    return curves;
}

std::string curve_style(const Curve& curve, std::size_t point_count) {
    const int mark = marks_of_colours[static_cast<std::size_t>(curve.colour - 1)];
    const char* kind = curve.line ? (curve.marks ? "linespoints" : "lines") : "points";
    // Nearly black stands for the colour of a series until recolour() puts the variable in its place.
    std::string style = fmt::format("with {} lc rgb '#00010{}'", kind, curve.colour);
    if (curve.line) style += fmt::format(" lw {} dt {}", curve.dashed ? 1.3 : 1.1, curve.dashed ? 2 : 1);
    if (curve.marks)
        style += fmt::format(" pt {} ps {} pi {}", mark, curve.line ? 0.55 : 0.8,
                             curve.line ? std::max<std::size_t>(1, point_count / 8) : 1);
    return style;
}

std::string plot_script(const Plot& plot) {
    std::vector<Points> curves = drawable(plot);
    for (Points& curve : curves) curve = thinned(curve);
    const Range x = horizontal_range(curves, plot.logarithmic_x);
    const Range y = vertical_range(curves, plot.deepest);
    std::string script;
    std::string commands;
    for (std::size_t i = 0; i < curves.size(); ++i) {
        if (curves[i].empty()) continue;
        script += fmt::format("$curve{} << END\n", i);
        for (const auto& [px, py] : curves[i]) script += fmt::format("{:.6g} {:.6g}\n", px, py);
        script += "END\n";
        commands += fmt::format("{} $curve{} using 1:2 {}", commands.empty() ? "plot" : ",", i,
                                curve_style(plot.curves[i], curves[i].size()));
    }
    script += plot.logarithmic_x ? "set logscale x\n" : "unset logscale x\n";
    script += fmt::format("set xrange [{:.6g}:{:.6g}]\nset yrange [{:.6g}:{:.6g}]\n", x.low, x.high, y.low, y.high);
    return script + commands + "\n";
}

std::string script_head() {
    return fmt::format(
        "set terminal svg size {},{} dynamic enhanced font 'sans-serif,16' linewidth 1.6\n"
        "set encoding utf8\nunset key\nset logscale y\nset format y '10^{{%T}}'\nset border 3 lw 0.7 lc rgb "
        "'#010204'\nset tics nomirror scale 0.5,0.25\n"
        "unset mxtics\nunset mytics\nset lmargin 7\nset rmargin 2\nset tmargin 0.8\nset bmargin 1.8\n"
        "set grid back lt 1 dt 1 lw 0.5 lc rgb '#010203'\n",
        width, height);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// Removes every occurrence of begin...end, both included.
void remove_all(std::string& text, std::string_view begin, std::string_view end) {
    for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
        const std::size_t last = text.find(end, at + begin.size());
        if (last == std::string::npos) return;
        text.erase(at, last + end.size() - at);
    }
}

/// Colours become variables of the page.
void recolour(std::string& svg) {
    for (int colour = 1; colour <= plot_colours; ++colour) {
        replace_all(svg, fmt::format("rgb(  0,   1,   {})", colour), fmt::format("var(--series-{})", colour));
    }
    replace_all(svg, "rgb(  1,   2,   3)", "var(--grid)");
    replace_all(svg, "rgb(  1,   2,   4)", "var(--axis)");
    replace_all(svg, "fill=\"rgb(1,2,4)\"", "fill=\"currentColor\"");
    replace_all(svg, "stroke=\"black\"", "stroke=\"currentColor\"");
    for (const char* name : {"black", "gray", "#FFFFFF"}) replace_all(svg, fmt::format(" color=\"{}\"", name), "");
}

/// One drawing of gnuplot's as an element of a page: without its header, its definitions and its ids, which would occur
/// once per plot.
std::string embed(std::string_view drawing, const Plot& plot) {
    const std::size_t definitions = drawing.find("</defs>");
    if (definitions == std::string_view::npos) throw ResourceError("gnuplot wrote a drawing that is not understood");
    std::string body(drawing.substr(definitions + std::string_view("</defs>").size()));
    remove_all(body, "<title>", "</title>");
    remove_all(body, " id=\"", "\"");
    remove_all(body, " font-family=\"", "\"");
    replace_all(body, " xlink:href=", " href=");
    replace_all(body, "\t", "");
    recolour(body);
    const std::string title = escape_xml(plot.title);
    return fmt::format(
        "<svg class=\"plot\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\"><title>{}</title>\n<g>{}</svg>",
        width, height, title, title, body);
}

}  // namespace

bool has_points(const Plot& plot) {
    const Range range = extent(drawable(plot), &Points::value_type::first);
    return range.low < range.high;
}

bool is_cut(const Plot& plot) {
    const Range range = extent(drawable(plot), &Points::value_type::second);
    return range.low < range.high * plot.deepest;
}

std::vector<std::string> draw_plots(const std::vector<Plot>& plots) {
    if (plots.empty()) return {};
    std::string script = script_head();
    for (const Plot& plot : plots) script += plot_script(plot);
    const std::string output = run_gnuplot(script);
    std::vector<std::string> drawings;
    std::string_view rest = output;
    for (const Plot& plot : plots) {
        const std::size_t end = rest.find("</svg>");
        if (end == std::string_view::npos) throw ResourceError("gnuplot wrote fewer drawings than it was asked for");
        drawings.push_back(embed(rest.substr(0, end), plot));
        rest.remove_prefix(end + std::string_view("</svg>").size());
    }
    return drawings;
}

std::string plot_marks() {
    // The names are gnuplot's: point type k is gpPt(k-1).
    return "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\" focusable=\"false\"><defs>"
           "<circle id=\"gpPt6\" r=\"1\" fill=\"currentColor\" stroke=\"none\"/>"
           "<rect id=\"gpPt4\" x=\"-1\" y=\"-1\" width=\"2\" height=\"2\" fill=\"currentColor\" stroke=\"none\"/>"
           "<path id=\"gpPt8\" d=\"M0,-1.33 L-1.33,0.9 L1.33,0.9 z\" fill=\"currentColor\" stroke=\"none\"/>"
           "<path id=\"gpPt12\" d=\"M0,-1.4 L1.4,0 L0,1.4 L-1.4,0 z\" fill=\"currentColor\" stroke=\"none\"/>"
           "<path id=\"gpPt10\" d=\"M0,1.33 L-1.33,-0.9 L1.33,-0.9 z\" fill=\"currentColor\" stroke=\"none\"/>"
           "</defs></svg>";
}

std::string legend_sample(int colour, bool dashed, bool marks) {
    const std::string paint = colour == 0 ? "currentColor" : fmt::format("var(--series-{})", colour);
    std::string svg = "<svg class=\"sample\" viewBox=\"0 0 36 12\" aria-hidden=\"true\" focusable=\"false\">";
    svg += fmt::format("<path d=\"M1,6 H35\" stroke=\"{}\" stroke-width=\"2\" fill=\"none\"{}/>", paint,
                       dashed ? " stroke-dasharray=\"6,5\"" : "");
    if (marks && colour > 0) {
        const int mark = marks_of_colours[static_cast<std::size_t>(colour - 1)];
        svg += fmt::format("<use href=\"#gpPt{}\" transform=\"translate(18,6) scale(3.6)\" color=\"{}\"/>", mark - 1,
                           paint);
    }
    return svg + "</svg>";
}

}  // namespace ntk::verify
