// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

#include <filesystem>
#include <string>
#include <vector>

namespace ntk::verify {

/// A table of numbers and the lines of the file that its rows stand in.
struct NumberTable {
    Eigen::MatrixXd values;
    std::vector<std::size_t> lines;
};

/// A text file with one row of numbers per line, all of the same length, separated by one kind of separator: commas,
/// semicolons, tabs, or blanks. Numbers are decimal with a point (any locale) and finite. Blank lines, what follows a
/// #, a byte order mark, \r before the end of a line, and one line of names before the first row are passed over.
/// Throws InputError "FILE:LINE: ..." that names the column and what was expected; InputError and ResourceError as
/// read_text_file.
NumberTable read_number_table(const std::filesystem::path& path);

/// The same from the text of a file; messages call it `name`.
NumberTable parse_number_table(const std::string& name, const std::string& text);

}  // namespace ntk::verify
