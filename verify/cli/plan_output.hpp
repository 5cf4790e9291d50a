// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/planner.hpp"
#include "verify/cli/table.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace ntk::verify {

/// A plan from the law or from a draw of the start, or why there is none.
struct PresentedPlan {
    std::string start;  ///< "law" or "drawn"
    std::string about;  ///< for which starts and samples it is good, in words
    deviation::PlanLimits limits;
    std::optional<deviation::Plan> plan;
    std::string reason;  ///< why there is none

    bool reached() const { return plan && plan->reached(); }
};

/// What the plans answer.
struct PresentedQuestion {
    std::string study;
    deviation::PlanQuestion question;
    std::vector<PresentedPlan> plans;
};

nlohmann::ordered_json plans_to_json(const PresentedQuestion& presented);
/// One row per search.
Table plans_to_table(const PresentedQuestion& presented);
/// What the table leaves out: what each plan is good for, and what was not found.
std::string plans_in_words(const PresentedQuestion& presented);
/// "no bound below ...", for a plan that was not reached: by which factor at the limit, and which term blocks.
std::string what_blocks(const PresentedPlan& presented);

}  // namespace ntk::verify
