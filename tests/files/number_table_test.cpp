// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/files/number_table.hpp"

#include "ntk/numeric/errors.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

using namespace ntk::verify;

namespace {

class TextFile {
public:
    explicit TextFile(const std::string& text)
        : path_(std::filesystem::temp_directory_path() / ("ntk-table-" + std::to_string(::getpid()) + ".csv")) {
        std::ofstream(path_, std::ios::binary) << text;
    }
    ~TextFile() { std::filesystem::remove(path_); }
    TextFile(const TextFile&) = delete;
    TextFile& operator=(const TextFile&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

std::string message_of(const std::string& text) {
    const TextFile file(text);
    try {
        read_number_table(file.path());
    } catch (const ntk::InputError& error) {
        const std::string message = error.what();
        return message.substr(message.find(".csv") + 4);
    }
    return "no error";
}

}  // namespace

TEST_CASE("number table: separators, names, comments and line ends") {
    const Eigen::MatrixXd expected = (Eigen::MatrixXd(2, 3) << 1, -2.5, 3e-7, 4, 5, 6).finished();
    for (const std::string text : {
             "1,-2.5,3e-7\n4,5,6\n",
             "1;-2.5;3e-7\n4;5;6",
             "1\t-2.5\t3e-7\r\n4\t5\t6\r\n",
             "  1   -2.5 3e-7\n\n4 5 6  \n\n",
             "\xef\xbb\xbfx,y,z\n1, -2.5, 3e-7\n# a comment\n+4,5,6 # another\n",
         }) {
        const TextFile file(text);
        CHECK(read_number_table(file.path()).values == expected);
    }
    const TextFile file("a b\n\n1 2\n\n3 4\n");
    CHECK(read_number_table(file.path()).lines == std::vector<std::size_t>{3, 5});
}

TEST_CASE("number table: what is no table of finite numbers is refused with its place") {
    CHECK(message_of("") == ": has no row of numbers: expected at least one");
    CHECK(message_of("a,b\nc,d\n") == ":2: column 1: 'c': expected a finite number");
    CHECK(message_of("1,2\n3\n") == ":2: the row has 1 entries: expected 2 as in line 1");
    CHECK(message_of("1,2\n3,\n") == ":2: column 2: '': expected a finite number");
    CHECK(message_of("1,2\n\"3\",4\n") == ":2: column 1: '\"3\"': expected a finite number");
    CHECK(message_of("1;2\n3,5;4\n") == ":2: column 1: '3,5': expected a finite number");
    CHECK(message_of("1,inf\n") == ":1: column 2: 'inf': expected a finite number");
    CHECK(message_of("nan,1\n") == ":1: column 1: 'nan': expected a finite number");
    CHECK(message_of("1,1e999\n") == ":1: column 2: '1e999': expected a finite number");
    CHECK(message_of("1,+-2\n") == ":1: column 2: '+-2': expected a finite number");
    CHECK(message_of(std::string("1,2\0003\n", 6)) == ":1: column 2: '2?3': expected a finite number");
    CHECK(message_of("1," + std::string(60, '7') + "x\n") ==
          ":1: column 2: '" + std::string(40, '7') + "...': expected a finite number");
}
