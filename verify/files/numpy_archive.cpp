// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/files/numpy_archive.hpp"

#include "ntk/numeric/errors.hpp"
#include "verify/files/little_endian.hpp"

#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>

/// The zip format as in PKWARE's APPNOTE 6.3, sections 4.3 and 4.5.3: as much of it as Python's zipfile writes.
namespace ntk::verify {
namespace {

constexpr std::uint32_t local_header_mark = 0x04034b50;
constexpr std::uint32_t entry_mark = 0x02014b50;
constexpr std::uint32_t end_mark = 0x06054b50;
constexpr std::uint32_t end_64_mark = 0x06064b50;
constexpr std::uint32_t locator_64_mark = 0x07064b50;
constexpr std::size_t local_header_size = 30;
constexpr std::size_t entry_size = 46;
constexpr std::size_t end_size = 22;
constexpr std::size_t end_64_size = 56;
constexpr std::size_t locator_64_size = 20;
constexpr std::uint16_t zip_64_field = 1;
constexpr std::uint16_t method_stored = 0;
constexpr std::uint16_t method_deflated = 8;
constexpr std::uint16_t flag_encrypted = 1;
/// No deflated byte stands for more than this many.
constexpr std::uint64_t largest_expansion = 1032;

bool ends_with_npy(const std::string& name) { return name.size() > 4 && name.ends_with(".npy"); }

/// `size` bytes from deflated ones, or nothing if they are not that.
std::optional<std::string> inflated(const std::string& bytes, std::uint64_t size) {
    std::string result(static_cast<std::size_t>(size), '\0');
    z_stream stream = {};
    // A negative window size: no header of zlib around the data.
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw ResourceError("no memory to decompress an array");
    constexpr std::size_t step = std::numeric_limits<uInt>::max();
    std::size_t read = 0, written = 0;
    int status = Z_OK;
    while (status == Z_OK) {
        const std::size_t in = std::min(step, bytes.size() - read), out = std::min(step, result.size() - written);
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + read));
        stream.avail_in = static_cast<uInt>(in);
        stream.next_out = reinterpret_cast<Bytef*>(result.data() + written);
        stream.avail_out = static_cast<uInt>(out);
        status = inflate(&stream, Z_NO_FLUSH);
        read += in - stream.avail_in;
        written += out - stream.avail_out;
    }
    inflateEnd(&stream);
    if (status != Z_STREAM_END || written != result.size()) return std::nullopt;
    return result;
}

}  // namespace

NumpyArchive::NumpyArchive(const std::filesystem::path& path) : path_(path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) throw InputError(path.string() + ": no such file");
    if (std::filesystem::is_directory(path, error)) {
        throw ResourceError(path.string() + ": is a folder, expected an .npz file");
    }
    file_size_ = std::filesystem::file_size(path, error);
    if (error) throw ResourceError(path.string() + ": cannot be read: " + error.message());
    read_directory();
}

std::vector<std::string> NumpyArchive::names() const {
    std::vector<std::string> names;
    for (const auto& [name, member] : members_) names.push_back(name);
    return names;
}

void NumpyArchive::damaged(const std::string& what) const {
    throw InputError(path_.string() + ": " + what + ": expected an .npz file as numpy.savez writes it");
}

std::string NumpyArchive::bytes_at(std::uint64_t at, std::uint64_t count, const std::string& what) const {
    if (at > file_size_ || count > file_size_ - at) damaged("the file ends within " + what);
    std::string bytes(static_cast<std::size_t>(count), '\0');
    std::ifstream stream(path_, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(at));
    stream.read(bytes.data(), static_cast<std::streamsize>(count));
    if (!stream) throw ResourceError(path_.string() + ": cannot be read");
    return bytes;
}

