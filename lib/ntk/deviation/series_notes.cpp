// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/series_notes.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ntk::deviation {
namespace {

/// Of an identity the terms that it balances, of a bound both sides.
bool nothing_deviates(const ledger::Series& series, double scale) {
    const double zero = 1e-12 * scale;
    for (std::size_t i = 0; i < series.time.size(); ++i) {
        const double left = series.left[i].value, right = series.right[i].value;
        const bool identity = !series.size.empty();
        if (identity && (std::abs(left - right) > zero || series.size[i] > zero)) return false;
        if (!identity && (left > zero || right > zero)) return false;
    }
    return true;
}

}  // namespace

std::string tightness_note(const std::vector<ledger::Series>& series) {
    std::vector<double> ratios;
    for (const ledger::Series& one : series) {
        for (std::size_t i = 0; i < one.time.size(); ++i) {
            const double ratio = one.right[i].value / one.left[i].value;
            if (one.time[i] > 0 && one.left[i].value > one.left[i].error && std::isfinite(ratio))
                ratios.push_back(ratio);
        }
    }
    if (ratios.empty()) return "";
    std::sort(ratios.begin(), ratios.end());
    std::ostringstream text;
    text.precision(3);
    text << "Ratio of the right side to the left: median " << ratios[ratios.size() / 2] << ", from " << ratios.front()
         << " to " << ratios.back() << ".";
    return text.str();
}

std::string informative_note(const std::vector<ledger::Series>& series) {
    std::ostringstream text;
    text.precision(4);
    bool first = true;
    for (const ledger::Series& one : series) {
        if (one.separates.empty()) continue;
        text << (first ? "Last time at which the bound is informative: " : "; ") << one.label << ": ";
        first = false;
        double last = 0;
        for (std::size_t i = 0; i < one.time.size(); ++i) {
            if (one.time[i] > 0 && one.right[i].value + one.right[i].error < one.separates[i]) last = one.time[i];
        }
        if (last > 0) {
            text << last;
        } else {
            text << "never";
        }
    }
    if (!first) text << ".";
    return text.str();
}

std::string leave_out_zeros(std::vector<ledger::Series>& series, double scale) {
    std::string note;
    std::vector<ledger::Series> kept;
    for (ledger::Series& one : series) {
        if (nothing_deviates(one, scale)) {
            note += (note.empty() ? "Left out, as nothing deviates there: " : ", ") + one.label;
        } else {
            kept.push_back(std::move(one));
        }
    }
    series = std::move(kept);
    return note;
}

std::string joined_notes(const std::vector<std::string>& notes) {
    std::string result;
    for (const std::string& note : notes) {
        if (!note.empty()) result += (result.empty() ? "" : " ") + note;
    }
    return result;
}

}  // namespace ntk::deviation
