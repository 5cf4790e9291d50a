// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ledger/verdict.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ntk::ledger {

/// What kind of knowledge stands behind the errors of a check.
enum class EvidenceKind { exact, enclosure, estimate, statistical };
std::string to_string(EvidenceKind kind);

/// A condition of a claim, evaluated on the instance at hand.
struct Hypothesis {
    std::string statement;
    bool holds = true;
    std::string reason;  ///< why it fails; not shown while it holds
};

/// Whether the claim of a series is left = right or left <= right.
enum class Relation { equal, at_most };

/// One comparison over time (or over degrees), e.g. one probe.
struct Series {
    std::string label;
    std::vector<double> time;  ///< increasing; the degrees where the comparison is one over degrees
    bool over_degrees =
        false;  ///< then the entry at 0 is judged too; at time 0 both sides are trivial and are left out
    std::vector<Measured> left;
    std::vector<Measured> right;
    std::vector<double> size;  ///< identities: what the error is measured against
    std::vector<double>
        separates;  ///< bounds: below this the bound is informative; empty if that question does not arise
    std::vector<double> says_nothing;  ///< bounds: above this at every t > 0 the bound is vacuous; empty likewise
    std::optional<double> margin;      ///< the smallest over time; filled by judge
    Verdict verdict = Verdict::not_applicable;           ///< filled by judge
    std::vector<std::pair<double, double>> informative;  ///< intervals of time; filled by judge
};

/// A claim with one thing changed, fixed before the run, that must come out violated: a check that cannot fail is
/// noticed.
struct MutationControl {
    std::string change;
    Verdict verdict = Verdict::violated;
};

/// A claim held against an instance.
struct Check {
    std::string id;
    std::string study;
    std::string title;
    std::string claim;    ///< in plain words
    std::string formula;  ///< a MathML fragment, the content of <math>
    std::string theory;   ///< section of theory.md
    std::string left_name;
    std::string right_name;
    std::string abscissa = "time t";
    Relation relation = Relation::at_most;
    std::vector<Hypothesis> hypotheses;
    std::vector<Series> series;
    Verdict verdict = Verdict::not_applicable;
    std::optional<double> margin;
    std::map<std::string, double> errors;  ///< by source: trajectory, quadrature, eigenvalue, supremum, rounding
    EvidenceKind evidence = EvidenceKind::estimate;
    std::optional<MutationControl> mutation_control;
    std::string reproduce;
    double seconds = 0;
    std::string note;

    bool hypotheses_hold() const;
    /// The intervals of time on which every series with that notion is informative in union.
    std::vector<std::pair<double, double>> informative() const;
};

/// Judges one series at every time but 0 and fills verdict, margin and informative intervals. `scale` as in
/// judge_bound.
void judge(Series& series, Relation relation, double scale);

/// Judges all series; the check's verdict is the worst and its margin the smallest. not_applicable if a hypothesis
/// fails; a check or series that has nothing to judge although all hypotheses hold is inconclusive.
void judge(Check& check, double scale);

}  // namespace ntk::ledger
