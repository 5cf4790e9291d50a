// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace ntk::verify {

/// An array that is to be written, in C order (the last index moves fastest). The values must outlive the object; there
/// are as many as the product of the shape.
struct NamedArray {
    std::string name;
    std::vector<std::size_t> shape;  ///< empty for a single number
    std::variant<std::span<const double>, std::span<const std::int64_t>, std::span<const std::uint8_t>> values;
};

/// Writes an .npz file as numpy.savez does: a zip archive (of any size) with one .npy array (format 1.0, types '<f8',
/// '<i8', '|u1') each, not compressed. The same arrays give the same bytes. Written as an AtomicFile is. Throws
/// ResourceError with path and reason, std::logic_error for a shape that does not fit its values.
void write_numpy_archive(const std::filesystem::path& path, const std::vector<NamedArray>& arrays);

}  // namespace ntk::verify
