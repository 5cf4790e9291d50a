// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/ledger.hpp"
#include "verify/report/figures.hpp"

#include <kainjow/mustache.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// What the templates of the page are filled with. Every key that a template asks for is set, since a missing one would
/// be looked up further out.
namespace ntk::verify {

using TemplateData = kainjow::mustache::data;

/// The figures of one page: each leaves a mark in the text, and all are drawn together at the end.
class FigureSet {
public:
    /// What figure.html.mustache needs; false if there is no figure.
    TemplateData add(const std::optional<Figure>& figure);
    /// Draws all figures and puts them in the place of their marks.
    std::string draw_into(std::string page) const;

private:
    std::vector<Plot> plots_;
};

/// {symbol, word, class} of a verdict.
TemplateData badge_data(ledger::Verdict verdict);
/// `text` cleaned, or false where it is empty.
TemplateData text_data(const std::string& text);
/// What check.html.mustache needs. `anchor` is the check's id in the page.
TemplateData check_data(const ledger::Check& check, const std::string& anchor, FigureSet& figures);
/// What spectrum.html.mustache needs.
TemplateData spectrum_data(const ledger::SpectrumSection& section, FigureSet& figures);
/// What trajectory.html.mustache needs.
TemplateData trajectory_data(const ledger::TrajectorySection& section, FigureSet& figures);

}  // namespace ntk::verify
