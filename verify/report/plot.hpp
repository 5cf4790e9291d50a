// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace ntk::verify {

/// A line with or without marks. Points that are not finite, or not positive on a logarithmic axis, are left out.
struct Curve {
    std::vector<double> x;
    std::vector<double> y;
    int colour = 1;  ///< 1 to plot_colours
    bool line = true;
    bool dashed = false;
    bool marks = false;  ///< each colour has a mark of its own
};

constexpr int plot_colours = 5;

/// A diagram with a logarithmic vertical axis. It carries no text but numbers: names and legend stand beside it in the
/// page, where they wrap and scale.
struct Plot {
    std::string title;  ///< for screen readers
    bool logarithmic_x = false;
    double deepest = 1e-14;  ///< the axis goes no further below the highest value than by this factor
    std::vector<Curve> curves;
};

/// True if there is something to see: points at two places at least.
bool has_points(const Plot& plot);
/// True if some values lie below the axis.
bool is_cut(const Plot& plot);

/// Draws all plots with one gnuplot process. Each result is an <svg> element whose colours are the CSS variables
/// --series-1 to --series-5, --grid,
/// --axis and the colour of the text around it, and whose marks refer to plot_marks(). Every plot must have points.
/// Throws ResourceError.
std::vector<std::string> draw_plots(const std::vector<Plot>& plots);

/// An invisible <svg> that defines the marks, once per page.
std::string plot_marks();

/// A small <svg> for a legend: the line and mark of a curve.
std::string legend_sample(int colour, bool dashed, bool marks);

}  // namespace ntk::verify
