// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>

/// Access to tests/golden and to the size of a test run.
namespace ntk::test {

inline nlohmann::json golden(const std::string& file) {
    std::ifstream stream(std::string(NTK_GOLDEN_DIRECTORY) + "/" + file);
    if (!stream) throw std::runtime_error("golden file " + file + " is missing");
    return nlohmann::json::parse(stream);
}

/// Full size for tests/run --long, reduced otherwise.
inline bool full_size() {
    const char* size = std::getenv("NTK_TEST_SIZE");
    return size != nullptr && std::string(size) == "full";
}

/// The least size, under sanitizers, which slow the arithmetic down ten times.
inline bool least_size() {
    const char* size = std::getenv("NTK_TEST_SIZE");
    return size != nullptr && std::string(size) == "reduced";
}

}  // namespace ntk::test
