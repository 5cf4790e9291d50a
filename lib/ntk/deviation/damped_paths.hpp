// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/sphere/zonal.hpp"

#include <Eigen/Core>

#include <string>

namespace ntk::deviation {

/// A quantity along both runs of a trajectory, one entry per recorded time.
struct PathPair {
    Eigen::VectorXd loose;
    Eigen::VectorXd tight;
};

/// "degree 3".
inline std::string probe_label(const ZonalProbe& probe) { return "degree " + std::to_string(probe.degree); }

}  // namespace ntk::deviation
