// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/files/numpy_archive.hpp"

#include "ntk/numeric/errors.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

/// Arrays and archives are written here byte by byte; files of NumPy itself are read by tests/cli/trajectory_test.py.
namespace ntk::verify {
namespace {

/// The last `count` bytes of a number, the least significant first.
std::string bytes_of(std::uint64_t number, int count) {
    std::string bytes;
    for (int i = 0; i < count; ++i) bytes += static_cast<char>(number >> 8 * i & 0xff);
    return bytes;
}

std::string bytes_of(double number) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &number, sizeof bits);
    return bytes_of(bits, 8);
}

std::string npy(const std::string& header, const std::string& numbers, int version = 1) {
    return std::string("\x93NUMPY") + static_cast<char>(version) + '\0' +
           bytes_of(header.size(), version == 1 ? 2 : 4) + header + numbers;
}

std::string header(const std::string& type, const std::string& shape, const std::string& fortran = "False") {
    return "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
}

/// The checksum of zip, bit by bit (polynomial 0xedb88320).
std::uint32_t checksum(const std::string& bytes) {
    std::uint32_t rest = 0xffffffff;
    for (const char byte : bytes) {
        rest ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit) rest = (rest & 1) != 0 ? rest >> 1 ^ 0xedb88320 : rest >> 1;
    }
    return ~rest;
}

/// An archive with one array, its bytes as they are; with zip_64 the sizes stand in an extra field.
std::string archive(const std::string& name, const std::string& content, bool zip_64 = false) {
    const std::string sizes = bytes_of(content.size(), 4) + bytes_of(content.size(), 4);
    const std::string local = bytes_of(0x04034b50, 4) + bytes_of(20, 2) + bytes_of(0, 8) +
                              bytes_of(checksum(content), 4) + sizes + bytes_of(name.size(), 2) + bytes_of(0, 2) + name;
    std::string extra;
    if (zip_64) extra = bytes_of(1, 2) + bytes_of(16, 2) + bytes_of(content.size(), 8) + bytes_of(content.size(), 8);
    const std::string entry =
        bytes_of(0x02014b50, 4) + bytes_of(20, 2) + bytes_of(20, 2) + bytes_of(0, 8) + bytes_of(checksum(content), 4) +
        (zip_64 ? std::string(8, static_cast<char>(0xff)) : sizes) + bytes_of(name.size(), 2) +
        bytes_of(extra.size(), 2) + bytes_of(0, 2) + bytes_of(0, 8) + bytes_of(0, 4) + name + extra;
    const std::string end = bytes_of(0x06054b50, 4) + bytes_of(0, 4) + bytes_of(1, 2) + bytes_of(1, 2) +
                            bytes_of(entry.size(), 4) + bytes_of(local.size() + content.size(), 4) + bytes_of(0, 2);
    return local + content + entry + end;
}

/// A file of this process that goes with the object.
struct WrittenFile {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("ntk-archive-" + std::to_string(::getpid()) + ".npz");
    explicit WrittenFile(const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }
    ~WrittenFile() { std::filesystem::remove(path); }
};

