// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/files/number_table.hpp"

#include "ntk/numeric/errors.hpp"
#include "verify/files/atomic_file.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

namespace ntk::verify {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::string_view blanks = " \t\r";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The separator of a line: the first of , ; and tab that it has, else blanks.
char separator_of(std::string_view line) {
    for (const char candidate : {',', ';', '\t'}) {
        if (line.find(candidate) != std::string_view::npos) return candidate;
    }
    return ' ';
}

std::vector<std::string_view> split(std::string_view line, char separator) {
    std::vector<std::string_view> cells;
    while (true) {
        const std::size_t end = line.find(separator);
        const std::string_view cell = trimmed(line.substr(0, end));
        // Several blanks are one separator.
        if (separator != ' ' || !cell.empty()) cells.push_back(cell);
        if (end == std::string_view::npos) return cells;
        line.remove_prefix(end + 1);
    }
}

/// The finite number that the whole cell is.
std::optional<double> number_in(std::string_view cell) {
    // from_chars takes no plus sign.
    if (cell.size() > 1 && cell.front() == '+' && cell[1] != '-') cell.remove_prefix(1);
    double value = 0;
    const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (read.ec != std::errc() || read.ptr != cell.data() + cell.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

/// A cell for a message: short and without control characters.
std::string shown(std::string_view cell) {
    constexpr std::size_t longest = 40;
    std::string text(cell.substr(0, longest));
    for (char& character : text) {
        if (static_cast<unsigned char>(character) < ' ') character = '?';
    }
    return "'" + text + (cell.size() > longest ? "..." : "") + "'";
}

class TableReader {
public:
    TableReader(const std::string& name, const std::string& text) : name_(name), text_(text) {}

    NumberTable read() {
        std::string_view rest = text_;
        if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
        while (!rest.empty()) {
            const std::size_t end = rest.find('\n');
            ++line_;
            std::string_view line = rest.substr(0, end);
            read_line(trimmed(line.substr(0, line.find('#'))));
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        }
        if (table_.lines.empty()) throw InputError(name_ + ": has no row of numbers: expected at least one");
        const auto columns = static_cast<Eigen::Index>(columns_), rows = static_cast<Eigen::Index>(table_.lines.size());
        table_.values = Eigen::Map<const Eigen::MatrixXd>(numbers_.data(), columns, rows).transpose();
        return std::move(table_);
    }

private:
    [[noreturn]] void fail(const std::string& what) const {
        throw InputError(name_ + ":" + std::to_string(line_) + ": " + what);
    }

    void read_line(std::string_view line) {
        if (line.empty()) return;
        if (table_.lines.empty()) separator_ = separator_of(line);
        const std::vector<std::string_view> cells = split(line, separator_);
        if (table_.lines.empty() && !has_names_ && are_names(cells)) {
            has_names_ = true;
            return;
        }
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::optional<double> number = number_in(cells[i]);
            if (!number)
                fail("column " + std::to_string(i + 1) + ": " + shown(cells[i]) + ": expected a finite number");
            numbers_.push_back(*number);
        }
        if (table_.lines.empty()) columns_ = cells.size();
        if (cells.size() != columns_) {
            fail("the row has " + std::to_string(cells.size()) + " entries: expected " + std::to_string(columns_) +
                 " as in line " + std::to_string(table_.lines.front()));
        }
        table_.lines.push_back(line_);
    }

    /// No cell is empty or begins like a number.
    static bool are_names(const std::vector<std::string_view>& cells) {
        for (const std::string_view cell : cells) {
            if (cell.empty() || cell.find_first_of("+-.0123456789") == 0 || cell == "nan" || cell == "inf")
                return false;
        }
        return true;
    }

    const std::string& name_;
    const std::string& text_;
    NumberTable table_;
    std::vector<double> numbers_;
    std::size_t line_ = 0, columns_ = 0;
    char separator_ = ' ';
    bool has_names_ = false;
};

}  // namespace

NumberTable read_number_table(const std::filesystem::path& path) {
    return parse_number_table(path.string(), read_text_file(path));
}

NumberTable parse_number_table(const std::string& name, const std::string& text) {
    return TableReader(name, text).read();
}

}  // namespace ntk::verify
