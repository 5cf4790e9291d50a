// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ntk::verify {

/// What a script can tell from the exit code; where several apply, 4 > 2 > 1 > 3 > 0.
enum ExitCode : int {
    exit_success = 0,       ///< nothing violated, nothing inconclusive
    exit_violated = 1,      ///< something violated, or routes that disagree
    exit_bad_input = 2,     ///< bad usage or bad input
    exit_inconclusive = 3,  ///< something inconclusive, digits that cannot be certified, a trajectory that diverges
    exit_resource = 4,      ///< a file or resource failed
};

}  // namespace ntk::verify