void NumpyArchive::read_directory() {
    // The end record is the last thing but a comment of at most 64 KiB.
    const std::uint64_t searched = std::min<std::uint64_t>(file_size_, end_size + 0xffff);
    const std::string last = bytes_at(file_size_ - searched, searched, "the end record");
    std::size_t end = last.size();
    for (std::size_t at = last.size() < end_size ? 0 : last.size() - end_size + 1; at-- > 0;) {
        if (little_endian<std::uint32_t>(last, at) == end_mark) {
            end = at;
            break;
        }
    }
    if (end == last.size()) damaged("not a zip archive");
    std::uint64_t count = little_endian<std::uint16_t>(last, end + 10);
    std::uint64_t size = little_endian<std::uint32_t>(last, end + 12);
    std::uint64_t start = little_endian<std::uint32_t>(last, end + 16);
    const std::uint64_t end_at = file_size_ - searched + end;
    if (end_at >= locator_64_size) {
        const std::string locator = bytes_at(end_at - locator_64_size, locator_64_size, "the locator");
        if (little_endian<std::uint32_t>(locator, 0) == locator_64_mark) {
            const std::string end_64 =
                bytes_at(little_endian<std::uint64_t>(locator, 8), end_64_size, "the end record");
            if (little_endian<std::uint32_t>(end_64, 0) != end_64_mark) damaged("the zip64 end record is missing");
            count = little_endian<std::uint64_t>(end_64, 32);
            size = little_endian<std::uint64_t>(end_64, 40);
            start = little_endian<std::uint64_t>(end_64, 48);
        }
    }
    const std::string directory = bytes_at(start, size, "the directory");
    std::size_t at = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (directory.size() - at < entry_size || little_endian<std::uint32_t>(directory, at) != entry_mark) {
            damaged("entry " + std::to_string(i + 1) + " of the directory is missing");
        }
        const std::size_t variable = static_cast<std::size_t>(little_endian<std::uint16_t>(directory, at + 28)) +
                                     little_endian<std::uint16_t>(directory, at + 30) +
                                     little_endian<std::uint16_t>(directory, at + 32);
        if (directory.size() - at - entry_size < variable) damaged("the directory ends too early");
        add_member(directory, at);
        at += entry_size + variable;
    }
}

void NumpyArchive::add_member(const std::string& entry, std::size_t at) {
    Member member{little_endian<std::uint32_t>(entry, at + 42), little_endian<std::uint32_t>(entry, at + 20),
                  little_endian<std::uint32_t>(entry, at + 24), little_endian<std::uint32_t>(entry, at + 16),
                  little_endian<std::uint16_t>(entry, at + 10), little_endian<std::uint16_t>(entry, at + 8)};
    const std::size_t name_size = little_endian<std::uint16_t>(entry, at + 28);
    const std::string name = entry.substr(at + entry_size, name_size);
    std::size_t field = at + entry_size + name_size;
    const std::size_t fields_end = field + little_endian<std::uint16_t>(entry, at + 30);
    while (fields_end - field >= 4) {
        const std::size_t size = little_endian<std::uint16_t>(entry, field + 2);
        if (size > fields_end - field - 4) damaged("a field of " + name + " is too long");
        if (little_endian<std::uint16_t>(entry, field) == zip_64_field) {
            // Holds the numbers that did not fit into 32 bits, in this order.
            std::size_t next = field + 4;
            for (std::uint64_t* number : {&member.size, &member.stored_size, &member.header_at}) {
                if (*number != 0xffffffff) continue;
                if (next + 8 > field + 4 + size) damaged("the zip64 sizes of " + name + " are missing");
                *number = little_endian<std::uint64_t>(entry, next);
                next += 8;
            }
        }
        field += 4 + size;
    }
    if (!ends_with_npy(name)) damaged("the archive contains " + name + ", which is no .npy file");
    if (!members_.emplace(name.substr(0, name.size() - 4), member).second) damaged(name + " appears twice");
}

NumpyArray NumpyArchive::read(const std::string& name) const {
    const auto found = members_.find(name);
    if (found == members_.end()) throw InputError(path_.string() + ": no array \"" + name + "\"");
    const Member& member = found->second;
    const std::string place = path_.string() + ": array \"" + name + "\"";
    if ((member.flags & flag_encrypted) != 0) throw InputError(place + " is encrypted: expected a plain array");
    const std::string header = bytes_at(member.header_at, local_header_size, name);
    if (little_endian<std::uint32_t>(header, 0) != local_header_mark) damaged("the header of " + name + " is missing");
    const std::uint64_t data_at = member.header_at + local_header_size + little_endian<std::uint16_t>(header, 26) +
                                  little_endian<std::uint16_t>(header, 28);
    std::string bytes = bytes_at(data_at, member.stored_size, name);
    if (member.method == method_deflated) {
        const bool plausible = member.size / largest_expansion <= member.stored_size;
        std::optional<std::string> unpacked = plausible ? inflated(bytes, member.size) : std::nullopt;
        if (!unpacked) throw InputError(place + " is damaged: the compressed bytes do not give its size");
        bytes = std::move(*unpacked);
    } else if (member.method == method_stored && member.size != member.stored_size) {
        throw InputError(place + " is damaged: the directory gives it two sizes");
    } else if (member.method != method_stored) {
        throw InputError(place + " has compression method " + std::to_string(member.method) +
                         ": expected 0 (none) or 8 (deflate)");
    }
    const auto* start = reinterpret_cast<const Bytef*>(bytes.data());
    if (crc32_z(crc32_z(0, nullptr, 0), start, bytes.size()) != member.checksum) {
        throw InputError(place + " is damaged: its checksum is wrong");
    }
    return parse_npy(bytes, place);
}

}  // namespace ntk::verify
