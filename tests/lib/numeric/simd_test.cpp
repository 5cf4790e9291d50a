// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/simd.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/fma_peak.hpp"
#include "ntk/numeric/panel_product.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <vector>

using namespace ntk;

namespace {

/// Sets NTK_SIMD for one scope.
class Forced {
public:
    explicit Forced(const char* value) {
        const char* before = std::getenv("NTK_SIMD");
        if (before != nullptr) before_ = before;
        had_ = before != nullptr;
        setenv("NTK_SIMD", value, 1);
    }
    ~Forced() { had_ ? setenv("NTK_SIMD", before_.c_str(), 1) : unsetenv("NTK_SIMD"); }
    Forced(const Forced&) = delete;
    Forced& operator=(const Forced&) = delete;

private:
    std::string before_;
    bool had_ = false;
};

}  // namespace

TEST_CASE("NTK_SIMD forces a level, and what is not there is refused") {
    CHECK(is_available(SimdLevel::baseline));
    for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
        const Forced forced(to_string(level).c_str());
        if (is_available(level)) {
            CHECK(simd_level() == level);
        } else {
            CHECK_THROWS_AS(simd_level(), InputError);
        }
    }
    const Forced unknown("avx9000");
    CHECK_THROWS_AS(simd_level(), InputError);
}

TEST_CASE("panel products of small integers are exact at every level") {
    const long rows = 16, depth = 37, stride = product_width + 5;
    std::vector<double> a(static_cast<std::size_t>(rows * depth)), b(static_cast<std::size_t>(product_width * depth));
    for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<double>((7 * i) % 23) - 11;
    for (std::size_t i = 0; i < b.size(); ++i) b[i] = static_cast<double>((5 * i) % 19) - 9;
    for (const SimdLevel level : available_simd_levels()) {
        std::vector<double> c(static_cast<std::size_t>(rows * stride), -1);
        panel_product(level, a.data(), rows, b.data(), depth, c.data(), stride);
        for (long r = 0; r < rows; ++r) {
            for (long v = 0; v < stride; ++v) {
                double expected = v < product_width ? 0 : -1;
                for (long k = 0; v < product_width && k < depth; ++k) {
                    expected +=
                        a[static_cast<std::size_t>(k * rows + r)] * b[static_cast<std::size_t>(k * product_width + v)];
                }
                CHECK(c[static_cast<std::size_t>(r * stride + v)] == expected);
            }
        }
    }
}

TEST_CASE("the peak of multiply-adds is a speed") {
    for (const SimdLevel level : available_simd_levels()) {
        const double peak = measured_fma_peak(level);
        CHECK(peak > 1e7);
        CHECK(peak < 1e13);
    }
}
