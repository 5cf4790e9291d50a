// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/files/numpy_writer.hpp"

#include "verify/files/atomic_file.hpp"
#include "verify/files/numpy_archive.hpp"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <stdexcept>
#include <string_view>

/// The zip format as in PKWARE's APPNOTE 6.3, sections 4.3 and 4.5.3.
namespace ntk::verify {
namespace {

static_assert(std::endian::native == std::endian::little, "arrays are written as they stand in memory");

constexpr std::uint32_t local_header_mark = 0x04034b50;
constexpr std::uint32_t entry_mark = 0x02014b50;
constexpr std::uint32_t end_mark = 0x06054b50;
constexpr std::uint32_t end_64_mark = 0x06064b50;
constexpr std::uint32_t locator_64_mark = 0x07064b50;
constexpr std::uint16_t zip_64_version = 45;
constexpr std::uint32_t first_day = (1u << 21 | 1u << 16);  ///< 1 January 1980: what the bytes are must not tell when
constexpr std::uint32_t too_large = 0xffffffff;

/// Numbers in little-endian order.
class Bytes {
public:
    template <class Unsigned>
    Bytes& add(std::uint64_t value) {
        for (std::size_t i = 0; i < sizeof(Unsigned); ++i) text_.push_back(static_cast<char>(value >> (8 * i) & 0xff));
        return *this;
    }
    Bytes& add16(std::uint64_t value) { return add<std::uint16_t>(value); }
    Bytes& add32(std::uint64_t value) { return add<std::uint32_t>(value); }
    Bytes& add64(std::uint64_t value) { return add<std::uint64_t>(value); }
    Bytes& add(std::string_view text) {
        text_ += text;
        return *this;
    }
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

struct Member {
    std::string name, header;  ///< of the entry; of the .npy array
    std::string_view numbers;
    std::uint64_t size = 0, at = 0;
    std::uint32_t checksum = 0;
};

template <class Number>
std::string_view bytes_of(std::span<const Number> values) {
    return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

std::uint32_t add_to_checksum(std::uint32_t checksum, std::string_view bytes) {
    constexpr std::size_t step = std::numeric_limits<uInt>::max();
    while (!bytes.empty()) {
        const std::size_t count = std::min(step, bytes.size());
        checksum = static_cast<std::uint32_t>(
            crc32(checksum, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(count)));
        bytes.remove_prefix(count);
    }
    return checksum;
}

/// The header of format 1.0, padded so that the numbers start at a multiple of 64 bytes.
std::string npy_header(const std::string& type, const std::vector<std::size_t>& shape) {
    std::string text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape_text(shape) + ", }";
    constexpr std::size_t before = 10;
    text.append(63 - (before + text.size()) % 64, ' ');
    text += '\n';
    return Bytes().add("\x93NUMPY").add("\x01").add(std::string_view("\0", 1)).add16(text.size()).add(text).text();
}

Member member_of(const NamedArray& array) {
    Member member;
    member.name = array.name + ".npy";
    std::size_t count = 1, given = 0;
    for (const std::size_t extent : array.shape) count *= extent;
    const std::vector<std::string> types = {"<f8", "<i8", "|u1"};
    std::visit(
        [&](const auto& values) {
            given = values.size();
            member.numbers = bytes_of(values);
        },
        array.values);
    if (given != count) {
        throw std::logic_error("the array " + array.name + " of shape " + shape_text(array.shape) + " has " +
                               std::to_string(given) + " values");
    }
    member.header = npy_header(types[array.values.index()], array.shape);
    member.size = member.header.size() + member.numbers.size();
    member.checksum = add_to_checksum(add_to_checksum(0, member.header), member.numbers);
    return member;
}

/// What local header and directory have in common: from the version on to the lengths.
void add_common(Bytes& bytes, const Member& member, bool is_large, std::size_t extra) {
    const std::uint64_t size = is_large ? too_large : member.size;
    bytes.add16(is_large ? zip_64_version : 20).add16(0).add16(0).add32(first_day);
    bytes.add32(member.checksum).add32(size).add32(size).add16(member.name.size()).add16(extra);
}

std::string local_header(const Member& member) {
    const bool is_large = member.size >= too_large;
    Bytes bytes;
    bytes.add32(local_header_mark);
    add_common(bytes, member, is_large, is_large ? 20 : 0);
    bytes.add(member.name);
    if (is_large) bytes.add16(1).add16(16).add64(member.size).add64(member.size);
    return bytes.text();
}

std::string directory_entry(const Member& member) {
    const bool is_large = member.size >= too_large || member.at >= too_large;
    Bytes bytes;
    bytes.add32(entry_mark).add16(zip_64_version);
    add_common(bytes, member, is_large, is_large ? 28 : 0);
    bytes.add16(0).add16(0).add16(0).add32(0).add32(is_large ? too_large : member.at).add(member.name);
    if (is_large) bytes.add16(1).add16(24).add64(member.size).add64(member.size).add64(member.at);
    return bytes.text();
}

std::string end_of_directory(std::uint64_t count, std::uint64_t size, std::uint64_t at) {
    constexpr std::uint64_t too_many = 0xffff;
    Bytes bytes;
    if (count >= too_many || size >= too_large || at >= too_large) {
        bytes.add32(end_64_mark).add64(44).add16(zip_64_version).add16(zip_64_version).add32(0).add32(0);
        bytes.add64(count).add64(count).add64(size).add64(at);
        bytes.add32(locator_64_mark).add32(0).add64(at + size).add32(1);
    }
    bytes.add32(end_mark).add16(0).add16(0).add16(std::min(count, too_many)).add16(std::min(count, too_many));
    bytes.add32(std::min<std::uint64_t>(size, too_large)).add32(std::min<std::uint64_t>(at, too_large)).add16(0);
    return bytes.text();
}

}  // namespace

void write_numpy_archive(const std::filesystem::path& path, const std::vector<NamedArray>& arrays) {
    AtomicFile file(path);
    std::uint64_t at = 0;
    const auto write = [&](std::string_view bytes) {
        file.write(bytes);
        at += bytes.size();
    };
    std::string directory;
    for (const NamedArray& array : arrays) {
        Member member = member_of(array);
        member.at = at;
        write(local_header(member));
        write(member.header);
        write(member.numbers);
        directory += directory_entry(member);
    }
    const std::uint64_t directory_at = at;
    write(directory);
    write(end_of_directory(arrays.size(), directory.size(), directory_at));
    file.commit();
}

}  // namespace ntk::verify
