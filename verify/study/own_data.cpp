// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/own_data.hpp"

#include "ntk/numeric/errors.hpp"
#include "verify/files/number_table.hpp"

#include <fmt/core.h>

#include <cmath>
#include <filesystem>

namespace ntk::verify {
namespace {

constexpr double largest_distance_from_sphere = 1e-9;

std::string file_of(const DataFolder& folder, const std::string& name) {
    return (std::filesystem::path(folder.path) / name).string();
}

NumberTable table_of(const DataFolder& folder, const std::string& name) {
    for (const EmbeddedFile& file : folder.embedded) {
        if (file.name == name) return parse_number_table(name, std::string(file.text));
    }
    return read_number_table(file_of(folder, name));
}

}  // namespace

Eigen::MatrixXd read_sphere_points(const DataFolder& folder, const std::string& name, int dim) {
    const std::string file = file_of(folder, name);
    const NumberTable table = table_of(folder, name);
    if (table.values.cols() != dim) {
        throw InputError(fmt::format("{}:{}: {} columns: expected {}, as sphere.dim = {}", file, table.lines.front(),
                                     table.values.cols(), dim, dim));
    }
    for (Eigen::Index j = 0; j < table.values.rows(); ++j) {
        const double norm = table.values.row(j).norm();
        if (std::abs(norm - 1) > largest_distance_from_sphere) {
            throw InputError(
                fmt::format("{}:{}: the point has the norm {:.12g}: expected a point of the sphere, of norm 1", file,
                            table.lines[static_cast<std::size_t>(j)], norm));
        }
    }
    return table.values.transpose().colwise().normalized();
}

Eigen::VectorXd read_labels(const DataFolder& folder, const std::string& name, int samples) {
    const std::string file = file_of(folder, name);
    const NumberTable table = table_of(folder, name);
    if (table.values.cols() != 1) {
        throw InputError(
            fmt::format("{}:{}: {} columns: expected one, the label", file, table.lines.front(), table.values.cols()));
    }
    if (table.values.rows() != samples) {
        throw InputError(fmt::format("{}: {} labels: expected {}, one for each row of data.points", file,
                                     table.values.rows(), samples));
    }
    return table.values.col(0);
}

}  // namespace ntk::verify
