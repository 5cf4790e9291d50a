// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/sphere/zonal.hpp"

#include <Eigen/Core>

#include <string>
#include <vector>

namespace ntk::deviation {

/// A quantity along a trajectory, one entry per recorded time, as the run has it that is used and as the others have it
/// that it is compared with.
struct Paths {
    Eigen::VectorXd seen;
    std::vector<Eigen::VectorXd> compared;
};

/// "degree 3".
inline std::string probe_label(const ZonalProbe& probe) { return "degree " + std::to_string(probe.degree); }

}  // namespace ntk::deviation
