// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace ntk::verify {

/// Rows of text cells under a header.
struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
};

/// Columns aligned by the number of code points of UTF-8; two spaces between them, none at the end of a line.
std::string format_aligned(const Table& table);

/// Comma-separated values after RFC 4180, with header, lines ended by CR LF.
std::string format_csv(const Table& table);

}  // namespace ntk::verify
