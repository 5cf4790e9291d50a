// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/points.hpp"

#include <stdexcept>
#include <string>

namespace ntk {

Eigen::MatrixXd uniform_points(int dim, int count, const RandomStream& stream) {
    if (dim < 2 || count < 1) {
        throw std::domain_error("uniform_points: dim = " + std::to_string(dim) + ", count = " + std::to_string(count) +
                                ": dim must be >= 2 and count >= 1");
    }
    Eigen::MatrixXd points(dim, count);
    for (int j = 0; j < count; ++j) {
        for (int i = 0; i < dim; ++i) {
            points(i, j) = stream.normal(static_cast<std::uint64_t>(j) * static_cast<std::uint64_t>(dim) +
                                         static_cast<std::uint64_t>(i));
        }
        points.col(j).normalize();
    }
    return points;
}

}  // namespace ntk
