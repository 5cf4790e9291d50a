// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ntk::verify {

/// An array of numbers as NumPy has it, in C order (the last index moves fastest).
struct NumpyArray {
    std::vector<std::size_t> shape;  ///< empty for a single number
    std::vector<double> values;
};

/// "(3, 4)", "(3,)", "()": as Python writes a shape.
std::string shape_text(const std::vector<std::size_t>& shape);

/// The bytes of one .npy array (versions 1 to 3 of the format, numpy.lib.format): booleans, integers and floats of 2 to
/// 8 bytes in either byte order, in C or Fortran order. Throws InputError, its message beginning with `place`, for
/// everything else: objects, texts, complex numbers, fewer or more bytes than the shape says, an integer that no double
/// holds exactly.
NumpyArray parse_npy(const std::string& bytes, const std::string& place);

/// An .npz file of numpy.savez or numpy.savez_compressed: a zip archive (also of more than 4 GiB) with one .npy file
/// per array. The constructor reads the directory only; an array is read when it is asked for, and its checksum is
/// checked.
class NumpyArchive {
public:
    /// Throws InputError if the file does not exist or is no such archive, ResourceError if it cannot be read.
    explicit NumpyArchive(const std::filesystem::path& path);

    /// The names of the arrays, without the ending .npy, in order of the alphabet.
    std::vector<std::string> names() const;
    bool has(const std::string& name) const { return members_.contains(name); }
    /// The array of this name. Throws InputError with file and name if there is none or if it is damaged.
    NumpyArray read(const std::string& name) const;
    const std::filesystem::path& path() const { return path_; }

private:
    struct Member {
        std::uint64_t header_at;
        std::uint64_t stored_size;
        std::uint64_t size;
        std::uint32_t checksum;
        std::uint16_t method;
        std::uint16_t flags;
    };
    std::string bytes_at(std::uint64_t at, std::uint64_t count, const std::string& what) const;
    [[noreturn]] void damaged(const std::string& what) const;
    void read_directory();
    void add_member(const std::string& entry, std::size_t at);

    std::filesystem::path path_;
    std::uint64_t file_size_ = 0;
    std::map<std::string, Member> members_;
};

}  // namespace ntk::verify
