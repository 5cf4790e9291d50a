// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/files/numpy_writer.hpp"

#include "verify/files/numpy_archive.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <bit>
#include <filesystem>
#include <fstream>
#include <limits>
#include <span>
#include <stdexcept>

using namespace ntk::verify;

namespace {

std::filesystem::path scratch(const std::string& name) {
    return std::filesystem::temp_directory_path() / ("ntk-writer-" + std::to_string(::getpid()) + name);
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("arrays come back as they were written, to the last bit") {
    using Limits = std::numeric_limits<double>;
    const std::vector<double> odd = {
        0.0, -0.0, 1.0 / 3, Limits::denorm_min(), -Limits::infinity(), Limits::quiet_NaN()};
    const std::vector<std::int64_t> whole = {-3, 1ll << 53};
    const std::string text = "a text";
    const std::span<const std::uint8_t> codes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    const std::span<const double> numbers(odd);
    const std::filesystem::path path = scratch(".npz");
    const std::vector<NamedArray> arrays = {{"odd", {2, 3}, numbers},
                                            {"cube", {1, 3, 2}, numbers},
                                            {"one", {}, numbers.first(1)},
                                            {"none", {4, 0}, numbers.first(0)},
                                            {"whole", {2}, std::span<const std::int64_t>(whole)},
                                            {"text", {text.size()}, codes}};
    write_numpy_archive(path, arrays);
    const NumpyArchive read(path);
    CHECK(read.names() == std::vector<std::string>{"cube", "none", "odd", "one", "text", "whole"});
    CHECK(read.read("odd").shape == std::vector<std::size_t>{2, 3});
    CHECK(read.read("cube").shape == std::vector<std::size_t>{1, 3, 2});
    CHECK(read.read("none").shape == std::vector<std::size_t>{4, 0});
    CHECK(read.read("one").shape.empty());
    for (std::size_t i = 0; i < odd.size(); ++i) {
        CHECK(std::bit_cast<std::uint64_t>(read.read("odd").values[i]) == std::bit_cast<std::uint64_t>(odd[i]));
    }
    CHECK(read.read("whole").values == std::vector<double>{-3, 9007199254740992});
    CHECK(read.read("text").values.back() == 't');
    const std::string first = bytes_of(path);
    write_numpy_archive(path, arrays);
    CHECK(bytes_of(path) == first);
    std::filesystem::remove(path);
}

TEST_CASE("a shape that does not fit its values is not written") {
    const std::vector<double> values = {1, 2, 3};
    CHECK_THROWS_AS(write_numpy_archive(scratch(".npz"), {{"a", {2, 2}, std::span<const double>(values)}}),
                    std::logic_error);
    CHECK_FALSE(std::filesystem::exists(scratch(".npz")));
}

TEST_CASE("what a killed process left behind goes when the file is written again") {
    const std::filesystem::path path = scratch(".npz");
    // No process has a number this large.
    const std::filesystem::path leftover = path.string() + ".partial-999999999", other = path.string() + ".partial-x";
    std::ofstream(leftover) << "half";
    std::ofstream(other) << "not ours";
    write_numpy_archive(path, {});
    CHECK_FALSE(std::filesystem::exists(leftover));
    CHECK(std::filesystem::exists(other));
    std::filesystem::remove(path);
    std::filesystem::remove(other);
}
