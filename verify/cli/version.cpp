// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/cli/version.hpp"

#include "ntk/numeric/arb.hpp"
#include "ntk/numeric/simd.hpp"
#include "ntk/version.hpp"

#include <fmt/core.h>
#include <gmp.h>
#include <mpfr.h>
#include <CLI/CLI.hpp>
#include <Eigen/Core>
#include <boost/version.hpp>
#include <nlohmann/json.hpp>

namespace ntk::verify {

std::map<std::string, std::string> library_versions() {
    return {
        {"ntk", ntk::version},
        {"Arb", arb_version},
        {"Boost", fmt::format("{}.{}.{}", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100)},
        {"Eigen", fmt::format("{}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
        {"FLINT", FLINT_VERSION},
        {"GMP", gmp_version},
        {"MPFR", mpfr_get_version()},
        {"SIMD", to_string(simd_level())},
        {"compiler", __VERSION__},
    };
}

std::string version_text() {
    std::string text = fmt::format("ntk {}", ntk::version);
    for (const auto& [name, number] : library_versions()) {
        if (name != "ntk") text += fmt::format("\n{} {}", name, number);
    }
    return text;
}

}  // namespace ntk::verify
