// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/check_over_time.hpp"

#include <utility>

namespace ntk::deviation {

CheckDefinition check_over_time(CheckTexts texts, ledger::Relation relation,
                                std::function<Evaluation(const Experiment&, Variant)> evaluate) {
    CheckDefinition made;
    made.id = std::move(texts.id);
    made.title = std::move(texts.title);
    made.claim = std::move(texts.claim);
    made.formula = std::move(texts.formula);
    made.theory = std::move(texts.theory);
    made.left_name = std::move(texts.left_name);
    made.right_name = std::move(texts.right_name);
    made.abscissa = std::move(texts.abscissa);
    made.relation = relation;
    made.evidence = ledger::EvidenceKind::estimate;
    made.mutation = std::move(texts.mutation);
    made.evaluate = std::move(evaluate);
    return made;
}

}  // namespace ntk::deviation
