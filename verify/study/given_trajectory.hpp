// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/given_trajectory.hpp"
#include "ntk/network/parameters.hpp"

#include <string>

namespace ntk::verify {

/// The sizes that a study gives to the arrays of a trajectory.
struct TrajectorySizes {
    NetworkShape shape;
    int samples;
};

/// Reads FILE.npz of `ntk verify --trajectory`; tutorial.md, "A network trained elsewhere", has the names and shapes:
/// times, points, labels, and the parameters as theta, as output_weights, weights, biases and output_bias, or as the
/// state_dict of a PyTorch module. A file with residuals in the place of parameters gives a trajectory without states.
/// Throws InputError that names file, array, shape and what was expected; ResourceError as NumpyArchive.
deviation::GivenTrajectory read_given_trajectory(const std::string& file, const TrajectorySizes& sizes);

}  // namespace ntk::verify