std::string error_of(const std::string& bytes) {
    try {
        parse_npy(bytes, "x");
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("arrays of every kind of number, in both orders") {
    const std::string two = bytes_of(1.5) + bytes_of(-0.1);
    CHECK(parse_npy(npy(header("<f8", "(2,)"), two), "x").values == std::vector<double>{1.5, -0.1});
    CHECK(parse_npy(npy(header("<f8", "(2,)"), two, 2), "x").values == std::vector<double>{1.5, -0.1});
    CHECK(parse_npy(npy(header("<f8", "()"), bytes_of(2.0)), "x").shape.empty());
    CHECK(parse_npy(npy(header("<f8", "(0, 3)"), ""), "x").values.empty());
    const std::string float_bytes("\x3f\xc0\x00\x00", 4);  // 1.5, the most significant byte first
    CHECK(parse_npy(npy(header(">f4", "(1,)"), float_bytes), "x").values.front() == 1.5);
    CHECK(parse_npy(npy(header("<f2", "(3,)"), std::string("\x00\x3e\x01\x00\x00\xc0", 6)), "x").values ==
          std::vector<double>{1.5, 0x1p-24, -2});
    CHECK(parse_npy(npy(header("<i2", "(2,)"), std::string("\xfe\xff\x03\x00", 4)), "x").values ==
          std::vector<double>{-2, 3});
    CHECK(parse_npy(npy(header("|b1", "(2,)"), std::string("\x01\x00", 2)), "x").values == std::vector<double>{1, 0});
    CHECK(parse_npy(npy(header("|u1", "(1,)"), "\xff"), "x").values.front() == 255);
    CHECK(parse_npy(npy(header("<i8", "(1,)"), bytes_of(0 - (1ull << 53), 8)), "x").values.front() == -0x1p53);
    std::string six;
    for (int i = 0; i < 6; ++i) six += static_cast<char>(i);
    CHECK(parse_npy(npy(header("|u1", "(2, 3)", "True"), six), "x").values == std::vector<double>{0, 2, 4, 1, 3, 5});
    CHECK(parse_npy(npy(header("|u1", "(2, 3)"), six), "x").values == std::vector<double>{0, 1, 2, 3, 4, 5});
}

TEST_CASE("what is no array of numbers is refused with a reason") {
    CHECK(error_of("nonsense, long enough") == "x is no .npy array");
    CHECK(error_of(npy(header("<c16", "(1,)"), std::string(16, '\0'))).find("'<c16'") != std::string::npos);
    CHECK(error_of(npy(header("|O", "(1,)"), "")).find("'|O'") != std::string::npos);
    CHECK(error_of(npy(header("<f8", "(3,)"), bytes_of(1.0))).find("(3,) but only 1 numbers") != std::string::npos);
    CHECK(error_of(npy(header("<f8", "(1,)"), bytes_of(1.0) + "x")).find("9 bytes") != std::string::npos);
    CHECK(error_of(npy(header("<f8", "(4611686018427387904, 8)"), "")).find("only 0 numbers") != std::string::npos);
    CHECK(error_of(npy(header("<i8", "(1,)"), bytes_of((1ull << 53) + 1, 8))).find("2^53") != std::string::npos);
    CHECK(error_of(npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", "")).find("header") !=
          std::string::npos);
    CHECK(error_of(npy("{'descr': '<f8', 'shape': (1,), }", bytes_of(1.0))).find("other keys") != std::string::npos);
    CHECK(error_of(npy(header("<f8", "(1,)"), bytes_of(1.0), 4)).find("version 4") != std::string::npos);
}

TEST_CASE("archives: names, sizes of 64 bits, damage") {
    const std::string content = npy(header("<f8", "(1,)"), bytes_of(0.25));
    for (const bool zip_64 : {false, true}) {
        CAPTURE(zip_64);
        const WrittenFile file(archive("a.b.npy", content, zip_64));
        const NumpyArchive opened(file.path);
        CHECK(opened.names() == std::vector<std::string>{"a.b"});
        CHECK(opened.read("a.b").values == std::vector<double>{0.25});
        CHECK_THROWS_AS(opened.read("c"), InputError);
    }
    const std::string whole = archive("a.npy", content);
    for (std::size_t length = 0; length < whole.size(); length += 7) {
        const WrittenFile cut(whole.substr(0, length));
        CHECK_THROWS_AS(NumpyArchive(cut.path).read("a"), InputError);
    }
    // A changed bit anywhere gives an error or, where it says nothing about the array, the right numbers.
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 4);
        const WrittenFile file(changed);
        std::vector<std::vector<double>> read;
        try {
            const NumpyArchive opened(file.path);
            for (const std::string& name : opened.names()) read.push_back(opened.read(name).values);
        } catch (const InputError&) {
            continue;
        }
        for (const std::vector<double>& values : read) CHECK(values == std::vector<double>{0.25});
    }
    CHECK_THROWS_AS(NumpyArchive("/nowhere/at/all.npz"), InputError);
    const WrittenFile other(archive("readme.txt", "text"));
    CHECK_THROWS_AS(NumpyArchive(other.path), InputError);
}

}  // namespace ntk::verify
