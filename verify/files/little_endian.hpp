// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace ntk::verify {

/// The unsigned number whose sizeof(Unsigned) bytes stand at `at`, the least significant first. The bytes must exist.
template <class Unsigned>
Unsigned little_endian(const std::string& bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = sizeof(Unsigned); i-- > 0;) {
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    }
    return static_cast<Unsigned>(value);
}

}  // namespace ntk::verify
